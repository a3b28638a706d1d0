//! What is counted, and how much it may be.

use crate::app;

/// An invocation.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    event: &'static str,
    /// Instead of `/hello` in the event.
    path: &'static str,
    middleware: usize,
    /// 1,000 routes instead of ten.
    many: bool,
    /// What it took when this was written, and a tenth more.
    pub(crate) most: u64,
}

/// What the counts of several cases are to each other.
pub(crate) struct Ratio {
    pub(crate) name: &'static str,
    pub(crate) ratio: fn(&Counts<'_>) -> f64,
    pub(crate) most: f64,
}

type Counts<'a> = dyn Fn(&str) -> u64 + 'a;

const REST: &str = include_str!("../../events/hello-v1.json");
const HTTP: &str = include_str!("../../events/hello-v2.json");
const BALANCER: &str = include_str!("../../events/hello-alb.json");
const SQS: &str = include_str!("../../events/sqs10.json");

const USER: &str = "/users/42/r9";
const STATIC: &str = "/static/r8";

pub(crate) const CASES: [Case; 10] = [
    case("REST API", REST, USER, 0, 59_000),
    case("REST API, 3 middleware", REST, USER, 3, 59_800),
    case("REST API, 10 middleware", REST, USER, 10, 61_700),
    case("REST API, static", REST, STATIC, 0, 57_300),
    case("HTTP API", HTTP, USER, 0, 52_400),
    case("load balancer", BALANCER, USER, 0, 42_900),
    case("SQS batch of 10", SQS, USER, 0, 383_000),
    case("REST API, 1,000 routes", REST, USER, 0, 59_000).among_many(),
    case("REST API, static, 1,000 routes", REST, STATIC, 0, 57_300).among_many(),
    case("HTTP API, 1,000 routes", HTTP, USER, 0, 52_400).among_many(),
];

pub(crate) const RATIOS: [Ratio; 5] = [
    Ratio { name: "REST API, 1,000 routes over 10", ratio: |of| many_over_ten(of, "REST API"), most: 1.01 },
    Ratio {
        name: "REST API, static, 1,000 routes over 10",
        ratio: |of| many_over_ten(of, "REST API, static"),
        most: 1.01,
    },
    Ratio { name: "HTTP API, 1,000 routes over 10", ratio: |of| many_over_ten(of, "HTTP API"), most: 1.01 },
    Ratio { name: "one more middleware, the mean of ten", ratio: one_more, most: 413.0 },
    Ratio { name: "middleware 4 to 10 over 1 to 3, the mean", ratio: later_over_first, most: 1.2 },
];

const fn case(
    name: &'static str,
    event: &'static str,
    path: &'static str,
    middleware: usize,
    most: u64,
) -> Case {
    Case { name, event, path, middleware, many: false, most }
}

impl Case {
    const fn among_many(self) -> Self {
        Case { many: true, ..self }
    }

    /// Does it once at each call.
    pub(crate) fn invocation(&self) -> impl FnMut() {
        app::invocation(
            self.many,
            self.middleware,
            &self.event.replace("\"/hello\"", &format!("{:?}", self.path)),
        )
    }
}

fn many_over_ten(of: &Counts<'_>, case: &str) -> f64 {
    of(&format!("{case}, 1,000 routes")) as f64 / of(case) as f64
}

fn one_more(of: &Counts<'_>) -> f64 {
    (of("REST API, 10 middleware") as f64 - of("REST API") as f64) / 10.0
}

fn later_over_first(of: &Counts<'_>) -> f64 {
    let [none, three, ten] =
        ["REST API", "REST API, 3 middleware", "REST API, 10 middleware"].map(|case| of(case) as f64);
    ((ten - three) / 7.0) / ((three - none) / 3.0)
}
