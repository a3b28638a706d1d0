#[exception_handler]
fn quota(error: &QuotaExceeded) -> Response {
    todo!()
}

// Expands to:

fn quota(error: &QuotaExceeded) -> Response {
    todo!()
}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("quota", 1, 1),
            register: |app| {
                app.exception_handler(__rt::site!("quota", 1, 1))
                    .error::<QuotaExceeded>()
                    .handle_blocking(|error: __rt::Caught| __rt::respond(
                        quota(error.downcast::<QuotaExceeded>()?),
                    ));
            },
        }
    }
}
