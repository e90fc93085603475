use belfry_engine::alarms::{AlarmEvaluation, ContributorEvaluation, DueRun, LogAlarm, StateValue};
use belfry_engine::insights::QueryResults;

use super::gather::{actions, contributors, reported};
use super::metric::Acting;
use super::run::Question;
use crate::aws::{CloudError, QueryRequest, Ran};
use crate::cli::CommandError;
use crate::report::bytes;
use crate::why::{
    Cause, ContributorShown, Described, Explanation, LogReading, Ruled, cause, evaluated_runs,
    log_rule_in_words,
};

/// Contributors that are shown.
const MOST_SHOWN: usize = 10;

/// A log alarm: its newest runs, made again, and whether the service says the same.
pub(super) async fn explain(
    question: &Question<'_>,
    described: &Described<LogAlarm>,
) -> Result<Explanation, CommandError> {
    let alarm = &described.alarm;
    let refused = |reason: String| {
        let name = question.name;
        CommandError::user(format!("the alarm `{name}` cannot be explained: {reason}"))
    };
    let mut reading = LogReading::of(alarm, question.at).map_err(refused)?;
    let mut scanned = 0;
    let mut made = 0;
    for run in &reading.due() {
        let Some(results) = again(question, run).await? else {
            continue;
        };
        made += 1;
        scanned += results.as_ref().map_or(0, |r| r.statistics.bytes_scanned);
        reading.take(run, results);
    }
    let judged = reading.judge();
    let judged = judged.ok_or_else(|| refused("it was not kept".to_owned()))?;
    let state = reported(question, &described.state, reading.moment).await?;
    let mut explanation = Explanation {
        version: 1,
        alarm: alarm.name.clone(),
        kind: "LogAlarm",
        at: question.at.to_rfc3339(),
        rule: log_rule_in_words(alarm),
        evaluation: None,
        tree: None,
        contributors: Vec::new(),
        agrees: None,
        because: Vec::new(),
        metrics: Vec::new(),
        actions: actions(question, acting(alarm), state.value).await?,
        remarks: vec![format!(
            "{} of its query made again: {} scanned",
            crate::report::plural(made, "run"),
            bytes(scanned)
        )],
        reported: state.shown(),
    };
    let recomputed = told(&mut explanation, alarm, &reading, &judged, state.value);
    if !alarm.query.aggregation.by().is_empty() {
        let known = contributors(question).await?;
        join(&mut explanation.contributors, known);
    }
    if described.evaluation_state.as_deref() == Some("IN_WARM_UP") {
        let text = "the alarm is in its warm-up and is not evaluated yet";
        explanation
            .because
            .insert(0, Cause::new("warming_up", text));
    } else if let Some(recomputed) = recomputed {
        explanation.agrees = Some(recomputed == state.value);
    }
    if explanation.agrees == Some(false) {
        explanation.remarks.push(format!(
            "the runs made again give another state than {}; the service's last run may be older, events may have \
             come later, or the state was set by hand (SetAlarmState)",
            state.value.as_str()
        ));
    }
    explanation.add_held_back(described.suppressed.as_ref());
    Ok(explanation)
}

/// Adds what the runs say; the state that follows.
fn told(
    explanation: &mut Explanation,
    alarm: &LogAlarm,
    reading: &LogReading,
    judged: &AlarmEvaluation,
    present: StateValue,
) -> Option<StateValue> {
    match judged {
        AlarmEvaluation::Series(evaluation) | AlarmEvaluation::NoSeries(evaluation) => {
            let recomputed = evaluation.state.unwrap_or(present);
            explanation.evaluation = Some(evaluated_runs(alarm, reading.moment, evaluation));
            let cause = cause(&Ruled::of_log(alarm), evaluation, recomputed);
            explanation.because.push(cause);
            Some(recomputed)
        }
        AlarmEvaluation::Contributors { series, .. } => {
            let is_in_alarm =
                |one: &&ContributorEvaluation| one.evaluation.state == Some(StateValue::Alarm);
            let firing = series.iter().filter(is_in_alarm).count();
            let text = format!(
                "{firing} of {} groups of the newest run are in ALARM",
                series.len()
            );
            let code = if firing > 0 {
                "threshold_crossed"
            } else {
                "below_threshold"
            };
            explanation.because.push(Cause::new(code, text));
            explanation.contributors = series.iter().map(shown).collect();
            explanation.contributors.sort_by(|a, b| {
                let by_value = || b.value.partial_cmp(&a.value);
                (a.state.cmp(b.state)).then_with(|| by_value().unwrap_or(std::cmp::Ordering::Equal))
            });
            explanation.contributors.truncate(MOST_SHOWN);
            Some(match firing {
                0 => StateValue::Ok,
                _ => StateValue::Alarm,
            })
        }
        AlarmEvaluation::NotEvaluated(why) => {
            explanation
                .because
                .push(Cause::new("nothing_published", why.clone()));
            Some(StateValue::InsufficientData)
        }
        AlarmEvaluation::WarmUp => None,
    }
}

fn shown(judged: &ContributorEvaluation) -> ContributorShown {
    let newest = judged.evaluation.datapoints.last();
    let value = newest.and_then(|judged| judged.point.datapoint);
    ContributorShown {
        attributes: judged.contributor.attributes.clone(),
        state: match judged.evaluation.state {
            Some(StateValue::Alarm) => "ALARM",
            _ => "OK",
        },
        since: None,
        value: value.map(|point| point.value),
        reason: None,
    }
}

/// What the service says of contributors, beside the values worked out here.
fn join(own: &mut Vec<ContributorShown>, known: Vec<ContributorShown>) {
    for known in known {
        match own
            .iter_mut()
            .find(|own| own.attributes == known.attributes)
        {
            Some(own) => {
                own.since = known.since;
                own.reason = known.reason;
            }
            None => own.push(known),
        }
    }
}

/// The run's query over the run's range; nothing where the log groups are younger, so that there was no such run.
async fn again(
    question: &Question<'_>,
    run: &DueRun,
) -> Result<Option<Result<QueryResults, String>>, CloudError> {
    let request = QueryRequest {
        text: &run.text,
        log_groups: &run.log_groups,
        range: run.range,
        limit: None,
    };
    let never = std::future::pending::<()>();
    let ran = question
        .session
        .run_query(&request, &mut |_| true, never)
        .await;
    match ran {
        Ok(Ran::Complete(results)) => Ok(Some(Ok(results))),
        Ok(Ran::Stopped(_)) => Ok(Some(Err("the query was stopped".to_owned()))),
        Err(error) if error.is_not_found() => Ok(Some(Err(error.to_string()))),
        Err(error) if error.code.as_deref() == Some("MalformedQueryException") => Ok(None),
        Err(error) => Err(error),
    }
}

fn acting(alarm: &LogAlarm) -> Acting<'_> {
    Acting {
        enabled: alarm.actions_enabled,
        ok: &alarm.ok_actions,
        alarm: &alarm.alarm_actions,
        insufficient_data: &alarm.insufficient_data_actions,
    }
}
