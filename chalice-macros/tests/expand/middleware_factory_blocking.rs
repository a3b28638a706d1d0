#[middleware_factory]
fn mark(event: LambdaFunctionEvent, next: Next<LambdaFunctionEvent>, audited: bool, word: &str) -> Result<Value> {
    next.run_blocking(event)
}

// Expands to:

#[doc(hidden)]
#[allow(non_camel_case_types, dead_code, unreachable_pub, missing_debug_implementations)]
struct mark {
    audited: bool,
    word: ::std::sync::Arc<::std::string::String>,
}
#[must_use = "a middleware does nothing until it is put around a handler"]
fn mark(audited: bool, word: impl ::core::convert::Into<::std::string::String>) -> mark {
    mark {
        audited,
        word: ::std::sync::Arc::new(::core::convert::Into::into(word)),
    }
}
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    #[allow(unreachable_pub)]
    fn mark(
        event: LambdaFunctionEvent,
        next: Next<LambdaFunctionEvent>,
        audited: bool,
        word: &str,
    ) -> Result<Value> {
        next.run_blocking(event)
    }
    impl __rt::Middleware<LambdaFunctionEvent> for mark {
        fn call(
            &self,
            event: LambdaFunctionEvent,
            next: Next<LambdaFunctionEvent>,
        ) -> impl ::core::future::Future<
            Output = __rt::Result<<LambdaFunctionEvent as __rt::Event>::Response>,
        > + ::core::marker::Send {
            let arg2 = <bool as ::core::clone::Clone>::clone(&self.audited);
            let arg3 = ::std::sync::Arc::clone(&self.word);
            __rt::run_blocking(move || mark(event, next, arg2, &arg3))
        }
        fn threads(&self) -> __rt::Threads {
            __rt::Threads::SEVERAL
        }
    }
};
