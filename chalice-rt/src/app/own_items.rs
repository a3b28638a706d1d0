//! Selects the linked items of an app, in the order of the source.

use super::builder::Origin;
use super::report::LaunchReport;
use crate::registry::{Register, Site};

/// An item with the rank of its crate: the index in `include`. The app's own package comes last.
pub(super) type Item = (usize, &'static Site, Register);

/// The items of the app's package and of the crates that it includes, in the order of the source.
pub(super) fn own_items(
    origin: Origin,
    linked: Vec<(&'static Site, Register)>,
    report: &mut LaunchReport,
) -> Vec<Item> {
    let total = linked.len();
    let ranked =
        linked.into_iter().filter_map(|(site, register)| Some((rank(origin, site)?, site, register)));
    let items = sorted(ranked);
    if items.is_empty() {
        report.add(nothing_linked(origin, total));
    }
    items
}

/// Sorts the items file by file, which compares few file names.
fn sorted(items: impl Iterator<Item = Item>) -> Vec<Item> {
    let mut files: Vec<Vec<Item>> = Vec::new();
    for item in items {
        let same = |file: &&mut Vec<Item>| (file[0].0, file[0].1.file) == (item.0, item.1.file);
        match files.iter_mut().rev().find(same) {
            Some(file) => file.push(item),
            None => files.push(vec![item]),
        }
    }
    files.sort_unstable_by(|one, other| one[0].0.cmp(&other[0].0).then_with(|| one[0].1.order(other[0].1)));
    for file in &mut files {
        file.sort_unstable_by(|(_, one, _), (_, other, _)| one.order_in_file(other));
    }
    files.concat()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn site(
        package: &'static str,
        module: &'static str,
        file: &'static str,
        line: u32,
        column: u32,
    ) -> &'static Site {
        Box::leak(Box::new(Site { name: "item", package, module, file, line, column }))
    }

    fn places(linked: &[&'static Site]) -> Vec<String> {
        let origin = Origin { package: "own", name: "app", include: &["second", "first"] };
        let linked = linked.iter().map(|site| (*site, (|_| {}) as Register)).collect();
        let items = own_items(origin, linked, &mut LaunchReport::default());
        items.iter().map(|(_, site, _)| format!("{}:{}:{}", site.file, site.line, site.column)).collect()
    }

    #[test]
    fn items_go_by_crate_file_line_and_column_in_whatever_order_they_are_linked() {
        let mut linked = vec![
            site("own", "own", "src/main.rs", 9, 1),
            site("own", "own::a", "src/a.rs", 20, 5),
            site("own", "own::a", "src/a.rs", 3, 30),
            site("own", "own::a", "src/a.rs", 3, 4),
            site("first", "first", "z/first/src/lib.rs", 1, 1),
            site("second", "second::deep", "z/second/src/deep.rs", 7, 1),
            site("inert", "inert", "inert/src/lib.rs", 1, 1),
        ];
        let expected = [
            "z/second/src/deep.rs:7:1",
            "z/first/src/lib.rs:1:1",
            "src/a.rs:3:4",
            "src/a.rs:3:30",
            "src/a.rs:20:5",
            "src/main.rs:9:1",
        ];
        for _ in 0..linked.len() {
            assert_eq!(places(&linked), expected);
            linked.reverse();
            assert_eq!(places(&linked), expected);
            linked.reverse();
            linked.rotate_left(1);
        }
    }
}
