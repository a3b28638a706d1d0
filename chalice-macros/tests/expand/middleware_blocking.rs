#[middleware("http")]
fn require_header(request: Request, next: Next<Request>) -> Result<Response> {
    next.run_blocking(request)
}

// Expands to:

fn require_header(request: Request, next: Next<Request>) -> Result<Response> {
    next.run_blocking(request)
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
            __rt::run_blocking(move || require_header(event, next))
        }
        fn threads(&self) -> __rt::Threads {
            __rt::Threads::SEVERAL
        }
    }
    __rt::submit! {
        __rt::Entry {
            site: __rt::site!("require_header", 1, 1),
            register: |app| {
                __rt::takes::<__rt::Http, Request>();
                app.middleware::<Request, _, _>(__rt::Http, __Function);
            },
        }
    }
};
