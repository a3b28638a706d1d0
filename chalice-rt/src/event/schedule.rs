//! The source of EventBridge schedules. Their event is a [`CloudWatchEvent`].

use serde_json::{Value, json};

use super::shape::{Marks, Shape};
use super::source::{EventBinding, Fit, NoRecord, Source};
use super::{CloudWatchEvent, Scheduled};

/// The shape of an event of this kind.
pub(super) const SHAPE: Shape =
    Shape::new(Marks::EventBridge { scheduled: true }, "a schedule of EventBridge (by its `source`)");

/// The binding of a handler: a schedule.
#[derive(Debug)]
pub struct Schedule {
    expression: &'static str,
    rule: Option<&'static str>,
}

impl Schedule {
    /// Binds to a `rate(..)` or `cron(..)` expression.
    pub fn new(expression: &'static str) -> Self {
        Schedule { expression, rule: None }
    }

    /// Sets the name of the rule.
    pub fn rule(self, rule: &'static str) -> Self {
        Schedule { rule: Some(rule), ..self }
    }
}

impl EventBinding for Schedule {
    type Source = Scheduled;

    fn describe(&self) -> String {
        match self.rule {
            Some(rule) => format!("{}, rule `{rule}`", self.expression),
            None => self.expression.to_owned(),
        }
    }

    fn settings(&self) -> Value {
        json!({"expression": self.expression, "rule": self.rule})
    }
}

impl Source for Scheduled {
    type Binding = Schedule;
    type Record = NoRecord;

    /// The name of the rule or schedule fits exactly. Otherwise the handler's name may be a part of it.
    #[inline]
    fn fits(event: &CloudWatchEvent) -> impl Fn(&Schedule, &str) -> Fit {
        let rules: Vec<&str> = event.resources.iter().filter_map(|arn| arn.rsplit('/').next()).collect();
        move |schedule, handler| {
            let part = format!("-{handler}-");
            if schedule.rule.is_some_and(|rule| rules.contains(&rule)) {
                Fit::Exactly
            } else if rules.iter().any(|rule| format!("-{rule}-").contains(&part)) {
                Fit::ByName
            } else {
                Fit::IfOnly
            }
        }
    }

    #[inline]
    fn origin(event: &CloudWatchEvent) -> String {
        format!("a schedule ({})", event.resources.join(", "))
    }
}
