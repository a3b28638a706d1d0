//! `#[controller]`: the routes and exception handlers among the methods of one value.

mod methods;

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, FnArg, ReceiverKind, Signature, Type};

use crate::args::{Args, Grammar, Many};
use crate::errors::{Errors, attempt, help};
use crate::exception;
use crate::function::{Function, cfgs, last_name, other_item, shown};
use crate::handler::Receiver;
use crate::implementation::Implementation;
use crate::names::{emit, site, text};
use crate::options::{self, Options};
use crate::path::Template;
use crate::registration::entry;
use crate::route::{self, Route, Verb};
use methods::Method;

static GRAMMAR: Grammar = Grammar {
    attribute: "controller",
    positional: Some(("path", Many::One)),
    options: &[&[("path", "path = \"/users\""), ("middleware", "middleware = [..]")], options::FORMS],
};

/// Expands to the block without the attributes of its methods, and
/// `let mut controller = app.controller::<Users>("/users", __rt::default_of!(Users)); controller.route(..).handle(..);`.
pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let block = methods::without_attributes(item.clone());
    let made = attempt(|errors| {
        let mut args = Args::parse(&GRAMMAR, args, errors);
        let runtime = args.runtime(errors);
        let template = args.text("path", errors).and_then(|path| Template::parse(path, errors));
        let middleware = args.list::<Expr>("middleware", errors).unwrap_or_default();
        let options = Options::take(&mut args, errors);
        let block = read(item, errors)?;
        let name = block.type_name(errors)?.clone();
        let members = members(&block, template.as_ref(), errors);
        let ty = &block.ty;
        let options = options.setters();
        let path = template.map_or_else(|| "/".to_owned(), |template| template.literal.value());
        let default = quote_spanned!(ty.span()=> __rt::default_of!(#ty));
        let body = emit! {
            #[allow(unused_mut)]
            let mut controller = app.controller::<#ty>(#path, #default);
            #(controller.middleware(#middleware);)*
            #(controller #options;)*
            #[allow(unused_variables)]
            let this = controller.this();
            #(#members)*
        };
        Some(entry(&runtime, &cfgs(&block.attrs), &site(&name), &body))
    });
    emit!(#block #made)
}

fn read(item: &TokenStream, errors: &mut Errors) -> Option<Implementation> {
    if !matches!(other_item(item), Some((_, "an `impl` block"))) {
        let message = "`#[controller]` goes on an `impl` block";
        errors.at(item.clone().into_iter().next(), help(message, "put it above `impl Type { .. }`"));
        return None;
    }
    let block: Implementation = errors.keep(syn::parse2(item.clone()))?;
    if let Some(of) = &block.of {
        errors.at(
            of,
            help("a controller's methods are its own, not those of a trait", "write `impl Type { .. }`"),
        );
    }
    block.check_concrete(errors);
    Some(block)
}

/// The registrations of the methods.
fn members(block: &Implementation, template: Option<&Template>, errors: &mut Errors) -> Vec<TokenStream> {
    let methods = errors.keep(methods::read(block)).unwrap_or_default();
    if methods.iter().all(|method| method.attributes.is_empty()) {
        let message = format!("`{}` has no routes", shown(&block.ty));
        errors.at(&block.ty, help(message, "put `#[get(\"/path\")]` above one of its methods"));
    }
    let members =
        methods.iter().flat_map(|method| method.attributes.iter().map(move |attribute| (method, attribute)));
    members.filter_map(|(method, attribute)| member(block, template, method, attribute, errors)).collect()
}

fn member(
    block: &Implementation,
    template: Option<&Template>,
    method: &Method,
    attribute: &Attribute,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let name = text(&attribute.path().segments.last()?.ident);
    let args = methods::arguments(attribute, errors)?;
    let this = this(&method.function.sig, errors);
    let (ty, cfgs) = (&block.ty, method.function.cfgs());
    let made = match Verb::named(&name) {
        Some(verb) => route_of(verb, args, ty, template, (&method.function, this), errors)?,
        None => {
            let handler = exception::Handler::read(args, &method.function, errors)?;
            let function = method.function.name();
            let (setters, handle) = (handler.setters(), handler.handle(&emit!(<#ty>::#function), Some(this)));
            let site = site(function);
            emit!(controller.exception_handler(#site) #setters #handle;)
        }
    };
    Some(emit!(#(#cfgs)* #made))
}

fn route_of<'a>(
    verb: &'static Verb,
    args: TokenStream,
    ty: &'a Type,
    template: Option<&Template>,
    (function, this): (&'a Function, Receiver),
    errors: &mut Errors,
) -> Option<TokenStream> {
    route::check_method(function, errors);
    let args = verb.args(args, errors);
    let route = Route::take(verb, args, errors)?;
    let outer: Vec<_> = template.into_iter().collect();
    let mut call = route.call(function, &outer, errors);
    let name = function.name();
    (call.path, call.this) = (emit!(<#ty>::#name), Some(this));
    let (site, path, methods) = (site(name), &route.template.literal, route.methods());
    let (setters, call) = (route.setters(), call.emit());
    Some(emit!(controller.route(#site, #path, &[#(#methods),*]) #setters #call;))
}

/// How the method takes the controller.
fn this(sig: &Signature, errors: &mut Errors) -> Receiver {
    let Some(FnArg::Receiver(receiver)) = sig.inputs.first() else { return Receiver::None };
    match &receiver.kind {
        ReceiverKind::Reference(_, _, None) => return Receiver::Ref,
        ReceiverKind::Typed(_, ty) if last_name(ty).is_some_and(|name| name == "Arc") => {
            return Receiver::Arc;
        }
        ReceiverKind::Typed(_, ty) if matches!(&**ty, Type::Reference(ty) if ty.mutability.is_none()) => {
            return Receiver::Ref;
        }
        _ => {}
    }
    let remedy = "write `&self`; what changes goes into a `Mutex` or an atomic";
    errors.at(receiver, help("a controller is shared by all requests", remedy));
    Receiver::Ref
}
