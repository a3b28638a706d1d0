#[on_sqs_message(queue = "orders", batch_size = 20, maximum_batching_window_in_seconds = 5, partial_failures = false)]
async fn take_order(order: SqsMessage<Order>) -> Result<()> {
    Ok(())
}

// Expands to:

async fn take_order(order: SqsMessage<Order>) -> Result<()> {
    Ok(())
}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("take_order", 1, 1),
            register: |app| {
                app.on(__rt::Queue::Named("orders"))
                    .set("batch_size", 20)
                    .set("maximum_batching_window_in_seconds", 5)
                    .partial_failures(false)
                    .reply(
                        __rt::call_1(
                            |arg0| async move { __rt::reply!(take_order(arg0). await) },
                            __rt::event::<__rt::SqsEvent, SqsMessage<Order>>(),
                        ),
                    );
            },
        }
    }
}
