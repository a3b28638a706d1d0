#[on_sns_message("mytopic")]
async fn sns_handler(_event: SnsEvent, db: State<Db>) {}

// Expands to:

async fn sns_handler(_event: SnsEvent, db: State<Db>) {}
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    __rt::submit! {
        __rt::Entry::new(
            __rt::site!("sns_handler", 1, 1),
            |app| {
                app.on_sns_message("mytopic")
                    .needs(&[<State<Db> as __rt::FromEvent<__rt::SnsEvent>>::needs])
                    .handle(|event| {
                        let arg1 = <State<
                            Db,
                        > as __rt::FromEvent<__rt::SnsEvent>>::from_event(event)?;
                        let arg0 = <SnsEvent as __rt::Argument<
                            __rt::SnsEvent,
                        >>::take(event)?;
                        ::core::result::Result::Ok(async move {
                            __rt::reply!(sns_handler(arg0, arg1). await)
                        })
                    });
            },
        )
    }
};
