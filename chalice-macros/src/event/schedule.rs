//! Schedule expressions of EventBridge: `rate(..)` and `cron(..)`, checked before AWS sees them.

/// A mistake, and what to write instead.
type Mistake = (String, String);

/// One field of a cron expression.
struct Field {
    name: &'static str,
    range: std::ops::RangeInclusive<u32>,
    /// Names of the values, the first of which stands for the start of the range.
    names: &'static [&'static str],
    /// Further characters besides digits and `, - * /`.
    signs: &'static str,
}

const MONTHS: &[&str] = &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS: &[&str] = &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const FIELDS: [Field; 6] = [
    Field { name: "minute", range: 0..=59, names: &[], signs: "" },
    Field { name: "hour", range: 0..=23, names: &[], signs: "" },
    Field { name: "day-of-month", range: 1..=31, names: &[], signs: "?LW" },
    Field { name: "month", range: 1..=12, names: MONTHS, signs: "" },
    Field { name: "day-of-week", range: 1..=7, names: DAYS, signs: "?L#" },
    Field { name: "year", range: 1970..=2199, names: &[], signs: "" },
];

/// Checks `rate(value unit)` or `cron(minute hour day-of-month month day-of-week year)`.
pub(super) fn check(expression: &str) -> Result<(), Mistake> {
    if let Some(rate) = inside(expression, "rate(") {
        check_rate(rate)
    } else if let Some(cron) = inside(expression, "cron(") {
        check_cron(cron)
    } else {
        wrong(format!("`{expression}` is no schedule"), "write `rate(5 minutes)` or `cron(0 12 * * ? *)`")
    }
}

fn inside<'a>(expression: &'a str, open: &str) -> Option<&'a str> {
    expression.strip_prefix(open)?.strip_suffix(')')
}

fn check_rate(rate: &str) -> Result<(), Mistake> {
    let Some((value, unit)) = rate.split_once(' ') else {
        return wrong(format!("`rate({rate})` has no unit"), "write `rate(5 minutes)`");
    };
    let Some(count) = value.parse::<u32>().ok().filter(|count| *count > 0) else {
        return wrong(format!("`{value}` is not a positive whole number"), "write `rate(5 minutes)`");
    };
    let plain = unit.strip_suffix('s').unwrap_or(unit);
    if !matches!(plain, "minute" | "hour" | "day") {
        return wrong(format!("`{unit}` is no unit of a rate"), "units are `minutes`, `hours` and `days`");
    }
    match (count, unit == plain) {
        (1, false) => {
            wrong(format!("`rate({rate})`: the unit is singular for 1"), format!("write `rate(1 {plain})`"))
        }
        (2.., true) => {
            wrong(format!("`rate({rate})`: the unit is plural"), format!("write `rate({count} {plain}s)`"))
        }
        _ => Ok(()),
    }
}

fn check_cron(cron: &str) -> Result<(), Mistake> {
    let values: Vec<_> = cron.split(' ').filter(|value| !value.is_empty()).collect();
    if values.len() != FIELDS.len() {
        let message = format!("cron has {} fields, EventBridge needs 6", values.len());
        let order = "minute hour day-of-month month day-of-week year, as `cron(0 12 * * ? *)`";
        return wrong(message, order);
    }
    FIELDS.iter().zip(&values).try_for_each(|(field, value)| check_field(field, value))?;
    match (values[2], values[4]) {
        ("?", "?") => wrong("only one of day-of-month and day-of-week is `?`", "write `cron(0 12 * * ? *)`"),
        ("?", _) | (_, "?") => Ok(()),
        _ => wrong("one of day-of-month and day-of-week must be `?`", "write `cron(0 12 * * ? *)`"),
    }
}

/// Items separated by commas, each a value, a range or a step.
fn check_field(field: &Field, value: &str) -> Result<(), Mistake> {
    if value == "?" && field.signs.contains('?') {
        return Ok(());
    }
    value.split(',').try_for_each(|item| check_item(field, item))
}

fn check_item(field: &Field, item: &str) -> Result<(), Mistake> {
    let (span, step) = item.split_once('/').map_or((item, None), |(span, step)| (span, Some(step)));
    let step_is_good = step.is_none_or(|step| step.parse::<u32>().is_ok_and(|step| step > 0));
    let span_is_good = match span.split_once('-') {
        _ if special(field, span) => true,
        Some((from, to)) => known(field, from) && known(field, to),
        None => span == "*" || known(field, span),
    };
    if step_is_good && span_is_good {
        return Ok(());
    }
    let (from, to) = (field.range.start(), field.range.end());
    wrong(
        format!("`{item}` is no {}", field.name),
        format!("it is from {from} to {to}, `*`, a list, a range or a step"),
    )
}

/// `L`, `L-3`, `LW`, `15W`, `6L`, `6#3`.
fn special(field: &Field, text: &str) -> bool {
    let has = |sign: char| field.signs.contains(sign);
    let day = |day: &str| known(field, day);
    (has('L') && text == "L")
        || (has('W') && (text == "LW" || text == "W" || text.strip_suffix('W').is_some_and(day)))
        || (has('W') && text.strip_prefix("L-").is_some_and(day))
        || (has('#') && text.strip_suffix('L').is_some_and(day))
        || (has('#')
            && text
                .split_once('#')
                .is_some_and(|(name, nth)| day(name) && matches!(nth, "1" | "2" | "3" | "4" | "5")))
}

fn known(field: &Field, text: &str) -> bool {
    let is_name = field.names.contains(&text.to_ascii_uppercase().as_str());
    is_name || text.parse::<u32>().is_ok_and(|number| field.range.contains(&number))
}

fn wrong<T>(message: impl Into<String>, remedy: impl Into<String>) -> Result<T, Mistake> {
    Err((message.into(), remedy.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_eventbridge_takes() {
        for expression in [
            "rate(1 minute)",
            "rate(5 minutes)",
            "rate(7 days)",
            "cron(0 12 * * ? *)",
            "cron(0/15 8-17 ? * MON-FRI *)",
            "cron(0 10 1,15 JAN,JUL ? 2030-2040)",
            "cron(0 0 L * ? *)",
            "cron(0 0 15W * ? *)",
            "cron(0 0 ? * 6#3 *)",
            "cron(0 0 ? * 5L *)",
            "cron(*/5 * * * ? *)",
        ] {
            assert_eq!(check(expression), Ok(()), "{expression}");
        }
    }

    #[test]
    fn names_each_mistake() {
        for (expression, message) in [
            ("every day", "`every day` is no schedule"),
            ("rate(5)", "`rate(5)` has no unit"),
            ("rate(0 minutes)", "`0` is not a positive whole number"),
            ("rate(1 minutes)", "`rate(1 minutes)`: the unit is singular for 1"),
            ("rate(5 minute)", "`rate(5 minute)`: the unit is plural"),
            ("rate(5 weeks)", "`weeks` is no unit of a rate"),
            ("cron(0 12 * * *)", "cron has 5 fields, EventBridge needs 6"),
            ("cron(0 12 * * * *)", "one of day-of-month and day-of-week must be `?`"),
            ("cron(0 12 ? * ? *)", "only one of day-of-month and day-of-week is `?`"),
            ("cron(60 12 * * ? *)", "`60` is no minute"),
            ("cron(0 12 * 13 ? *)", "`13` is no month"),
            ("cron(0 12 ? * MOON *)", "`MOON` is no day-of-week"),
            ("cron(0 12 ? * \u{17f}UN *)", "`\u{17f}UN` is no day-of-week"),
        ] {
            assert_eq!(
                check(expression).err().map(|(message, _)| message).as_deref(),
                Some(message),
                "{expression}"
            );
        }
    }
}
