#[on_kinesis_record("clicks", batch_size = 10, starting_position = "TRIM_HORIZON")]
async fn click(event: KinesisEvent) {}

// Expands to:

async fn click(event: KinesisEvent) {}
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    __rt::submit! {
        __rt::Entry::new(
            __rt::site!("click", 1, 1),
            |app| {
                app.on_kinesis_record("clicks")
                    .set("batch_size", 10)
                    .set("starting_position", "TRIM_HORIZON")
                    .takes::<KinesisEvent>()
                    .handle(|event| {
                        let arg0 = <KinesisEvent as __rt::Argument<
                            __rt::KinesisEvent,
                        >>::take(event)?;
                        ::core::result::Result::Ok(async move {
                            __rt::reply!(click(arg0). await)
                        })
                    });
            },
        )
    }
};
