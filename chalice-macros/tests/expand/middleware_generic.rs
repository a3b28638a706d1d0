#[middleware("all")]
async fn my_middleware<E: Event>(event: E, next: Next<E>) -> Result<E::Response>
where
    E: Clone,
{
    next.run(event).await
}

// Expands to:

async fn my_middleware<E: Event>(event: E, next: Next<E>) -> Result<E::Response>
where
    E: Clone,
{
    next.run(event).await
}
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    struct __Function;
    impl<E: Event> __rt::Middleware<E> for __Function
    where
        E: Clone,
    {
        fn call(
            &self,
            event: E,
            next: Next<E>,
        ) -> impl ::core::future::Future<
            Output = __rt::Result<<E as __rt::Event>::Response>,
        > + ::core::marker::Send {
            my_middleware(event, next)
        }
    }
    __rt::submit! {
        __rt::Entry {
            site: __rt::site!("my_middleware", 1, 1),
            register: |app| {
                app.middleware_for(__rt::All, __Function);
            },
        }
    }
};
