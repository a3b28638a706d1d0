//! From one request to its response.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Request, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use serde_json::{Value, json};

use super::answer::{self, Answer, refusal};
use super::host::Hosts;
use super::listen::Listening;
use super::{access, body};
use crate::app::{NO_ROUTE, Service, Target};
use crate::context::Context;
use crate::web::url_event;

/// Answers requests.
pub(super) struct Desk {
    service: Service,
    hosts: Hosts,
    count: AtomicU64,
}

impl Desk {
    pub(super) fn new(service: Service, listening: &Listening) -> Self {
        let hosts = Hosts::new(&listening.host, listening.address.ip());
        Desk { service, hosts, count: AtomicU64::new(1) }
    }

    /// Answers the request and writes the access line.
    pub(super) async fn respond(&self, request: Request<Incoming>, peer: SocketAddr) -> Answer {
        let begin = Instant::now();
        let (parts, body) = request.into_parts();
        let answer = self.answer(&parts, body, peer).await.unwrap_or_else(|refusal| refusal);
        access::write(&parts.method, &parts.uri, answer.status(), begin.elapsed());
        answer
    }

    async fn answer(&self, parts: &Parts, body: Incoming, peer: SocketAddr) -> Result<Answer, Answer> {
        if !self.hosts.allow(&parts.headers) {
            return Err(foreign_host());
        }
        let body = body::whole(&parts.headers, body).await?;
        let request_id = format!("local-{}", self.count.fetch_add(1, Ordering::Relaxed));
        let event = url_event(parts, &body, Some(peer.ip()), &request_id)
            .map_err(|message| refusal(StatusCode::BAD_REQUEST, "BadRequestError", &message))?;
        let context = Context::off_lambda(self.service.name(), request_id);
        match self.service.handle(Target::ByShape, event, context).await {
            Ok(bytes) => answer::decode(&bytes)
                .map_err(|fault| unreadable(&fault))
                .map(|answer| self.helped(parts, &bytes, answer)),
            Err(error) => Err(answer::json(StatusCode::BAD_GATEWAY, &error)),
        }
    }

    /// Adds to the router's own 404 which routes are near.
    fn helped(&self, parts: &Parts, bytes: &[u8], mut answer: Answer) -> Answer {
        if answer.status() == StatusCode::NOT_FOUND
            && parts.method != Method::HEAD
            && let Some(mut body) = plain_not_found(bytes)
        {
            body["Nearest"] = json!(self.near(parts.uri.path()));
            *answer.body_mut() = Full::new(Bytes::from(body.to_string()));
        }
        answer
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
fn plain_not_found(bytes: &[u8]) -> Option<Value> {
    let told: Value = serde_json::from_slice(bytes).ok()?;
    let body: Value = serde_json::from_str(told.get("body")?.as_str()?).ok()?;
    let is_plain = body.as_object()?.len() == 2 && body.get("Code")? == "NotFoundError";
    (is_plain && body.get("Message")?.as_str()?.starts_with(NO_ROUTE)).then_some(body)
}

fn foreign_host() -> Answer {
    let message = "the request's Host is not a name of this server; it answers to localhost, to 127.0.0.1, and to what --host says";
    refusal(StatusCode::FORBIDDEN, "ForbiddenError", message)
}

fn unreadable(fault: &str) -> Answer {
    tracing::error!("the app's answer cannot be sent: {fault}");
    refusal(StatusCode::BAD_GATEWAY, "BadGatewayError", "the app's answer cannot be sent; the log says why")
}
