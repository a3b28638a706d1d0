//! `Exchange`: runs the chain of one request.

use super::error_handlers::ErrorHandlers;
use super::path;
use crate::chain::{Chain, Failed, Middleware, Next};
use crate::error::Result;
use crate::route::CorsHeaders;
use crate::web::{OutgoingResponse, Request, Response, ResponseFormat};

/// A request, its chain, and the exception handlers around that.
pub(super) struct Exchange {
    pub(super) request: Request,
    pub(super) chain: &'static Chain<Request>,
    pub(super) errors: &'static ErrorHandlers,
    pub(super) cors: Option<&'static CorsHeaders>,
}

impl Exchange {
    /// Runs the chain and makes the response that leaves.
    pub(super) async fn run(self, binary_types: Option<&'static [String]>) -> OutgoingResponse<'static> {
        let Exchange { mut request, chain, errors, cors } = self;
        let format = request.decide_format();
        let granted = cors.map(|cors| cors.grant(&request));
        let kept = errors.keep(&request);
        let mut response = match chain.run(request).await {
            Ok(response) => response,
            Err(error) => {
                let template = chain.template;
                errors.response(Failed { error, event: kept, template }).await
            }
        };
        if let Some(granted) = granted {
            granted.put_on(&mut response);
        }
        OutgoingResponse::new(&format, response, binary_types)
    }
}

/// The innermost middleware of a route.
///
/// It sets the route of a request that a middleware has made. It turns a binary response that the client of a REST API
/// does not accept into a 400 before any other middleware sees it, as in Chalice.
pub(super) struct RouteEnd {
    pub(super) binary_types: Option<&'static [String]>,
}

impl RouteEnd {
    /// Whether there is nothing to do for a request, as for most.
    pub(super) fn is_idle(request: &Request) -> bool {
        request.route().is_some() && !request.format().is_some_and(ResponseFormat::may_refuse)
    }
}

impl Middleware<Request> for RouteEnd {
    async fn call(&self, mut request: Request, next: Next<Request>) -> Result<Response> {
        if request.route().is_none() {
            path::bind(&mut request, next.template());
        }
        let format = request.format().cloned();
        let response = next.run(request).await?;
        Ok(match format {
            Some(format) => format.accepted(response, self.binary_types),
            None => response,
        })
    }
}
