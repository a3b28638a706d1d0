//! The front ends: who took the HTTP request, and made an event of it.

/// Who made the event. Each has its own shape of event and of answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrontEnd {
    /// API Gateway, REST API.
    RestV1,
    /// API Gateway, HTTP API with payload 1.0.
    HttpApiV1,
    /// API Gateway, HTTP API with payload 2.0.
    HttpApiV2,
    /// A function URL of Lambda; also the local server.
    FunctionUrl,
    /// A load balancer. With multi-value headers it sends and takes lists of values.
    Alb { multi_value: bool },
}

impl FrontEnd {
    /// Whether the path arrives percent-encoded.
    pub(super) fn encodes_path(self) -> bool {
        !matches!(self, FrontEnd::HttpApiV1 | FrontEnd::HttpApiV2)
    }

    /// Whether event and answer are of payload 2.0.
    pub(super) fn is_v2(self) -> bool {
        matches!(self, FrontEnd::HttpApiV2 | FrontEnd::FunctionUrl)
    }
}
