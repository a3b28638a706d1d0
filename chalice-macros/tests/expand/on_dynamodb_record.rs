#[on_dynamodb_record("arn:aws:dynamodb:us-east-1:123456789012:table/users/stream/2026")]
async fn change(record: DynamoDbRecord) {}

// Expands to:

async fn change(record: DynamoDbRecord) {}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("change", 1, 1),
            register: |app| {
                app.on(
                        __rt::TableStream(
                            "arn:aws:dynamodb:us-east-1:123456789012:table/users/stream/2026",
                        ),
                    )
                    .reply(
                        __rt::call_1(
                            |arg0| async move { __rt::reply!(change(arg0). await) },
                            __rt::event::<__rt::DynamoDbEvent, DynamoDbRecord>(),
                        ),
                    );
            },
        }
    }
}
