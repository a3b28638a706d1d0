//! `#[lambda_function]` and the handlers of events: one table of sources, one expansion.

mod checks;
pub(crate) mod json;
mod schedule;
pub(crate) mod sources;

use proc_macro2::TokenStream;
use syn::Type;

use crate::args::{Args, Grammar};
use crate::errors::{Errors, help, translate};
use crate::function::{Function, last_name, shown_argument};
use crate::handler::{ArgumentSource, Call, Common, Reply, check_arguments};
use crate::names::{emit, site};
use crate::registration::entry;

/// An attribute of event handlers.
pub(crate) struct Source {
    pub(crate) grammar: Grammar,
    /// The event's type in the runtime.
    event: &'static str,
    /// The kind of the first argument.
    first: First,
    /// How the answer is made from the result.
    reply: Reply,
    /// Makes `on(__rt::Topic("topic"))` and its settings from the arguments.
    bind: fn(&mut Args, &mut Errors) -> Option<TokenStream>,
}

/// The kinds of first arguments.
#[derive(Clone, Copy, PartialEq)]
enum First {
    /// The whole event, or one of its records, raw or parsed.
    Event,
    /// As `Event`, or a type read from the event's JSON.
    EventOrPayload,
    /// Any payload.
    Payload,
}

/// Expands to: `app.on(__rt::Topic("topic")).reply(__rt::call_1(|arg0| async move { .. }, ..));`.
pub(crate) fn expand(source: &'static Source, args: TokenStream, item: &TokenStream) -> TokenStream {
    translate(item, |errors| {
        let mut args = Args::parse(&source.grammar, args, errors);
        let runtime = args.runtime(errors);
        let common = Common::take(&mut args, errors);
        let bound = (source.bind)(&mut args, errors);
        let function = Function::read(item, source.grammar.attribute, errors)?;
        check(&function, errors);
        check_record_first(&function, errors);
        let (bound, setters) = (bound?, common.setters());
        let call = source.call(&function).emit();
        let body = emit!(app.#bound #setters #call;);
        Some(entry(&runtime, &function.cfgs(), &site(function.name()), &body))
    })
}

fn check(function: &Function, errors: &mut Errors) {
    function.check_free("take what it needs as `State<T>`", errors);
    function.check("a handler", errors);
    function.check_concrete("a handler", errors);
    check_arguments(function, errors);
}

/// The types of single records, and of the messages in them.
const RECORDS: &[&str] = &[
    "SqsRecord",
    "SqsMessage",
    "SnsMessage",
    "KinesisRecord",
    "KinesisMessage",
    "DynamoDbRecord",
    "KafkaMessage",
];

/// Reports a record that is not the first argument.
fn check_record_first(function: &Function, errors: &mut Errors) {
    let is_record = |ty: &Type| last_name(ty).is_some_and(|name| RECORDS.iter().any(|record| name == record));
    let (first, mut further) = (function.arguments().next(), function.arguments().skip(1));
    let Some(record) = further.find(|argument| is_record(&argument.ty)) else { return };
    if first.is_some_and(|first| is_record(&first.ty)) {
        errors
            .at(record, help("a handler takes one record", "keep the first; the handler runs once for each"));
        return;
    }
    let remedy = format!("write `async fn {}({}, ..)`", function.name(), shown_argument(record));
    errors.at(record, help("the record comes first", remedy));
}

impl Source {
    fn call<'a>(&self, function: &'a Function) -> Call<'a> {
        let arguments = function.arguments().enumerate().map(|(index, argument)| match self.first {
            _ if index > 0 => ArgumentSource::Extractor(&argument.ty),
            First::Payload => ArgumentSource::Payload(&argument.ty),
            First::EventOrPayload => ArgumentSource::EventOrPayload(&argument.ty),
            First::Event => ArgumentSource::Event(&argument.ty),
        });
        let name = function.name();
        Call {
            function,
            path: emit!(#name),
            this: None,
            event: self.event,
            arguments: arguments.collect(),
            reply: self.reply,
        }
    }
}
