//! What handlers of every kind share: their common arguments, and the closure that fills and calls the function.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Lit, LitStr, Type};

use crate::args::{Args, path_text, ungrouped};
use crate::errors::{Errors, help};
use crate::function::{Function, check_owned, last_name};
use crate::names::{emit, local};

/// The arguments of every handler's attribute.
pub(crate) const OPTIONS: &[(&str, &str)] =
    &[("name", "name = \"..\""), ("middleware", "middleware = [..]"), ("skip", "skip = [name, ..]")];

/// The common arguments as they were given.
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
        let middleware = self.middleware.iter().map(|middleware| emit!(.middleware(#middleware)));
        let skip = self.skip.iter().map(|skip| emit!(.skip(&[#(#skip),*])));
        quote!(#(#name)* #(#middleware)* #(#skip)*)
    }
}

/// Reports what no handler and no prefix can be called.
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

/// A name in `skip`: a path's last part, or a text.
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

/// One argument of the function and what fills it.
pub(crate) enum Filling<'a> {
    /// The path parameter of this name.
    Param(String, &'a Type),
    /// An extractor.
    Extractor(&'a Type),
    /// The event of the handler, one of its records, or a parsed one.
    Event(&'a Type),
    /// The payload of a function that is invoked directly.
    Payload(&'a Type),
}

/// How a handler's function is filled and called.
pub(crate) struct Call<'a> {
    pub(crate) function: &'a Function,
    /// What is called: the function, or the method of a controller.
    pub(crate) path: TokenStream,
    /// How a method is given its controller.
    pub(crate) this: Option<This>,
    /// The event's type in the runtime: `Request`.
    pub(crate) event: &'static str,
    pub(crate) arguments: Vec<Filling<'a>>,
    /// How the answer is made.
    pub(crate) reply: Reply,
}

/// How a method is given its controller, which the closure has as an `Arc`.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum This {
    /// The function takes no `self`.
    Unused,
    /// `&self`
    Lent,
    /// `self: Arc<Self>`
    Given,
}

impl This {
    /// The parameter of the closure.
    pub(crate) fn parameter(self) -> TokenStream {
        let this = local(if self == This::Unused { "_this" } else { "this" }, Span::mixed_site());
        emit!(#this,)
    }

    /// The argument of the call.
    pub(crate) fn argument(self, span: Span) -> Option<TokenStream> {
        let this = local("this", span);
        match self {
            This::Unused => None,
            This::Lent => Some(quote_spanned!(span=> &#this,)),
            This::Given => Some(quote_spanned!(span=> #this,)),
        }
    }
}

/// How a handler's answer is made.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Reply {
    /// `__rt::respond(..)`, for HTTP and WebSocket.
    Response,
    /// `__rt::reply!(..)`, for all other kinds.
    Value,
}

impl Call<'_> {
    /// Expands to: `.needs(&[..]).handle(|event| { .. })`.
    pub(crate) fn emit(&self) -> TokenStream {
        let needs = self.needs();
        let closure = self.closure();
        let method = if self.function.is_async() { "handle" } else { "handle_blocking" };
        let method = Ident::new(method, self.function.name().span());
        emit!(#needs .#method(#closure))
    }

    fn needs(&self) -> Option<TokenStream> {
        let needs = self.arguments.iter().filter_map(|argument| match argument {
            Filling::Extractor(ty) => Some(self.extractor(ty, "needs")),
            _ => None,
        });
        let needs: Vec<_> = needs.collect();
        (!needs.is_empty()).then(|| emit!(.needs(&[#(#needs),*])))
    }

    fn closure(&self) -> TokenStream {
        let event = if self.arguments.is_empty() { "_event" } else { "event" };
        let event = local(event, Span::mixed_site());
        let this = self.this.map(This::parameter);
        let bindings = self.bindings();
        let outcome = self.outcome();
        emit!(|#this #event| { #(#bindings)* ::core::result::Result::Ok(#outcome) })
    }

    /// One line for each argument: parameters, extractors, and at last what takes the event itself. The last may move
    /// out of the event what others have to clone.
    fn bindings(&self) -> Vec<TokenStream> {
        let mut arguments: Vec<_> = self.arguments.iter().enumerate().collect();
        arguments.sort_by_key(|(_, argument)| self.turn(argument));
        let last = arguments.last().map(|(index, _)| *index);
        arguments
            .iter()
            .map(|(index, argument)| self.binding(*index, argument, Some(*index) == last))
            .collect()
    }

    fn turn(&self, argument: &Filling<'_>) -> u8 {
        match argument {
            Filling::Param(..) => 0,
            Filling::Extractor(ty) if last_name(ty).is_some_and(|name| name == self.event) => 2,
            Filling::Extractor(_) => 1,
            Filling::Event(_) | Filling::Payload(_) => 3,
        }
    }

    /// Expands to: `let arg0 = __rt::param::<u64>(event, "id")?;`, reported at the type.
    fn binding(&self, index: usize, argument: &Filling<'_>, is_last: bool) -> TokenStream {
        let span = argument.ty().span();
        let (name, event) = (argument_name(index, span), local("event", span));
        let value = match argument {
            Filling::Param(param, ty) => quote_spanned!(span=> __rt::param::<#ty>(#event, #param)),
            Filling::Payload(ty) => quote_spanned!(span=> __rt::payload::<#ty>(#event)),
            Filling::Extractor(ty) => {
                let extract = self.extractor(ty, if is_last { "take_from" } else { "from_event" });
                quote_spanned!(span=> #extract(#event))
            }
            Filling::Event(ty) => {
                let own = Ident::new(self.event, span);
                quote_spanned!(span=> <#ty as __rt::Argument<__rt::#own>>::take(#event))
            }
        };
        quote_spanned!(span=> let #name = #value?;)
    }

    fn extractor(&self, ty: &Type, function: &str) -> TokenStream {
        let span = ty.span();
        let (event, function) = (Ident::new(self.event, span), Ident::new(function, span));
        quote_spanned!(span=> <#ty as __rt::FromEvent<__rt::#event>>::#function)
    }

    /// Expands to: `async move { __rt::respond(user(arg0, arg1).await) }`, or to a closure for a function that blocks.
    fn outcome(&self) -> TokenStream {
        let reply = self.reply();
        if self.function.is_async() { emit!(async move { #reply }) } else { emit!(move || #reply) }
    }

    fn reply(&self) -> TokenStream {
        let span = self.function.output_span();
        let call = self.call(span);
        match self.reply {
            Reply::Response => quote_spanned!(span=> __rt::respond(#call)),
            Reply::Value => quote_spanned!(span=> __rt::reply!(#call)),
        }
    }

    fn call(&self, span: Span) -> TokenStream {
        let path = located(&self.path, span);
        let this = self.this.and_then(|this| this.argument(span));
        let arguments = self.arguments.iter().enumerate();
        let arguments = arguments.map(|(index, argument)| argument_name(index, argument.ty().span()));
        let dot_await = self.function.is_async().then(|| quote_spanned!(span=> .await));
        quote_spanned!(span=> #path(#this #(#arguments),*) #dot_await)
    }
}

impl Filling<'_> {
    fn ty(&self) -> &Type {
        match self {
            Filling::Param(_, ty) | Filling::Extractor(ty) | Filling::Event(ty) | Filling::Payload(ty) => ty,
        }
    }
}

/// Reports arguments that no handler can own.
pub(crate) fn check_arguments(function: &Function, errors: &mut Errors) {
    for argument in function.arguments() {
        check_owned(&argument.ty, errors);
    }
}

/// The tokens as they are resolved, reported elsewhere: what is wrong with an answer is wrong with the return type.
pub(crate) fn located(tokens: &TokenStream, span: Span) -> TokenStream {
    let relocate = |mut tree: TokenTree| {
        tree.set_span(tree.span().located_at(span));
        tree
    };
    tokens.clone().into_iter().map(relocate).collect()
}

fn argument_name(index: usize, span: Span) -> Ident {
    local(&format!("arg{index}"), span)
}
