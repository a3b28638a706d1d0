#[on_ws_message]
async fn said(event: WebsocketEvent) -> Result<String> {
    Ok(event.body)
}

// Expands to:

async fn said(event: WebsocketEvent) -> Result<String> {
    Ok(event.body)
}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("said", 1, 1),
            register: |app| {
                app.on(__rt::RouteKey("$default"))
                    .handle(
                        __rt::call_1(
                            said,
                            __rt::event::<__rt::WebsocketEvent, WebsocketEvent>(),
                        ),
                    );
            },
        }
    }
}
