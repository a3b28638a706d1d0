//! Middleware in a library. It stays inert until an app says `include = [company_auth]`; then it is outside the app's own.

use chalice_rt::prelude::*;

/// The caller that the middleware has authenticated.
#[derive(Debug, Clone)]
pub struct Caller(pub String);

/// Refuses requests without a name, and passes the name on to the handlers.
#[middleware("http", exclude = ["/health"], provides = Caller)]
async fn authenticate(mut request: Request, next: Next<Request>) -> Result<Response> {
    let name = request.headers().get("x-user").and_then(|name| name.to_str().ok()).map(str::to_owned);
    let name = name.ok_or_else(|| UnauthorizedError::new("say who you are in `x-user`"))?;
    request.extensions_mut().insert(Caller(name));
    next.run(request).await
}
