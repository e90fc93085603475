use belfry_engine::alarms::{AlarmEvaluation, AlarmMetric, MetricAlarm, StateValue};
use belfry_engine::metrics::QueryKind;

use super::gather::{actions, contributors, evidence, reported};
use super::run::Question;
use crate::cli::CommandError;
use crate::why::{
    Cause, Described, Explanation, MetricEvidence, Reading, Ruled, cause, decisive_range,
    evaluated, judge, rule_in_words,
};

/// A metric alarm: what its data say, and whether the service says the same.
pub(super) async fn explain(
    question: &Question<'_>,
    described: &Described<MetricAlarm>,
) -> Result<Explanation, CommandError> {
    let alarm = &described.alarm;
    if is_query(alarm) {
        return of_many(question, described).await;
    }
    let reading = Reading::of(alarm, question.at, question.now).map_err(|reason| {
        let name = question.name;
        CommandError::user(format!("the alarm `{name}` cannot be explained: {reason}"))
    })?;
    let range = (reading.start, reading.end);
    let answers = question
        .session
        .metric_values(&reading.stats, range)
        .await?;
    let judged = judge(alarm, &reading, &answers).map_err(CommandError::user)?;
    let state = reported(question, &described.state, reading.moment).await?;
    let evaluation = match judged {
        AlarmEvaluation::Series(evaluation) => evaluation,
        AlarmEvaluation::NotEvaluated(why) => return Err(CommandError::user(why)),
        AlarmEvaluation::WarmUp => {
            return Err(CommandError::user("the alarm warms up".to_owned()));
        }
        AlarmEvaluation::Contributors { .. } | AlarmEvaluation::NoSeries(_) => {
            return of_many(question, described).await;
        }
    };
    let range = decisive_range(alarm, reading.moment, &evaluation).unwrap_or(range);
    let counts = reading.sample_counts(&answers, range);
    let metrics = evidence(question, alarm, &counts, range).await?;
    let recomputed = evaluation.state.unwrap_or(state.value);
    let mut because = vec![cause(&Ruled::of(alarm), &evaluation, recomputed)];
    because.extend(silence(&metrics));
    let is_warming = described.evaluation_state.as_deref() == Some("IN_WARM_UP");
    if is_warming {
        let text = "the alarm is in its warm-up and is not evaluated yet";
        because.insert(0, Cause::new("warming_up", text));
    }
    let mut explanation = Explanation {
        version: 1,
        alarm: alarm.name.clone(),
        kind: "MetricAlarm",
        at: question.at.to_rfc3339(),
        rule: rule_in_words(alarm),
        evaluation: Some(evaluated(alarm, reading.moment, &evaluation)),
        tree: None,
        contributors: Vec::new(),
        agrees: (!is_warming).then_some(recomputed == state.value),
        because,
        metrics,
        actions: actions(question, Acting::of(alarm), state.value).await?,
        remarks: Vec::new(),
        reported: state.shown(),
    };
    explanation.add_held_back(described.suppressed.as_ref());
    explanation.remarks = remarks(question, described, &reading, &explanation, recomputed);
    Ok(explanation)
}

/// Whether the alarm evaluates a Metrics Insights query, which may answer many series.
fn is_query(alarm: &MetricAlarm) -> bool {
    let AlarmMetric::Math(queries) = &alarm.metric else {
        return false;
    };
    queries.iter().any(|query| match &query.kind {
        QueryKind::Expression { text, .. } => {
            let word = text.split_whitespace().next().unwrap_or_default();
            word.eq_ignore_ascii_case("select")
        }
        QueryKind::Metric(_) => false,
    })
}

/// An alarm over many series: those in ALARM, as the service tells them. They are of the present.
async fn of_many(
    question: &Question<'_>,
    described: &Described<MetricAlarm>,
) -> Result<Explanation, CommandError> {
    let alarm = &described.alarm;
    let state = reported(question, &described.state, question.at).await?;
    let contributors = contributors(question).await?;
    let text = match contributors.len() {
        0 => "no series is in ALARM".to_owned(),
        1 => "one series is in ALARM".to_owned(),
        count => format!("{count} series are in ALARM, each for itself"),
    };
    let code = if contributors.is_empty() {
        "below_threshold"
    } else {
        "threshold_crossed"
    };
    let mut remarks = vec![
        "an alarm over many series is not worked out again; its series in ALARM are those of the present".to_owned(),
    ];
    if described.evaluation_state.as_deref() == Some("PARTIAL_DATA") {
        remarks.push("the query returned more series than are evaluated (PARTIAL_DATA)".to_owned());
    }
    let mut explanation = Explanation {
        version: 1,
        alarm: alarm.name.clone(),
        kind: "MetricAlarm",
        at: question.at.to_rfc3339(),
        rule: rule_in_words(alarm),
        evaluation: None,
        tree: None,
        contributors,
        agrees: None,
        because: vec![Cause::new(code, text)],
        metrics: Vec::new(),
        actions: actions(question, Acting::of(alarm), state.value).await?,
        remarks,
        reported: state.shown(),
    };
    explanation.add_held_back(described.suppressed.as_ref());
    Ok(explanation)
}

/// What an alarm of any kind does on a change of state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Acting<'a> {
    pub(super) enabled: bool,
    pub(super) ok: &'a [String],
    pub(super) alarm: &'a [String],
    pub(super) insufficient_data: &'a [String],
}

impl<'a> Acting<'a> {
    fn of(alarm: &'a MetricAlarm) -> Self {
        Self {
            enabled: alarm.actions_enabled,
            ok: &alarm.ok_actions,
            alarm: &alarm.alarm_actions,
            insufficient_data: &alarm.insufficient_data_actions,
        }
    }

    /// The ARNs for a state.
    pub(super) fn on(&self, state: StateValue) -> &'a [String] {
        match state {
            StateValue::Ok => self.ok,
            StateValue::Alarm => self.alarm,
            StateValue::InsufficientData => self.insufficient_data,
        }
    }
}

/// Where nothing was published, what is known about why.
fn silence(metrics: &[MetricEvidence]) -> Vec<Cause> {
    let mut causes = Vec::new();
    for metric in metrics.iter().filter(|metric| metric.samples <= 0.0) {
        for others in &metric.other_dimensions {
            let text = format!(
                "{} has no datapoint in that time, but the metric exists with {others}: other dimensions are another \
                 metric",
                metric.metric
            );
            causes.push(Cause::new("other_dimensions", text));
        }
        for source in &metric.sources {
            causes.push(Cause::new("source", source.in_words()));
        }
    }
    causes
}

fn remarks(
    question: &Question<'_>,
    described: &Described<MetricAlarm>,
    reading: &Reading,
    explanation: &Explanation,
    recomputed: StateValue,
) -> Vec<String> {
    let mut remarks = Vec::new();
    remarks.extend(reading.moved.clone());
    if described.configured > reading.moment {
        remarks.push(format!(
            "the alarm was last configured at {}, after that moment: its present configuration is judged",
            described.configured.to_rfc3339()
        ));
    }
    if explanation.agrees == Some(false) {
        remarks.push(format!(
            "recomputed, the state is {}; the service reports {}. {}",
            recomputed.as_str(),
            explanation.reported.state,
            disagreement(question, described, reading),
        ));
    }
    remarks
}

/// What makes a recomputed state differ.
fn disagreement(
    question: &Question<'_>,
    described: &Described<MetricAlarm>,
    reading: &Reading,
) -> &'static str {
    if described.configured > reading.moment {
        return "The configuration was another one then";
    }
    if question.now.0 - reading.moment.0 < 120_000 {
        return "The service may not have evaluated these datapoints yet; ask again in a minute";
    }
    "Either data came later than the service's evaluation, or the state was set by hand (SetAlarmState)"
}
