#[view_error(418)]
#[derive(Debug)]
pub struct Teapot;

// Expands to:

#[derive(Debug)]
pub struct Teapot;
#[allow(unused_qualifications)]
const _: () = {
    use ::chalice_rt::__private as __rt;
    impl __rt::ViewError for Teapot {
        fn status(&self) -> __rt::StatusCode {
            __rt::status(418)
        }
    }
    __rt::submit! {
        __rt::ViewEntry(__rt::view::<Teapot>)
    }
};
