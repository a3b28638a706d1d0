#[middleware_factory(provides = User)]
fn identify(
    request: Request,
    next: Next<Request>,
    header: &str,
    #[extract] users: State<Users>,
    strict: bool,
) -> Result<Response> {
    next.run_blocking(request)
}

// Expands to:

#[doc(hidden)]
#[allow(non_camel_case_types, dead_code, unreachable_pub, missing_debug_implementations)]
struct identify {
    header: ::std::sync::Arc<::std::string::String>,
    strict: bool,
}
#[must_use = "a middleware does nothing until it is put around a handler"]
fn identify(
    header: impl ::core::convert::Into<::std::string::String>,
    strict: bool,
) -> identify {
    identify {
        header: ::std::sync::Arc::new(::core::convert::Into::into(header)),
        strict,
    }
}
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    #[allow(unreachable_pub)]
    fn identify(
        request: Request,
        next: Next<Request>,
        header: &str,
        users: State<Users>,
        strict: bool,
    ) -> Result<Response> {
        next.run_blocking(request)
    }
    impl __rt::Middleware<Request> for identify {
        fn call(
            &self,
            event: Request,
            next: Next<Request>,
        ) -> impl ::core::future::Future<
            Output = __rt::Result<<Request as __rt::Event>::Response>,
        > + ::core::marker::Send {
            async move {
                let mut event = event;
                let arg3 = __rt::middleware_argument::<Request, State<Users>>()
                    .read(&mut event)?;
                {
                    let arg2 = ::std::sync::Arc::clone(&self.header);
                    let arg4 = <bool as ::core::clone::Clone>::clone(&self.strict);
                    __rt::run_blocking(move || identify(event, next, &arg2, arg3, arg4))
                }
                    .await
            }
        }
        fn describe(&self, description: &mut __rt::Describe) {
            description.provides::<User>();
            description.at(::core::file!(), 1);
            __rt::middleware_argument::<Request, State<Users>>().describe(description);
        }
        fn threads(&self) -> __rt::Threads {
            __rt::Threads::SEVERAL
        }
    }
};
