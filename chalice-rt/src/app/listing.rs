//! What the command line and tests ask of a service: its handlers, and the routes near a path.

use super::info::HandlerInfo;
use super::nearest::nearest;
use super::service::Service;

impl Service {
    /// The handlers, in the order of their places.
    pub(crate) fn handlers(self) -> &'static [HandlerInfo] {
        self.0.infos.get_or_init(|| {
            let about = |handler| HandlerInfo::of(handler, self.0.layout);
            self.0.handlers.iter().map(about).collect()
        })
    }

    /// The templates of routes that are near a path, nearest first; none if a route has the path.
    pub(crate) fn nearest_routes(self, path: &str) -> Vec<&'static str> {
        if self.0.router.has(path) {
            return Vec::new();
        }
        let templates = self.handlers().iter().filter_map(|info| Some(info.route.as_ref()?.0.as_str()));
        nearest(path, templates)
    }
}
