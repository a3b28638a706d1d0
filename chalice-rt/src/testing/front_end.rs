//! The front ends of test requests.

/// The service in front of the function. It determines the format of the event and of the answer.
///
/// ```standalone_crate
/// use chalice_rt::prelude::*;
///
/// #[route("/hello/{name}")]
/// async fn hello(name: String) -> String {
///     name
/// }
///
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// let client = TestClient::new(app!());
/// for front_end in FrontEnd::ALL {
///     let response = client.through(front_end).get("/hello/ada%20l").send().await;
///     assert_eq!(response.text(), "ada l", "{front_end:?}");
/// }
/// # });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FrontEnd {
    /// A REST API of API Gateway.
    Rest,
    /// An HTTP API of API Gateway, with payload format 2.0.
    HttpApi,
    /// An HTTP API of API Gateway, with payload format 1.0.
    HttpApiV1,
    /// A function URL.
    FunctionUrl,
    /// An application load balancer.
    Alb,
    /// An application load balancer whose target group has multi-value headers.
    AlbMulti,
}

impl FrontEnd {
    /// All front ends, for tests that must pass with each.
    pub const ALL: [FrontEnd; 6] = [
        FrontEnd::Rest,
        FrontEnd::HttpApi,
        FrontEnd::HttpApiV1,
        FrontEnd::FunctionUrl,
        FrontEnd::Alb,
        FrontEnd::AlbMulti,
    ];
}
