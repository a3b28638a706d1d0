#[lambda_function]
async fn resize(job: Job, context: Context) -> Result<Done> {
    todo!()
}

// Expands to:

async fn resize(job: Job, context: Context) -> Result<Done> {
    todo!()
}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("resize", 1, 1),
            register: |app| {
                app.on(__rt::Invoked)
                    .reply(
                        __rt::call_2(
                            |arg1, arg0| async move {
                                __rt::reply!(resize(arg0, arg1). await)
                            },
                            __rt::extract_from::<__rt::LambdaFunctionEvent, Context>(),
                            __rt::payload::<Job>(),
                        ),
                    );
            },
        }
    }
}
