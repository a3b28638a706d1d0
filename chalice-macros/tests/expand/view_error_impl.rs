#[view_error]
impl ViewError for OrderError {
    fn status(&self) -> StatusCode {
        StatusCode::CONFLICT
    }
}

// Expands to:

impl ViewError for OrderError {
    fn status(&self) -> StatusCode {
        StatusCode::CONFLICT
    }
}
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    __rt::submit! {
        __rt::ViewEntry(__rt::view::<OrderError>)
    }
};
