//! Extractors for parts of a request: the raw body, headers, cookies, method.

use bytes::Bytes;
use http::{HeaderMap, Method};

use super::FromEvent;
use crate::describe::Describe;
use crate::error::Result;
use crate::web::{Cookies, Request};

/// The body. An `Option<Bytes>` is `None` if it is empty.
impl FromEvent<Request> for Bytes {
    fn from_event(request: &mut Request) -> Result<Self> {
        Ok(request.body().clone())
    }

    fn is_present(request: &Request) -> bool {
        !request.body().is_empty()
    }

    fn describe(description: &mut Describe) {
        description.body::<Bytes>(&[]);
    }
}

/// The body as text. A body that is not UTF-8 is answered with 400. An `Option<String>` is `None` if the body is empty.
impl FromEvent<Request> for String {
    fn from_event(request: &mut Request) -> Result<Self> {
        request.text().map(str::to_owned)
    }

    fn is_present(request: &Request) -> bool {
        !request.body().is_empty()
    }

    fn describe(description: &mut Describe) {
        description.body::<String>(&[]);
        description.status(400);
    }
}

impl FromEvent<Request> for HeaderMap {
    fn from_event(request: &mut Request) -> Result<Self> {
        request.all_headers().cloned()
    }

    fn describe(description: &mut Describe) {
        description.header::<HeaderMap>(None);
    }
}

impl FromEvent<Request> for Cookies {
    fn from_event(request: &mut Request) -> Result<Self> {
        Ok(request.cookies().clone())
    }

    fn is_present(request: &Request) -> bool {
        !request.cookies().is_empty()
    }

    fn describe(description: &mut Describe) {
        description.cookie::<Cookies>(None);
    }
}

impl FromEvent<Request> for Method {
    fn from_event(request: &mut Request) -> Result<Self> {
        Ok(request.method().clone())
    }
}
