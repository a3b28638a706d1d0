//! The internal extension that makes Lambda send SIGTERM: without one, the process is killed and no hook runs.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, StatusCode};
use http_body_util::Full;

use super::address::Address;
use super::connection::{Broken, Connection};

const NAME: HeaderValue = HeaderValue::from_static("chalice-rt-shutdown");
const EXTENSION_NAME: HeaderName = HeaderName::from_static("lambda-extension-name");
const IDENTIFIER: HeaderName = HeaderName::from_static("lambda-extension-identifier");

/// Registers the extension for no events. Its connection then stays open.
///
/// It must be registered before the first `next`. Some emulators lack this API; the app then works without it.
pub(super) async fn register(address: Address) {
    match try_register(&address).await {
        Ok(waiting) => drop(tokio::spawn(waiting)),
        Err(why) => tracing::warn!(
            "on_shutdown hooks will not run on Lambda, no extension could be registered: {why}"
        ),
    }
}

async fn try_register(address: &Address) -> Result<impl Future<Output = ()> + use<>, String> {
    let mut connection = Connection::open(address).await.map_err(|broken| broken.to_string())?;
    let request = request(address, Method::POST, "register", (EXTENSION_NAME, NAME), r#"{"events":[]}"#)?;
    let (parts, _) = connection.round_trip(request).await.map_err(|broken: Broken| broken.to_string())?;
    if parts.status != StatusCode::OK {
        return Err(format!("the answer was {}", parts.status));
    }
    let id = parts.headers.get(IDENTIFIER).cloned().ok_or("the answer has no identifier")?;
    let next = self::request(address, Method::GET, "event/next", (IDENTIFIER, id), "")?;
    Ok(async move {
        // It never answers: the extension asked for no events.
        let _ = connection.round_trip(next).await;
    })
}

fn request(
    address: &Address,
    method: Method,
    call: &str,
    header: (HeaderName, HeaderValue),
    body: &'static str,
) -> Result<Request<Full<Bytes>>, String> {
    let uri = address.uri("/2020-01-01/extension/", call).map_err(|error| error.to_string())?;
    let mut request = Request::new(Full::new(Bytes::from_static(body.as_bytes())));
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    request.headers_mut().insert(http::header::HOST, address.host());
    request.headers_mut().insert(header.0, header.1);
    Ok(request)
}
