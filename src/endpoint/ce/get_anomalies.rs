use jiff::ToSpan;
use jiff::civil::Date;

use super::page::Page;
use super::period::{date, today};
use crate::cost::store::{Anomaly, RootCause};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetAnomalies`: those that were written down beside the exports. The endpoint has no monitors and finds none itself.
pub(super) const OPERATION: Operation = Operation {
    name: "GetAnomalies",
    mutates: false,
    members: &[
        "MonitorArn",
        "DateInterval",
        "Feedback",
        "TotalImpact",
        "NextPageToken",
        "MaxResults",
    ],
    call,
};

const PAGE: usize = 100;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let (start, end) = interval(input, today(cx.now))?;
    let monitor = input.optional_str("MonitorArn")?;
    let feedback = input.optional_str("Feedback")?;
    if let Some(other) = feedback.filter(|text| !matches!(*text, "YES" | "NO" | "PLANNED_ACTIVITY"))
    {
        let set = "Member must satisfy enum value set: [YES, NO, PLANNED_ACTIVITY]";
        return Err(input.constraint("Feedback", other, set));
    }
    let impact = Impact::read(input)?;
    let most = input.optional_i64("MaxResults")?.unwrap_or(100);
    let most = usize::try_from(most).unwrap_or(0).clamp(1, PAGE);
    let asked = format!("{start} {end:?} {monitor:?} {feedback:?} {impact:?}");
    let page = Page::read(input, &asked)?;
    let found: Vec<&Anomaly> = cx
        .stores
        .cost
        .anomalies
        .iter()
        .filter(|anomaly| monitor.is_none_or(|arn| anomaly.monitor_arn == arn))
        .filter(|anomaly| feedback.is_none() || anomaly.feedback.as_deref() == feedback)
        .filter(|anomaly| impact.is_none_or(|impact| impact.holds(anomaly)))
        .filter(|anomaly| is_within(anomaly, start, end))
        .collect();
    let shown: Vec<Document> = found
        .iter()
        .skip(page.offset)
        .take(most)
        .map(|anomaly| document(anomaly))
        .collect();
    let next = page.next(shown.len(), found.len());
    Ok(Document::structure([
        ("Anomalies", Document::List(shown)),
        ("NextPageToken", next.map_or(Document::Null, Into::into)),
    ]))
}

/// The first and, where it is given, the last day: within the last 90.
fn interval(input: &Input<'_>, now: Date) -> Result<(Date, Option<Date>), Fault> {
    let Some(interval) = input.structure("DateInterval")? else {
        return Err(input.missing("DateInterval"));
    };
    interval.only(&["StartDate", "EndDate"])?;
    let start = date(&interval, "StartDate", interval.required_str("StartDate")?)?;
    let end = interval.optional_str("EndDate")?;
    let end = end
        .map(|text| date(&interval, "EndDate", text))
        .transpose()?;
    let earliest = now.checked_sub(90.days()).unwrap_or(Date::MIN);
    if start < earliest {
        return Err(input.invalid(format!(
            "the start date {start} is more than 90 days ago; the first is {earliest}"
        )));
    }
    if end.is_some_and(|end| end < start) {
        return Err(input.invalid("the end date is before the start date"));
    }
    Ok((start, end))
}

#[derive(Clone, Copy, Debug)]
struct Impact<'a> {
    operator: &'a str,
    start: f64,
    end: Option<f64>,
}

const OPERATORS: &[&str] = &[
    "EQUAL",
    "GREATER_THAN_OR_EQUAL",
    "LESS_THAN_OR_EQUAL",
    "GREATER_THAN",
    "LESS_THAN",
    "BETWEEN",
];

impl<'a> Impact<'a> {
    fn read(input: &Input<'a>) -> Result<Option<Self>, Fault> {
        let Some(inner) = input.structure("TotalImpact")? else {
            return Ok(None);
        };
        inner.only(&["NumericOperator", "StartValue", "EndValue"])?;
        let operator = inner.required_str("NumericOperator")?;
        let end = inner.optional_f64("EndValue")?;
        if !OPERATORS.contains(&operator) {
            let set = format!(
                "Member must satisfy enum value set: [{}]",
                OPERATORS.join(", ")
            );
            return Err(inner.constraint("NumericOperator", operator, &set));
        }
        if (operator == "BETWEEN") != end.is_some() {
            return Err(inner.invalid("EndValue is given with BETWEEN, and with nothing else"));
        }
        let start = inner.required_f64("StartValue")?;
        Ok(Some(Self {
            operator,
            start,
            end,
        }))
    }

    fn holds(self, anomaly: &Anomaly) -> bool {
        let Some(total) = anomaly.impact.total_impact else {
            return false;
        };
        match self.operator {
            "EQUAL" => (total - self.start).abs() < f64::EPSILON,
            "GREATER_THAN_OR_EQUAL" => total >= self.start,
            "LESS_THAN_OR_EQUAL" => total <= self.start,
            "GREATER_THAN" => total > self.start,
            "LESS_THAN" => total < self.start,
            _ => (self.start..=self.end.unwrap_or(self.start)).contains(&total),
        }
    }
}

/// Whether any of its days is asked for; one without a day counts.
fn is_within(anomaly: &Anomaly, start: Date, end: Option<Date>) -> bool {
    let day = |text: &Option<String>| text.as_deref()?.get(..10)?.parse::<Date>().ok();
    let first = day(&anomaly.anomaly_start_date);
    let last = day(&anomaly.anomaly_end_date).or(first);
    last.is_none_or(|last| last >= start)
        && end.is_none_or(|end| first.is_none_or(|first| first <= end))
}

fn document(anomaly: &Anomaly) -> Document {
    let number = |value: Option<f64>| value.map_or(Document::Null, Document::Double);
    let impact = anomaly.impact;
    let score = anomaly.anomaly_score;
    Document::structure([
        ("AnomalyId", anomaly.anomaly_id.as_str().into()),
        ("AnomalyStartDate", text(&anomaly.anomaly_start_date)),
        ("AnomalyEndDate", text(&anomaly.anomaly_end_date)),
        ("DimensionValue", text(&anomaly.dimension_value)),
        (
            "RootCauses",
            Document::List(anomaly.root_causes.iter().map(cause).collect()),
        ),
        (
            "AnomalyScore",
            Document::structure([
                ("MaxScore", Document::Double(score.max_score)),
                ("CurrentScore", Document::Double(score.current_score)),
            ]),
        ),
        (
            "Impact",
            Document::structure([
                ("MaxImpact", Document::Double(impact.max_impact)),
                ("TotalImpact", number(impact.total_impact)),
                ("TotalActualSpend", number(impact.total_actual_spend)),
                ("TotalExpectedSpend", number(impact.total_expected_spend)),
                (
                    "TotalImpactPercentage",
                    number(impact.total_impact_percentage),
                ),
            ]),
        ),
        ("MonitorArn", anomaly.monitor_arn.as_str().into()),
        ("Feedback", text(&anomaly.feedback)),
    ])
}

fn cause(cause: &RootCause) -> Document {
    let impact = cause.impact.map_or(Document::Null, |impact| {
        Document::structure([("Contribution", Document::Double(impact.contribution))])
    });
    Document::structure([
        ("Service", text(&cause.service)),
        ("Region", text(&cause.region)),
        ("LinkedAccount", text(&cause.linked_account)),
        ("LinkedAccountName", text(&cause.linked_account_name)),
        ("UsageType", text(&cause.usage_type)),
        ("Impact", impact),
    ])
}

#[expect(clippy::ref_option, reason = "members of a structure that is borrowed")]
fn text(value: &Option<String>) -> Document {
    value.as_deref().map_or(Document::Null, Into::into)
}
