//! Which of the linked items belong to an app, in the order of their places.

use super::builder::Origin;
use super::report::LaunchReport;
use crate::registry::{Register, Site};

/// An item with the rank of its crate: its place in `include`, the app's own package last.
pub(super) type Item = (usize, &'static Site, Register);

/// The items of the app's package and of the crates that it includes, in the order of their places.
pub(super) fn own_items(
    origin: Origin,
    linked: Vec<(&'static Site, Register)>,
    report: &mut LaunchReport,
) -> Vec<Item> {
    let total = linked.len();
    let ranked =
        linked.into_iter().filter_map(|(site, register)| Some((rank(origin, site)?, site, register)));
    let mut items: Vec<Item> = ranked.collect();
    items.sort_by_key(|(rank, site, _)| (*rank, site.key()));
    if items.is_empty() {
        report.add(nothing_linked(origin, total));
    }
    items
}

fn rank(origin: Origin, site: &Site) -> Option<usize> {
    if site.package == origin.package {
        return Some(origin.include.len());
    }
    origin.include.iter().position(|krate| *krate == site.krate())
}

fn nothing_linked(origin: Origin, inert: usize) -> String {
    let Origin { name, package, .. } = origin;
    let krate = package.replace('-', "_");
    let mut text = format!(
        "no handlers are linked into this binary for the app `{name}` of package `{package}`\n\
         if they stand in this package's library, name it: `app!(\"{name}\", include = [{krate}])`, or write `use {krate} as _;`\n\
         if they stand in another package, name its crate: `app!(\"{name}\", include = [that_crate])`\n\
         if there are none yet, put an attribute on a function: `#[route(\"/\")]`"
    );
    if inert > 0 {
        text.push_str(&format!(
            "\n{inert} items of other packages are linked, and stay inert until `include` names their crate"
        ));
    }
    text
}
