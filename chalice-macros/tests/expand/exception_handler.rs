#[exception_handler(404)]
async fn not_found(error: &Error, request: &Request) -> Response {
    todo!()
}

// Expands to:

async fn not_found(error: &Error, request: &Request) -> Response {
    todo!()
}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("not_found", 1, 1),
            register: |app| {
                app.exception_handler(__rt::site!("not_found", 1, 1))
                    .status(404)
                    .with_request()
                    .handle(|error: __rt::Caught| async move {
                        __rt::respond(not_found(error.error(), error.request()?).await)
                    });
            },
        }
    }
}
