//! Answers one request.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use bytes::Bytes;
use http::header::X_CONTENT_TYPE_OPTIONS;
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use hyper::body::Incoming;
use serde_json::{Value, json};

use super::answer::{self, Answer, refusal};
use super::host::Hosts;
use super::listen::Listening;
use super::{access, body, cross_site};
use crate::app::{NoRoute, Service};
use crate::context::Context;
use crate::web::url_request;

/// The state of the server.
pub(super) struct Server {
    service: Service,
    hosts: Hosts,
    count: AtomicU64,
}

impl Server {
    pub(super) fn new(service: Service, listening: &Listening, allowed: &[String]) -> Self {
        let hosts = Hosts::new(&listening.host, allowed, listening.address);
        Server { service, hosts, count: AtomicU64::new(1) }
    }

    /// Answers the request and writes the access line.
    pub(super) async fn respond(&self, request: Request<Incoming>, peer: &str) -> Answer {
        let begin = Instant::now();
        let (parts, body) = request.into_parts();
        let mut answer = self.answer(&parts, body, peer).await.unwrap_or_else(|refusal| refusal);
        answer.headers_mut().entry(X_CONTENT_TYPE_OPTIONS).or_insert(HeaderValue::from_static("nosniff"));
        access::write(&parts.method, &parts.uri, &answer, begin.elapsed());
        answer
    }

    async fn answer(&self, parts: &Parts, body: Incoming, peer: &str) -> Result<Answer, Answer> {
        if !self.hosts.allow(&parts.uri, &parts.headers) {
            return Err(foreign_host());
        }
        if cross_site::may_change_something(parts, &self.hosts) && !self.allows_origin(parts) {
            return Err(another_site());
        }
        let body = body::whole(&parts.headers, body, self.service.body_limit(), body::TIME).await?;
        let request_id = format!("local-{}", self.count.fetch_add(1, Ordering::Relaxed));
        let context = Context::off_lambda(self.service.name(), request_id);
        let request = url_request(parts, &body, Some(peer), context)
            .map_err(|fault| refusal(StatusCode::BAD_REQUEST, "BadRequestError", &fault.to_string()))?;
        let response = self.service.serve_request(request).await;
        Ok(answer::of_app(self.helped(parts, response)))
    }

    /// Whether the CORS of the route allows the request's origin.
    fn allows_origin(&self, parts: &Parts) -> bool {
        let request = url_request(parts, &Bytes::new(), None, Context::default());
        request.is_ok_and(|request| self.service.allows_origin(&request))
    }

    /// Adds similar routes to the router's 404.
    fn helped(&self, parts: &Parts, mut response: Response<Bytes>) -> Response<Bytes> {
        let is_own = response.extensions().get::<NoRoute>().is_some_and(|own| own.0 == *response.body());
        if is_own
            && response.status() == StatusCode::NOT_FOUND
            && parts.method != Method::HEAD
            && let Ok(mut body) = serde_json::from_slice::<Value>(response.body())
        {
            let near = self.service.nearest_routes(parts.uri.path());
            if !near.is_empty() {
                body["Nearest"] = json!(near);
                *response.body_mut() = body.to_string().into();
            }
        }
        response
    }
}

fn foreign_host() -> Answer {
    let message = "the request's Host is not a name of this server; it answers to localhost, to 127.0.0.1, to what --host says, and to each --allow-host";
    refusal(StatusCode::FORBIDDEN, "ForbiddenError", message)
}

fn another_site() -> Answer {
    let message = "a page of another site has sent this request (Sec-Fetch-Site, Origin), and the route has no `cors` that allows it";
    refusal(StatusCode::FORBIDDEN, "ForbiddenError", message)
}
