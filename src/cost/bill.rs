use rust_decimal::Decimal;

use super::{Allowances, Certainty, Item, PriceError, PriceList, Usd};

/// One thing that is paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is, in the words of whoever asks: `log ingestion, /ecs/app`.
    pub what: String,
    /// AWS's service.
    pub service: String,
    /// The row of the price list.
    pub item: String,
    /// How much of it, in the unit of the row before any scale: bytes are gigabytes, requests are requests.
    pub quantity: Decimal,
    /// The row's unit.
    pub unit: String,
    /// What is paid, unrounded.
    pub amount: Usd,
    /// How sure the price is.
    pub certainty: Certainty,
}

/// What is paid for, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// In the order in which they were added.
    pub lines: Vec<Line>,
}

impl Bill {
    /// Adds `quantity` of `item`. Lines of nothing are kept: they show that it was thought of.
    ///
    /// # Errors
    ///
    /// A price that the list does not have.
    pub fn add(
        &mut self,
        list: &PriceList,
        item: &Item,
        what: impl Into<String>,
        quantity: Decimal,
        allowances: Allowances,
    ) -> Result<Usd, PriceError> {
        self.add_above(list, item, what, (Decimal::ZERO, quantity), allowances)
    }

    /// The same where `before` of it is paid by other lines: the quantity falls into the tiers above it, and an
    /// allowance that is used up is not taken off again.
    ///
    /// # Errors
    ///
    /// A price that the list does not have.
    pub fn add_above(
        &mut self,
        list: &PriceList,
        item: &Item,
        what: impl Into<String>,
        (before, quantity): (Decimal, Decimal),
        allowances: Allowances,
    ) -> Result<Usd, PriceError> {
        let price = list.price(item)?;
        let amount = price.cost_between(before, before + quantity, allowances);
        self.lines.push(Line {
            what: what.into(),
            service: price.service.clone(),
            item: price.item.clone(),
            quantity,
            unit: price.unit.clone(),
            amount,
            certainty: price.certainty,
        });
        Ok(amount)
    }

    /// The exact sum.
    pub fn total(&self) -> Usd {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// The sum of the lines rounded to cents, as a bill adds up.
    pub fn rounded_total(&self) -> Usd {
        self.lines.iter().map(|line| line.amount.to_cents()).sum()
    }

    /// The lines whose prices are not confirmed.
    pub fn doubtful(&self) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(|line| line.certainty != Certainty::Confirmed && !line.amount.is_zero())
    }
}
