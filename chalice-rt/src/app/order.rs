//! Which middleware surrounds a handler, in which order: app, blueprints from outer to inner, controller, handler.

use crate::kind::Kind;
use crate::registry::{HandlerSpec, LayerOrigin, LayerSpec};

/// A layer of the house around a handler, and a middleware in it.
#[derive(Debug, Clone)]
pub(super) struct Surrounding<'a> {
    pub(super) layer: &'a LayerSpec,
    pub(super) level: String,
}

/// The middleware around a handler, outermost first, before `exclude` and `skip`.
pub(super) fn around<'a>(handler: &'a HandlerSpec, app: &'a [LayerSpec]) -> Vec<Surrounding<'a>> {
    let mut all = of_app(handler.kind, app);
    let own = handler.layers.iter().map(|layer| Surrounding { layer, level: "handler".to_owned() });
    all.extend(own);
    all
}

/// The app's own middleware for a kind, outermost first.
pub(super) fn of_app(kind: Kind, app: &[LayerSpec]) -> Vec<Surrounding<'_>> {
    let mut layers: Vec<&LayerSpec> = app.iter().filter(|layer| layer.kinds.contains(kind)).collect();
    layers.sort_by_cached_key(|layer| layer.place());
    layers.into_iter().map(|layer| Surrounding { layer, level: "app".to_owned() }).collect()
}

/// The pairs of middleware whose order nothing declares: in different files of one crate, of equal `order`, for a kind
/// that both are for.
pub(super) fn ambiguities(app: &[LayerSpec]) -> Vec<String> {
    let mut found = Vec::new();
    for (i, one) in app.iter().enumerate() {
        for other in &app[i + 1..] {
            if ambiguous(one, other) {
                let (first, second) = if one.place() <= other.place() { (one, other) } else { (other, one) };
                found.push(format!(
                    "the order between `{}` ({}) and `{}` ({}) is not declared; add `order = N` (smaller is further out)",
                    first.name,
                    first.site(),
                    second.name,
                    second.site()
                ));
            }
        }
    }
    found.sort();
    found
}

fn ambiguous(one: &LayerSpec, other: &LayerSpec) -> bool {
    let (LayerOrigin::Attribute { site: a, .. }, LayerOrigin::Attribute { site: b, .. }) = (&one.origin, &other.origin)
    else {
        return false;
    };
    one.order == other.order && one.kinds.overlaps(other.kinds) && a.krate() == b.krate() && a.file != b.file
}
