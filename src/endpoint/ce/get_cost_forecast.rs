use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::expression::Expression;
use super::get_cost_and_usage::interval;
use super::grouping;
use super::page::billing_view;
use super::period::{Granularity, Period, months_later, today};
use super::sums;
use crate::cost::outlook::{LEAST_DAYS, Outlook};
use crate::cost::store::{CostLine, Measure};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetCostForecast`. AWS does not publish its model; this one is described at [`Outlook`], and Belfry's reports say
/// whose it is.
pub(super) const OPERATION: Operation = Operation {
    name: "GetCostForecast",
    mutates: false,
    members: &[
        "TimePeriod",
        "Metric",
        "Granularity",
        "Filter",
        "BillingViewArn",
        "PredictionIntervalLevel",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    billing_view(input)?;
    let granularity = Granularity::read(input)?;
    let period = Period::read(input)?;
    let measure = measure(input)?;
    let level = level(input)?;
    let filter = Expression::read(input)?;
    let now = today(cx.now);
    check(input, period, granularity, now)?;
    let store = &cx.stores.cost;
    grouping::carried(store, filter.iter().flat_map(Expression::dimensions))?;
    let lines = store.lines().iter().filter(|line| line.day < now);
    let lines: Vec<&CostLine> = lines
        .filter(|line| filter.as_ref().is_none_or(|filter| filter.holds(line)))
        .collect();
    sums::carried(&lines, &[measure])?;
    let Some(outlook) = Outlook::of(&history(&lines, measure, now), now) else {
        let message = format!(
            "Insufficient amount of historical data to generate forecast: {LEAST_DAYS} days are needed"
        );
        return Err(Fault::new("DataUnavailableException", message));
    };
    let mut total = Decimal::ZERO;
    let mut results = Vec::new();
    for part in period.cut(granularity) {
        let expected = outlook.expect(part.start, part.end, level.unwrap_or(80));
        let text = |number: f64| sums::text(decimal(number));
        total += decimal(expected.mean);
        let bound = |number: f64| level.map_or(Document::Null, |_| text(number).into());
        results.push(Document::structure([
            ("TimePeriod", interval(part)),
            ("MeanValue", text(expected.mean).into()),
            ("PredictionIntervalLowerBound", bound(expected.lower)),
            ("PredictionIntervalUpperBound", bound(expected.upper)),
        ]));
    }
    let total = Document::structure([("Amount", sums::text(total).into()), ("Unit", "USD".into())]);
    Ok(Document::structure([
        ("Total", total),
        ("ForecastResultsByTime", Document::List(results)),
    ]))
}

fn measure(input: &Input<'_>) -> Result<Measure, Fault> {
    let name = input.required_str("Metric")?;
    match Measure::parse_constant(name) {
        Some(measure) if measure.is_money() => Ok(measure),
        Some(_) => Err(input.invalid(format!("`{name}` is no cost: usage has GetUsageForecast"))),
        None => Err(input.constraint(
            "Metric",
            name,
            "Member must satisfy enum value set: [AMORTIZED_COST, BLENDED_COST, NET_AMORTIZED_COST, NET_UNBLENDED_COST, UNBLENDED_COST]",
        )),
    }
}

fn level(input: &Input<'_>) -> Result<Option<u8>, Fault> {
    let Some(level) = input.optional_i64("PredictionIntervalLevel")? else {
        return Ok(None);
    };
    let read = u8::try_from(level)
        .ok()
        .filter(|level| (51..=99).contains(level));
    read.map(Some).ok_or_else(|| {
        let bound = if level < 51 {
            "greater than or equal to 51"
        } else {
            "less than or equal to 99"
        };
        input.constraint(
            "PredictionIntervalLevel",
            &level.to_string(),
            &format!("Member must have value {bound}"),
        )
    })
}

/// Daily forecasts reach three months, monthly ones eighteen.
fn check(
    input: &Input<'_>,
    period: Period,
    granularity: Granularity,
    now: Date,
) -> Result<(), Fault> {
    if period.start < now {
        return Err(input.invalid(format!(
            "the start date {} is in the past; a forecast begins at {now} or later",
            period.start
        )));
    }
    let months = match granularity {
        Granularity::Daily => 3,
        Granularity::Monthly => 18,
    };
    let last = months_later(now, months);
    if period.end > last {
        return Err(input.invalid(format!(
            "the end date {} is more than {months} months ahead; the last is {last}",
            period.end
        )));
    }
    Ok(())
}

/// Each day from the first line's to yesterday.
fn history(lines: &[&CostLine], measure: Measure, now: Date) -> Vec<(Date, f64)> {
    let mut days: BTreeMap<Date, Decimal> = BTreeMap::new();
    for line in lines {
        *days.entry(line.day).or_default() +=
            line.measures.get(&measure).copied().unwrap_or_default();
    }
    let Some(first) = days.keys().next().copied() else {
        return Vec::new();
    };
    let all = first
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day < now);
    all.map(|day| {
        let cost = days.get(&day).and_then(ToPrimitive::to_f64);
        (day, cost.unwrap_or_default())
    })
    .collect()
}

fn decimal(number: f64) -> Decimal {
    Decimal::from_f64(number).unwrap_or_default()
}
