//! The common parts of handlers of every kind: the arguments of their attributes, and the call of the function.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Lit, LitStr, Type};

use crate::args::{Args, path_text, ungrouped};
use crate::errors::{Errors, help};
use crate::function::{Function, check_owned, last_name, span_of};
use crate::names::{emit, local};

/// The arguments of every handler's attribute.
pub(crate) const OPTIONS: &[(&str, &str)] =
    &[("name", "name = \"..\""), ("middleware", "middleware = [..]"), ("skip", "skip = [name, ..]")];

/// The common arguments.
#[derive(Default)]
pub(crate) struct Common {
    name: Option<LitStr>,
    middleware: Vec<Expr>,
    skip: Option<Vec<String>>,
}

impl Common {
    pub(crate) fn take(args: &mut Args, errors: &mut Errors) -> Common {
        let name = args.text("name", errors).filter(|name| check_name(name, "a handler's name", errors));
        let skip = args.list::<Expr>("skip", errors);
        Common {
            name,
            middleware: args.list("middleware", errors).unwrap_or_default(),
            skip: skip.map(|entries| entries.iter().filter_map(|entry| skipped(entry, errors)).collect()),
        }
    }

    /// Expands to: `.name("custom").middleware(audit("users")).skip(&["log"])`.
    pub(crate) fn setters(&self) -> TokenStream {
        let name = self.name.iter().map(|name| emit!(.name(#name)));
        let middleware = self.middleware.iter().map(listed);
        let skip = self.skip.iter().map(|skip| emit!(.skip(&[#(#skip),*])));
        quote!(#(#name)* #(#middleware)* #(#skip)*)
    }
}

/// Expands to: `.middleware(audit("users"))`. A path is checked first: it may name a factory that is not called.
fn listed(middleware: &Expr) -> TokenStream {
    if !matches!(middleware, Expr::Path(_)) {
        return emit!(.middleware(#middleware));
    }
    let span = middleware.span();
    let name = local("middleware", span);
    let asked = quote_spanned!(span=> (&&__rt::Listed::of(&#name)).form().pass(#name));
    emit! {
        .middleware({
            use __rt::{ListedFactory as _, ListedFactoryOf as _, ListedMiddleware as _};
            let #name = #middleware;
            #asked
        })
    }
}

/// Reports names that no handler and no prefix may have.
pub(crate) fn check_name(name: &LitStr, what: &str, errors: &mut Errors) -> bool {
    let text = name.value();
    let is_good = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '-';
    let good = !text.is_empty() && text.chars().all(is_good);
    if !good {
        errors.at(
            name,
            help(format!("{what} is made of letters, digits, `-` and `_`"), "write `name = \"my-handler\"`"),
        );
    }
    good
}

/// A name in `skip`: the last segment of a path, or a string.
fn skipped(entry: &Expr, errors: &mut Errors) -> Option<String> {
    match syn::parse2(ungrouped(entry.to_token_stream())) {
        Ok(Expr::Path(path)) => path_text(&path.path).rsplit("::").next().map(str::to_owned),
        Ok(Expr::Lit(literal)) if matches!(literal.lit, Lit::Str(_)) => match literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => {
            errors.at(
                entry,
                help("`skip` takes the names of middleware", "write only its name: `skip = [audit]`"),
            );
            None
        }
    }
}

/// The source of one argument.
pub(crate) enum ArgumentSource<'a> {
    /// The path parameter of this name.
    Param(String, &'a Type),
    /// An extractor.
    Extractor(&'a Type),
    /// The event of the handler or one of its records, raw or parsed.
    Event(&'a Type),
    /// The event of the handler, a record, an extractor, or a type read from the event's JSON.
    EventOrPayload(&'a Type),
    /// The payload of a function that is invoked directly.
    Payload(&'a Type),
}

/// The call of a handler's function.
pub(crate) struct Call<'a> {
    pub(crate) function: &'a Function,
    /// The path of the function or of the controller's method.
    pub(crate) path: TokenStream,
    /// How a method takes its controller.
    pub(crate) this: Option<Receiver>,
    /// The event's type in the runtime: `Request`.
    pub(crate) event: &'static str,
    pub(crate) arguments: Vec<ArgumentSource<'a>>,
    /// How the answer is made from the result.
    pub(crate) reply: Reply,
}

/// How a method takes its controller. The runtime passes it as an `Arc`.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Receiver {
    /// The function takes no `self`.
    None,
    /// `&self`
    Ref,
    /// `self: Arc<Self>`
    Arc,
}

impl Receiver {
    /// The parameter of a closure.
    pub(crate) fn parameter(self) -> TokenStream {
        let this = local(if self == Receiver::None { "_this" } else { "this" }, Span::mixed_site());
        emit!(#this,)
    }

    /// The argument of the call.
    pub(crate) fn argument(self, span: Span) -> Option<TokenStream> {
        let this = local("this", span);
        match self {
            Receiver::None => None,
            Receiver::Ref => Some(quote_spanned!(span=> &#this,)),
            Receiver::Arc => Some(quote_spanned!(span=> #this,)),
        }
    }
}

/// How a handler's answer is made.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Reply {
    /// By `IntoResponse`, for HTTP and WebSocket.
    Response,
    /// By `__rt::policy(..)`, for authorizers.
    Policy,
    /// By `__rt::reply!(..)`, for all other kinds.
    Value,
}

impl Call<'_> {
    /// Expands to: `.handle(__rt::call_1(user, __rt::param::<u64>("id")))`, reported at the return type.
    pub(crate) fn emit(&self) -> TokenStream {
        let order = self.order();
        let this = self.takes_this().then(|| emit!(, this));
        let arguments = order.iter().map(|index| self.source(*index, order.last() == Some(index)));
        let span = self.function.output_span();
        let (method, call) = (Ident::new(self.method(), span), Ident::new(&self.call(), span));
        let function = self.given(&order, span);
        quote_spanned!(span=> .#method(__rt::#call(#function #this #(, #arguments)*)))
    }

    fn takes_this(&self) -> bool {
        self.this.is_some_and(|this| this != Receiver::None)
    }

    /// The order in which arguments are read: parameters, extractors, then the event itself. The last one may move
    /// values out of the event, which the others have to clone.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<_> = (0..self.arguments.len()).collect();
        order.sort_by_key(|index| self.turn(&self.arguments[*index]));
        order
    }

    fn turn(&self, argument: &ArgumentSource<'_>) -> u8 {
        match argument {
            ArgumentSource::Param(..) => 0,
            ArgumentSource::Extractor(ty) if last_name(ty).is_some_and(|name| name == self.event) => 2,
            ArgumentSource::Extractor(_) => 1,
            ArgumentSource::Event(_) | ArgumentSource::EventOrPayload(_) | ArgumentSource::Payload(_) => 3,
        }
    }

    /// Expands to: `__rt::extract::<State<Db>>()`, reported at the type.
    fn source(&self, index: usize, is_last: bool) -> TokenStream {
        let argument = &self.arguments[index];
        let span = span_of(argument.ty());
        match argument {
            ArgumentSource::Param(param, ty) => quote_spanned!(span=> __rt::param::<#ty>(#param)),
            ArgumentSource::Extractor(ty) if self.event == "Request" => {
                let extract = Ident::new(if is_last { "take" } else { "extract" }, span);
                quote_spanned!(span=> __rt::#extract::<#ty>())
            }
            ArgumentSource::Extractor(ty) => {
                let extract = Ident::new(if is_last { "take_from" } else { "extract_from" }, span);
                let event = Ident::new(self.event, span);
                quote_spanned!(span=> __rt::#extract::<__rt::#event, #ty>())
            }
            ArgumentSource::Event(ty) => {
                let event = Ident::new(self.event, span);
                quote_spanned!(span=> __rt::event::<__rt::#event, #ty>())
            }
            ArgumentSource::EventOrPayload(ty) => {
                let event = Ident::new(self.event, span);
                quote_spanned!(span=> __rt::first!(__rt::#event, #ty))
            }
            ArgumentSource::Payload(ty) => quote_spanned!(span=> __rt::payload::<#ty>()),
        }
    }

    /// The method of the builder.
    fn method(&self) -> &'static str {
        match (self.reply, self.function.is_async()) {
            (Reply::Response, true) => "handle",
            (Reply::Response, false) => "handle_blocking",
            (Reply::Policy | Reply::Value, true) => "reply",
            (Reply::Policy | Reply::Value, false) => "reply_blocking",
        }
    }

    /// The call of a function with as many arguments.
    fn call(&self) -> String {
        let count = self.arguments.len() + usize::from(self.takes_this());
        let call = if self.function.is_async() { "call" } else { "call_blocking" };
        format!("{call}_{count}")
    }

    /// The function itself if it takes its arguments in the order of reading, else a closure that calls it.
    fn given(&self, order: &[usize], span: Span) -> TokenStream {
        if self.is_plain() && order.is_sorted() {
            return located(&self.path, span);
        }
        let this = self.this.filter(|_| self.takes_this()).map(Receiver::parameter);
        let parameters = order.iter().map(|index| self.argument(*index));
        let body = self.body(span);
        emit!(|#this #(#parameters),*| #body)
    }

    /// Whether the runtime takes the function's result unchanged.
    fn is_plain(&self) -> bool {
        self.reply == Reply::Response && self.this != Some(Receiver::Ref)
    }

    /// Expands to: `async move { __rt::reply!(take_order(arg0).await) }`.
    fn body(&self, span: Span) -> TokenStream {
        let path = located(&self.path, span);
        let this = self.this.and_then(|this| this.argument(span));
        let arguments = (0..self.arguments.len()).map(|index| self.argument(index));
        let call = quote_spanned!(span=> #path(#this #(#arguments),*));
        let awaits = self.function.is_async() && !self.is_plain();
        let dot_await = awaits.then(|| quote_spanned!(span=> .await));
        let answer = match self.reply {
            Reply::Response => quote_spanned!(span=> #call #dot_await),
            Reply::Policy => quote_spanned!(span=> __rt::policy(#call #dot_await)),
            Reply::Value => quote_spanned!(span=> __rt::reply!(#call #dot_await)),
        };
        if awaits { emit!(async move { #answer }) } else { answer }
    }

    fn argument(&self, index: usize) -> Ident {
        local(&format!("arg{index}"), span_of(self.arguments[index].ty()))
    }
}

impl ArgumentSource<'_> {
    fn ty(&self) -> &Type {
        match self {
            ArgumentSource::Param(_, ty)
            | ArgumentSource::Extractor(ty)
            | ArgumentSource::Event(ty)
            | ArgumentSource::EventOrPayload(ty)
            | ArgumentSource::Payload(ty) => ty,
        }
    }
}

/// The most arguments that the runtime's functions take.
const MOST_ARGUMENTS: usize = 16;

/// Reports arguments that no handler can own, and too many.
pub(crate) fn check_arguments(function: &Function, errors: &mut Errors) {
    if let Some(argument) = function.arguments().nth(MOST_ARGUMENTS) {
        let message = format!("a handler takes at most {MOST_ARGUMENTS} arguments");
        errors.at(argument, help(message, "make one type of several, with an `impl FromEvent` of its own"));
    }
    for argument in function.arguments() {
        check_owned(&argument.ty, errors);
    }
}

/// The tokens with their own resolution, but with errors reported at the span: a wrong answer is an error of the return
/// type.
pub(crate) fn located(tokens: &TokenStream, span: Span) -> TokenStream {
    let relocate = |mut tree: TokenTree| {
        tree.set_span(tree.span().located_at(span));
        tree
    };
    tokens.clone().into_iter().map(relocate).collect()
}
