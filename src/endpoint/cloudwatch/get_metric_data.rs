use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use belfry_engine::metrics::{
    MetricDataQuery, MetricDataRequest, MetricDataResult, QueryKind, get_metric_data,
};

use super::{page, read};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetMetricData`: metrics and metric math; pages by `MaxDatapoints`.
pub(super) const OPERATION: Operation = Operation {
    name: "GetMetricData",
    mutates: false,
    members: &[
        "MetricDataQueries",
        "StartTime",
        "EndTime",
        "NextToken",
        "ScanBy",
        "MaxDatapoints",
        "LabelOptions",
    ],
    call,
};

/// The API's limit for one answer, and its default.
const MOST_DATAPOINTS: usize = 100_800;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let request = MetricDataRequest {
        queries: read::queries(input, "MetricDataQueries")?,
        start: input.required_timestamp("StartTime")?,
        end: input.required_timestamp("EndTime")?,
        descending: read::is_descending(input)?,
        label_offset: label_offset(input)?,
    };
    if !input.has("MetricDataQueries") {
        return Err(input.missing("MetricDataQueries"));
    }
    let limit = max_datapoints(input)?;
    let skip = match input.optional_str("NextToken")? {
        None => 0,
        Some(token) => skip_of(token).ok_or_else(page::invalid_token)?,
    };
    let results = get_metric_data(&cx.account.metrics, &request, cx.now)?;
    let total: usize = results.iter().map(|result| result.points.len()).sum();
    let mut shown = Vec::new();
    let mut before = 0;
    for result in &results {
        let from = skip.saturating_sub(before).min(result.points.len());
        let left = (skip + limit).saturating_sub(before);
        let to = left.min(result.points.len()).max(from);
        before += result.points.len();
        if from < to || (result.points.is_empty() && skip == 0) {
            shown.push(show(result, from, to));
        }
    }
    // Expressions do not page: the answer ends, and says that it is partial (API reference, MetricDataResult).
    let pages = !request.queries.iter().any(is_expression);
    let next = (pages && skip + limit < total).then(|| token_of(skip + limit));
    Ok(Document::structure([
        ("MetricDataResults", Document::List(shown)),
        ("NextToken", next.into()),
        ("Messages", Document::List(messages(&results))),
    ]))
}

fn is_expression(query: &MetricDataQuery) -> bool {
    matches!(query.kind, QueryKind::Expression { .. })
}

/// What is said about the whole request: the API reference has these words for a query that matches more than it may
/// read; the code is not documented.
fn messages(results: &[MetricDataResult]) -> Vec<Document> {
    if results.iter().all(|result| result.is_complete) {
        return Vec::new();
    }
    vec![Document::structure([
        ("Code", Document::from("MaxMetricsExceeded")),
        ("Value", "Maximum number of allowed metrics exceeded".into()),
    ])]
}

/// The points `from..to` of a series; it is complete once its last point was shown.
fn show(result: &MetricDataResult, from: usize, to: usize) -> Document {
    let points = result.points.get(from..to).unwrap_or_default();
    let status = if to == result.points.len() && result.is_complete {
        "Complete"
    } else {
        "PartialData"
    };
    let messages = result.messages.iter().map(|(code, value)| {
        Document::structure([("Code", Document::from(code)), ("Value", value.into())])
    });
    let messages: Vec<_> = messages.collect();
    Document::structure([
        ("Id", Document::from(&result.id)),
        ("Label", Document::from(&result.label)),
        (
            "Timestamps",
            Document::list(points.iter().map(|(at, _)| *at)),
        ),
        (
            "Values",
            Document::list(points.iter().map(|(_, value)| *value)),
        ),
        ("StatusCode", status.into()),
        (
            "Messages",
            Some(messages)
                .filter(|m| !m.is_empty())
                .map_or(Document::Null, Document::List),
        ),
    ])
}

fn max_datapoints(input: &Input<'_>) -> Result<usize, Fault> {
    let Some(given) = input.optional_i64("MaxDatapoints")? else {
        return Ok(MOST_DATAPOINTS);
    };
    match usize::try_from(given) {
        Ok(limit @ 1..=MOST_DATAPOINTS) => Ok(limit),
        _ => Err(input.invalid(format!(
            "The value {given} for parameter MaxDatapoints is invalid: it must be between 1 and {MOST_DATAPOINTS}."
        ))),
    }
}

/// `LabelOptions.Timezone`, a sign and four digits, in seconds east of UTC: how labels show times.
fn label_offset(input: &Input<'_>) -> Result<i32, Fault> {
    let Some(options) = input.structure("LabelOptions")? else {
        return Ok(0);
    };
    options.only(&["Timezone"])?;
    let Some(zone) = options.optional_str("Timezone")? else {
        return Ok(0);
    };
    offset_of(zone).ok_or_else(|| {
        options.constraint(
            "Timezone",
            zone,
            "Member must satisfy regular expression pattern: [+-][0-9]{4}",
        )
    })
}

fn offset_of(zone: &str) -> Option<i32> {
    let sign = match zone.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let digits = zone
        .get(1..)
        .filter(|d| d.len() == 4 && d.bytes().all(|b| b.is_ascii_digit()))?;
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..)?.parse().ok()?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

fn token_of(skip: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("points:{skip}"))
}

fn skip_of(token: &str) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    text.strip_prefix("points:")?.parse().ok()
}
