//! The kinds of events, as values.

use std::fmt;

/// The kind of an event, which decides the middleware around its handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// A request through API Gateway (REST or HTTP API), a function URL or a load balancer.
    Http,
    /// A WebSocket of API Gateway: connect, message, disconnect.
    Websocket,
    /// Notifications of an S3 bucket.
    S3,
    /// A message of an SNS topic.
    Sns,
    /// A batch of messages of an SQS queue.
    Sqs,
    /// An event of EventBridge (CloudWatch Events).
    CloudWatch,
    /// A schedule of EventBridge.
    Scheduled,
    /// A batch of records of a Kinesis stream.
    Kinesis,
    /// A batch of changes of a DynamoDB table.
    DynamoDb,
    /// A function that is invoked directly, with any JSON.
    PureLambda,
    /// An authorizer of API Gateway. Not part of `all`.
    Authorizer,
}

impl Kind {
    /// Every kind, those of `all` first.
    pub(crate) const EACH: [Kind; 11] = [
        Kind::Http,
        Kind::Websocket,
        Kind::S3,
        Kind::Sns,
        Kind::Sqs,
        Kind::CloudWatch,
        Kind::Scheduled,
        Kind::Kinesis,
        Kind::DynamoDb,
        Kind::PureLambda,
        Kind::Authorizer,
    ];

    /// The word for the kind in `#[middleware(..)]` and in listings, as in Chalice.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Http => "http",
            Kind::Websocket => "websocket",
            Kind::S3 => "s3",
            Kind::Sns => "sns",
            Kind::Sqs => "sqs",
            Kind::CloudWatch => "cloudwatch",
            Kind::Scheduled => "scheduled",
            Kind::Kinesis => "kinesis",
            Kind::DynamoDb => "dynamodb",
            Kind::PureLambda => "pure_lambda",
            Kind::Authorizer => "authorizer",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A set of kinds.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct KindSet(u16);

impl KindSet {
    /// The kinds of `all`: every kind but `authorizer`.
    pub const ALL: KindSet = KindSet((1 << Kind::Authorizer as u16) - 1);

    /// The set of no kind.
    pub const NONE: KindSet = KindSet(0);

    /// The set of this kind alone.
    pub const fn of(kind: Kind) -> Self {
        KindSet(1 << kind as u16)
    }

    /// The kinds of both sets.
    pub const fn and(self, other: KindSet) -> Self {
        KindSet(self.0 | other.0)
    }

    /// Whether the kind is in the set.
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 & KindSet::of(kind).0 != 0
    }

    /// Whether some kind is in both sets.
    pub const fn overlaps(self, other: KindSet) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::EACH.into_iter().filter(move |kind| self.contains(*kind))
    }
}

impl fmt::Display for KindSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == KindSet::ALL {
            return f.write_str("all");
        }
        for (i, kind) in self.iter().enumerate() {
            write!(f, "{}{kind}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl fmt::Debug for KindSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KindSet({self})")
    }
}
