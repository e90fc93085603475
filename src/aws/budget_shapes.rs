use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_budgets::types::{
    Budget, BudgetType, ComparisonOperator, Notification, NotificationType, Spend, Subscriber,
    SubscriptionType, ThresholdType, TimeUnit,
};

use super::CloudError;
use crate::provision::resources::{BudgetResource, BudgetSubscriber, BudgetThreshold};

pub(super) fn unbuilt(name: &str, error: &dyn std::fmt::Display) -> CloudError {
    CloudError::local("CreateBudget", name, error.to_string())
}

#[expect(
    deprecated,
    reason = "CostFilters are what the console of budgets still writes, and what DescribeBudgets shows without asking"
)]
pub(super) fn resource(budget: &Budget) -> BudgetResource {
    let limit = budget
        .budget_limit()
        .map(|limit| BudgetResource::limit(limit.amount(), limit.unit()));
    let filters = budget.cost_filters().cloned().unwrap_or_default();
    let filters = filters.into_iter().map(|(name, mut values)| {
        values.sort();
        (name, values)
    });
    let mut other = BTreeMap::new();
    if budget.auto_adjust_data().is_some() {
        other.insert("AutoAdjustData".to_owned(), "set".to_owned());
    }
    if budget
        .planned_budget_limits()
        .is_some_and(|limits| !limits.is_empty())
    {
        other.insert("PlannedBudgetLimits".to_owned(), "set".to_owned());
    }
    BudgetResource {
        name: budget.budget_name().to_owned(),
        kind: budget.budget_type().as_str().to_owned(),
        limit: limit.unwrap_or_default(),
        period: budget.time_unit().as_str().to_owned(),
        filters: filters.collect(),
        notifications: BTreeMap::new(),
        other,
    }
}

#[expect(deprecated, reason = "as above")]
pub(super) fn budget(wanted: &BudgetResource) -> Result<Budget, CloudError> {
    let (amount, unit) = wanted
        .limit
        .split_once(' ')
        .unwrap_or((&wanted.limit, "USD"));
    let limit = Spend::builder().amount(amount).unit(unit).build();
    let filters =
        (!wanted.filters.is_empty()).then(|| wanted.filters.clone().into_iter().collect());
    Budget::builder()
        .budget_name(&wanted.name)
        .budget_type(BudgetType::from(wanted.kind.as_str()))
        .time_unit(TimeUnit::from(wanted.period.as_str()))
        .budget_limit(limit.map_err(|e| unbuilt(&wanted.name, &e))?)
        .set_cost_filters(filters)
        .build()
        .map_err(|e| unbuilt(&wanted.name, &e))
}

pub(super) fn threshold(notification: &Notification) -> BudgetThreshold {
    let kind = notification
        .threshold_type()
        .map_or("PERCENTAGE", ThresholdType::as_str);
    BudgetThreshold {
        kind: notification.notification_type().as_str().to_owned(),
        comparison: notification.comparison_operator().as_str().to_owned(),
        threshold: notification.threshold().to_string(),
        threshold_kind: kind.to_owned(),
    }
}

pub(super) fn notification(
    budget: &str,
    key: &BudgetThreshold,
) -> Result<Notification, CloudError> {
    Notification::builder()
        .notification_type(NotificationType::from(key.kind.as_str()))
        .comparison_operator(ComparisonOperator::from(key.comparison.as_str()))
        .threshold(key.threshold.parse().unwrap_or_default())
        .threshold_type(ThresholdType::from(key.threshold_kind.as_str()))
        .build()
        .map_err(|e| unbuilt(budget, &e))
}

pub(super) fn subscriber(budget: &str, told: &BudgetSubscriber) -> Result<Subscriber, CloudError> {
    Subscriber::builder()
        .subscription_type(SubscriptionType::from(told.kind.as_str()))
        .address(&told.address)
        .build()
        .map_err(|e| unbuilt(budget, &e))
}

pub(super) fn all_of(
    budget: &str,
    told: &BTreeSet<BudgetSubscriber>,
) -> Result<Vec<Subscriber>, CloudError> {
    told.iter().map(|one| subscriber(budget, one)).collect()
}
