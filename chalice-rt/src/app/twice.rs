//! Finds middleware that runs twice around a handler: registered by its attribute, and once more in a list or by
//! `main`.

use std::rc::Rc;

use super::layout::ScopedMiddleware;
use super::select::{left_out, methods};
use crate::registry::{HandlerSpec, MiddlewareOrigin, MiddlewareSpec};

/// A warning for each place where a registered middleware is added again.
pub(super) fn warnings(arounds: &[(&HandlerSpec, Rc<[ScopedMiddleware<'_>]>)]) -> Vec<String> {
    let mut warnings = Vec::new();
    let mut told: Vec<*const MiddlewareSpec> = Vec::new();
    for (handler, around) in arounds {
        for again in around.iter().map(|scoped| scoped.middleware) {
            let registered = around.iter().map(|scoped| scoped.middleware);
            let registered = registered.filter(|registered| registers(registered, again));
            for registered in registered.filter(|registered| both_run(registered, again, handler)) {
                if !told.contains(&std::ptr::from_ref(again)) {
                    told.push(again);
                    warnings.push(warning(registered, again, handler));
                }
            }
        }
    }
    warnings
}

/// Whether the first is the registration, by an attribute, of what the second is.
fn registers(registered: &MiddlewareSpec, again: &MiddlewareSpec) -> bool {
    match (&registered.origin, &again.origin) {
        (_, MiddlewareOrigin::Attribute { .. }) => false,
        (MiddlewareOrigin::Attribute { site, .. }, _) => {
            let module = again.path.strip_suffix(site.name).and_then(|path| path.strip_suffix("::"));
            module == Some(site.module)
        }
        _ => false,
    }
}

fn both_run(registered: &MiddlewareSpec, again: &MiddlewareSpec, handler: &HandlerSpec) -> bool {
    let runs = |middleware, method| left_out(middleware, handler, method).is_none();
    methods(handler).into_iter().any(|method| runs(registered, method) && runs(again, method))
}

fn warning(registered: &MiddlewareSpec, again: &MiddlewareSpec, handler: &HandlerSpec) -> String {
    let (name, site, handler, place) = (&registered.name, registered.site(), handler.name, again.site());
    let by = match again.origin {
        MiddlewareOrigin::Main { .. } => "`register_middleware`",
        _ => "a list",
    };
    format!(
        "`{name}` ({site}) runs twice around `{handler}`: its own attribute registers it, and {by} ({place}) gives it \
         again; remove one of the two"
    )
}
