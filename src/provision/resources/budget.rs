use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::Attributes;
use crate::provision::{Address, Kind, Place};
use crate::suite::Budget;

/// A budget with its notifications.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetResource {
    /// Its name.
    pub name: String,
    /// `COST`.
    pub kind: String,
    /// As a number without superfluous zeros, and its unit: `1500 USD`.
    pub limit: String,
    /// `MONTHLY`.
    pub period: String,
    /// `CostFilters`.
    pub filters: BTreeMap<String, Vec<String>>,
    /// By what identifies them.
    pub notifications: BTreeMap<BudgetThreshold, BTreeSet<BudgetSubscriber>>,
    /// Members that no suite sets, by their names in the API.
    pub other: BTreeMap<String, String>,
}

/// What identifies a notification of a budget.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BudgetThreshold {
    /// `ACTUAL`, `FORECASTED`.
    pub kind: String,
    /// `GREATER_THAN`.
    pub comparison: String,
    /// As a number without superfluous zeros.
    pub threshold: String,
    /// `PERCENTAGE`, `ABSOLUTE_VALUE`.
    pub threshold_kind: String,
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BudgetSubscriber {
    /// `SNS`, `EMAIL`.
    pub kind: String,
    /// The topic's ARN, or the address.
    pub address: String,
}

impl BudgetResource {
    pub(crate) fn desired(budget: &Budget, place: &Place) -> Self {
        let mut notifications = BTreeMap::new();
        for notify in &budget.notify {
            let threshold = BudgetThreshold {
                kind: if notify.is_forecast {
                    "FORECASTED"
                } else {
                    "ACTUAL"
                }
                .to_owned(),
                comparison: "GREATER_THAN".to_owned(),
                threshold: notify.percent.to_string(),
                threshold_kind: "PERCENTAGE".to_owned(),
            };
            let subscriber = |kind: &str, address: String| BudgetSubscriber {
                kind: kind.to_owned(),
                address,
            };
            let topic = notify
                .topic
                .iter()
                .map(|topic| subscriber("SNS", place.topic_arn(topic)));
            let emails = notify
                .emails
                .iter()
                .map(|email| subscriber("EMAIL", email.clone()));
            notifications.insert(threshold, topic.chain(emails).collect());
        }
        Self {
            name: budget.name.clone(),
            kind: "COST".to_owned(),
            limit: Self::limit(&budget.amount.to_string(), "USD"),
            period: budget.period.clone(),
            filters: budget.filters.clone(),
            notifications,
            other: BTreeMap::new(),
        }
    }

    /// Amount and unit as they are compared: `1500.0` and `1500` are one.
    pub fn limit(amount: &str, unit: &str) -> String {
        let number = amount.parse::<f64>().map(|number| number.to_string());
        format!("{} {unit}", number.unwrap_or_else(|_| amount.to_owned()))
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::Budget, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        // Readers look for who is told first: 50 % stands before 100 %.
        let mut notifications: Vec<_> = self.notifications.iter().collect();
        notifications.sort_by(|(one, _), (other, _)| {
            let kinds = one.kind.cmp(&other.kind);
            kinds.then_with(|| one.number().total_cmp(&other.number()))
        });
        let notifications = notifications.into_iter().map(|(threshold, subscribers)| {
            let told: Vec<String> = subscribers.iter().map(|s| s.address.clone()).collect();
            (threshold.shown(), json!(told))
        });
        let mut attributes = vec![
            ("kind", self.kind.clone().into()),
            ("limit", self.limit.clone().into()),
            ("period", self.period.clone().into()),
            (
                "filters",
                if self.filters.is_empty() {
                    Value::Null
                } else {
                    json!(self.filters)
                },
            ),
            ("notifications", Value::Object(notifications.collect())),
        ];
        if !self.other.is_empty() {
            attributes.push(("other", json!(self.other)));
        }
        attributes
    }

    /// The topics that are told.
    pub(super) fn references(&self) -> Vec<Address> {
        let all = self.notifications.values().flatten();
        let topics = all.filter(|subscriber| subscriber.kind == "SNS");
        let names = topics.filter_map(|topic| topic.address.rsplit(':').next());
        names.map(|name| Address::new(Kind::Topic, name)).collect()
    }
}

impl BudgetThreshold {
    fn number(&self) -> f64 {
        self.threshold.parse().unwrap_or(f64::MAX)
    }

    /// `ACTUAL > 80 %`.
    pub fn shown(&self) -> String {
        let sign = match self.comparison.as_str() {
            "GREATER_THAN" => ">",
            "LESS_THAN" => "<",
            "EQUAL_TO" => "=",
            other => other,
        };
        let unit = if self.threshold_kind == "PERCENTAGE" {
            " %"
        } else {
            ""
        };
        format!("{} {sign} {}{unit}", self.kind, self.threshold)
    }
}
