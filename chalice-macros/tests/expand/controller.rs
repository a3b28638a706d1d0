#[controller("/users/{org}", middleware = [test_middleware(4)], content_types = ["application/json"])]
impl Users {
    const LIMIT: usize = { 5 };

    #[get("/{id}", middleware = [test_middleware(6)])]
    #[cfg(unix)]
    pub async fn one(&self, org: String, id: u64, calls: Extension<Calls>) -> Json<Vec<u32>> {
        todo!()
    }

    /// Blocks.
    #[chalice_rt::post("/")]
    #[put("/")]
    fn add(self: Arc<Self>, user: Json<Self>) {}

    #[get("/health")]
    fn health() -> &'static str {
        "OK"
    }

    fn helper(&self) {}

    #[exception_handler(404)]
    async fn not_found(&self, error: &Error, request: &Request) -> Response {
        todo!()
    }
}

// Expands to:

impl Users {
    const LIMIT: usize = { 5 };
    #[cfg(unix)]
    pub async fn one(
        &self,
        org: String,
        id: u64,
        calls: Extension<Calls>,
    ) -> Json<Vec<u32>> {
        todo!()
    }
    /// Blocks.
    fn add(self: Arc<Self>, user: Json<Self>) {}
    fn health() -> &'static str {
        "OK"
    }
    fn helper(&self) {}
    async fn not_found(&self, error: &Error, request: &Request) -> Response {
        todo!()
    }
}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("Users", 1, 1),
            register: |app| {
                #[allow(unused_mut)]
                let mut controller = app
                    .controller::<Users>("/users/{org}", __rt::default_of!(Users));
                controller.middleware(test_middleware(4));
                controller.option(__rt::content_types(&["application/json"]));
                #[allow(unused_variables)]
                let this = controller.this();
                #[cfg(unix)]
                controller
                    .route(__rt::site!("one", 1, 1), "/{id}", &["GET"])
                    .middleware(test_middleware(6))
                    .handle(
                        __rt::call_4(
                            |this, arg0, arg1, arg2| async move {
                                <Users>::one(&this, arg0, arg1, arg2).await
                            },
                            this,
                            __rt::param::<String>("org"),
                            __rt::param::<u64>("id"),
                            __rt::take::<Extension<Calls>>(),
                        ),
                    );
                controller
                    .route(__rt::site!("add", 1, 1), "/", &["POST"])
                    .handle_blocking(
                        __rt::call_blocking_2(
                            <Users>::add,
                            this,
                            __rt::take::<Json<Users>>(),
                        ),
                    );
                controller
                    .route(__rt::site!("add", 1, 1), "/", &["PUT"])
                    .handle_blocking(
                        __rt::call_blocking_2(
                            <Users>::add,
                            this,
                            __rt::take::<Json<Users>>(),
                        ),
                    );
                controller
                    .route(__rt::site!("health", 1, 1), "/health", &["GET"])
                    .handle_blocking(__rt::call_blocking_0(<Users>::health));
                controller
                    .exception_handler(__rt::site!("not_found", 1, 1))
                    .status(404)
                    .with_request()
                    .handle(|this, error: __rt::Caught| async move {
                        __rt::respond(
                            <Users>::not_found(&this, error.error(), error.request()?)
                                .await,
                        )
                    });
            },
        }
    }
}
