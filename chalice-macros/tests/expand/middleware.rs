#[middleware("http", "websocket", order = 5, exclude = ["/health", "GET /users", admin::index], scope = "app", trace_execution)]
async fn require_header(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request).await
}

// Expands to:

async fn require_header(request: Request, next: Next<Request>) -> Result<Response> {
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
            require_header(event, next)
        }
    }
    __rt::submit! {
        __rt::Entry {
            site: __rt::site!("require_header", 1, 1),
            register: |app| {
                __rt::takes::<__rt::Http, Request>();
                __rt::takes::<__rt::Websocket, Request>();
                app.middleware::<
                        Request,
                        _,
                        _,
                    >((__rt::Http, __rt::Websocket), __Function)
                    .order(5)
                    .exclude(&["/health", "GET /users", "admin::index"])
                    .scope_app()
                    .trace_execution(true);
            },
        }
    }
};
