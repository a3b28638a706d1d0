#[on_cw_event({"source": ["aws.ec2"], "detail": {"state": ["running"], "n": [{"numeric": [">", 5]}], "x": [null, true, -1.5]}})]
async fn on_instance(event: CloudWatchEvent) {}

// Expands to:

async fn on_instance(event: CloudWatchEvent) {}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("on_instance", 1, 1),
            register: |app| {
                app.on(
                        __rt::Pattern::new(
                            "{\"source\":[\"aws.ec2\"],\"detail\":{\"state\":[\"running\"],\"n\":[{\"numeric\":[\">\",5]}],\"x\":[null,true,-1.5]}}",
                        ),
                    )
                    .reply(
                        __rt::call_1(
                            |arg0| async move { __rt::reply!(on_instance(arg0). await) },
                            __rt::event::<__rt::CloudWatchEvent, CloudWatchEvent>(),
                        ),
                    );
            },
        }
    }
}
