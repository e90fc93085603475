use belfry_engine::base::Millis;

use super::notification::Notification;
use super::read;
use crate::endpoint::{Document, Fault, Input, Members};

/// A budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// Its name.
    pub name: String,
    /// `COST`, `USAGE`, …
    pub kind: String,
    /// `MONTHLY`, …
    pub time_unit: String,
    /// The amount as it was given, and its unit; none of a budget that plans or adjusts its limits.
    pub limit: Option<(String, String)>,
    /// When it begins, and when it is deleted.
    pub period: (Millis, Millis),
    /// The members that come back as they were given: filters, cost types, planned limits.
    pub(super) kept: Members,
    /// What was spent in the running period, and what is forecast: decimal texts in the limit's unit.
    pub spend: (String, Option<String>),
    /// When its costs were last looked at.
    pub(super) evaluated: Option<Millis>,
    /// When it was made or changed.
    pub(super) updated: Millis,
    /// Whom it tells, and when.
    pub notifications: Vec<Notification>,
}

/// The members of `Budget`. What AWS computes may come back with a budget that was read, and is not looked at.
const MEMBERS: &[&str] = &[
    "BudgetName",
    "BudgetLimit",
    "PlannedBudgetLimits",
    "CostFilters",
    "CostTypes",
    "TimeUnit",
    "TimePeriod",
    "CalculatedSpend",
    "BudgetType",
    "LastUpdatedTime",
    "AutoAdjustData",
    "FilterExpression",
    "Metrics",
];

impl Budget {
    /// Reads `Budget` or `NewBudget`.
    pub(super) fn read(input: &Input<'_>, now: Millis) -> Result<Self, Fault> {
        input.only(MEMBERS)?;
        let name = read::name(input)?.to_owned();
        let kind = read::one_of(input, "BudgetType", read::TYPES)?.to_owned();
        let time_unit = read::one_of(input, "TimeUnit", read::TIME_UNITS)?.to_owned();
        let limit = read::limit(input, &kind, &time_unit)?;
        read::selection(input)?;
        let period = read::period(input, &time_unit, now)?;
        let mut kept = Members::new();
        for member in [
            "PlannedBudgetLimits",
            "CostFilters",
            "AutoAdjustData",
            "FilterExpression",
            "Metrics",
        ] {
            if let Some(value) = input.get(member) {
                kept.insert(member.to_owned(), value.clone());
            }
        }
        if matches!(kind.as_str(), "COST") && !input.has("Metrics") {
            kept.insert("CostTypes".to_owned(), read::cost_types(input)?);
        }
        Ok(Self {
            name,
            kind,
            time_unit,
            limit,
            period,
            kept,
            spend: ("0.0".to_owned(), None),
            evaluated: None,
            updated: now,
            notifications: Vec::new(),
        })
    }

    /// As DescribeBudget shows it.
    pub(super) fn show(&self) -> Document {
        let (_, unit) = self
            .limit
            .clone()
            .unwrap_or_else(|| (String::new(), "USD".to_owned()));
        let amount = |amount: &str| {
            Document::structure([
                ("Amount", Document::from(amount)),
                ("Unit", Document::from(&unit)),
            ])
        };
        let spend = Document::structure([
            ("ActualSpend", amount(&self.spend.0)),
            (
                "ForecastedSpend",
                self.spend.1.as_deref().map_or(Document::Null, amount),
            ),
        ]);
        let period = Document::structure([
            ("Start", Document::from(self.period.0)),
            ("End", self.period.1.into()),
        ]);
        let mut members = Members::from_iter([
            ("BudgetName".to_owned(), Document::from(&self.name)),
            ("TimeUnit".to_owned(), Document::from(&self.time_unit)),
            ("TimePeriod".to_owned(), period),
            ("CalculatedSpend".to_owned(), spend),
            ("BudgetType".to_owned(), Document::from(&self.kind)),
            ("LastUpdatedTime".to_owned(), Document::from(self.updated)),
        ]);
        if let Some((limit, _)) = &self.limit {
            members.insert("BudgetLimit".to_owned(), amount(limit));
        }
        members.extend(self.kept.clone());
        Document::Structure(members)
    }
}
