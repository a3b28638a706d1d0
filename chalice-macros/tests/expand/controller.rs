#[controller("/users/{org}", middleware = [test_middleware(4)])]
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
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    __rt::submit! {
        __rt::Entry::new(
            __rt::site!("Users", 1, 1),
            |app| {
                #[allow(unused_mut)]
                let mut controller = app
                    .controller::<Users>("/users/{org}", __rt::default_of!(Users));
                controller.middleware(test_middleware(4));
                #[cfg(unix)]
                controller
                    .route(__rt::site!("one", 1, 1), "/{id}", &["GET"])
                    .middleware(test_middleware(6))
                    .needs(
                        &[<Extension<Calls> as __rt::FromEvent<__rt::Request>>::needs],
                    )
                    .handle(|this, event| {
                        let arg0 = __rt::param::<String>(event, "org")?;
                        let arg1 = __rt::param::<u64>(event, "id")?;
                        let arg2 = <Extension<
                            Calls,
                        > as __rt::FromEvent<__rt::Request>>::take_from(event)?;
                        ::core::result::Result::Ok(async move {
                            __rt::respond(<Users>::one(&this, arg0, arg1, arg2).await)
                        })
                    });
                controller
                    .route(__rt::site!("add", 1, 1), "/", &["POST"])
                    .needs(&[<Json<Users> as __rt::FromEvent<__rt::Request>>::needs])
                    .handle_blocking(|this, event| {
                        let arg0 = <Json<
                            Users,
                        > as __rt::FromEvent<__rt::Request>>::take_from(event)?;
                        ::core::result::Result::Ok(move || __rt::respond(
                            <Users>::add(this, arg0),
                        ))
                    });
                controller
                    .route(__rt::site!("add", 1, 1), "/", &["PUT"])
                    .needs(&[<Json<Users> as __rt::FromEvent<__rt::Request>>::needs])
                    .handle_blocking(|this, event| {
                        let arg0 = <Json<
                            Users,
                        > as __rt::FromEvent<__rt::Request>>::take_from(event)?;
                        ::core::result::Result::Ok(move || __rt::respond(
                            <Users>::add(this, arg0),
                        ))
                    });
                controller
                    .route(__rt::site!("health", 1, 1), "/health", &["GET"])
                    .handle_blocking(|_this, _event| {
                        ::core::result::Result::Ok(move || __rt::respond(
                            <Users>::health(),
                        ))
                    });
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
        )
    }
};
