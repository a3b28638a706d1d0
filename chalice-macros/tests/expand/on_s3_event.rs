#[on_s3_event("uploads", events = ["s3:ObjectRemoved:*"], prefix = "in/", suffix = ".jpg")]
fn uploaded(event: S3Event) {}

// Expands to:

fn uploaded(event: S3Event) {}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("uploaded", 1, 1),
            register: |app| {
                app.on(
                        __rt::Bucket::named("uploads")
                            .events(&["s3:ObjectRemoved:*"])
                            .prefix("in/")
                            .suffix(".jpg"),
                    )
                    .reply_blocking(
                        __rt::call_blocking_1(
                            |arg0| __rt::reply!(uploaded(arg0)),
                            __rt::event::<__rt::S3Event, S3Event>(),
                        ),
                    );
            },
        }
    }
}
