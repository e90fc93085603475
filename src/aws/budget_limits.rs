use aws_sdk_budgets::types::{Budget, BudgetType, CostTypes};
use aws_smithy_types::DateTime;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{CloudError, Session};
use crate::cost::statement::{self, BudgetSource, Counts};
use crate::cost::{TimeUnit, Usd};
use crate::iam::{Action, COST, On};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[Action::new(
    "describe_budgets",
    "budgets:ViewBudget",
    On::Budgets,
    COST,
)];

impl Session {
    /// The budgets of `account` (DescribeBudgets), all pages, with what they allow and what AWS says was spent. Asking
    /// costs nothing.
    pub async fn budget_limits(
        &self,
        account: &str,
        today: Date,
    ) -> Result<Vec<statement::Budget>, CloudError> {
        let budgets = self.budgets();
        let request = budgets.describe_budgets().account_id(account);
        let mut pages = request.into_paginator().items().send();
        let mut found = Vec::new();
        while let Some(budget) = pages.next().await {
            let budget =
                budget.map_err(|e| CloudError::from_sdk("DescribeBudgets", "budgets", &e))?;
            found.extend(limit(&budget, today));
        }
        Ok(found)
    }
}

/// Nothing where a budget has no amount: AWS tells one for every budget of costs.
fn limit(budget: &Budget, today: Date) -> Option<statement::Budget> {
    let usd = |text: &str| text.parse().ok().map(Usd::new);
    let unit = TimeUnit::parse(budget.time_unit().as_str())?;
    let spent = budget.calculated_spend();
    let spent = spent.and_then(|spent| spent.actual_spend());
    Some(statement::Budget {
        name: budget.budget_name().to_owned(),
        amount: usd(budget.budget_limit()?.amount())?,
        unit,
        period: unit.around(today).or_else(|| own_period(budget))?,
        counts: counts(budget),
        source: BudgetSource::Account(None),
        spent: spent.and_then(|spent| usd(spent.amount())),
    })
}

/// First day, and the day behind the last.
fn own_period(budget: &Budget) -> Option<(Date, Date)> {
    let period = budget.time_period()?;
    Some((day(period.start()?)?, day(period.end()?)?))
}

fn day(at: &DateTime) -> Option<Date> {
    let at = Timestamp::from_second(at.secs()).ok()?;
    Some(TimeZone::UTC.to_datetime(at).date())
}

#[expect(
    deprecated,
    reason = "CostFilters and CostTypes are what DescribeBudgets shows without asking"
)]
fn counts(budget: &Budget) -> Counts {
    if *budget.budget_type() != BudgetType::Cost {
        return Counts::Other(format!(
            "its type is {}, and no amount of money",
            budget.budget_type().as_str()
        ));
    }
    if budget.filter_expression().is_some() || !budget.metrics().is_empty() {
        return Counts::Other("it has a filter expression".to_owned());
    }
    if budget.cost_types().is_some_and(|types| !is_usual(types)) {
        return Counts::Other("its cost types are not the usual ones".to_owned());
    }
    match budget.cost_filters() {
        Some(filters) if !filters.is_empty() => {
            Counts::Filtered(filters.clone().into_iter().collect())
        }
        _ => Counts::Everything,
    }
}

/// All costs, unblended.
fn is_usual(types: &CostTypes) -> bool {
    let included = [
        types.include_tax(),
        types.include_subscription(),
        types.include_refund(),
        types.include_credit(),
        types.include_upfront(),
        types.include_recurring(),
        types.include_other_subscription(),
        types.include_support(),
        types.include_discount(),
    ];
    let other = [types.use_blended(), types.use_amortized()];
    included.iter().all(|part| part.unwrap_or(true)) && other.iter().all(|part| *part != Some(true))
}
