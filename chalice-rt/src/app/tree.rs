//! The tree of templates, which finds the template of a path. In each segment a literal has precedence over a
//! parameter, and that over the rest of the path. If one leads nowhere, the next is tried.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::path::segments;

/// The templates that begin with certain segments.
#[derive(Debug, Default)]
pub(super) struct Tree {
    literals: HashMap<Cow<'static, str>, Tree, BuildHasherDefault<Fnv>>,
    param: Option<Box<Tree>>,
    /// The template that takes the rest of the path from here.
    rest: Option<usize>,
    /// The template that ends here.
    here: Option<usize>,
}

/// A segment of a template.
enum Segment<'t> {
    Literal(&'t str),
    Param,
    Rest,
}

impl Tree {
    /// The slot for a template's number. Templates that differ only in the names of parameters share it.
    ///
    /// `literal` converts a segment into the form of the paths that are looked up.
    pub(super) fn place(
        &mut self,
        template: &'static str,
        literal: impl Fn(&'static str) -> Cow<'static, str>,
    ) -> &mut Option<usize> {
        let mut tree = self;
        for segment in segments(template) {
            tree = match Segment::of(segment) {
                Segment::Literal(text) => tree.literals.entry(literal(text)).or_default(),
                Segment::Param => tree.param.get_or_insert_default(),
                Segment::Rest => return &mut tree.rest,
            };
        }
        &mut tree.here
    }

    /// The number of the template that matches a path, among the `wanted` ones, with the values of its parameters.
    pub(super) fn find<'p>(
        &self,
        path: &'p str,
        wanted: impl Fn(usize) -> bool,
    ) -> Option<(usize, Vec<&'p str>)> {
        let mut values = Vec::new();
        let found = self.walk(Some(path.strip_prefix('/')?), &wanted, &mut values)?;
        Some((found, values))
    }

    fn walk<'p>(
        &self,
        left: Option<&'p str>,
        wanted: &impl Fn(usize) -> bool,
        values: &mut Vec<&'p str>,
    ) -> Option<usize> {
        let Some(left) = left else { return self.here.filter(|at| wanted(*at)) };
        let (segment, further) =
            left.split_once('/').map_or((left, None), |(segment, further)| (segment, Some(further)));
        let literal = self.literals.get(segment).and_then(|tree| tree.walk(further, wanted, values));
        if literal.is_some() {
            return literal;
        }
        let taken = values.len();
        if let Some(tree) = self.param.as_ref().filter(|_| !segment.is_empty()) {
            values.push(segment);
            if let Some(found) = tree.walk(further, wanted, values) {
                return Some(found);
            }
        }
        values.truncate(taken);
        let rest = self.rest.filter(|at| !left.is_empty() && wanted(*at))?;
        values.push(left);
        Some(rest)
    }
}

/// The FNV-1a hash, which is fast for short texts. The keys come from the app's source, so collisions cannot be
/// provoked.
#[derive(Clone)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl<'t> Segment<'t> {
    fn of(text: &'t str) -> Self {
        match text.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) if name.ends_with('+') => Segment::Rest,
            Some(_) => Segment::Param,
            None => Segment::Literal(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(templates: &[&'static str]) -> Tree {
        let mut tree = Tree::default();
        for (number, template) in templates.iter().enumerate() {
            *tree.place(template, Cow::Borrowed) = Some(number);
        }
        tree
    }

    #[test]
    fn literals_go_before_parameters_and_those_before_the_rest() {
        let tree = tree(&["/", "/a/{rest+}", "/a/{x}/c", "/a/b", "/{x}/{y}", "/{rest+}", "/a/b/{x}/d"]);
        let find = |path| tree.find(path, |_| true);
        for (path, number, values) in [
            ("/", 0, vec![]),
            ("/a/b", 3, vec![]),
            ("/a/x", 1, vec!["x"]),
            ("/a/x/c", 2, vec!["x"]),
            ("/a/b/c", 2, vec!["b"]),
            ("/a/x/d", 1, vec!["x/d"]),
            ("/a/b/x/d", 6, vec!["x"]),
            ("/a/b/x/e", 1, vec!["b/x/e"]),
            ("/x/y", 4, vec!["x", "y"]),
            ("/x/y/z", 5, vec!["x/y/z"]),
            ("/a", 5, vec!["a"]),
        ] {
            assert_eq!(find(path), Some((number, values)), "{path}");
        }
        assert_eq!((find(""), find("a/b")), (None, None));
    }

    #[test]
    fn a_parameter_and_a_rest_are_never_empty() {
        let tree = tree(&["/a/{x}", "/b/{rest+}"]);
        for path in ["/", "/a", "/a/", "/b/", "//x"] {
            assert_eq!(tree.find(path, |_| true), None, "{path}");
        }
    }

    #[test]
    fn what_is_not_wanted_is_not_there() {
        let tree = tree(&["/users/me", "/users/{id}"]);
        assert_eq!(tree.find("/users/me", |at| at == 1), Some((1, vec!["me"])));
    }
}
