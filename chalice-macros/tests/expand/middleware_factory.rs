#[middleware_factory(trace_execution)]
/// Adds fields.
pub(crate) async fn add<E: Event, T: Clone + Into<Value>>(
    mut event: E,
    next: Next<E>,
    word: &str,
    list: &[u8],
    limits: &Limits,
    value: T,
    fixed: &'static [&'static str],
) -> Result<E::Response> {
    next.run(event).await
}

// Expands to:

#[doc(hidden)]
#[allow(non_camel_case_types, dead_code, unreachable_pub, missing_debug_implementations)]
pub(crate) struct add<T: Clone + Into<Value>> {
    word: ::std::string::String,
    list: ::std::vec::Vec<u8>,
    limits: Limits,
    value: T,
    fixed: &'static [&'static str],
}
/// Adds fields.
#[must_use = "a middleware does nothing until it is put around a handler"]
pub(crate) fn add<T: Clone + Into<Value>>(
    word: impl ::core::convert::Into<::std::string::String>,
    list: impl ::core::convert::Into<::std::vec::Vec<u8>>,
    limits: Limits,
    value: T,
    fixed: &'static [&'static str],
) -> add<T> {
    add {
        word: ::core::convert::Into::into(word),
        list: ::core::convert::Into::into(list),
        limits,
        value,
        fixed,
    }
}
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    #[allow(unreachable_pub)]
    /// Adds fields.
    pub(crate) async fn add<E: Event, T: Clone + Into<Value>>(
        mut event: E,
        next: Next<E>,
        word: &str,
        list: &[u8],
        limits: &Limits,
        value: T,
        fixed: &'static [&'static str],
    ) -> Result<E::Response> {
        next.run(event).await
    }
    impl<E: Event, T: Clone + Into<Value>> __rt::Middleware<E> for add<T> {
        fn call(
            &self,
            event: E,
            next: Next<E>,
        ) -> impl ::core::future::Future<
            Output = __rt::Result<<E as __rt::Event>::Response>,
        > + ::core::marker::Send {
            add(
                event,
                next,
                &self.word,
                &self.list,
                &self.limits,
                <T as ::core::clone::Clone>::clone(&self.value),
                <&'static [&'static str] as ::core::clone::Clone>::clone(&self.fixed),
            )
        }
        fn trace_execution(&self) -> ::core::option::Option<::core::primitive::bool> {
            ::core::option::Option::Some(true)
        }
    }
};
