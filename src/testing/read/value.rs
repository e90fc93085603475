use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, Span, suite as suite_codes, test as codes};
use belfry_engine::metrics::{MetricDataQuery, MetricStat, QueryKind, Statistic, Unit};

use super::reader::Clock;
use super::{Reader, metric};
use crate::suite::section::{Section, Text};
use crate::testing::{ValueExpected, ValuesAsked, duration, notation};

/// The id of the query that is compared.
const ASKED: &str = "asked";

/// `[[test.value]]`.
pub(super) fn read(
    cx: &mut Vec<Diagnostic>,
    mut section: Section<'_>,
    reader: &Reader<'_>,
    clock: Clock,
) -> Option<ValueExpected> {
    let around = Around {
        statistic: section.string(cx, "statistic"),
        period: section.integer(cx, "period"),
    };
    let from = clock.key(cx, &mut section, "at").unwrap_or(clock.start);
    let values = section.required_string(cx, "values");
    let at = section.at_key("values");
    let asked = match section.string(cx, "expression") {
        Some(expression) => math(cx, &mut section, reader, &around, &expression),
        None => single(cx, &mut section, reader, &around),
    };
    let whole = section.at();
    section.finish(cx);
    let values = notation::read(cx, &values?, reader.source);
    let (queries, title, period) = asked?;
    check_range(cx, from, period, values.len(), clock, (at, whole));
    Some(ValueExpected {
        asked: ValuesAsked {
            queries,
            title,
            from,
            period,
        },
        values,
        at,
    })
}

/// What the section says for all metrics that do not say it themselves.
struct Around {
    statistic: Option<Text>,
    period: Option<(i64, Span)>,
}

type Asked = (Vec<MetricDataQuery>, String, i64);

fn single(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    reader: &Reader<'_>,
    around: &Around,
) -> Option<Asked> {
    let named = metric::read(cx, section, reader);
    let unit = metric::unit(cx, section);
    let named = named?;
    let own = named.stat.as_ref();
    let statistic = match (&around.statistic, own) {
        (Some(text), _) => statistic(cx, text),
        (None, Some(own)) => Statistic::parse(&own.statistic).ok(),
        (None, None) => missing(cx, section, "statistic", "such as \"Sum\""),
    };
    let period = match (around.period, own) {
        (Some((period, _)), _) => Some(period),
        (None, Some(own)) => Some(own.period),
        (None, None) => missing(cx, section, "period", "in seconds"),
    };
    let (statistic, period) = (statistic?, period?);
    let title = format!("{statistic} of `{}`", named.id.name);
    let unit = unit.or_else(|| Unit::parse(own?.unit.as_deref()?));
    let query = query(ASKED, named.id, statistic, period, unit, true);
    Some((vec![query], title, period))
}

/// `expression` over `metrics`, each with an `id`.
fn math(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    reader: &Reader<'_>,
    around: &Around,
    expression: &Text,
) -> Option<Asked> {
    let mut queries = Vec::new();
    let mut complete = true;
    for part in section.tables(cx, "metrics") {
        let read = one_of_math(cx, part, reader, around);
        complete &= read.is_some();
        queries.extend(read);
    }
    let period = match around.period {
        Some((period, _)) => Some(period),
        None => missing(cx, section, "period", "in seconds"),
    };
    queries.push(MetricDataQuery {
        id: ASKED.to_owned(),
        kind: QueryKind::Expression {
            text: expression.value.clone(),
            period,
        },
        label: None,
        return_data: true,
    });
    let title = format!("`{}`", expression.value);
    complete.then_some((queries, title, period?))
}

fn one_of_math(
    cx: &mut Vec<Diagnostic>,
    mut section: Section<'_>,
    reader: &Reader<'_>,
    around: &Around,
) -> Option<MetricDataQuery> {
    let id = section.required_string(cx, "id");
    let metric = metric::of_keys(cx, &mut section, reader);
    let own = section.string(cx, "statistic");
    let own_period = section.integer(cx, "period");
    let unit = metric::unit(cx, &mut section);
    let statistic = match own.as_ref().or(around.statistic.as_ref()) {
        Some(text) => statistic(cx, text),
        None => missing(cx, &section, "statistic", "such as \"Sum\""),
    };
    section.finish(cx);
    let period = own_period.or(around.period)?.0;
    Some(query(&id?.value, metric?, statistic?, period, unit, false))
}

fn query(
    id: &str,
    metric: belfry_engine::metrics::MetricId,
    statistic: Statistic,
    period: i64,
    unit: Option<Unit>,
    return_data: bool,
) -> MetricDataQuery {
    MetricDataQuery {
        id: id.to_owned(),
        kind: QueryKind::Metric(MetricStat {
            id: metric,
            period,
            statistic,
            unit,
        }),
        label: None,
        return_data,
    }
}

fn statistic(cx: &mut Vec<Diagnostic>, text: &Text) -> Option<Statistic> {
    match Statistic::parse(&text.value) {
        Ok(statistic) => Some(statistic),
        Err(reason) => {
            cx.push(Diagnostic::error(
                &suite_codes::WRONG_VALUE,
                text.at,
                reason,
            ));
            None
        }
    }
}

fn missing<T>(cx: &mut Vec<Diagnostic>, section: &Section<'_>, key: &str, kind: &str) -> Option<T> {
    section.missing(cx, key, kind);
    None
}

/// GetMetricData's periods begin at multiples of the period since 1970; those asked for end within the test.
fn check_range(
    cx: &mut Vec<Diagnostic>,
    from: Millis,
    period: i64,
    count: usize,
    clock: Clock,
    (at, whole): (Span, Span),
) {
    if period <= 0 {
        let message = format!("{period} seconds is no period");
        cx.push(Diagnostic::error(
            &suite_codes::OUT_OF_RANGE,
            whole,
            message,
        ));
        return;
    }
    let width = period.saturating_mul(1000);
    if from.floor_to(width) != from {
        let message = format!(
            "no period of {period} seconds begins {} after the start of the test, {}",
            duration::short(from.0 - clock.start.0),
            clock.start.to_rfc3339()
        );
        cx.push(
            Diagnostic::error(&suite_codes::OUT_OF_RANGE, whole, message)
                .help("periods begin at multiples of their length since midnight, 1970"),
        );
    }
    let length = width.saturating_mul(i64::try_from(count).unwrap_or(i64::MAX));
    if from.plus(length.saturating_sub(width)) > clock.end() {
        let message = format!(
            "the last period begins after the end of the test ({})",
            duration::short(clock.lasts)
        );
        cx.push(Diagnostic::error(&codes::OUTSIDE, at, message));
    }
}
