#[get("/", name = "home", content_types = ["text/plain"], cors = Cors::new().allow_origin(SHOP), api_key_required = true, crate = other::rt)]
fn index() -> &'static str {
    "OK"
}

// Expands to:

fn index() -> &'static str {
    "OK"
}
other::rt::__private::submit! {
    {
        use other::rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("index", 1, 1),
            register: |app| {
                app.get("/")
                    .option(__rt::content_types(&["text/plain"]))
                    .option(__rt::cors(Cors::new().allow_origin(SHOP)))
                    .option(__rt::api_key_required(true))
                    .name("home")
                    .handle_blocking(__rt::call_blocking_0(index));
            },
        }
    }
}
