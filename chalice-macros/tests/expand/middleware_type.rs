#[middleware("http", trace_execution = false)]
impl Middleware<Request> for headers::ExampleMiddleware<u8> {
    async fn call(&self, request: Request, next: Next<Request>) -> Result<Response> {
        next.run(request).await
    }
}

// Expands to:

impl Middleware<Request> for headers::ExampleMiddleware<u8> {
    async fn call(&self, request: Request, next: Next<Request>) -> Result<Response> {
        next.run(request).await
    }
}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("ExampleMiddleware", 1, 1),
            register: |app| {
                __rt::takes::<__rt::Http, Request>();
                app.middleware::<
                        Request,
                        _,
                        _,
                    >(
                        __rt::Http,
                        <headers::ExampleMiddleware<
                            u8,
                        > as ::core::default::Default>::default(),
                    )
                    .trace_execution(false);
            },
        }
    }
}
