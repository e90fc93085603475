use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::budget::Known;
use super::{Budget, Burn, Burning, Days, Family};
use crate::cost::Usd;
use crate::cost::asked::{CostAnomaly, CostRow, Forecast};

/// What a statement is made of.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Daily costs; keys are service and usage type.
    pub rows: Vec<CostRow>,
    /// The rest of the month, today with it; the reason where nothing is expected.
    pub forecast: Option<Result<Forecast, String>>,
    /// What monitors found.
    pub anomalies: Vec<CostAnomaly>,
    /// The first day asked for.
    pub since: Date,
    /// Only costs with this tag.
    pub tag: Option<(String, String)>,
    /// What the costs are held against.
    pub budgets: Vec<Budget>,
    /// Transactions scored, by day.
    pub scored: BTreeMap<Date, Decimal>,
}

/// A period and what it cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// `month to date`.
    pub name: &'static str,
    /// The first day.
    pub start: Date,
    /// The day behind the last.
    pub end: Date,
    /// What it cost.
    pub amount: Usd,
}

/// One family's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyCost {
    /// Which.
    pub family: Family,
    /// In the order of [`Statement::spans`].
    pub amounts: Vec<Usd>,
    /// The last 30 whole days, oldest first.
    pub days: Vec<Usd>,
}

/// A usage type whose cost of seven days changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Cost Explorer's name.
    pub service: String,
    /// What was used.
    pub usage_type: String,
    /// The seven days before.
    pub before: Usd,
    /// The last seven whole days.
    pub after: Usd,
}

impl Change {
    /// By how much.
    pub fn difference(&self) -> Usd {
        self.after - self.before
    }
}

/// What leadership asks.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The day it is of, UTC; its own costs are not yet all known.
    pub today: Date,
    /// Today, yesterday, seven days, month to date, last month.
    pub spans: Vec<Span>,
    /// Those that cost something.
    pub families: Vec<FamilyCost>,
    /// All of them, the last 30 whole days.
    pub days: Vec<Usd>,
    /// The whole month: what is paid and what is expected; the reason where nothing is expected.
    pub month: Option<Result<Forecast, String>>,
    /// How the budgets are used up.
    pub budgets: Vec<Burning>,
    /// The largest first.
    pub changes: Vec<Change>,
    /// The dearest first.
    pub anomalies: Vec<CostAnomaly>,
    /// What 1,000 scored transactions cost, on each of the last 30 whole days that had any.
    pub unit: Vec<(Date, Usd)>,
    /// Whether any amount was metered locally or is not yet final.
    pub estimated: bool,
}

/// How many days a line of the report shows.
const SHOWN: i64 = 30;
/// How many changes are told.
const MOST_CHANGES: usize = 5;

impl Statement {
    /// As of `today`.
    pub fn of(told: &Told, today: Date) -> Self {
        let mut total = Days::default();
        let mut families: BTreeMap<Family, Days> = BTreeMap::new();
        for row in &told.rows {
            let key = |index: usize| row.keys.get(index).map_or("", String::as_str);
            let family = Family::of(key(0), key(1));
            total.add(row.day, row.amount);
            families.entry(family).or_default().add(row.day, row.amount);
        }
        let spans = spans(&total, today);
        let yesterday = back(today, 1);
        let families = families.into_iter().map(|(family, days)| FamilyCost {
            family,
            amounts: spans
                .iter()
                .map(|span| days.sum(span.start, span.end))
                .collect(),
            days: days.last(yesterday, SHOWN),
        });
        let month = today.first_of_month();
        let spent = total.sum(month, today);
        let so_far = total.on(today);
        let known = Known {
            rows: &told.rows,
            since: told.since,
            tag: told.tag.as_ref(),
        };
        let mut anomalies = told.anomalies.clone();
        anomalies.sort_by(|a, b| b.impact.total_cmp(&a.impact));
        Self {
            today,
            families: families
                .filter(|family| family.amounts.iter().any(|amount| !amount.is_zero()))
                .collect(),
            days: total.last(yesterday, SHOWN),
            month: told
                .forecast
                .clone()
                .map(|forecast| forecast.map(|rest| whole_month(rest, spent, so_far))),
            budgets: told
                .budgets
                .iter()
                .map(|budget| budget.burning(&known, today))
                .collect(),
            changes: changes(&told.rows, today),
            anomalies,
            unit: unit(&total, &told.scored, today),
            estimated: told
                .rows
                .iter()
                .any(|row| row.estimated && !row.amount.is_zero()),
            spans,
        }
    }

    /// How the budget of the month is used up: the first over all costs.
    pub fn burn(&self) -> Option<Burn> {
        let total = self.budgets.iter().find(|one| one.budget.is_total());
        total.and_then(|one| one.burn.clone().ok())
    }

    /// The cost of 1,000 scored transactions over the last seven days that had any, and over the seven before them.
    pub fn unit_trend(&self) -> Option<(Usd, Option<Usd>)> {
        let mean = |days: &[(Date, Usd)]| {
            let count = Decimal::from(days.len());
            let sum: Usd = days.iter().map(|(_, amount)| *amount).sum();
            sum.dollars().checked_div(count).map(Usd::new)
        };
        let (before, last) = self.unit.split_at(self.unit.len().saturating_sub(7));
        let (_, before) = before.split_at(before.len().saturating_sub(7));
        Some((mean(last)?, mean(before)))
    }
}

fn back(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(Date::MIN)
}

fn spans(total: &Days, today: Date) -> Vec<Span> {
    let month = today.first_of_month();
    let tomorrow = today.tomorrow().unwrap_or(today);
    let last_month = back(month, 1).first_of_month();
    let all = [
        ("today so far", today, tomorrow),
        ("yesterday", back(today, 1), today),
        ("last 7 days", back(today, 7), today),
        ("month to date", month, tomorrow),
        ("last month", last_month, month),
    ];
    all.into_iter()
        .map(|(name, start, end)| Span {
            name,
            start,
            end,
            amount: total.sum(start, end),
        })
        .collect()
}

/// A forecast begins today: the days before it are paid already. What today has cost is no less than what remains.
fn whole_month(rest: Forecast, spent: Usd, so_far: Usd) -> Forecast {
    let whole = |rest: Usd| spent + rest.max(so_far);
    Forecast {
        mean: whole(rest.mean),
        lower: whole(rest.lower),
        upper: whole(rest.upper),
        level: rest.level,
    }
}

fn changes(rows: &[CostRow], today: Date) -> Vec<Change> {
    let (middle, first) = (back(today, 7), back(today, 14));
    let mut sums: BTreeMap<(&str, &str), (Usd, Usd)> = BTreeMap::new();
    for row in rows.iter().filter(|row| (first..today).contains(&row.day)) {
        let key = |index: usize| row.keys.get(index).map_or("", String::as_str);
        let (before, after) = sums.entry((key(0), key(1))).or_default();
        *(if row.day < middle { before } else { after }) += row.amount;
    }
    let changes = sums
        .into_iter()
        .map(|((service, usage_type), (before, after))| Change {
            service: service.to_owned(),
            usage_type: usage_type.to_owned(),
            before,
            after,
        });
    let cent = Usd::new(Decimal::new(1, 2));
    let size = |change: &Change| change.difference().max(-change.difference());
    let mut changes: Vec<Change> = changes.filter(|change| size(change) >= cent).collect();
    changes.sort_by_key(|change| std::cmp::Reverse(size(change)));
    changes.truncate(MOST_CHANGES);
    changes
}

fn unit(total: &Days, scored: &BTreeMap<Date, Decimal>, today: Date) -> Vec<(Date, Usd)> {
    let days = scored.range(back(today, SHOWN)..today);
    days.filter_map(|(day, count)| {
        let thousands = count / Decimal::from(1000);
        let cost = total.on(*day).dollars().checked_div(thousands)?;
        Some((*day, Usd::new(cost)))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn row(day: Date, usage: &str, cents: i64) -> CostRow {
        CostRow {
            day,
            keys: vec!["AmazonCloudWatch".to_owned(), usage.to_owned()],
            amount: Usd::new(Decimal::new(cents, 2)),
            estimated: false,
        }
    }

    #[test]
    fn periods_changes_and_units_come_from_the_days() {
        let today = date(2026, 11, 16);
        let days = date(2026, 10, 1).series(1.day()).take(46);
        let mut rows: Vec<CostRow> = days
            .map(|day| row(day, "DataProcessing-Bytes", 100))
            .collect();
        rows.extend((9..16).map(|day| row(date(2026, 11, day), "CW:MetricMonitorUsage", 50)));
        rows.push(row(today, "DataProcessing-Bytes", 25));
        let told = Told {
            rows,
            since: date(2026, 10, 1),
            budgets: vec![Budget::asked(Usd::new(30.into()), today)],
            forecast: Some(Ok(Forecast {
                mean: Usd::new(15.into()),
                lower: Usd::new(12.into()),
                upper: Usd::new(18.into()),
                level: 80,
            })),
            scored: BTreeMap::from([
                (date(2026, 11, 14), 500.into()),
                (date(2026, 11, 15), 0.into()),
            ]),
            ..Told::default()
        };
        let statement = Statement::of(&told, today);
        let amounts: Vec<String> = statement
            .spans
            .iter()
            .map(|span| span.amount.cents())
            .collect();
        assert_eq!(amounts, ["0.25", "1.50", "10.50", "18.75", "31.00"]);
        assert_eq!(statement.changes.len(), 1);
        let change = &statement.changes[0];
        assert_eq!(
            (
                change.usage_type.as_str(),
                change.difference().cents().as_str()
            ),
            ("CW:MetricMonitorUsage", "3.50")
        );
        let month = statement.month.clone().unwrap().unwrap();
        assert_eq!(
            (month.mean.cents(), month.upper.cents()),
            ("33.50".to_owned(), "36.50".to_owned())
        );
        assert_eq!(statement.unit, [(date(2026, 11, 14), Usd::new(3.into()))]);
        assert_eq!(statement.families.len(), 2);
        assert!(
            statement
                .burn()
                .unwrap()
                .sentence()
                .starts_with("62 % of the budget at 50 % of the month")
        );
    }
}
