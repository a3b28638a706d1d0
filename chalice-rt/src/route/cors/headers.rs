//! CORS headers. They are made once at launch and added to responses.

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::Cors;
use crate::web::{Request, Response};

/// The headers of a valid configuration.
#[derive(Debug)]
pub(crate) struct CorsHeaders {
    origins: Vec<HeaderValue>,
    /// The headers that accompany an allowed origin.
    others: Vec<(HeaderName, HeaderValue)>,
}

/// The CORS headers for the response to one request. They are decided before the chain takes the request.
pub(crate) struct Granted {
    /// The origin that may read the response.
    origin: Option<&'static HeaderValue>,
    cors: &'static CorsHeaders,
}

impl CorsHeaders {
    /// Makes the headers, or says what is wrong with the configuration.
    pub(super) fn of(cors: &Cors) -> Result<Self, String> {
        let any = cors.origins.iter().any(|origin| origin == "*");
        if any && cors.allow_credentials {
            return Err(
                "browsers take no credentials where every origin is allowed\nname the origins instead of `*`, or leave `allow_credentials` out"
                    .to_owned(),
            );
        }
        let origins = if any { vec![HeaderValue::from_static("*")] } else { origins(&cors.origins)? };
        let mut others = vec![(ACCESS_CONTROL_ALLOW_HEADERS, names(&cors.allowed_headers())?)];
        if !cors.expose_headers.is_empty() {
            others.push((ACCESS_CONTROL_EXPOSE_HEADERS, names(&cors.expose_headers)?));
        }
        let max_age = cors.max_age.map(|age| (ACCESS_CONTROL_MAX_AGE, HeaderValue::from(age.as_secs())));
        others.extend(max_age);
        if cors.allow_credentials {
            others.push((ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true")));
        }
        Ok(CorsHeaders { origins, others })
    }

    /// The CORS headers for the response to this request.
    pub(crate) fn grant(&'static self, request: &Request) -> Granted {
        let origin = match self.origins.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|origin| request.headers().get(ORIGIN) == Some(origin)),
        };
        Granted { origin, cors: self }
    }

    /// Whether the page that has sent the request may.
    #[cfg(feature = "local")]
    pub(crate) fn allows(&self, request: &Request) -> bool {
        let origin = request.headers().get(ORIGIN);
        self.origins.iter().any(|allowed| allowed == "*" || Some(allowed) == origin)
    }

    /// The response to a preflight, for a path that allows these methods.
    pub(crate) fn preflight(&'static self, request: &Request, methods: &str) -> Response {
        let mut response = Response::new(());
        let granted = self.grant(request);
        if granted.origin.is_some() {
            response = response.with_header(ACCESS_CONTROL_ALLOW_METHODS, methods);
        }
        granted.put_on(&mut response);
        response
    }
}

impl Granted {
    /// Adds the headers that the response does not have.
    pub(crate) fn put_on(self, response: &mut Response) {
        let headers = response.headers_mut();
        if self.cors.origins.len() > 1 {
            vary_by_origin(headers);
        }
        let Some(origin) = self.origin else { return };
        headers.entry(ACCESS_CONTROL_ALLOW_ORIGIN).or_insert_with(|| origin.clone());
        for (name, value) in &self.cors.others {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }
}

/// The requested method, if the request is a preflight.
pub(crate) fn preflight_method(request: &Request) -> Option<Method> {
    let headers = request.headers();
    let method = headers.get(ACCESS_CONTROL_REQUEST_METHOD).filter(|_| headers.contains_key(ORIGIN))?;
    Method::from_bytes(method.as_bytes()).ok().filter(|_| request.method() == Method::OPTIONS)
}

fn vary_by_origin(headers: &mut HeaderMap) {
    let mut known = headers.get_all(VARY).iter().filter_map(|value| value.to_str().ok());
    let is_there = |value: &str| {
        value.split(',').any(|name| name.trim() == "*" || name.trim().eq_ignore_ascii_case("origin"))
    };
    if !known.any(is_there) {
        headers.append(VARY, HeaderValue::from_static("Origin"));
    }
}

fn origins(origins: &[String]) -> Result<Vec<HeaderValue>, String> {
    origins.iter().map(|origin| parse(origin)).collect()
}

/// Checks that an origin can match. Browsers send scheme, host and port in lower case, and leave out the scheme's
/// default port.
fn parse(origin: &str) -> Result<HeaderValue, String> {
    let is_good = origin == "null"
        || origin.split_once("://").is_some_and(|(scheme, host)| {
            let own_port = if scheme == "https" { ":443" } else { ":80" };
            let is_of_host =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_:[]".contains(&byte);
            !scheme.is_empty()
                && !host.is_empty()
                && !host.ends_with(own_port)
                && host.bytes().all(is_of_host)
        });
    HeaderValue::from_str(origin).ok().filter(|_| is_good).ok_or_else(|| {
        format!(
            "`{}` is not an origin as browsers send it\nwrite scheme, host and port as in `https://example.com`, or `*` for every origin",
            origin.escape_debug()
        )
    })
}

/// Joins names of headers with commas.
fn names(names: &[impl AsRef<str>]) -> Result<HeaderValue, String> {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.iter().find(|name| HeaderName::from_bytes(name.as_bytes()).is_err()) {
        Some(name) => Err(format!("`{}` is not the name of a header", name.escape_debug())),
        None => HeaderValue::from_str(&names.join(",")).map_err(|error| error.to_string()),
    }
}
