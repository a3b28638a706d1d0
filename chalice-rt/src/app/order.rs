//! Finds middleware whose order nothing declares.

use super::layout::Layout;
use crate::registry::{MiddlewareOrigin, MiddlewareSpec};

/// The pairs of middleware in different files of one crate, with equal `order` and a common kind. Only the names of the
/// files decide their order.
pub(super) fn ambiguities(layout: Layout<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for (i, one) in layout.middleware.iter().enumerate() {
        for other in &layout.middleware[i + 1..] {
            if ambiguous(one, other) && layout.same_scope(one, other) {
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
    found.sort_unstable();
    found
}

fn ambiguous(one: &MiddlewareSpec, other: &MiddlewareSpec) -> bool {
    let (MiddlewareOrigin::Attribute { site: a, .. }, MiddlewareOrigin::Attribute { site: b, .. }) =
        (&one.origin, &other.origin)
    else {
        return false;
    };
    one.order == other.order && one.kinds.overlaps(other.kinds) && a.krate() == b.krate() && a.file != b.file
}
