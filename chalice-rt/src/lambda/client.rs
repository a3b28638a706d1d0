//! The four calls of the Runtime API: next, response, error, init error.

use bytes::Bytes;
use http::response::Parts;
use http::{HeaderName, HeaderValue, Method, Request, StatusCode, Uri};
use http_body_util::Full;
use serde::Serialize;

use super::address::Address;
use super::api_error::ApiError;
use super::connection::{Broken, Connection};
use super::invocation::{Invocation, request_id};
use crate::app::InvocationError;

const API: &str = "/2018-06-01/runtime/";
const USER_AGENT: HeaderValue =
    HeaderValue::from_static(concat!("aws-lambda-rust/chalice-rt-", env!("CARGO_PKG_VERSION")));
const ERROR_TYPE: HeaderName = HeaderName::from_static("lambda-runtime-function-error-type");

/// The Runtime API over one connection, which is reopened when Lambda has closed it.
pub(super) struct Client {
    address: Address,
    connection: Option<Connection>,
    /// The target of `next`, which is the same every time.
    next: Option<Uri>,
}

impl Client {
    pub(super) fn new(address: Address) -> Self {
        Client { address, connection: None, next: None }
    }

    /// Waits for the next invocation. `None`: there is none yet, which emulators answer after a while.
    pub(super) async fn next(&mut self) -> Result<Option<Invocation>, ApiError> {
        let target = match &self.next {
            Some(target) => target.clone(),
            None => self.next.insert(self.target("invocation/next")?).clone(),
        };
        let arrived = self.call(Call { target, ..Call::default() }).await;
        let (parts, event) = arrived.map_err(or_lost)?;
        match parts.status {
            StatusCode::NO_CONTENT => Ok(None),
            status if status.is_success() => Ok(Some(Invocation { headers: parts.headers, event })),
            status => Err(ApiError::Refused(status)),
        }
    }

    /// Sends the answer of an invocation. If Lambda refuses it as too large, the invocation fails.
    pub(super) async fn respond(
        &mut self,
        id: &str,
        invocation: &Invocation,
        answer: Bytes,
    ) -> Result<(), ApiError> {
        let size = answer.len();
        let target = self.target(&format!("invocation/{id}/response"))?;
        let headers = invocation.echoed();
        let (parts, _) = self.call(Call { method: Method::POST, target, headers, body: answer }).await?;
        if parts.status != StatusCode::PAYLOAD_TOO_LARGE {
            complain(parts.status, "answer");
            return Ok(());
        }
        let error_message = format!("the answer of {size} bytes is larger than Lambda allows");
        let error = InvocationError { error_type: "ResponseTooLarge".to_owned(), error_message };
        tracing::error!("{}", error.error_message);
        self.fail(id, invocation, &error).await
    }

    /// Sends the error of an invocation.
    pub(super) async fn fail(
        &mut self,
        id: &str,
        invocation: &Invocation,
        error: &InvocationError,
    ) -> Result<(), ApiError> {
        let target = self.target(&format!("invocation/{id}/error"))?;
        let mut headers = invocation.echoed();
        headers.push((ERROR_TYPE, type_header(&error.error_type)));
        let (parts, _) =
            self.call(Call { method: Method::POST, target, headers, body: diagnostic(error) }).await?;
        complain(parts.status, "error");
        Ok(())
    }

    /// Sends the init error: the function cannot start.
    pub(super) async fn init_error(&mut self, error: &InvocationError) -> Result<(), ApiError> {
        let target = self.target("init/error")?;
        let headers = vec![(ERROR_TYPE, HeaderValue::from_static("Runtime.InitError"))];
        let (parts, _) =
            self.call(Call { method: Method::POST, target, headers, body: diagnostic(error) }).await?;
        complain(parts.status, "init error");
        Ok(())
    }

    fn target(&self, path: &str) -> Result<Uri, ApiError> {
        self.address.uri(API, path).map_err(|error| ApiError::Malformed(error.to_string()))
    }

    /// Makes a call. If the open connection turns out to be closed, it tries once more over a new one.
    async fn call(&mut self, call: Call) -> Result<(Parts, Bytes), ApiError> {
        loop {
            let new = self.connection.is_none();
            let connection = match &mut self.connection {
                Some(connection) => connection,
                none => none.insert(Connection::open(&self.address).await.map_err(ApiError::Unreachable)?),
            };
            let broken = match connection.round_trip(call.request(&self.address)).await {
                Ok(answer) => return Ok(answer),
                Err(broken) => broken,
            };
            self.connection = None;
            if new || matches!(broken, Broken::WithinAnswer(..)) {
                return Err(ApiError::Unreachable(broken));
            }
        }
    }
}

/// Names the invocation that was arriving when the connection broke: Lambda will not send it again.
fn or_lost(error: ApiError) -> ApiError {
    match error {
        ApiError::Unreachable(Broken::WithinAnswer(headers, error)) => {
            let id = request_id(&headers).unwrap_or_else(|| "without an id".to_owned());
            ApiError::Lost { id, broken: Broken::WithinAnswer(headers, error) }
        }
        other => other,
    }
}

#[derive(Default)]
struct Call {
    method: Method,
    target: Uri,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

impl Call {
    fn request(&self, address: &Address) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::new(self.body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.target.clone();
        let headers = request.headers_mut();
        headers.insert(http::header::HOST, address.host());
        headers.insert(http::header::USER_AGENT, USER_AGENT);
        headers.extend(self.headers.iter().cloned());
        request
    }
}

fn complain(status: StatusCode, what: &str) {
    if !status.is_success() {
        tracing::error!("the runtime API did not take the {what}: {status}");
    }
}

/// The error type as a header. A type that is not a valid header value is in the body only.
fn type_header(error_type: &str) -> HeaderValue {
    HeaderValue::from_str(error_type).unwrap_or(HeaderValue::from_static("Unhandled"))
}

fn diagnostic(error: &InvocationError) -> Bytes {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Diagnostic<'a> {
        error_type: &'a str,
        error_message: &'a str,
        stack_trace: [&'a str; 0],
    }
    let InvocationError { error_type, error_message, .. } = error;
    // Two strings always serialise.
    serde_json::to_vec(&Diagnostic { error_type, error_message, stack_trace: [] }).unwrap_or_default().into()
}
