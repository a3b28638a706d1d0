//! [`ConvertToMiddleware`]: tower layers as middleware.

mod context;
mod events;
mod kept;
mod requests;

pub(crate) use context::{from_lambda, to_lambda};
pub use events::{Bridge, ConvertToMiddleware};
pub use requests::{ConvertedHttp, HttpBridge};

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use crate::chain::name_of;

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The service that a layer has made, once for all calls. It is behind a mutex because not all of tower's services are
/// `Sync`.
struct Layered<S> {
    service: Mutex<S>,
    name: &'static str,
}

impl<S: Clone> Layered<S> {
    fn new<L>(service: S) -> Self {
        Layered { service: Mutex::new(service), name: layer_name(std::any::type_name::<L>()) }
    }

    /// A clone for one call. Clones share limits and counters.
    fn service(&self) -> S {
        self.service.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The name of the layer's type. Of a tuple of layers it is the first one's.
fn layer_name(path: &'static str) -> &'static str {
    let first = path.trim_start_matches(['(', '&']);
    name_of(first.split(',').next().unwrap_or(first).trim_end_matches(')'))
}

#[cfg(test)]
mod tests {
    use super::layer_name;

    #[test]
    fn a_layer_is_called_after_its_type() {
        assert_eq!(layer_name("tower_http::cors::CorsLayer"), "CorsLayer");
        assert_eq!(layer_name("a::Layer<b::C, d::E>"), "Layer");
        assert_eq!(layer_name("(a::First, b::Second)"), "First");
    }
}
