//! Finds the chain for a request and runs it.

use http::Method;

use super::answer::Answer;
use super::exchange::Exchange;
use super::methods::Methods;
use super::router::{Endpoint, Found};
use super::service::Service;
use crate::error::Result;
use crate::route::CorsHeaders;
use crate::route::preflight_method;
use crate::web::{Fallback, OutgoingResponse, Request, Response, ResponseFormat};

/// The handling of a request that no route serves.
enum Unserved {
    /// The fallback answers it inside the app's own middleware, with these CORS headers.
    Fallback(Fallback, Option<&'static CorsHeaders>),
    /// A preflight, which is answered before any middleware.
    Preflight(Response),
}

impl Service {
    /// Serves a request. `only` restricts the routes to one handler's.
    pub(super) async fn http(self, mut request: Request, only: Option<usize>) -> Result<Answer> {
        let binary_types = self.0.binary_types;
        request.remove_base_path(&self.0.base_paths);
        let (chain, errors, cors) = match self.route(&mut request, only) {
            Ok(endpoint) => (&endpoint.chain, endpoint.errors, endpoint.cors),
            Err(Unserved::Fallback(fallback, cors)) => {
                request.unserved(fallback);
                (self.0.unrouted, self.0.errors, cors)
            }
            Err(Unserved::Preflight(response)) => {
                let format = ResponseFormat::of(&request);
                return Ok(Answer::Http(OutgoingResponse::new(&format, response, binary_types)));
            }
        };
        Ok(Answer::Http(Exchange { request, chain, errors, cors }.run(binary_types).await))
    }

    /// Whether the CORS of the request's route allows the origin of the request.
    #[cfg(feature = "local")]
    pub(crate) fn allows_origin(self, request: &Request) -> bool {
        let found = self.0.router.find(request, None);
        matches!(found, Ok(Found::Route(endpoint, _)) if endpoint.cors.is_some_and(|cors| cors.allows(request)))
    }

    /// Finds the endpoint of the request, and sets the request's route.
    fn route(self, request: &mut Request, only: Option<usize>) -> Result<&'static Endpoint, Unserved> {
        let of_app = |fallback| Unserved::Fallback(fallback, self.0.cors);
        if let Some(fault) = request.fault() {
            return Err(of_app(Fallback::BadRequest(fault.to_string())));
        }
        let found = self.0.router.find(request, only);
        let found = found.map_err(|error| of_app(Fallback::BadRequest(error.to_string())))?;
        let (endpoint, params) = match found {
            Found::Route(endpoint, params) => (endpoint, params),
            Found::NoMethod(methods) => return Err(without_method(request, &methods)),
            Found::Nothing => return Err(of_app(Fallback::NotFound)),
        };
        for option in endpoint.options {
            if let Err(refusal) = option.check(request) {
                request.refused_by(endpoint.chain.handler);
                return Err(Unserved::Fallback(Fallback::Refused(refusal), endpoint.cors));
            }
        }
        request.matched(endpoint.chain.template, params);
        Ok(endpoint)
    }
}

/// The handling of a request whose path has no route for its method.
fn without_method(request: &Request, methods: &Methods<'_>) -> Unserved {
    if *request.method() != Method::OPTIONS {
        return Unserved::Fallback(Fallback::MethodNotAllowed { allow: methods.written() }, methods.cors());
    }
    let options = Fallback::Options { allow: methods.with_automatic() };
    let Some(wanted) = preflight_method(request) else {
        return Unserved::Fallback(options, methods.cors());
    };
    // A refused preflight must not look like a granted one.
    methods.preflight(request, &wanted).map_or(Unserved::Fallback(options, None), Unserved::Preflight)
}
