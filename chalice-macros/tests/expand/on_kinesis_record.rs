#[on_kinesis_record("clicks", batch_size = 10, starting_position = "TRIM_HORIZON")]
async fn click(event: KinesisEvent) {}

// Expands to:

async fn click(event: KinesisEvent) {}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("click", 1, 1),
            register: |app| {
                app.on(__rt::Stream("clicks"))
                    .set("batch_size", 10)
                    .set("starting_position", "TRIM_HORIZON")
                    .reply(
                        __rt::call_1(
                            |arg0| async move { __rt::reply!(click(arg0). await) },
                            __rt::event::<__rt::KinesisEvent, KinesisEvent>(),
                        ),
                    );
            },
        }
    }
}
