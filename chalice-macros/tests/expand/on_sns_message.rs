#[on_sns_message("mytopic")]
async fn sns_handler(_event: SnsEvent, db: State<Db>) {}

// Expands to:

async fn sns_handler(_event: SnsEvent, db: State<Db>) {}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry::new(
            __rt::site!("sns_handler", 1, 1),
            |app| {
                app.on_sns_message("mytopic")
                    .extract::<State<Db>>()
                    .takes::<SnsEvent>()
                    .reply(|arg1, arg0| async move {
                        __rt::reply!(sns_handler(arg0, arg1). await)
                    });
            },
        )
    }
}
