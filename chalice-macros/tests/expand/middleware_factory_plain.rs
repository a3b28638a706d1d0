#[middleware_factory]
async fn log<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    next.run(event).await
}

// Expands to:

#[doc(hidden)]
#[allow(non_camel_case_types, dead_code, unreachable_pub, missing_debug_implementations)]
struct log {}
#[must_use = "a middleware does nothing until it is put around a handler"]
fn log() -> log {
    log {}
}
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    #[allow(unreachable_pub)]
    async fn log<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
        next.run(event).await
    }
    impl<E: Event> __rt::Middleware<E> for log {
        fn call(
            &self,
            event: E,
            next: Next<E>,
        ) -> impl ::core::future::Future<
            Output = __rt::Result<<E as __rt::Event>::Response>,
        > + ::core::marker::Send {
            log(event, next)
        }
    }
};
