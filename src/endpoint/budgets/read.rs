use belfry_engine::base::Millis;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::refusals::invalid;
use crate::cost::TimeUnit;
use crate::endpoint::day::day;
use crate::endpoint::{Fault, Input};

/// `BudgetType`.
pub(super) const TYPES: &[&str] = &[
    "USAGE",
    "COST",
    "RI_UTILIZATION",
    "RI_COVERAGE",
    "SAVINGS_PLANS_UTILIZATION",
    "SAVINGS_PLANS_COVERAGE",
];
/// `TimeUnit`.
pub(super) const TIME_UNITS: &[&str] = &["DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"];
/// 2087-06-15T00:00:00Z: AWS's end of a budget that names none.
const END: Millis = Millis(3_706_473_600_000);
/// `CostTypes` with their defaults.
const COST_TYPES: &[(&str, bool)] = &[
    ("IncludeTax", true),
    ("IncludeSubscription", true),
    ("UseBlended", false),
    ("IncludeRefund", true),
    ("IncludeCredit", true),
    ("IncludeUpfront", true),
    ("IncludeRecurring", true),
    ("IncludeOtherSubscription", true),
    ("IncludeSupport", true),
    ("IncludeDiscount", true),
    ("UseAmortized", false),
];
/// `BudgetName`: 1 to 100 characters, no `:`, no `\`, no `/action/`, no script.
pub(super) fn name<'a>(input: &Input<'a>) -> Result<&'a str, Fault> {
    let name = input.required_str("BudgetName")?;
    let lower = name.to_lowercase();
    let is_wrong =
        name.contains([':', '\\']) || name.contains("/action/") || lower.contains("<script>");
    if is_wrong || !(1..=100).contains(&name.chars().count()) {
        return Err(input.constraint(
            "BudgetName",
            name,
            "Member must have length between 1 and 100 and satisfy regular expression pattern: ^(?![^:\\\\]*/action/|(?i).*<script>.*</script>.*)[^:\\\\]+$",
        ));
    }
    Ok(name)
}

/// One of the words of an enumeration.
pub(super) fn one_of<'a>(input: &Input<'a>, name: &str, words: &[&str]) -> Result<&'a str, Fault> {
    let word = input.required_str(name)?;
    match words.contains(&word) {
        true => Ok(word),
        false => {
            let set = format!("Member must satisfy enum value set: [{}]", words.join(", "));
            Err(input.constraint(name, word, &set))
        }
    }
}

/// All cost types, as given or at AWS's defaults.
pub(super) fn cost_types(input: &Input<'_>) -> Result<Vec<(&'static str, bool)>, Fault> {
    let given = input.structure("CostTypes")?;
    if let Some(given) = &given {
        let names: Vec<&str> = COST_TYPES.iter().map(|(name, _)| *name).collect();
        given.only(&names)?;
    }
    let mut types = Vec::new();
    for (name, default) in COST_TYPES {
        let value = match &given {
            Some(given) => given.optional_bool(name)?,
            None => None,
        };
        types.push((*name, value.unwrap_or(*default)));
    }
    let of = |name: &str| types.contains(&(name, true));
    match of("UseBlended") && of("UseAmortized") {
        true => Err(invalid("UseBlended and UseAmortized exclude each other")),
        false => Ok(types),
    }
}

/// `TimePeriod`: the start of the running period to 2087 where nothing is said.
pub(super) fn period(
    input: &Input<'_>,
    unit: TimeUnit,
    now: Millis,
) -> Result<(Millis, Millis), Fault> {
    let (mut start, mut end) = (None, None);
    if let Some(period) = input.structure("TimePeriod")? {
        period.only(&["Start", "End"])?;
        start = period.optional_timestamp("Start")?;
        end = period.optional_timestamp("End")?;
    }
    if unit == TimeUnit::Custom && (start.is_none() || end.is_none()) {
        return Err(invalid(
            "a CUSTOM budget needs TimePeriod with Start and End",
        ));
    }
    let running = unit.around(day(now));
    let start = start.unwrap_or_else(|| running.map_or(now, |(first, _)| moment(first)));
    let end = end.unwrap_or(END);
    match start < end {
        true => Ok((start, end)),
        false => Err(invalid("the Start of TimePeriod must be before its End")),
    }
}

/// The first moment of a day, in UTC.
pub(super) fn moment(day: Date) -> Millis {
    let zoned = day.to_zoned(TimeZone::UTC);
    Millis(zoned.map_or(0, |at| at.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_end_in_2087() {
        assert!(END.to_rfc3339().starts_with("2087-06-15T00:00:00"));
    }
}
