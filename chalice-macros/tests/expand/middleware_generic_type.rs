#[middleware("all")]
impl<E: Event> Middleware<E> for Count {
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        next.run(event).await
    }
}

// Expands to:

impl<E: Event> Middleware<E> for Count {
    async fn call(&self, event: E, next: Next<E>) -> Result<E::Response> {
        next.run(event).await
    }
}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("Count", 1, 1),
            register: |app| {
                app.middleware_for(
                    __rt::All,
                    <Count as ::core::default::Default>::default(),
                );
            },
        }
    }
}
