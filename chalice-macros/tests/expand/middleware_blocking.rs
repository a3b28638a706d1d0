#[middleware("http")]
fn require_header(request: Request, next: Next<Request>) -> Result<Response> {
    next.run_blocking(request)
}

// Expands to:

fn require_header(request: Request, next: Next<Request>) -> Result<Response> {
    next.run_blocking(request)
}
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    __rt::submit! {
        __rt::Entry::new(
            __rt::site!("require_header", 1, 1),
            |app| {
                __rt::takes::<__rt::Http, Request>();
                app.middleware::<
                        Request,
                        _,
                        _,
                    >(__rt::Http, __rt::blocking(require_header));
            },
        )
    }
};
