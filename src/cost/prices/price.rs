use std::fmt;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::cost::Usd;

/// How well a price is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Two sources or more agree.
    Confirmed,
    /// One source.
    SingleSource,
    /// Sources disagree, or it was inferred.
    Uncertain,
}

impl Certainty {
    /// As the list writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::SingleSource => "single-source",
            Self::Uncertain => "uncertain",
        }
    }

    /// What stands behind an amount of such a price: nothing, ` (single source)`, ` (uncertain)`.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Confirmed => "",
            Self::SingleSource => " (single source)",
            Self::Uncertain => " (uncertain)",
        }
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether a month's free allowances are taken off. They belong to the account, so that a second suite in it finds
/// them used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Allowances {
    /// Everything is paid.
    #[default]
    Used,
    /// The account has used none of them.
    Free,
}

/// A price up to a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    /// In the row's unit, counted from the first; nothing for the last tier.
    pub up_to: Option<Decimal>,
    /// For one unit.
    pub price: Usd,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// `CloudWatch Logs`.
    pub service: String,
    /// `Logs Insights query`.
    pub item: String,
    /// `1,000 requests`.
    pub unit: String,
    /// How many make a unit: 1,000.
    pub per: Decimal,
    /// Rising; none for what is sold in parts only.
    pub tiers: Vec<Tier>,
    /// The free allowance, as the list says it.
    pub free: String,
    /// Whether the first tier is that allowance.
    pub free_in_tiers: bool,
    /// What is free a month, where it is not in the tiers and calculators know it.
    pub allowance: Option<Decimal>,
    /// `us-east-1`.
    pub region: String,
    /// The newest day for which it is sourced.
    pub as_of: String,
    /// Codes of the sources.
    pub sources: Vec<String>,
    /// How well it is known.
    pub certainty: Certainty,
    /// What else is to be known.
    pub note: String,
}

impl Price {
    /// What `quantity` (single requests, gigabytes, metrics) costs in one month.
    pub fn cost(&self, quantity: Decimal, allowances: Allowances) -> Usd {
        self.cost_between(Decimal::ZERO, quantity, allowances)
    }

    /// What it costs to go from `before` to `after` in one month: a change pays the tier it falls in. Negative
    /// where it becomes less.
    pub fn cost_between(&self, before: Decimal, after: Decimal, allowances: Allowances) -> Usd {
        self.graduated(after, allowances) - self.graduated(before, allowances)
    }

    /// The price of the first unit that is paid.
    pub fn first_paid(&self) -> Usd {
        let paid = self.tiers.iter().find(|tier| !tier.price.is_zero());
        paid.map_or(Usd::ZERO, |tier| tier.price)
    }

    fn graduated(&self, quantity: Decimal, allowances: Allowances) -> Usd {
        let quantity = quantity / self.per;
        let allowance = self.allowance.unwrap_or_default() / self.per;
        let (from, to) = match (allowances, self.free_in_tiers) {
            (Allowances::Used, true) => {
                let free = self.free_tier();
                (free, quantity + free)
            }
            (Allowances::Used, false) | (Allowances::Free, true) => (Decimal::ZERO, quantity),
            // The tiers count what is paid: the allowance comes before them.
            (Allowances::Free, false) => (Decimal::ZERO, (quantity - allowance).max(Decimal::ZERO)),
        };
        let mut lower = Decimal::ZERO;
        let mut cost = Usd::ZERO;
        for tier in &self.tiers {
            let upper = tier.up_to.map_or(to, |bound| bound.min(to));
            let part = upper - lower.max(from);
            if part > Decimal::ZERO {
                cost += tier.price * part;
            }
            lower = upper.max(lower);
        }
        cost
    }

    /// Where the tiers of nothing end.
    fn free_tier(&self) -> Decimal {
        let free = self.tiers.iter().take_while(|tier| tier.price.is_zero());
        free.filter_map(|tier| tier.up_to)
            .last()
            .unwrap_or_default()
    }
}
