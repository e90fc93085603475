use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::function::{Given, Mistake, Prepared};
use super::zone::zone;
use super::{Call, Function};
use crate::insights::value::{Number, Value};

pub(super) const FUNCTION: Function = Function {
    name: "formatDate",
    aliases: &["strftime"],
    summary: "a moment, or its epoch milliseconds, as text by a format of strftime, in a time zone or UTC",
    signature: "formatDate(moment, \"format\"[, \"zone\"])",
    examples: &[
        ("formatDate(@timestamp, \"%Y-%m-%d\")", Some("2026-04-20")),
        (
            "formatDate(@timestamp, \"%a %d %b %H:%M %Z\", \"Europe/Berlin\")",
            Some("Mon 20 Apr 12:00 CEST"),
        ),
        ("strftime(0, \"%F %T\")", Some("1970-01-01 00:00:00")),
        ("formatDate(missing, \"%Y\")", None),
    ],
    arguments: (2, 3),
    call: Call::Prepared(prepare),
};

/// The conversions of C's `strftime` that do not depend on a locale's own order of parts.
const CONVERSIONS: &str = "YymdbBhaAjHIMSpZzFTDReuwUWVGnts%";

fn prepare(given: &Given<'_>) -> Result<Prepared, Mistake> {
    let format = given.text(1)?.to_owned();
    check(&format).map_err(|reason| given.mistake(1, reason))?;
    let zone = zone(given, 2)?;
    Ok(Prepared::new(move |arguments| {
        let text = arguments
            .first()
            .and_then(|moment| text(moment, &format, &zone));
        text.map_or(Value::Null, Value::text)
    }))
}

fn check(format: &str) -> Result<(), String> {
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            continue;
        }
        match chars.next() {
            Some(conversion) if CONVERSIONS.contains(conversion) => {}
            Some(other) => {
                return Err(format!(
                    "the conversion `%{other}` is not supported; those of C's strftime are, such as `%Y-%m-%d %H:%M:%S`"
                ));
            }
            None => return Err("the format ends with a `%`".to_owned()),
        }
    }
    Ok(())
}

fn text(moment: &Value<'_>, format: &str, zone: &TimeZone) -> Option<String> {
    let Number::Integer(millis) = moment.number()? else {
        return None;
    };
    let timestamp = Timestamp::from_millisecond(millis).ok()?;
    let zoned = timestamp.to_zoned(zone.clone());
    jiff::fmt::strtime::format(format, &zoned).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_conversion_that_is_accepted_is_computed() {
        for conversion in CONVERSIONS.chars() {
            let format = format!("%{conversion}");
            assert!(check(&format).is_ok());
            let text = text(&Value::Integer(1_776_679_200_000), &format, &TimeZone::UTC);
            assert!(text.is_some(), "{format}");
        }
        assert!(check("%L").unwrap_err().contains("`%L`"));
        assert!(check("100%").is_err());
    }
}
