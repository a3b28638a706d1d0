#[blueprint("/router", middleware = [test_middleware(2), test_middleware(3)], name_prefix = "r-", content_types = ["text/csv"])]
pub mod router {
    use super::*;
}

// Expands to:

pub mod router {
    use super::*;
}
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("router", 1, 1),
            register: |app| {
                #[allow(unused_mut, unused_variables)]
                let mut blueprint = app
                    .blueprint(::core::concat!(::core::module_path!(), "::", "router"));
                blueprint.url_prefix("/router");
                blueprint.name_prefix("r-");
                __rt::blueprint_middleware!(blueprint, test_middleware(2));
                __rt::blueprint_middleware!(blueprint, test_middleware(3));
                blueprint.option(__rt::content_types(&["text/csv"]));
            },
        }
    }
}
