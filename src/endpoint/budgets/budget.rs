use belfry_engine::base::Millis;
use jiff::civil::Date;

use super::limit::Limit;
use super::notification::Notification;
use super::read;
use super::selection::{Selected, Selection};
use crate::cost::TimeUnit;
use crate::endpoint::day::day;
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
    pub(super) unit: TimeUnit,
    pub(super) limit: Limit,
    /// When it begins, and when it is deleted.
    pub period: (Millis, Millis),
    pub(super) selection: Selected,
    /// The members that come back as they were given: filters, cost types, planned limits.
    pub(super) kept: Members,
    /// What was spent in the running period, and what is forecast: decimal texts in the limit's unit.
    pub spend: (String, Option<String>),
    /// When its costs were last looked at.
    pub(super) evaluated: Option<Millis>,
    /// Why it is not evaluated here, as it was last told.
    pub(super) unevaluated: Option<String>,
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
const KEPT: &[&str] = &[
    "PlannedBudgetLimits",
    "CostFilters",
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
        let unit = TimeUnit::parse(&time_unit).unwrap_or(TimeUnit::Custom);
        let period = read::period(input, unit, now)?;
        let limit = Limit::read(input, &kind, unit, (period.0, period.1, now))?;
        let selection = Selection::read(input, &kind, &limit.unit)?;
        let kept = KEPT
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), input.get(name)?.clone())));
        let mut kept: Members = kept.collect();
        if kind == "COST" && !input.has("Metrics") {
            let types = read::cost_types(input)?.into_iter();
            let types = types.map(|(name, value)| (name, Document::from(value)));
            kept.insert("CostTypes".to_owned(), Document::structure(types));
        }
        Ok(Self {
            name,
            kind,
            time_unit,
            unit,
            limit,
            period,
            selection,
            kept,
            spend: ("0.0".to_owned(), None),
            evaluated: None,
            unevaluated: None,
            updated: now,
            notifications: Vec::new(),
        })
    }

    /// The period that runs at `now`: its first day, and the day behind its last. Nothing before the budget begins.
    pub(super) fn running(&self, now: Millis) -> Option<(Date, Date)> {
        let (start, end) = self.period;
        if now < start || now >= end {
            return None;
        }
        let own = || {
            let last = day(Millis(end.0.saturating_sub(1)));
            Some((day(start), last.tomorrow().ok()?))
        };
        self.unit.around(day(now)).or_else(own)
    }

    /// As DescribeBudget shows it. What was spent of a budget that is not evaluated here is not known, and not shown.
    pub(super) fn show(&self) -> Document {
        let amount = |amount: &str| {
            Document::structure([
                ("Amount", Document::from(amount)),
                ("Unit", Document::from(&self.limit.unit)),
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
            ("BudgetType".to_owned(), Document::from(&self.kind)),
            ("LastUpdatedTime".to_owned(), Document::from(self.updated)),
        ]);
        if self.unevaluated.is_none() {
            members.insert("CalculatedSpend".to_owned(), spend);
        }
        if let Some(limit) = &self.limit.shown {
            members.insert("BudgetLimit".to_owned(), amount(limit));
        }
        if let Some(adjustment) = self.limit.adjustment() {
            members.insert("AutoAdjustData".to_owned(), adjustment);
        }
        members.extend(self.kept.clone());
        Document::Structure(members)
    }
}
