use super::date_pattern::DatePattern;
use super::function::{Given, Mistake, Prepared};
use super::zone::zone;
use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "parseDate",
    aliases: &[],
    summary: "the epoch milliseconds of a date written by a pattern of Java's DateTimeFormatter, in a time zone or UTC; a date alone is its midnight",
    signature: "parseDate(text, \"pattern\"[, \"zone\"])",
    examples: &[
        (
            "parseDate(\"2026-04-20\", \"yyyy-MM-dd\")",
            Some("1776643200000"),
        ),
        (
            "parseDate(\"20/Apr/2026:12:00:00 +0200\", \"dd/MMM/yyyy:HH:mm:ss Z\")",
            Some("1776679200000"),
        ),
        (
            "parseDate(\"2026-04-20T12:00\", \"yyyy-MM-dd'T'HH:mm\", \"Europe/Berlin\")",
            Some("1776679200000"),
        ),
        ("parseDate(\"yesterday\", \"yyyy-MM-dd\")", None),
        ("parseDate(missing, \"yyyy-MM-dd\")", None),
    ],
    arguments: (2, 3),
    call: Call::Prepared(prepare),
};

fn prepare(given: &Given<'_>) -> Result<Prepared, Mistake> {
    let pattern = DatePattern::parse(given.text(1)?).map_err(|reason| given.mistake(1, reason))?;
    let zone = zone(given, 2)?;
    Ok(Prepared::new(move |arguments| {
        let at = text(arguments, 0).and_then(|text| pattern.millis(&text, &zone));
        at.map_or(Value::Null, Value::Integer)
    }))
}
