#[middleware("http", state = [Db], provides = [User, Tenant])]
async fn identify(
    mut request: Request,
    next: Next<Request>,
    State(users): State<Users>,
    context: Context,
) -> Result<Response> {
    next.run(request).await
}

// Expands to:

async fn identify(
    mut request: Request,
    next: Next<Request>,
    State(users): State<Users>,
    context: Context,
) -> Result<Response> {
    next.run(request).await
}
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    struct __Function;
    impl __rt::Middleware<Request> for __Function {
        fn call(
            &self,
            event: Request,
            next: Next<Request>,
        ) -> impl ::core::future::Future<
            Output = __rt::Result<<Request as __rt::Event>::Response>,
        > + ::core::marker::Send {
            async move {
                let mut event = event;
                let arg2 = __rt::middleware_argument::<Request, State<Users>>()
                    .read(&mut event)?;
                let arg3 = __rt::middleware_argument::<Request, Context>()
                    .read(&mut event)?;
                identify(event, next, arg2, arg3).await
            }
        }
        fn describe(&self, description: &mut __rt::Describe) {
            description.at(::core::file!(), 1);
            __rt::middleware_argument::<Request, State<Users>>().describe(description);
            description.at(::core::file!(), 1);
            __rt::middleware_argument::<Request, Context>().describe(description);
        }
    }
    __rt::submit! {
        __rt::Entry {
            site: __rt::site!("identify", 1, 1),
            register: |app| {
                __rt::takes::<__rt::Http, Request>();
                app.middleware::<Request, _, _>(__rt::Http, __Function)
                    .describe(|description| {
                        description.state::<Db>();
                        description.provides::<User>();
                        description.provides::<Tenant>();
                    });
            },
        }
    }
};
