use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::cost::store::{CostLine, CostStore, Measure};
use crate::endpoint::{Document, Fault, Input};

/// Measures added up.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    amounts: BTreeMap<Measure, Decimal>,
    units: BTreeSet<String>,
}

impl Sums {
    pub(super) fn add(&mut self, line: &CostLine, measures: &[Measure]) {
        for measure in measures {
            let amount = line.measures.get(measure).copied().unwrap_or_default();
            *self.amounts.entry(*measure).or_default() += amount;
        }
        if !line.unit.is_empty() {
            self.units.insert(line.unit.clone());
        }
    }

    /// `{UnblendedCost: {Amount, Unit}}`. Usage of several units, or of none, has the unit `N/A`.
    pub(super) fn document(&self, measures: &[Measure]) -> Document {
        let entries = measures.iter().map(|measure| {
            let amount = self.amounts.get(measure).copied().unwrap_or_default();
            let unit = match (measure.is_money(), self.units.len()) {
                (true, _) => "USD",
                (false, 1) => self.units.first().map_or("N/A", String::as_str),
                (false, _) => "N/A",
            };
            let value =
                Document::structure([("Amount", text(amount).into()), ("Unit", unit.into())]);
            (measure.name(), value)
        });
        Document::map(entries)
    }
}

/// At most ten decimals, as Cost Explorer writes amounts.
pub(super) fn text(amount: Decimal) -> String {
    let rounded = amount.round_dp(10).normalize();
    if rounded.is_zero() {
        "0".to_owned()
    } else {
        rounded.to_string()
    }
}

/// The member `Metrics`.
pub(super) fn measures(input: &Input<'_>) -> Result<Vec<Measure>, Fault> {
    let names = input.strings("Metrics")?;
    if names.is_empty() {
        return Err(input.missing("Metrics"));
    }
    let mut measures = Vec::new();
    for name in names {
        let Some(measure) = Measure::parse(name) else {
            let known = Measure::names();
            return Err(input.invalid(format!(
                "`{name}` is no metric of costs; expected one of {known}"
            )));
        };
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    Ok(measures)
}

/// Refuses a measure that some of these lines do not carry: their sum would be too small.
pub(super) fn carried(lines: &[&CostLine], measures: &[Measure]) -> Result<(), Fault> {
    for measure in measures {
        if CostStore::lacks(lines.iter().copied(), *measure) {
            let name = measure.name();
            let message = format!(
                "the cost exports of this account do not carry {name} for all lines asked for"
            );
            return Err(Fault::new("DataUnavailableException", message));
        }
    }
    Ok(())
}
