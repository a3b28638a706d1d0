//! The attributes. The macro crate expands them; their documentation is here, beside the types that it links to.

macro_rules! attributes {
    ($($name:ident: $page:literal;)*) => {
        $(
            #[doc = include_str!($page)]
            pub use chalice_macros::$name;
        )*
    };
}

attributes! {
    route: "attributes/route.md";
    get: "attributes/get.md";
    post: "attributes/post.md";
    put: "attributes/put.md";
    delete: "attributes/delete.md";
    patch: "attributes/patch.md";
    head: "attributes/head.md";
    options: "attributes/options.md";
    lambda_function: "attributes/lambda_function.md";
    on_sns_message: "attributes/on_sns_message.md";
    on_sqs_message: "attributes/on_sqs_message.md";
    on_s3_event: "attributes/on_s3_event.md";
    on_cw_event: "attributes/on_cw_event.md";
    schedule: "attributes/schedule.md";
    on_kinesis_record: "attributes/on_kinesis_record.md";
    on_dynamodb_record: "attributes/on_dynamodb_record.md";
    on_kafka_record: "attributes/on_kafka_record.md";
    on_ws_connect: "attributes/on_ws_connect.md";
    on_ws_message: "attributes/on_ws_message.md";
    on_ws_disconnect: "attributes/on_ws_disconnect.md";
    authorizer: "attributes/authorizer.md";
    middleware: "attributes/middleware.md";
    middleware_factory: "attributes/middleware_factory.md";
    blueprint: "attributes/blueprint.md";
    blueprint_module: "attributes/blueprint_module.md";
    controller: "attributes/controller.md";
    exception_handler: "attributes/exception_handler.md";
    view_error: "attributes/view_error.md";
}
