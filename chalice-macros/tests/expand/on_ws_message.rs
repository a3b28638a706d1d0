#[on_ws_message]
async fn said(event: WebsocketEvent) -> Result<String> {
    Ok(event.body)
}

// Expands to:

async fn said(event: WebsocketEvent) -> Result<String> {
    Ok(event.body)
}
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    __rt::submit! {
        __rt::Entry::new(
            __rt::site!("said", 1, 1),
            |app| {
                app.on_ws_message().takes::<WebsocketEvent>().handle(said);
            },
        )
    }
};
