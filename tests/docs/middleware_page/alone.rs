//! What a middleware sees of errors, alone in a test.

use chalice_rt::prelude::*;

async fn retry_once(request: Request, next: Next<Request>) -> Result<Response> {
    let response = next.clone().run(request.clone()).await?;
    match response.error() {
        Some(error) if error.is::<std::io::Error>() => next.run(request).await,
        _ => Ok(response.with_header("x-tries", "1")),
    }
}

#[tokio::test]
async fn a_failed_read_is_tried_again() {
    let request = Request::from_value(events::http("GET", "/").build(), Context::default()).unwrap();
    let next = Next::to(|_| async { Err(std::io::Error::other("not yet").into()) });
    assert_eq!(retry_once(request, next).await.unwrap().status(), 500);
}
