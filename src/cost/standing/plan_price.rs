use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Class, Count, charges};
use crate::cost::prices::item;
use crate::cost::{Allowances, Certainty, PriceError, PriceList, Usd};
use crate::provision::{Plan, Resource};

/// What a plan changes of one class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Of what.
    pub class: Class,
    /// How many more; fewer where negative.
    pub count: i64,
    /// What they cost a month, by list price, in the tier they fall in.
    pub amount: Usd,
    /// How sure the price is.
    pub certainty: Certainty,
}

/// What the query of a log alarm scans, where a plan changes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmScans {
    /// The alarm.
    pub alarm: String,
    /// Hours of its log groups a month, before; none where the alarm is new.
    pub before: Decimal,
    /// After; none where it goes.
    pub after: Decimal,
    /// Of a gigabyte.
    pub price: Usd,
    /// How sure the price is.
    pub certainty: Certainty,
}

impl AlarmScans {
    /// `log alarm `a` scans 2160 hours of its log groups a month, at $0.005 a GB: …`.
    pub fn told(&self) -> String {
        let Self {
            alarm,
            before,
            after,
            ..
        } = self;
        let change = match before.is_zero() {
            true => String::new(),
            false => format!(", {before} before"),
        };
        let price = format!("${}{}", self.price.dollars(), self.certainty.mark());
        format!(
            "log alarm `{alarm}` scans {after} hours of its log groups a month{change}, at {price} a GB: not counted, \
             needs a rate (`belfry estimate` takes one)"
        )
    }
}

/// What a plan changes of a month's bill, by what is there and not by what is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPrice {
    /// Where the prices hold.
    pub region: String,
    /// Their newest day.
    pub as_of: String,
    /// What becomes more or less.
    pub parts: Vec<Part>,
    /// The suite's resources as they are.
    pub before: Usd,
    /// As they will be.
    pub after: Usd,
    /// As they will be, in an account whose free allowances nothing else uses.
    pub after_allowances: Usd,
    /// Log alarms whose scans become more or less: they need a rate, which a plan does not have.
    pub scans: Vec<AlarmScans>,
    /// What cannot be told, and metrics whose number depends on what is logged.
    pub unknown: Vec<String>,
}

impl PlanPrice {
    /// The price of `plan` by `list`.
    ///
    /// # Errors
    ///
    /// A price that the list lacks.
    pub fn of(plan: &Plan, list: &PriceList) -> Result<Self, PriceError> {
        let before = counted(plan, |change| change.before.as_ref());
        let after = counted(plan, |change| change.after.as_ref());
        let mut parts = Vec::new();
        for class in Class::all() {
            parts.extend(part(list, class, &before, &after)?);
        }
        let unknown = after.unknown().map(str::to_owned);
        let varying = after.varying().map(|metric| {
            format!("metric `{metric}`: one for each combination of values, counted once")
        });
        Ok(Self {
            region: list.region().to_owned(),
            as_of: list.as_of().to_owned(),
            parts,
            scans: scans(list, &before, &after)?,
            before: before.monthly(list, Allowances::Used)?,
            after: after.monthly(list, Allowances::Used)?,
            after_allowances: after.monthly(list, Allowances::Free)?,
            unknown: unknown.chain(varying).collect(),
        })
    }

    /// `+2 alarm metrics +$0.20, -1 dashboard -$3.00`; nothing where nothing changes.
    pub fn changes(&self) -> Option<String> {
        let parts = self.parts.iter().map(|part| {
            let sign = if part.count > 0 { "+" } else { "" };
            let counted = part.class.counted(part.count);
            let mark = part.certainty.mark();
            let amount = part.amount;
            format!("{sign}{counted} {amount}{mark}")
        });
        let scans = match self.scans.as_slice() {
            [] => None,
            [one] => Some(format!(
                "scans of log alarm `{}` not counted: need a rate",
                one.alarm
            )),
            several => Some(format!(
                "scans of {} log alarms not counted: need a rate",
                several.len()
            )),
        };
        let parts: Vec<String> = parts.chain(scans).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// For machines; amounts are decimal texts.
    pub fn json(&self) -> Value {
        let amount = |usd: Usd| usd.dollars().normalize().to_string();
        let parts: Vec<Value> = self
            .parts
            .iter()
            .map(|part| {
                json!({
                    "item": part.class.item().name,
                    "count": part.count,
                    "amount": amount(part.amount),
                    "certainty": part.certainty.name(),
                })
            })
            .collect();
        json!({
            "currency": "USD",
            "region": self.region,
            "as_of": self.as_of,
            "changes": parts,
            "scans": self.scans.iter().map(|scan| json!({
                "alarm": scan.alarm,
                "hours_before": scan.before.normalize().to_string(),
                "hours_after": scan.after.normalize().to_string(),
                "price_per_gb": amount(scan.price),
                "certainty": scan.certainty.name(),
                "counted": false,
            })).collect::<Vec<_>>(),
            "before": amount(self.before),
            "after": amount(self.after),
            "after_free_tier": amount(self.after_allowances),
            "unknown": self.unknown,
        })
    }
}

fn counted<'p>(
    plan: &'p Plan,
    side: impl Fn(&'p crate::provision::Change) -> Option<&'p Resource>,
) -> Count {
    let changing = plan.changes.iter().filter_map(side);
    plan.steady
        .iter()
        .chain(changing)
        .flat_map(charges)
        .collect()
}

/// Log alarms that scan more or less than before.
fn scans(list: &PriceList, before: &Count, after: &Count) -> Result<Vec<AlarmScans>, PriceError> {
    let names = before.scans().keys().chain(after.scans().keys());
    let names: BTreeSet<&String> = names.collect();
    let hours = |count: &Count, name: &String| count.scans().get(name).copied().unwrap_or_default();
    let changed = names
        .into_iter()
        .filter(|name| hours(before, name) != hours(after, name));
    let scans = changed.map(|name| {
        let price = list.price(&item::ALARM_LOG_SCAN)?;
        Ok(AlarmScans {
            alarm: name.clone(),
            before: hours(before, name),
            after: hours(after, name),
            price: price.first_paid(),
            certainty: price.certainty,
        })
    });
    scans.collect()
}

fn part(
    list: &PriceList,
    class: Class,
    before: &Count,
    after: &Count,
) -> Result<Option<Part>, PriceError> {
    let (before, after) = (before.of(class), after.of(class));
    if before == after {
        return Ok(None);
    }
    let price = list.price(class.item())?;
    let amount = price.cost_between(
        Decimal::from(before),
        Decimal::from(after),
        Allowances::Used,
    );
    let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(Some(Part {
        class,
        count: whole(after).saturating_sub(whole(before)),
        amount,
        certainty: price.certainty,
    }))
}
