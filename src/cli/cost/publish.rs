use std::collections::BTreeMap;

use belfry_engine::metrics::{Dimensions, MetricId, MetricStat, Statistic};
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::arguments::QuestionArguments;
use super::gather::{Gathered, date, gather, start};
use crate::aws::CostDatum;
use crate::aws::Session;
use crate::cli::connection::{connect, load_suite};
use crate::cli::{CommandError, Context, Exit};
use crate::cost::statement::{Family, Statement};
use crate::cost::{COST_NAMESPACE, Usd};
use crate::report::{plural, spinner};

/// Where the figures go.
const NAMESPACE: &str = COST_NAMESPACE;
/// The metric whose datum says that a day was published.
const TOTAL: &str = "DailyCost";
/// PutMetricData takes data up to two weeks old.
const DAYS: i64 = 13;

pub(super) fn publish(
    cx: &mut Context,
    question: &QuestionArguments,
) -> Result<Exit, CommandError> {
    let now = date(cx.clock.now());
    if let Some(day) = question.day.filter(|day| *day > now) {
        let message =
            format!("`{day}` is in the future; figures are published of days that are over");
        return Err(CommandError::usage(message));
    }
    let loaded = load_suite(cx)?;
    let watching = spinner(cx.watched, "asking what was spent");
    let outcome = cx.block_on(async {
        let mut gathered = gather(cx, &loaded, question).await?;
        // A day is published once: not without what belongs to it.
        if let Some(error) = gathered.unscored.take() {
            return Err(error);
        }
        let session = match &gathered.metrics {
            Some(session) => session.clone(),
            None => connect(cx, &loaded).await?,
        };
        let missing = missing(&gathered, &session, now).await?;
        let data: Vec<CostDatum> = missing
            .iter()
            .flat_map(|day| figures(&gathered, *day))
            .collect();
        session.put_cost_metrics(NAMESPACE, &data).await?;
        Ok((missing, data.len(), gathered))
    });
    watching.finish_and_clear();
    let (days, data, gathered) = outcome?;
    match (days.first(), days.last()) {
        (Some(first), Some(last)) => writeln!(
            cx.out,
            "{} of {} published to {NAMESPACE}: {first} to {last}",
            plural(data, "figure"),
            plural(days.len(), "day"),
        )?,
        _ if gathered.known().is_none() => {
            writeln!(cx.out, "nothing to publish: no costs are known yet")?;
        }
        _ => writeln!(
            cx.out,
            "nothing to publish: every whole day of the last {DAYS} that has costs has its figures"
        )?,
    }
    for note in gathered.asking.notes.iter().chain(&gathered.behind()) {
        writeln!(cx.out, "{note}")?;
    }
    Ok(Exit::Fine)
}

/// Whole days without a total, oldest first, from the first to the last for which a cost is known: a day whose costs
/// are still to come is not one that cost nothing.
async fn missing(
    gathered: &Gathered,
    session: &Session,
    now: Date,
) -> Result<Vec<Date>, CommandError> {
    let today = gathered.statement.today;
    let first = now.checked_sub(DAYS.days()).unwrap_or(Date::MIN);
    let Some((known, last)) = gathered.known().filter(|_| first < today) else {
        return Ok(Vec::new());
    };
    let stat = MetricStat {
        id: MetricId {
            namespace: NAMESPACE.into(),
            name: TOTAL.into(),
            dimensions: Dimensions::new(),
        },
        statistic: Statistic::Maximum,
        period: 86_400,
        unit: None,
    };
    let values = session
        .metric_values(&[stat], (start(first), start(today)))
        .await?;
    let there: Vec<_> = values.into_iter().flatten().map(|(at, _)| at).collect();
    let days = first.series(1.day()).take_while(|day| *day < today);
    Ok(days
        .filter(|day| (known..=last).contains(day) && !there.contains(&start(*day)))
        .collect())
}

/// What is published of one day. The month's forecast and the budget's burn are of the last day that is known.
fn figures(gathered: &Gathered, day: Date) -> Vec<CostDatum> {
    let mut families: BTreeMap<Family, Usd> = BTreeMap::new();
    for row in gathered.told.rows.iter().filter(|row| row.day == day) {
        let key = |index: usize| row.keys.get(index).map_or("", String::as_str);
        *families.entry(Family::of(key(0), key(1))).or_default() += row.amount;
    }
    let at = start(day);
    let datum = |name: &str, service: Option<&str>, value: Decimal| CostDatum {
        name: name.to_owned(),
        service: service.map(str::to_owned),
        at,
        value: value.to_f64().unwrap_or_default(),
    };
    let total: Usd = families.values().copied().sum();
    let watch: Usd = families
        .iter()
        .filter(|(family, _)| family.is_cloudwatch())
        .map(|(_, amount)| *amount)
        .sum();
    let mut data = vec![
        datum(TOTAL, None, total.dollars()),
        datum(TOTAL, Some("CloudWatch"), watch.dollars()),
    ];
    for family in Family::all() {
        let amount = families.get(&family).copied().unwrap_or_default();
        data.push(datum(TOTAL, Some(family.dimension()), amount.dollars()));
    }
    let statement = &gathered.statement;
    if let Some((_, amount)) = statement.unit.iter().find(|(other, _)| *other == day) {
        data.push(datum("CostPerThousandScored", None, amount.dollars()));
    }
    if Some(day) == last_whole(gathered) {
        data.extend(of_month(statement).map(|(name, value)| datum(name, None, value)));
    }
    data
}

/// The last day that is over and has its costs.
fn last_whole(gathered: &Gathered) -> Option<Date> {
    let yesterday = gathered.statement.today.yesterday().ok()?;
    gathered.known().map(|(_, last)| last.min(yesterday))
}

fn of_month(statement: &Statement) -> impl Iterator<Item = (&'static str, Decimal)> {
    let forecast = match &statement.month {
        Some(Ok(month)) => Some(("MonthForecast", month.mean.dollars())),
        _ => None,
    };
    let burn = statement.burn().and_then(|burn| burn.rate());
    forecast
        .into_iter()
        .chain(burn.map(|rate| ("BudgetBurn", rate)))
}
