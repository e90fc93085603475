use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Anomaly, Dimension, Monitor};

/// A quantity that Cost Explorer adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Commitments spread over what they pay for.
    AmortizedCost,
    /// At the average rate of the organisation.
    BlendedCost,
    /// Amortised, after discounts.
    NetAmortizedCost,
    /// As charged, after discounts.
    NetUnblendedCost,
    /// Usage in normalised instance sizes.
    NormalizedUsageAmount,
    /// As charged.
    UnblendedCost,
    /// How much was used.
    UsageQuantity,
}

/// Measure, name in GetCostAndUsage, name in GetCostForecast.
const MEASURES: &[(Measure, &str, &str)] = &[
    (Measure::AmortizedCost, "AmortizedCost", "AMORTIZED_COST"),
    (Measure::BlendedCost, "BlendedCost", "BLENDED_COST"),
    (
        Measure::NetAmortizedCost,
        "NetAmortizedCost",
        "NET_AMORTIZED_COST",
    ),
    (
        Measure::NetUnblendedCost,
        "NetUnblendedCost",
        "NET_UNBLENDED_COST",
    ),
    (
        Measure::NormalizedUsageAmount,
        "NormalizedUsageAmount",
        "NORMALIZED_USAGE_AMOUNT",
    ),
    (Measure::UnblendedCost, "UnblendedCost", "UNBLENDED_COST"),
    (Measure::UsageQuantity, "UsageQuantity", "USAGE_QUANTITY"),
];

impl Measure {
    /// By the name that GetCostAndUsage takes.
    pub fn parse(name: &str) -> Option<Self> {
        let found = MEASURES.iter().find(|entry| entry.1 == name);
        found.map(|entry| entry.0)
    }

    /// By the name that GetCostForecast takes.
    pub fn parse_constant(name: &str) -> Option<Self> {
        let found = MEASURES.iter().find(|entry| entry.2 == name);
        found.map(|entry| entry.0)
    }

    /// The name that GetCostAndUsage answers.
    pub fn name(self) -> &'static str {
        let found = MEASURES.iter().find(|entry| entry.0 == self);
        found.map_or("", |entry| entry.1)
    }

    /// All names that GetCostAndUsage takes.
    pub fn names() -> String {
        let names: Vec<&str> = MEASURES.iter().map(|entry| entry.1).collect();
        names.join(", ")
    }

    /// Whether it is counted in dollars.
    pub fn is_money(self) -> bool {
        !matches!(self, Self::NormalizedUsageAmount | Self::UsageQuantity)
    }
}

/// One charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostLine {
    /// The day (UTC) on which its period begins.
    pub day: Date,
    /// The hour, where the period is no longer than one.
    pub hour: Option<i8>,
    /// What it was charged for.
    pub dimensions: BTreeMap<Dimension, String>,
    /// Cost allocation tags.
    pub tags: BTreeMap<String, String>,
    /// Cost categories.
    pub categories: BTreeMap<String, String>,
    /// What the export says; a measure that it does not carry is absent.
    pub measures: BTreeMap<Measure, Decimal>,
    /// The unit of the usage; empty where there is none.
    pub unit: String,
    /// Metered here and not billed.
    pub estimated: bool,
}

/// All lines that were read.
#[derive(Clone, Debug, Default)]
pub struct CostStore {
    lines: Vec<CostLine>,
    /// Files already read or names of meters.
    pub sources: Vec<String>,
    /// What monitors found, as it was written down.
    pub anomalies: Vec<Anomaly>,
    /// Who found it.
    pub monitors: Vec<Monitor>,
    /// Names of linked accounts, by their ids.
    pub accounts: BTreeMap<String, String>,
}

impl CostStore {
    /// Every line.
    pub fn lines(&self) -> &[CostLine] {
        &self.lines
    }

    /// Adds lines.
    pub fn extend(&mut self, lines: impl IntoIterator<Item = CostLine>) {
        self.lines.extend(lines);
    }

    /// Takes out what was metered, so that a meter can write its newest sums.
    pub fn forget_estimates(&mut self) {
        self.lines.retain(|line| !line.estimated);
    }

    /// Whether any line of these carries `measure` not.
    pub fn lacks<'l>(lines: impl IntoIterator<Item = &'l CostLine>, measure: Measure) -> bool {
        let mut lines = lines.into_iter();
        lines.any(|line| !line.measures.contains_key(&measure))
    }

    /// Every tag key.
    pub fn tag_keys(&self) -> BTreeSet<&str> {
        let keys = self.lines.iter().flat_map(|line| line.tags.keys());
        keys.map(String::as_str).collect()
    }
}
