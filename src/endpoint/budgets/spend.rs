use std::collections::BTreeMap;

use belfry_engine::base::Millis;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use crate::cost::store::{CostLine, CostStore, Dimension, Measure};
use crate::endpoint::{Document, Members};

/// Which costs a budget counts.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    measure: Measure,
    /// Record types that are left out.
    without: Vec<&'static str>,
    /// Dimension or tag, and its values.
    filters: Vec<(Filter, Vec<String>)>,
}

#[derive(Clone, Debug)]
enum Filter {
    Dimension(Dimension),
    Tag,
}

/// Keys of CostFilters and what they stand for.
const FILTERS: &[(&str, Filter)] = &[
    ("Service", Filter::Dimension(Dimension::Service)),
    ("LinkedAccount", Filter::Dimension(Dimension::LinkedAccount)),
    ("Region", Filter::Dimension(Dimension::Region)),
    ("UsageType", Filter::Dimension(Dimension::UsageType)),
    ("Operation", Filter::Dimension(Dimension::Operation)),
    ("AZ", Filter::Dimension(Dimension::Az)),
    ("InstanceType", Filter::Dimension(Dimension::InstanceType)),
    ("PurchaseType", Filter::Dimension(Dimension::PurchaseType)),
    (
        "LegalEntityName",
        Filter::Dimension(Dimension::LegalEntityName),
    ),
    (
        "InvoicingEntity",
        Filter::Dimension(Dimension::InvoicingEntity),
    ),
    ("BillingEntity", Filter::Dimension(Dimension::BillingEntity)),
    ("TagKeyValue", Filter::Tag),
];

/// Cost types that leave out a record type where they are false; all others must be as AWS sets them.
const LEFT_OUT: &[(&str, &str)] = &[
    ("IncludeTax", "Tax"),
    ("IncludeCredit", "Credit"),
    ("IncludeRefund", "Refund"),
];

impl Selection {
    /// From what the budget keeps; nothing where it says more than is understood here.
    pub(super) fn of(kept: &Members) -> Option<Self> {
        let is_foreign = ["PlannedBudgetLimits", "AutoAdjustData", "FilterExpression"];
        if is_foreign.iter().any(|name| kept.contains_key(*name)) {
            return None;
        }
        let mut selection = Self {
            measure: Measure::UnblendedCost,
            without: Vec::new(),
            filters: Vec::new(),
        };
        if let Some(Document::List(metrics)) = kept.get("Metrics") {
            selection.measure = match metrics.as_slice() {
                [Document::String(name)] => {
                    Measure::parse(name).filter(|measure| measure.is_money())?
                }
                _ => return None,
            };
        }
        if let Some(types) = kept.get("CostTypes").and_then(Document::members) {
            selection.read_types(types)?;
        }
        if let Some(filters) = kept.get("CostFilters").and_then(Document::members) {
            selection.read_filters(filters)?;
        }
        Some(selection)
    }

    fn read_types(&mut self, types: &Members) -> Option<()> {
        for (name, value) in types {
            let Document::Bool(value) = value else {
                continue;
            };
            let left_out = LEFT_OUT.iter().find(|(other, _)| other == name);
            match (name.as_str(), value, left_out) {
                ("UseAmortized", true, _) => self.measure = Measure::AmortizedCost,
                ("UseBlended", true, _) => self.measure = Measure::BlendedCost,
                ("UseAmortized" | "UseBlended", false, _) | (_, true, _) => {}
                (_, false, Some((_, record))) => self.without.push(record),
                (_, false, None) => return None,
            }
        }
        Some(())
    }

    fn read_filters(&mut self, filters: &Members) -> Option<()> {
        for (name, values) in filters {
            let (_, filter) = FILTERS.iter().find(|(other, _)| other == name)?;
            let Document::List(values) = values else {
                return None;
            };
            let values = values.iter().map(|value| match value {
                Document::String(text) => Some(text.clone()),
                _ => None,
            });
            self.filters
                .push((filter.clone(), values.collect::<Option<_>>()?));
        }
        Some(())
    }

    /// The cost of each day from `start` to before `end`, as far as it is known at `now`: a day's charges when the day
    /// is over, an hour's when the hour is, metered ones at once. Nothing where a line does not carry the measure.
    pub(super) fn days(
        &self,
        store: &CostStore,
        start: Date,
        end: Date,
        now: Millis,
    ) -> Option<Vec<(Date, Decimal)>> {
        let mut days: BTreeMap<Date, Decimal> = BTreeMap::new();
        let lines = store
            .lines()
            .iter()
            .filter(|line| (start..end).contains(&line.day));
        for line in lines.filter(|line| known_at(line) <= now && self.holds(line)) {
            *days.entry(line.day).or_default() += *line.measures.get(&self.measure)?;
        }
        Some(days.into_iter().collect())
    }

    fn holds(&self, line: &CostLine) -> bool {
        let record = line
            .dimensions
            .get(&Dimension::RecordType)
            .map_or("", String::as_str);
        let fits = |(filter, values): &(Filter, Vec<String>)| match filter {
            Filter::Dimension(dimension) => line
                .dimensions
                .get(dimension)
                .is_some_and(|value| values.contains(value)),
            // `user:team$fraud`: a tag that a person made.
            Filter::Tag => values.iter().any(|wanted| {
                let wanted = wanted.strip_prefix("user:").unwrap_or(wanted);
                let pair = wanted.split_once('$');
                pair.is_some_and(|(key, value)| {
                    line.tags.get(key).is_some_and(|found| found == value)
                })
            }),
        };
        !self.without.contains(&record) && self.filters.iter().all(fits)
    }
}

fn known_at(line: &CostLine) -> Millis {
    if line.estimated {
        return Millis(i64::MIN);
    }
    let day = start(line.day).0;
    Millis(match line.hour {
        Some(hour) => day + (i64::from(hour) + 1) * 3_600_000,
        None => day + 24 * 3_600_000,
    })
}

/// The running period: its first day, and the day behind its last.
pub(super) fn period_of(time_unit: &str, today: Date) -> Option<(Date, Date)> {
    let month = today.first_of_month();
    let months = |from: Date, count: i64| from.checked_add(count.months()).ok();
    match time_unit {
        "DAILY" => Some((today, today.tomorrow().ok()?)),
        "MONTHLY" => Some((month, months(month, 1)?)),
        "QUARTERLY" => {
            let first = months(month, -i64::from((today.month() - 1) % 3))?;
            Some((first, months(first, 3)?))
        }
        "ANNUALLY" => Some((today.first_of_year(), months(today.first_of_year(), 12)?)),
        _ => None,
    }
}

/// The first moment of a day, in UTC.
pub(super) fn start(day: Date) -> Millis {
    let zoned = day.to_zoned(TimeZone::UTC);
    Millis(zoned.map_or(0, |at| at.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_begin_where_their_unit_does() {
        let today = date(2026, 11, 21);
        assert_eq!(
            period_of("MONTHLY", today),
            Some((date(2026, 11, 1), date(2026, 12, 1)))
        );
        assert_eq!(
            period_of("QUARTERLY", today),
            Some((date(2026, 10, 1), date(2027, 1, 1)))
        );
        assert_eq!(
            period_of("ANNUALLY", today),
            Some((date(2026, 1, 1), date(2027, 1, 1)))
        );
        assert_eq!(period_of("CUSTOM", today), None);
    }

    #[test]
    fn a_filter_that_is_not_understood_is_no_selection() {
        let filters = |name: &str| {
            let values = Document::List(vec![Document::from("x")]);
            Members::from_iter([("CostFilters".to_owned(), Document::map([(name, values)]))])
        };
        assert!(Selection::of(&filters("Service")).is_some());
        assert!(Selection::of(&filters("UsageTypeGroup")).is_none());
    }
}
