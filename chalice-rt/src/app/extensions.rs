//! Checks that a middleware further out provides the extensions that handlers and middleware take.

use std::rc::Rc;

use super::layout::{Layout, ScopedMiddleware};
use super::report::LaunchReport;
use super::select::{methods, select};
use super::validate::place;
use crate::describe::{Describe, Need};
use crate::registry::{HandlerSpec, MiddlewareSpec, Site};

/// If some middleware of the app provides the type, but none further out, it is an error. If none provides it, a
/// middleware may do so without declaring it, so it is a warning.
pub(super) fn check(
    layout: Layout<'_>,
    handlers: &[HandlerSpec],
    arounds: &[(&HandlerSpec, Rc<[ScopedMiddleware<'_>]>)],
    warnings: &mut Vec<String>,
    report: &mut LaunchReport,
) {
    let mut told: Vec<Need> = Vec::new();
    for (handler, around) in arounds.iter().filter(|(handler, around)| takes_any(handler, around)) {
        for method in methods(handler) {
            let chain = select(around, handler, method);
            let chain: Vec<&MiddlewareSpec> = chain.iter().map(|scoped| scoped.middleware).collect();
            for (taker, need) in takers(handler, &chain).filter(|(taker, need)| taker.misses(need)) {
                let seen =
                    Need { place: need.place.or(Some((taker.site.file, taker.site.line))), ..need.clone() };
                if told.contains(&seen) {
                    continue;
                }
                told.push(seen);
                match provider(need, taker.inside, layout.listed(handlers)) {
                    Some(provider) => report.add(taker.error(need, provider, handler)),
                    None => warnings.push(taker.warning(need)),
                }
            }
        }
    }
}

/// A handler or a middleware at its position in a chain.
#[derive(Clone, Copy)]
struct Taker<'a> {
    name: &'a str,
    site: &'a Site,
    outside: &'a [&'a MiddlewareSpec],
    inside: &'a [&'a MiddlewareSpec],
}

impl Taker<'_> {
    fn misses(&self, need: &Need) -> bool {
        !self.outside.iter().any(|middleware| provides(middleware, need))
    }

    fn error(&self, need: &Need, provider: &MiddlewareSpec, handler: &HandlerSpec) -> String {
        let (taker, provider_name, type_name) = (self.name, &provider.name, need.type_name);
        let (place, provider_site, handler) = (place(need, self.site), provider.site(), handler.name);
        let further_in = self.inside.iter().any(|middleware| std::ptr::eq(*middleware, provider));
        let (fault, remedy) = match further_in {
            true => (
                format!("is further in on the chain of `{handler}`"),
                format!("give `{provider_name}` a smaller `order` than `{taker}` has"),
            ),
            false => (
                format!("is not around `{handler}`"),
                format!("put `{provider_name}` around it, or take `Option<Extension<{type_name}>>`"),
            ),
        };
        format!(
            "`{taker}` ({place}) takes `Extension<{type_name}>`, and `{provider_name}` ({provider_site}), which \
             provides it, {fault}\n{remedy}"
        )
    }

    fn warning(&self, need: &Need) -> String {
        let (taker, type_name, place) = (self.name, need.type_name, place(need, self.site));
        let short = type_name.rsplit("::").next().unwrap_or(type_name);
        format!(
            "`{taker}` ({place}) takes `Extension<{type_name}>`, and no middleware says that it provides one; add \
             `provides = {short}` to the attribute of the one that does"
        )
    }
}

/// Whether anything around the handler takes an extension. Most handlers need no chain for this check.
fn takes_any(handler: &HandlerSpec, around: &[ScopedMiddleware<'_>]) -> bool {
    let takes = |description: &Describe| !description.extensions.is_empty();
    takes(&handler.description) || around.iter().any(|scoped| takes(&scoped.middleware.description))
}

/// The handlers and middleware in a chain that take an extension, with its type.
fn takers<'a>(
    handler: &'a HandlerSpec,
    chain: &'a [&'a MiddlewareSpec],
) -> impl Iterator<Item = (Taker<'a>, &'a Need)> {
    let own = Taker { name: handler.name, site: &handler.site, outside: chain, inside: &[] };
    let middleware = chain.iter().enumerate().map(|(at, middleware)| {
        let (name, site) = (middleware.name.as_str(), middleware.site());
        let taker = Taker { name, site, outside: &chain[..at], inside: &chain[at + 1..] };
        (taker, &middleware.description)
    });
    let all = middleware.chain([(own, &handler.description)]);
    all.flat_map(|(taker, description)| description.extensions.iter().map(move |need| (taker, need)))
}

/// A middleware that provides the type: one further in on the same chain, else any in the app.
fn provider<'a>(
    need: &Need,
    inside: &[&'a MiddlewareSpec],
    mut all: impl Iterator<Item = &'a MiddlewareSpec>,
) -> Option<&'a MiddlewareSpec> {
    let further_in = inside.iter().copied().find(|middleware| provides(middleware, need));
    further_in.or_else(|| all.find(|middleware| provides(middleware, need)))
}

fn provides(middleware: &MiddlewareSpec, need: &Need) -> bool {
    middleware.description.provides.contains(&need.type_id)
}
