//! The attributes of chalice-rt, which re-exports and documents them.

mod args;
mod arguments;
mod blueprint;
mod controller;
mod errors;
mod event;
mod exception;
mod function;
mod handler;
mod implementation;
mod middleware;
mod names;
mod options;
mod path;
mod registration;
mod route;
#[cfg(test)]
mod tests;
mod view_error;
mod words;

use proc_macro::TokenStream;

use event::sources;

macro_rules! attributes {
    ($($name:ident => |$args:ident, $item:ident| $expand:expr;)*) => {
        $(
            #[allow(missing_docs, reason = "the documentation stands where users see it: on the runtime's re-export")]
            #[proc_macro_attribute]
            pub fn $name(args: TokenStream, item: TokenStream) -> TokenStream {
                let ($args, $item) = (proc_macro2::TokenStream::from(args), &proc_macro2::TokenStream::from(item));
                $expand.into()
            }
        )*

        /// The expansion of an attribute by its name.
        #[cfg(test)]
        fn expand(
            name: &str,
            args: proc_macro2::TokenStream,
            item: &proc_macro2::TokenStream,
        ) -> Option<proc_macro2::TokenStream> {
            match name {
                $(stringify!($name) => Some({ let ($args, $item) = (args, item); $expand }),)*
                _ => None,
            }
        }
    };
}

attributes! {
    route => |args, item| route::expand(&route::ROUTE, args, item);
    get => |args, item| route::expand(&route::GET, args, item);
    post => |args, item| route::expand(&route::POST, args, item);
    put => |args, item| route::expand(&route::PUT, args, item);
    delete => |args, item| route::expand(&route::DELETE, args, item);
    patch => |args, item| route::expand(&route::PATCH, args, item);
    head => |args, item| route::expand(&route::HEAD, args, item);
    options => |args, item| route::expand(&route::OPTIONS_VERB, args, item);
    lambda_function => |args, item| event::expand(&sources::LAMBDA_FUNCTION, args, item);
    on_sns_message => |args, item| event::expand(&sources::SNS, args, item);
    on_sqs_message => |args, item| event::expand(&sources::SQS, args, item);
    on_s3_event => |args, item| event::expand(&sources::S3, args, item);
    on_cw_event => |args, item| event::expand(&sources::CLOUDWATCH, args, item);
    schedule => |args, item| event::expand(&sources::SCHEDULE, args, item);
    on_kinesis_record => |args, item| event::expand(&sources::KINESIS, args, item);
    on_dynamodb_record => |args, item| event::expand(&sources::DYNAMODB, args, item);
    on_kafka_record => |args, item| event::expand(&sources::KAFKA, args, item);
    on_ws_connect => |args, item| event::expand(&sources::WS_CONNECT, args, item);
    on_ws_message => |args, item| event::expand(&sources::WS_MESSAGE, args, item);
    on_ws_disconnect => |args, item| event::expand(&sources::WS_DISCONNECT, args, item);
    authorizer => |args, item| event::expand(&sources::AUTHORIZER, args, item);
    middleware => |args, item| middleware::expand(args, item);
    middleware_factory => |args, item| middleware::factory::expand(args, item);
    view_error => |args, item| view_error::expand(args, item);
    blueprint => |args, item| blueprint::expand(args, item);
    controller => |args, item| controller::expand(args, item);
    exception_handler => |args, item| exception::expand(args, item);
}

#[allow(missing_docs, reason = "the documentation stands where users see it: on the runtime's re-export")]
#[proc_macro]
pub fn blueprint_module(args: TokenStream) -> TokenStream {
    blueprint::expand_module(args.into()).into()
}
