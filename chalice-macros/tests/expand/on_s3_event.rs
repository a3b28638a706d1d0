#[on_s3_event("uploads", events = ["s3:ObjectRemoved:*"], prefix = "in/", suffix = ".jpg")]
fn uploaded(event: S3Event) {}

// Expands to:

fn uploaded(event: S3Event) {}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry::new(
            __rt::site!("uploaded", 1, 1),
            |app| {
                app.on_s3_event("uploads")
                    .events(&["s3:ObjectRemoved:*"])
                    .prefix("in/")
                    .suffix(".jpg")
                    .takes::<S3Event>()
                    .reply_blocking(|arg0| __rt::reply!(uploaded(arg0)));
            },
        )
    }
}
