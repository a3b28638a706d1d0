//! `#[blueprint]` on an inline module, and `blueprint_module!` at the top of a file module.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, LitStr, Token, Visibility};

use crate::args::{Args, Grammar, Many};
use crate::errors::{Errors, attempt, help, translate};
use crate::function::cfgs;
use crate::handler::check_name;
use crate::names::{CratePath, emit, site, site_at};
use crate::options::{self, Options};
use crate::path::Template;
use crate::registration::entry;

const OPTIONS: &[(&str, &str)] = &[
    ("url_prefix", "url_prefix = \"/admin\""),
    ("middleware", "middleware = [..]"),
    ("name_prefix", "name_prefix = \"admin-\""),
];

static GRAMMAR: Grammar = Grammar {
    attribute: "blueprint",
    positional: Some(("url_prefix", Many::One)),
    options: &[OPTIONS, options::FORMS],
};

static MODULE_GRAMMAR: Grammar = Grammar {
    attribute: "blueprint_module",
    positional: Some(("url_prefix", Many::One)),
    options: &[OPTIONS, options::FORMS],
};

/// The arguments of a blueprint.
struct Blueprint {
    runtime: CratePath,
    url_prefix: Option<LitStr>,
    name_prefix: Option<LitStr>,
    middleware: Vec<Expr>,
    options: Options,
}

/// Expands to: `let mut blueprint = app.blueprint(concat!(module_path!(), "::admin")); blueprint.url_prefix("/admin");`.
pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    translate(item, |errors| {
        let blueprint = Blueprint::take(Args::parse(&GRAMMAR, args, errors), errors);
        let module = Module::read(item, errors)?;
        let name = module.name.to_string();
        let body = blueprint.register(&emit!(::core::concat!(::core::module_path!(), "::", #name)));
        Some(entry(&blueprint.runtime, &cfgs(&module.attrs), &site(&module.name), &body))
    })
}

/// The same for the module that calls the macro.
pub(crate) fn expand_module(args: TokenStream) -> TokenStream {
    attempt(|errors| {
        let blueprint = Blueprint::take(Args::parse(&MODULE_GRAMMAR, args, errors), errors);
        let body = blueprint.register(&emit!(::core::module_path!()));
        Some(entry(&blueprint.runtime, &[], &site_at("blueprint_module", Span::call_site()), &body))
    })
}

impl Blueprint {
    fn take(mut args: Args, errors: &mut Errors) -> Blueprint {
        let prefix = args.text("url_prefix", errors);
        let name_prefix = args.text("name_prefix", errors);
        Blueprint {
            runtime: args.runtime(errors),
            url_prefix: prefix
                .and_then(|prefix| Template::prefix(prefix, errors))
                .map(|prefix| prefix.literal),
            name_prefix: name_prefix.filter(|prefix| check_name(prefix, "a prefix of names", errors)),
            middleware: args.list("middleware", errors).unwrap_or_default(),
            options: Options::take(&mut args, errors),
        }
    }

    fn register(&self, module: &TokenStream) -> TokenStream {
        let url_prefix = self.url_prefix.iter();
        let name_prefix = self.name_prefix.iter();
        let middleware = self.middleware.iter();
        let options = self.options.setters();
        emit! {
            #[allow(unused_mut, unused_variables)]
            let mut blueprint = app.blueprint(#module);
            #(blueprint.url_prefix(#url_prefix);)*
            #(blueprint.name_prefix(#name_prefix);)*
            #(__rt::blueprint_middleware!(blueprint, #middleware);)*
            #(blueprint #options;)*
        }
    }
}

/// The head of a module, and what is in its braces.
struct Module {
    attrs: Vec<Attribute>,
    name: Ident,
    /// `None` for `mod x;`.
    content: Option<TokenStream>,
}

impl Parse for Module {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        input.parse::<Option<Token![unsafe]>>()?;
        input.parse::<Token![mod]>()?;
        let name = input.parse()?;
        let content = match input.parse()? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
            _ => None,
        };
        Ok(Module { attrs, name, content })
    }
}

impl Module {
    fn read(item: &TokenStream, errors: &mut Errors) -> Option<Module> {
        let Ok(module) = syn::parse2::<Module>(item.clone()) else {
            let message = "`#[blueprint]` goes on a module";
            let remedy =
                "write `#[blueprint(\"/prefix\")] mod name { .. }`; methods of a type are a `#[controller]`";
            errors.at(item.clone().into_iter().next(), help(message, remedy));
            return None;
        };
        match &module.content {
            None => errors
                .at(&module.name, in_a_file("`#[blueprint]` goes on a module with its content in braces")),
            Some(content) => {
                for name in file_modules(content) {
                    errors
                        .at(name, in_a_file("a module under `#[blueprint]` holds no module of another file"));
                }
            }
        }
        Some(module)
    }
}

fn in_a_file(message: &str) -> String {
    help(message, "write `blueprint_module!(\"/prefix\");` at the top of the file instead")
}

/// The names in `mod name;`. Attributes do not see the content of other files.
fn file_modules(content: &TokenStream) -> Vec<Ident> {
    let trees: Vec<_> = content.clone().into_iter().collect();
    let names = trees.windows(3).filter_map(|window| match window {
        [TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Punct(end)]
            if word == "mod" && end.as_char() == ';' =>
        {
            Some(name.clone())
        }
        _ => None,
    });
    names.collect()
}
