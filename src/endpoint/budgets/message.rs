use belfry_engine::base::Millis;
use rust_decimal::Decimal;

use super::budget::Budget;
use super::evaluate::Told;
use crate::cost::Usd;
use crate::endpoint::day::day;

/// The subject of a budget's message.
pub(super) fn subject(budget: &Budget) -> String {
    format!(
        "AWS Budgets: {} has exceeded your alert threshold",
        budget.name
    )
}

/// The text of a budget's message. AWS sends lines of the same names; it does not publish the text.
pub(super) fn text(budget: &Budget, told: &Told, account: &str, now: Millis) -> String {
    let notification = &told.notification;
    let dollars = |amount: Decimal| match budget.kind.as_str() {
        "COST" => format!("${}", Usd::new(amount).cents()),
        _ => format!("{} {}", amount.round_dp(2).normalize(), budget.limit.unit),
    };
    let kind = notification.kind.as_str();
    let sign = match notification.comparison.as_str() {
        "GREATER_THAN" => ">",
        "LESS_THAN" => "<",
        _ => "=",
    };
    let threshold = Decimal::try_from(notification.threshold).unwrap_or_default();
    let bound = match notification.is_percentage {
        true => told.limit * threshold / Decimal::ONE_HUNDRED,
        false => threshold,
    };
    [
        format!("AWS Budget Notification {}", day(now)),
        format!("AWS Account {account}"),
        String::new(),
        format!("Budget Name: {}", budget.name),
        format!(
            "Budget Type: {}",
            if budget.kind == "COST" {
                "Cost"
            } else {
                "Usage"
            }
        ),
        format!("Budgeted Amount: {}", dollars(told.limit)),
        format!("Alert Type: {kind}"),
        format!("Alert Threshold: {sign} {}", dollars(bound)),
        format!("{kind} Amount: {}", dollars(told.amount)),
    ]
    .join("\n")
}
