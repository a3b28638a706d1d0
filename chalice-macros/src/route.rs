//! `#[route]` and its shorthands for one method.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{LitStr, PatType, Type};

use crate::args::{Args, Grammar, Many};
use crate::errors::{Errors, help, translate};
use crate::function::{Function, binding, last_name, shown, type_argument};
use crate::handler::{self, ArgumentSource, Call, Common, Reply, check_arguments};
use crate::names::{emit, site, text};
use crate::options::{self, Options};
use crate::path::Template;
use crate::registration::entry;
use crate::words;

const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

const PATH: &[(&str, &str)] = &[("path", "path = \"/users/{id}\"")];

/// An attribute of a route: `#[route]`, or the shorthand for one method.
pub(crate) struct Verb {
    grammar: Grammar,
    method: Option<&'static str>,
}

macro_rules! verbs {
    ($($constant:ident = $attribute:literal, $method:literal;)*) => {
        $(pub(crate) static $constant: Verb = Verb {
            grammar: Grammar {
                attribute: $attribute,
                positional: Some(("path", Many::One)),
                options: &[PATH, &[("methods", "")], options::FORMS, handler::OPTIONS],
            },
            method: Some($method),
        };)*

        /// Every attribute that makes a route.
        pub(crate) static VERBS: &[&Verb] = &[&ROUTE, $(&$constant),*];
    };
}

pub(crate) static ROUTE: Verb = Verb {
    grammar: Grammar {
        attribute: "route",
        positional: Some(("path", Many::One)),
        options: &[PATH, &[("methods", "methods = [\"GET\"]")], options::FORMS, handler::OPTIONS],
    },
    method: None,
};

verbs! {
    GET = "get", "GET";
    POST = "post", "POST";
    PUT = "put", "PUT";
    DELETE = "delete", "DELETE";
    PATCH = "patch", "PATCH";
    HEAD = "head", "HEAD";
    OPTIONS_VERB = "options", "OPTIONS";
}

/// The arguments of one route attribute.
pub(crate) struct Route {
    pub(crate) template: Template,
    methods: Vec<String>,
    options: Options,
    common: Common,
}

/// Expands to: `app.get("/users/{id}").handle(__rt::call_1(user, __rt::param::<u64>("id")));`.
pub(crate) fn expand(verb: &'static Verb, args: TokenStream, item: &TokenStream) -> TokenStream {
    translate(item, |errors| {
        let mut args = Args::parse(&verb.grammar, args, errors);
        let runtime = args.runtime(errors);
        let route = Route::take(verb, args, errors);
        let function = Function::read(item, verb.grammar.attribute, errors)?;
        check(&function, errors);
        let route = route?;
        let call = route.call(&function, &[], errors);
        let (bound, setters, call) = (route.bound(), route.setters(), call.emit());
        let body = emit!(app.#bound #setters #call;);
        Some(entry(&runtime, &function.cfgs(), &site(function.name()), &body))
    })
}

impl Verb {
    /// The verb of an attribute of this name.
    pub(crate) fn named(name: &str) -> Option<&'static Verb> {
        VERBS.iter().copied().find(|verb| verb.grammar.attribute == name)
    }

    pub(crate) fn args(&'static self, tokens: TokenStream, errors: &mut Errors) -> Args {
        Args::parse(&self.grammar, tokens, errors)
    }
}

impl Route {
    pub(crate) fn take(verb: &Verb, mut args: Args, errors: &mut Errors) -> Option<Route> {
        let methods = methods(verb, &mut args, errors);
        let options = Options::take(&mut args, errors);
        let common = Common::take(&mut args, errors);
        if !args.has("path") {
            args.missing("path", "a path", errors);
        }
        let template = Template::parse(args.text("path", errors)?, errors)?;
        Some(Route { template, methods, options, common })
    }

    pub(crate) fn methods(&self) -> &[String] {
        &self.methods
    }

    /// Expands to: `get("/users/{id}")`, or `route("/users/{id}", &["GET", "PUT"])`.
    fn bound(&self) -> TokenStream {
        let (path, methods) = (&self.template.literal, &self.methods);
        match methods.as_slice() {
            [method] => {
                let name = Ident::new(&method.to_lowercase(), Span::mixed_site());
                emit!(#name(#path))
            }
            _ => emit!(route(#path, &[#(#methods),*])),
        }
    }

    pub(crate) fn setters(&self) -> TokenStream {
        let (options, common) = (self.options.setters(), self.common.setters());
        emit!(#(#options)* #common)
    }

    /// The call of the function. Arguments named in the path or in a prefix of it are path parameters, the others
    /// extractors.
    pub(crate) fn call<'a>(
        &self,
        function: &'a Function,
        outer: &[&Template],
        errors: &mut Errors,
    ) -> Call<'a> {
        self.check_params(function, errors);
        let templates: Vec<_> = outer.iter().copied().chain([&self.template]).collect();
        let arguments: Vec<_> = function.arguments().map(|argument| filling(argument, &templates)).collect();
        check_one_body(&arguments, errors);
        let name = function.name();
        Call { function, path: emit!(#name), this: None, event: "Request", arguments, reply: Reply::Response }
    }

    fn check_params(&self, function: &Function, errors: &mut Errors) {
        for param in &self.template.params {
            let bound = function.arguments().any(|argument| is_param(argument, &param.name));
            // A function that takes the request can read the parameters from it.
            if bound
                || function.arguments().any(takes_request) && self.misspelt(function, &param.name).is_none()
            {
                continue;
            }
            match self.misspelt(function, &param.name) {
                Some(argument) => {
                    let message = format!(
                        "`{}` is not in the path `{}`",
                        shown(&argument.pat),
                        self.template.literal.value()
                    );
                    errors.at(
                        &argument.pat,
                        help(message, format!("the path has `{{{0}}}`; did you mean `{0}`?", param.name)),
                    );
                }
                None if function.arguments().any(is_path_extractor) => {
                    let argument = function.arguments().find(|argument| is_path_extractor(argument));
                    let message =
                        "a parameter of the path is an argument of its name: no extractor is needed";
                    errors
                        .at(argument, help(message, format!("write `{}: {}`", param.name, inner(argument))));
                }
                None => {
                    let name = function.name();
                    let message = format!("path parameter `{}` has no argument in `{name}`", param.name);
                    let message = self.template.pointing_at(param, &message);
                    errors.at(
                        &self.template.literal,
                        help(message, format!("add `{}: String` to the function", param.name)),
                    );
                }
            }
        }
    }

    /// An argument that is not a parameter and has a similar name.
    fn misspelt<'a>(&self, function: &'a Function, param: &str) -> Option<&'a PatType> {
        function.arguments().find(|argument| {
            let Some(name) = binding(&argument.pat).map(text) else { return false };
            let elsewhere = self.template.params.iter().any(|other| is_param(argument, &other.name));
            !elsewhere && words::nearest(&name, [param]).is_some()
        })
    }
}

/// Reports properties that no function of a route may have.
pub(crate) fn check(function: &Function, errors: &mut Errors) {
    let remedy = "a route with `self` belongs in an `impl` under `#[controller]`";
    function.check_free(remedy, errors);
    check_method(function, errors);
}

/// Reports properties that no function of a route may have, in a controller or outside.
pub(crate) fn check_method(function: &Function, errors: &mut Errors) {
    function.check("a handler", errors);
    function.check_concrete("a handler", errors);
    check_arguments(function, errors);
}

fn filling<'a>(argument: &'a PatType, templates: &[&Template]) -> ArgumentSource<'a> {
    let mut params = templates.iter().flat_map(|template| &template.params);
    match params.find(|param| is_param(argument, &param.name)) {
        Some(param) => ArgumentSource::Param(param.name.clone(), &argument.ty),
        None => ArgumentSource::Extractor(&argument.ty),
    }
}

/// The extractors that read the whole body.
const BODIES: &[&str] = &["Json", "Form", "Bytes", "String", "Multipart"];

/// Reports a second argument that reads the body.
fn check_one_body(arguments: &[ArgumentSource<'_>], errors: &mut Errors) {
    let mut bodies = arguments.iter().filter_map(|argument| match argument {
        ArgumentSource::Extractor(ty) if reads_body(ty) => Some(*ty),
        _ => None,
    });
    let (Some(first), Some(second)) = (bodies.next(), bodies.next()) else { return };
    let message = format!("`{}` reads the body, which `{}` reads already", shown(second), shown(first));
    let remedy =
        "keep one; for the bytes and what they say take `Bytes`, and read them with `serde_json::from_slice`";
    errors.at(second, help(message, remedy));
}

/// Whether a type is an extractor of the body, or an `Option` of one.
fn reads_body(ty: &Type) -> bool {
    let Some(name) = last_name(ty) else { return false };
    BODIES.iter().any(|body| name == body) || name == "Option" && type_argument(ty).is_some_and(reads_body)
}

/// `Path<u64>`, as it is written for axum.
fn is_path_extractor(argument: &PatType) -> bool {
    last_name(&argument.ty).is_some_and(|name| name == "Path")
}

/// `u64` of an argument `Path<u64>`; of several, the type that takes every text.
fn inner(argument: Option<&PatType>) -> String {
    let inner = argument.and_then(|argument| type_argument(&argument.ty));
    match inner {
        Some(ty @ Type::Path(_)) => shown(ty),
        _ => "String".to_owned(),
    }
}

/// `id`, `mut id`, and `_id` for a parameter that is ignored.
fn is_param(argument: &PatType, param: &str) -> bool {
    let Some(name) = binding(&argument.pat).map(text) else { return false };
    name == param || name.strip_prefix('_') == Some(param)
}

fn methods(verb: &Verb, args: &mut Args, errors: &mut Errors) -> Vec<String> {
    let key = args.key("methods");
    if let (Some(method), Some(key)) = (verb.method, &key) {
        let _ = args.tokens("methods");
        let message = format!("{} answers `{method}` only", verb.grammar.spelled());
        errors.at(key, help(message, "remove `methods`, or write `#[route]`"));
    }
    let Some(methods) = args.has("methods").then(|| args.texts("methods", errors)) else {
        return vec![verb.method.unwrap_or("GET").to_owned()];
    };
    let mut seen = Vec::new();
    if let (Some([]), Some(key)) = (methods.as_deref(), key) {
        errors.at(key, help("`methods` is empty", "leave it out for `[\"GET\"]`"));
    }
    for method in methods.iter().flatten() {
        check_method_name(method, &seen, errors);
        seen.push(method.value());
    }
    seen
}

fn check_method_name(method: &LitStr, seen: &[String], errors: &mut Errors) {
    let name = method.value();
    if seen.contains(&name) {
        errors.at(method, help(format!("`{name}` is given twice"), "keep one"));
    } else if METHODS.contains(&name.to_uppercase().as_str()) && !METHODS.contains(&name.as_str()) {
        errors.at(
            method,
            help("methods are written in capitals", format!("write `\"{}\"`", name.to_uppercase())),
        );
    } else if !METHODS.contains(&name.as_str()) {
        let message = format!("`{name}` is not an HTTP method that a route can answer");
        errors.at(method, help(message, words::suggestion(&name, METHODS, "methods are")));
    }
}

/// Whether an argument is the whole request.
fn takes_request(argument: &PatType) -> bool {
    let Type::Path(path) = &*argument.ty else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident == "Request")
}
