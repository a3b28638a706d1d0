//! From one request to its response.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use hyper::body::Incoming;
use serde_json::{Value, json};

use super::answer::{self, Answer, refusal};
use super::host::Hosts;
use super::listen::Listening;
use super::{access, body};
use crate::app::{NO_ROUTE, Service};
use crate::context::Context;
use crate::error::Error;
use crate::web::url_request;

/// Answers requests.
pub(super) struct Desk {
    service: Service,
    hosts: Hosts,
    count: AtomicU64,
}

impl Desk {
    pub(super) fn new(service: Service, listening: &Listening) -> Self {
        let hosts = Hosts::new(&listening.host, listening.address);
        Desk { service, hosts, count: AtomicU64::new(1) }
    }

    /// Answers the request and writes the access line.
    pub(super) async fn respond(&self, request: Request<Incoming>, peer: &str) -> Answer {
        let begin = Instant::now();
        let (parts, body) = request.into_parts();
        let answer = self.answer(&parts, body, peer).await.unwrap_or_else(|refusal| refusal);
        access::write(&parts.method, &parts.uri, answer.status(), begin.elapsed());
        answer
    }

    async fn answer(&self, parts: &Parts, body: Incoming, peer: &str) -> Result<Answer, Answer> {
        if !self.hosts.allow(&parts.headers) {
            return Err(foreign_host());
        }
        let body = body::whole(&parts.headers, body).await?;
        let request_id = format!("local-{}", self.count.fetch_add(1, Ordering::Relaxed));
        let context = Context::off_lambda(self.service.name(), request_id);
        let request = url_request(parts, &body, Some(peer), context)
            .map_err(|fault| refusal(StatusCode::BAD_REQUEST, "BadRequestError", &fault.to_string()))?;
        match self.service.exchange(request).await {
            Ok(Ok(response)) => Ok(answer::of_app(self.helped(parts, response))),
            Ok(Err(fault)) => Err(unreadable(&fault)),
            Err(error) => Err(answer::json(StatusCode::BAD_GATEWAY, &error)),
        }
    }

    /// Adds to the router's own 404 which routes are near.
    fn helped(&self, parts: &Parts, mut response: Response<Bytes>) -> Response<Bytes> {
        if response.status() == StatusCode::NOT_FOUND
            && parts.method != Method::HEAD
            && let Some(mut body) = plain_not_found(response.body())
        {
            body["Nearest"] = json!(self.near(parts.uri.path()));
            *response.body_mut() = body.to_string().into();
        }
        response
    }

    /// The routes near a path; the first ones if all are far.
    fn near(&self, path: &str) -> Vec<&'static str> {
        let near = self.service.nearest_routes(path);
        if !near.is_empty() {
            return near;
        }
        let routes = self.service.handlers().iter().filter_map(|handler| handler.route.as_ref());
        routes.map(|(template, _)| template.as_str()).take(3).collect()
    }
}

/// The body of a 404, if it is the router's own and not a handler's, nor what somebody made of it.
fn plain_not_found(body: &[u8]) -> Option<Value> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let is_plain = body.as_object()?.len() == 2 && body.get("Code")? == "NotFoundError";
    (is_plain && body.get("Message")?.as_str()?.starts_with(NO_ROUTE)).then_some(body)
}

fn foreign_host() -> Answer {
    let message = "the request's Host is not a name of this server; it answers to localhost, to 127.0.0.1, and to what --host says";
    refusal(StatusCode::FORBIDDEN, "ForbiddenError", message)
}

fn unreadable(fault: &Error) -> Answer {
    tracing::error!("the app's answer cannot be sent: {fault}");
    refusal(StatusCode::BAD_GATEWAY, "BadGatewayError", "the app's answer cannot be sent; the log says why")
}
