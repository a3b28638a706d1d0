//! Listings for the command line and tests: the handlers, and the routes near a path.

use super::info::HandlerInfo;
use super::service::Service;
use super::suggest::nearest;

impl Service {
    /// The handlers, in the order of the source.
    pub(crate) fn handlers(self) -> &'static [HandlerInfo] {
        self.0.infos.get_or_init(|| {
            let about = |handler| HandlerInfo::of(handler, self.0.layout);
            self.0.handlers.iter().map(about).collect()
        })
    }

    /// The templates that are most similar to a path, the nearest first. Empty if a route has the path.
    pub(crate) fn nearest_routes(self, path: &str) -> Vec<&'static str> {
        if self.0.router.has(path) {
            return Vec::new();
        }
        let templates = self.handlers().iter().filter_map(|info| Some(info.route.as_ref()?.0.as_str()));
        let filled = templates.map(|template| Filled { path: filled(template, path), template });
        nearest(path, filled).into_iter().map(|near| near.template).collect()
    }
}

/// A template whose parameters are filled with the segments of a path, to compare it with that path.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Filled {
    path: String,
    template: &'static str,
}

impl AsRef<str> for Filled {
    fn as_ref(&self) -> &str {
        &self.path
    }
}

fn filled(template: &str, path: &str) -> String {
    let mut there = path.split('/');
    let segments = template.split('/').map(|segment| match there.next() {
        Some(value) if segment.starts_with('{') => value,
        _ => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn parameters_of_a_template_are_what_stands_there() {
        assert_eq!(filled("/users/{id}/name", "/user/7/names"), "/users/7/name");
        assert_eq!(filled("/users/{id}", "/users"), "/users/{id}");
    }
}
