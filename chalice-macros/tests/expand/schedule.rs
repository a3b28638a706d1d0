#[schedule("rate(5 minutes)", rule = "tick", description = "every now and then")]
async fn tick() {}

// Expands to:

async fn tick() {}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("tick", 1, 1),
            register: |app| {
                app.on(__rt::Schedule::new("rate(5 minutes)").rule("tick"))
                    .set("description", "every now and then")
                    .reply(__rt::call_0(|| async move { __rt::reply!(tick(). await) }));
            },
        }
    }
}
