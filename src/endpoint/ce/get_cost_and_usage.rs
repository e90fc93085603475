use std::collections::BTreeMap;

use jiff::civil::Date;

use super::expression::Expression;
use super::grouping::{self, Grouping};
use super::page::{Page, billing_view};
use super::period::{Granularity, Period, months_later, today};
use super::sums::{self, Sums};
use crate::cost::store::{CostLine, CostStore, Measure};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetCostAndUsage`: costs by period and group.
pub(super) const OPERATION: Operation = Operation {
    name: "GetCostAndUsage",
    mutates: false,
    members: &[
        "TimePeriod",
        "Granularity",
        "Filter",
        "Metrics",
        "GroupBy",
        "BillingViewArn",
        "NextPageToken",
    ],
    call,
};

/// Months that Cost Explorer has where an account has not asked for more: the present one and thirteen before it
/// ("current month and the last 13 months", guide of Cost Explorer).
const MONTHS: i64 = 13;

/// Groups in one answer. AWS does not say how many it gives; clients follow the token, and here they soon must.
const PAGE: usize = 250;

struct Asked {
    period: Period,
    granularity: Granularity,
    measures: Vec<Measure>,
    groups: Vec<Grouping>,
    filter: Option<Expression>,
}

/// Costs are of days that have come, and of no more than fourteen months.
fn check_start(input: &Input<'_>, period: Period, now: Date) -> Result<(), Fault> {
    if period.start > now {
        return Err(input.invalid(format!(
            "the start date {} is after the current date, {now}",
            period.start
        )));
    }
    let first = months_later(now.first_of_month(), -MONTHS);
    match period.start < first {
        true => Err(input.invalid(format!(
            "You haven't enabled historical data beyond 14 months: the start date {} is before {first}",
            period.start
        ))),
        false => Ok(()),
    }
}

/// One period, and its groups where it is grouped.
struct Row {
    period: Period,
    keys: Option<Vec<String>>,
    sums: Sums,
}

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    billing_view(input)?;
    let asked = Asked {
        granularity: Granularity::read(input)?,
        period: Period::read(input)?,
        measures: sums::measures(input)?,
        groups: Grouping::read(input)?,
        filter: Expression::read(input)?,
    };
    let now = today(cx.now);
    let end = months_later(now.first_of_month(), 1);
    if asked.period.end > end {
        return Err(input.invalid(format!(
            "the end date is past the beginning of the next month, {end}"
        )));
    }
    check_start(input, asked.period, now)?;
    let page = Page::read(input, &asked.text())?;
    let store = &cx.stores.cost;
    let grouped = asked.groups.iter().filter_map(|group| match group {
        Grouping::Dimension(dimension) => Some(*dimension),
        Grouping::Tag(_) | Grouping::Category(_) => None,
    });
    let filtered = asked.filter.iter().flat_map(Expression::dimensions);
    grouping::carried(store, grouped.chain(filtered))?;
    let rows = rows(store, &asked)?;
    page.check(rows.len())?;
    let shown: Vec<&Row> = rows.iter().skip(page.offset).take(PAGE).collect();
    let estimated = |period: Period| {
        let metered = || {
            store
                .lines()
                .iter()
                .any(|line| line.estimated && period.holds(line.day))
        };
        period.end > now.first_of_month() || metered()
    };
    let next = page.next(shown.len(), rows.len());
    Ok(Document::structure([
        ("NextPageToken", next.map_or(Document::Null, Into::into)),
        ("GroupDefinitions", definitions(&asked.groups)),
        (
            "ResultsByTime",
            results(&shown, &asked.measures, &estimated),
        ),
        (
            "DimensionValueAttributes",
            attributes(store, &asked, &shown),
        ),
    ]))
}

impl Asked {
    fn text(&self) -> String {
        let Self {
            period,
            granularity,
            measures,
            groups,
            filter,
        } = self;
        format!("{period:?} {granularity:?} {measures:?} {groups:?} {filter:?}")
    }
}

fn rows(store: &CostStore, asked: &Asked) -> Result<Vec<Row>, Fault> {
    let lines = store.lines().iter();
    let lines: Vec<&CostLine> = lines
        .filter(|line| asked.period.holds(line.day))
        .filter(|line| {
            asked
                .filter
                .as_ref()
                .is_none_or(|filter| filter.holds(line))
        })
        .collect();
    sums::carried(&lines, &asked.measures)?;
    let periods = asked.period.cut(asked.granularity);
    let mut sums: Vec<BTreeMap<Vec<String>, Sums>> = vec![BTreeMap::new(); periods.len()];
    for line in lines {
        let at = periods.partition_point(|period| period.end <= line.day);
        let keys = asked.groups.iter().map(|group| group.key(line)).collect();
        if let Some(groups) = sums.get_mut(at) {
            groups.entry(keys).or_default().add(line, &asked.measures);
        }
    }
    let mut rows = Vec::new();
    for (period, groups) in periods.into_iter().zip(sums) {
        let empty = groups.is_empty() || asked.groups.is_empty();
        if empty {
            let sums = groups.into_values().next().unwrap_or_default();
            rows.push(Row {
                period,
                keys: None,
                sums,
            });
            continue;
        }
        rows.extend(groups.into_iter().map(|(keys, sums)| Row {
            period,
            keys: Some(keys),
            sums,
        }));
    }
    if !asked.groups.is_empty() {
        // A period without groups has neither a total nor a group.
        for row in rows.iter_mut().filter(|row| row.keys.is_none()) {
            row.keys = Some(Vec::new());
        }
    }
    Ok(rows)
}

fn definitions(groups: &[Grouping]) -> Document {
    match groups.is_empty() {
        true => Document::Null,
        false => Document::List(groups.iter().map(Grouping::document).collect()),
    }
}

/// Rows of the same period under one heading.
fn results(rows: &[&Row], measures: &[Measure], estimated: &dyn Fn(Period) -> bool) -> Document {
    let periods = rows.chunk_by(|one, other| one.period == other.period);
    let results = periods.map(|rows| {
        let period = rows[0].period;
        let groups = rows.iter().filter_map(|row| {
            let keys = row.keys.as_ref().filter(|keys| !keys.is_empty())?;
            Some(Document::structure([
                ("Keys", Document::list(keys.iter().map(String::as_str))),
                ("Metrics", row.sums.document(measures)),
            ]))
        });
        let groups: Vec<Document> = groups.collect();
        let total = match rows[0].keys {
            None => rows[0].sums.document(measures),
            Some(_) => Document::map::<&str, _>([]),
        };
        Document::structure([
            ("TimePeriod", interval(period)),
            ("Total", total),
            ("Groups", Document::List(groups)),
            ("Estimated", Document::Bool(estimated(period))),
        ])
    });
    Document::List(results.collect())
}

/// `{Start, End}`.
pub(super) fn interval(period: Period) -> Document {
    Document::structure([
        ("Start", period.start.to_string().into()),
        ("End", period.end.to_string().into()),
    ])
}

/// The names of linked accounts that stand among the keys.
fn attributes(store: &CostStore, asked: &Asked, rows: &[&Row]) -> Document {
    let is_account = |group: &Grouping| {
        matches!(
            group,
            Grouping::Dimension(crate::cost::store::Dimension::LinkedAccount)
        )
    };
    let Some(at) = asked.groups.iter().position(is_account) else {
        return Document::List(Vec::new());
    };
    let ids = rows.iter().filter_map(|row| row.keys.as_ref()?.get(at));
    let ids: std::collections::BTreeSet<&String> = ids.collect();
    let named = ids.into_iter().filter_map(|id| {
        let name = store.accounts.get(id)?;
        Some(Document::structure([
            ("Value", id.as_str().into()),
            (
                "Attributes",
                Document::map([("description", name.as_str().into())]),
            ),
        ]))
    });
    Document::List(named.collect())
}
