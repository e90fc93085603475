use belfry_engine::base::Millis;

use super::refusals::invalid;
use crate::endpoint::{Document, Fault, Input};

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
const METRICS: &[&str] = &[
    "BlendedCost",
    "UnblendedCost",
    "AmortizedCost",
    "NetUnblendedCost",
    "NetAmortizedCost",
    "UsageQuantity",
    "NormalizedUsageAmount",
    "Hours",
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

/// `BudgetLimit`, or `PlannedBudgetLimits`, or neither where the limit adjusts itself.
pub(super) fn limit(
    input: &Input<'_>,
    kind: &str,
    time_unit: &str,
) -> Result<Option<(String, String)>, Fault> {
    let limit = match input.structure("BudgetLimit")? {
        Some(limit) => Some(spend(&limit)?),
        None => None,
    };
    let has_plan = input.has("PlannedBudgetLimits");
    let adjusts = auto_adjust(input, time_unit)?;
    match (&limit, has_plan, adjusts) {
        (Some(_), true, _) => {
            return Err(invalid(
                "BudgetLimit and PlannedBudgetLimits exclude each other",
            ));
        }
        (_, true, true) => {
            return Err(invalid(
                "AutoAdjustData and PlannedBudgetLimits exclude each other",
            ));
        }
        (None, false, false) => {
            return Err(invalid("BudgetLimit or PlannedBudgetLimits must be given"));
        }
        _ => {}
    }
    if has_plan {
        check_plan(input, time_unit)?;
    }
    let is_cover = kind.starts_with("RI_") || kind.starts_with("SAVINGS_");
    match &limit {
        Some((amount, _)) if is_cover && amount.parse() != Ok(100.0) => Err(invalid(format!(
            "the limit of a budget of type {kind} is 100"
        ))),
        Some((_, unit)) if kind == "COST" && unit != "USD" => Err(invalid(format!(
            "Unit `{unit}` is not the account's currency, USD"
        ))),
        _ => Ok(limit),
    }
}

fn spend(input: &Input<'_>) -> Result<(String, String), Fault> {
    input.only(&["Amount", "Unit"])?;
    let (amount, unit) = (input.required_str("Amount")?, input.required_str("Unit")?);
    let (whole, fraction) = amount.split_once('.').unwrap_or(("", amount));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if fraction.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        let pattern = "Member must satisfy regular expression pattern: ([0-9]*\\.)?[0-9]+";
        return Err(input.constraint("Amount", amount, pattern));
    }
    if amount.bytes().all(|b| matches!(b, b'0' | b'.')) {
        return Err(invalid("Amount must be greater than 0"));
    }
    Ok((amount.to_owned(), unit.to_owned()))
}

/// Twelve months or four quarters, by the epoch seconds of their starts.
fn check_plan(input: &Input<'_>, time_unit: &str) -> Result<(), Fault> {
    let Some(plan) = input.structure("PlannedBudgetLimits")? else {
        return Ok(());
    };
    let starts: Vec<String> = input
        .get("PlannedBudgetLimits")
        .and_then(Document::members)
        .map(|members| members.keys().cloned().collect())
        .unwrap_or_default();
    let wanted = match time_unit {
        "MONTHLY" => 12,
        "QUARTERLY" => 4,
        _ => {
            return Err(invalid(
                "PlannedBudgetLimits are for MONTHLY and QUARTERLY budgets",
            ));
        }
    };
    if starts.len() != wanted {
        let message = format!(
            "PlannedBudgetLimits of a {time_unit} budget have {wanted} entries, found {}",
            starts.len()
        );
        return Err(invalid(message));
    }
    for start in starts {
        if start.parse::<i64>().is_err() {
            return Err(invalid(format!(
                "`{start}` is no start of a period in epoch seconds"
            )));
        }
        if let Some(limit) = plan.structure(&start)? {
            spend(&limit)?;
        }
    }
    Ok(())
}

/// Whether the limit adjusts itself.
fn auto_adjust(input: &Input<'_>, time_unit: &str) -> Result<bool, Fault> {
    let Some(adjust) = input.structure("AutoAdjustData")? else {
        return Ok(false);
    };
    adjust.only(&["AutoAdjustType", "HistoricalOptions", "LastAutoAdjustTime"])?;
    let kind = one_of(&adjust, "AutoAdjustType", &["HISTORICAL", "FORECAST"])?;
    let Some(options) = adjust.structure("HistoricalOptions")? else {
        return match kind {
            "HISTORICAL" => Err(adjust.missing("HistoricalOptions")),
            _ => Ok(true),
        };
    };
    options.only(&["BudgetAdjustmentPeriod", "LookBackAvailablePeriods"])?;
    let periods = options.required_i64("BudgetAdjustmentPeriod")?;
    let most = match time_unit {
        "DAILY" => 60,
        "MONTHLY" => 12,
        "QUARTERLY" => 4,
        _ => 1,
    };
    match (1..=most).contains(&periods) {
        true => Ok(true),
        false => {
            let range =
                format!("Member must have value between 1 and {most} for a {time_unit} budget");
            Err(options.constraint("BudgetAdjustmentPeriod", &periods.to_string(), &range))
        }
    }
}

/// `CostFilters` and `CostTypes`, or `FilterExpression` and `Metrics`.
pub(super) fn selection(input: &Input<'_>) -> Result<(), Fault> {
    let old = input.has("CostFilters") || input.has("CostTypes");
    let new = input.has("FilterExpression") || input.has("Metrics");
    if old && new {
        return Err(invalid(
            "CostFilters and CostTypes, or FilterExpression and Metrics, but not both",
        ));
    }
    if new && (!input.has("FilterExpression") || !input.has("Metrics")) {
        return Err(invalid("FilterExpression and Metrics come together"));
    }
    if let Some(filters) = input.structure("CostFilters")? {
        let members = input.get("CostFilters").and_then(Document::members);
        for key in members.into_iter().flat_map(|members| members.keys()) {
            if filters.strings(key)?.is_empty() {
                return Err(invalid(format!("CostFilters `{key}` has no values")));
            }
        }
    }
    let metrics = input.strings("Metrics")?;
    match metrics.as_slice() {
        [] => Ok(()),
        [metric] if METRICS.contains(metric) => Ok(()),
        [metric] => {
            let set = format!(
                "Member must satisfy enum value set: [{}]",
                METRICS.join(", ")
            );
            Err(input.constraint("Metrics", metric, &set))
        }
        _ => Err(invalid("Metrics holds one metric")),
    }
}

/// All cost types, as given or at AWS's defaults.
pub(super) fn cost_types(input: &Input<'_>) -> Result<Document, Fault> {
    let given = input.structure("CostTypes")?;
    if let Some(given) = &given {
        let names: Vec<&str> = COST_TYPES.iter().map(|(name, _)| *name).collect();
        given.only(&names)?;
    }
    let mut members = Vec::new();
    for (name, default) in COST_TYPES {
        let value = match &given {
            Some(given) => given.optional_bool(name)?,
            None => None,
        };
        members.push((*name, Document::from(value.unwrap_or(*default))));
    }
    Ok(Document::structure(members))
}

/// `TimePeriod`: the start of the running period to 2087 where nothing is said.
pub(super) fn period(
    input: &Input<'_>,
    time_unit: &str,
    now: Millis,
) -> Result<(Millis, Millis), Fault> {
    let (mut start, mut end) = (None, None);
    if let Some(period) = input.structure("TimePeriod")? {
        period.only(&["Start", "End"])?;
        start = period.optional_timestamp("Start")?;
        end = period.optional_timestamp("End")?;
    }
    if time_unit == "CUSTOM" && (start.is_none() || end.is_none()) {
        return Err(invalid(
            "a CUSTOM budget needs TimePeriod with Start and End",
        ));
    }
    let start = start.unwrap_or_else(|| begin(time_unit, now));
    let end = end.unwrap_or(END);
    match start < end {
        true => Ok((start, end)),
        false => Err(invalid("the Start of TimePeriod must be before its End")),
    }
}

/// The start of the running period, in UTC.
fn begin(time_unit: &str, now: Millis) -> Millis {
    let number = |format: &str| now.strftime(format).parse::<i64>().unwrap_or(1);
    let (year, month, day) = (number("%Y"), number("%m"), number("%d"));
    let (month, day) = match time_unit {
        "DAILY" => (month, day),
        "QUARTERLY" => ((month - 1) / 3 * 3 + 1, 1),
        "ANNUALLY" => (1, 1),
        _ => (month, 1),
    };
    Millis::parse_rfc3339(&format!("{year:04}-{month:02}-{day:02}T00:00:00Z")).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_begins_with_its_unit() {
        let now = Millis::parse_rfc3339("2026-11-22T03:04:05Z").unwrap();
        let begins = |unit| begin(unit, now).to_rfc3339();
        assert!(begins("DAILY").starts_with("2026-11-22T00:00:00"));
        assert!(begins("MONTHLY").starts_with("2026-11-01T00:00:00"));
        assert!(begins("QUARTERLY").starts_with("2026-10-01T00:00:00"));
        assert!(begins("ANNUALLY").starts_with("2026-01-01T00:00:00"));
    }

    #[test]
    fn budgets_end_in_2087() {
        assert!(END.to_rfc3339().starts_with("2087-06-15T00:00:00"));
    }
}
