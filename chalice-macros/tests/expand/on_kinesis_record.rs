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
                    .reply(|arg0| async move { __rt::reply!(click(arg0). await) });
            },
        )
    }
};
