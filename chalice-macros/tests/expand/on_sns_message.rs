#[on_sns_message("mytopic")]
async fn sns_handler(_event: SnsEvent, db: State<Db>) {}

// Expands to:

async fn sns_handler(_event: SnsEvent, db: State<Db>) {}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("sns_handler", 1, 1),
            register: |app| {
                app.on(__rt::Topic("mytopic"))
                    .reply(
                        __rt::call_2(
                            |arg1, arg0| async move {
                                __rt::reply!(sns_handler(arg0, arg1). await)
                            },
                            __rt::extract_from::<__rt::SnsEvent, State<Db>>(),
                            __rt::event::<__rt::SnsEvent, SnsEvent>(),
                        ),
                    );
            },
        }
    }
}
