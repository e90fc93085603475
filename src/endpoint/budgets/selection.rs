use std::collections::BTreeMap;

use belfry_engine::base::Millis;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::read::{cost_types, moment};
use super::refusals::invalid;
use crate::cost::store::{CostLine, CostStore, Dimension, Measure};
use crate::endpoint::ce::{Expression, Wanted};
use crate::endpoint::{Document, Fault, Input};

/// Which costs, or which usage, a budget counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Selection {
    measure: Measure,
    /// Of a budget of usage: the unit that is added up.
    unit: Option<String>,
    /// Record types that are left out.
    without: Vec<&'static str>,
    /// All must hold.
    filters: Vec<Expression>,
}

/// Keys of CostFilters and the dimensions they stand for.
const FILTERS: &[(&str, Dimension)] = &[
    ("AZ", Dimension::Az),
    ("BillingEntity", Dimension::BillingEntity),
    ("InstanceType", Dimension::InstanceType),
    ("InvoicingEntity", Dimension::InvoicingEntity),
    ("LegalEntityName", Dimension::LegalEntityName),
    ("LinkedAccount", Dimension::LinkedAccount),
    ("Operation", Dimension::Operation),
    ("PurchaseType", Dimension::PurchaseType),
    ("Region", Dimension::Region),
    ("Service", Dimension::Service),
    ("UsageType", Dimension::UsageType),
];
/// Keys of CostFilters that are taken, and why a budget with them is not evaluated here.
const NOT_EVALUATED: &[(&str, &str)] = &[(
    "UsageTypeGroup",
    "AWS does not publish which usage types a group of `UsageTypeGroup` holds",
)];
/// Keys of CostFilters whose values are `NAME$VALUE`.
const PAIRED: &[&str] = &["TagKeyValue", "CostCategory"];

/// Cost types that leave out a record type where they are false. Which lines the others leave out AWS does not say.
const LEFT_OUT: &[(&str, &str)] = &[
    ("IncludeTax", "Tax"),
    ("IncludeCredit", "Credit"),
    ("IncludeRefund", "Refund"),
];
/// Record types that are usage.
const USAGE: &[&str] = &["Usage", "DiscountedUsage", "SavingsPlanCoveredUsage"];

const METRICS: &[&str] = &[
    "BlendedCost",
    "UnblendedCost",
    "AmortizedCost",
    "NetUnblendedCost",
    "NetAmortizedCost",
    "UsageQuantity",
    "NormalizedUsageAmount",
    "Hours",
];

/// A selection, or why the budget is kept and not evaluated here.
pub(super) type Selected = Result<Selection, String>;

impl Selection {
    /// `CostFilters` and `CostTypes`, or `FilterExpression` and `Metrics`.
    pub(super) fn read(input: &Input<'_>, kind: &str, unit: &str) -> Result<Selected, Fault> {
        let old = input.has("CostFilters") || input.has("CostTypes");
        let new = input.has("FilterExpression") || input.has("Metrics");
        if old && new {
            return Err(invalid(
                "CostFilters and CostTypes, or FilterExpression and Metrics, but not both",
            ));
        }
        if new && (!input.has("FilterExpression") || !input.has("Metrics")) {
            return Err(invalid("FilterExpression and Metrics come together"));
        }
        let mut selection = Self {
            measure: Measure::UnblendedCost,
            unit: None,
            without: Vec::new(),
            filters: Vec::new(),
        };
        let mut reasons = Vec::new();
        reasons.extend(selection.read_kind(kind, unit).err());
        if let Some(metric) = metric(input)? {
            reasons.extend(selection.read_metric(metric).err());
        }
        if kind == "COST" && !new {
            reasons.extend(selection.read_types(input)?.err());
        }
        reasons.extend(selection.read_filters(input)?.err());
        if let Some(expression) = input.structure("FilterExpression")? {
            selection.filters.push(Expression::of(&expression, 0)?);
        }
        Ok(match reasons.into_iter().next() {
            None => Ok(selection),
            Some(reason) => Err(reason),
        })
    }

    fn read_kind(&mut self, kind: &str, unit: &str) -> Result<(), String> {
        match kind {
            "COST" => Ok(()),
            "USAGE" => {
                self.measure = Measure::UsageQuantity;
                self.unit = Some(unit.to_owned());
                Ok(())
            }
            _ => Err(format!(
                "a budget of type {kind} needs reservations or Savings Plans, which cost exports do not list"
            )),
        }
    }

    fn read_metric(&mut self, metric: &str) -> Result<(), String> {
        let measure = Measure::parse(metric);
        let fits = |measure: &Measure| match self.unit {
            None => measure.is_money(),
            Some(_) => *measure == Measure::UsageQuantity,
        };
        self.measure = measure.filter(fits).ok_or_else(|| {
            format!("its metric `{metric}` is not added up by budgets of its type here")
        })?;
        Ok(())
    }

    fn read_types(&mut self, input: &Input<'_>) -> Result<Result<(), String>, Fault> {
        let types = cost_types(input)?;
        let mut left_out = Vec::new();
        for (name, value) in types {
            let record = LEFT_OUT.iter().find(|(other, _)| *other == name);
            match (name, value, record) {
                ("UseAmortized", true, _) => self.measure = Measure::AmortizedCost,
                ("UseBlended", true, _) => self.measure = Measure::BlendedCost,
                ("UseAmortized" | "UseBlended", false, _) | (_, true, _) => {}
                (_, false, Some((_, record))) => self.without.push(record),
                (_, false, None) => left_out.push(name),
            }
        }
        Ok(match left_out.first() {
            None => Ok(()),
            Some(name) => Err(format!(
                "AWS does not publish which charges `{name}` leaves out"
            )),
        })
    }

    fn read_filters(&mut self, input: &Input<'_>) -> Result<Result<(), String>, Fault> {
        let Some(filters) = input.structure("CostFilters")? else {
            return Ok(Ok(()));
        };
        let members = input.get("CostFilters").and_then(Document::members);
        let mut reason = Ok(());
        for key in members.into_iter().flat_map(|members| members.keys()) {
            let values = filters.strings(key)?;
            if values.is_empty() {
                return Err(invalid(format!("CostFilters `{key}` has no values")));
            }
            let not = NOT_EVALUATED.iter().find(|(other, _)| other == key);
            if let Some((_, why)) = not {
                reason = Err((*why).to_owned());
            } else if PAIRED.contains(&key.as_str()) {
                let pairs = values.iter().map(|value| pair(key, value));
                let pairs = pairs.collect::<Result<Vec<_>, Fault>>()?;
                self.filters.push(Expression::Or(pairs));
            } else {
                let values = values.into_iter().map(str::to_owned).collect();
                let filter = Expression::Dimension(dimension(key)?, values);
                self.filters.push(filter);
            }
        }
        Ok(reason)
    }

    /// What each day from `start` to before `end` cost or used, as far as it is known at `now`: a day's charges when
    /// the day is over, an hour's when the hour is, metered ones at once.
    ///
    /// # Errors
    ///
    /// Where the costs do not carry what the budget counts by.
    pub(super) fn days(
        &self,
        store: &CostStore,
        start: Date,
        end: Date,
        now: Millis,
    ) -> Result<Vec<(Date, Decimal)>, String> {
        self.carried(store)?;
        let mut days: BTreeMap<Date, Decimal> = BTreeMap::new();
        let lines = store.lines().iter();
        let lines = lines.filter(|line| (start..end).contains(&line.day));
        for line in lines.filter(|line| known_at(line) <= now && self.holds(line)) {
            let amount = line.measures.get(&self.measure).copied();
            let amount = amount.ok_or_else(|| {
                format!(
                    "the costs here do not carry {} of all lines",
                    self.measure.name()
                )
            })?;
            self.check_unit(line, amount)?;
            *days.entry(line.day).or_default() += amount;
        }
        Ok(days.into_iter().collect())
    }

    /// Where no line carries a dimension, that a line lacks it says nothing.
    fn carried(&self, store: &CostStore) -> Result<(), String> {
        let asked = self.filters.iter().flat_map(Expression::dimensions);
        let records = (!self.without.is_empty()).then_some(Dimension::RecordType);
        for dimension in asked.chain(records) {
            let mut lines = store.lines().iter();
            let is_carried = lines.any(|line| line.dimensions.contains_key(&dimension));
            if !is_carried && !store.lines().is_empty() {
                return Err(format!("the costs here do not carry {}", dimension.name()));
            }
        }
        Ok(())
    }

    fn check_unit(&self, line: &CostLine, amount: Decimal) -> Result<(), String> {
        match &self.unit {
            Some(unit) if !amount.is_zero() && !unit.eq_ignore_ascii_case(&line.unit) => {
                Err(format!(
                    "usage in `{}` is among what it counts, and its limit is in `{unit}`",
                    line.unit
                ))
            }
            _ => Ok(()),
        }
    }

    fn holds(&self, line: &CostLine) -> bool {
        let record = line
            .dimensions
            .get(&Dimension::RecordType)
            .map_or("", String::as_str);
        let is_of_kind = self.unit.is_none() || USAGE.contains(&record);
        is_of_kind
            && !self.without.contains(&record)
            && self.filters.iter().all(|filter| filter.holds(line))
    }
}

/// Why a budget with a filter of this name is kept and not evaluated here, whatever the costs carry; nothing for others.
pub fn not_evaluated(filter: &str) -> Option<&'static str> {
    let found = NOT_EVALUATED.iter().find(|(name, _)| *name == filter);
    found.map(|(_, reason)| *reason)
}

/// `Metrics`: one at most.
fn metric<'a>(input: &Input<'a>) -> Result<Option<&'a str>, Fault> {
    let metrics = input.strings("Metrics")?;
    match metrics.as_slice() {
        [] => Ok(None),
        [metric] if METRICS.contains(metric) => Ok(Some(metric)),
        [metric] => {
            let set = format!(
                "Member must satisfy enum value set: [{}]",
                METRICS.join(", ")
            );
            Err(input.constraint("Metrics", metric, &set))
        }
        _ => Err(invalid("Metrics holds one metric")),
    }
}

fn dimension(key: &str) -> Result<Dimension, Fault> {
    let found = FILTERS.iter().find(|(other, _)| *other == key);
    found.map(|(_, dimension)| *dimension).ok_or_else(|| {
        let known = FILTERS.iter().map(|(name, _)| *name);
        let known = known.chain(PAIRED.iter().copied());
        let known = known.chain(NOT_EVALUATED.iter().map(|(name, _)| *name));
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        invalid(format!(
            "`{key}` is no filter of CostFilters that is known here; expected one of {}",
            known.join(", ")
        ))
    })
}

/// `user:team$fraud`, a tag that a person made, or `Team$Fraud`, a cost category.
fn pair(filter: &str, text: &str) -> Result<Expression, Fault> {
    let split = text.split_once('$').filter(|(key, _)| !key.is_empty());
    let Some((key, value)) = split else {
        return Err(invalid(format!(
            "`{text}` is no value of `{filter}`; expected NAME$VALUE, for tags user:NAME$VALUE"
        )));
    };
    let wanted = Wanted::Values(vec![value.to_owned()]);
    Ok(match filter {
        "CostCategory" => Expression::Category(key.to_owned(), wanted),
        _ => {
            let own = key.strip_prefix("user:").unwrap_or(key);
            Expression::Tag(own.to_owned(), wanted)
        }
    })
}

fn known_at(line: &CostLine) -> Millis {
    if line.estimated {
        return Millis(i64::MIN);
    }
    let day = moment(line.day).0;
    Millis(match line.hour {
        Some(hour) => day + (i64::from(hour) + 1) * 3_600_000,
        None => day + 24 * 3_600_000,
    })
}
