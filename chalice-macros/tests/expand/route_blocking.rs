#[get("/", name = "home", content_types = ["text/plain"], crate = other::rt)]
fn index() -> &'static str {
    "OK"
}

// Expands to:

fn index() -> &'static str {
    "OK"
}
#[allow(unused_qualifications)]
const _: () = {
    use other::rt::__private as __rt;
    __rt::submit! {
        __rt::Entry::new(
            __rt::site!("index", 1, 1),
            |app| {
                app.route("/", &["GET"])
                    .content_types(&["text/plain"])
                    .name("home")
                    .handle_blocking(index);
            },
        )
    }
};
