use belfry_engine::alarms::{MetricAlarm, StateValue};
use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::metrics::MetricId;
use serde_json::Value;

use super::metric::Acting;
use super::run::Question;
use crate::aws::{CloudError, FoundEvents, HistoryKind};
use crate::cli::CommandError;
use crate::why::{
    Actions, ContributorShown, Count, Line, Looked, MetricEvidence, Place, ReportedState, Source,
    embedded_pattern, watched,
};

/// Lines that are shown of one source.
const KEPT_LINES: usize = 3;

/// The state that the service had at `moment`: the present one, or what the history says.
pub(super) async fn reported(
    question: &Question<'_>,
    present: &ReportedState,
    moment: Millis,
) -> Result<ReportedState, CommandError> {
    // An evaluation is judged a moment after the minute it belongs to.
    let until = moment.plus(59_999).min(question.at.max(moment));
    if present.since <= until {
        return Ok(present.clone());
    }
    let history = question
        .session
        .alarm_history(question.name, HistoryKind::States, until);
    let newest = history.await?.into_iter().next();
    let state = newest.and_then(|item| {
        let data: Value = serde_json::from_str(&item.data).ok()?;
        let new = data.get("newState")?;
        let text = |name: &str| new.get(name).and_then(Value::as_str);
        Some(ReportedState {
            value: StateValue::parse(text("stateValue")?).ok()?,
            reason: text("stateReason").unwrap_or_default().to_owned(),
            since: item.at,
        })
    });
    Ok(state.unwrap_or_else(|| ReportedState {
        value: StateValue::InsufficientData,
        reason: "the history has no change of state up to that moment".to_owned(),
        since: moment,
    }))
}

/// Who is told of `state`, and what holds that back.
pub(super) async fn actions(
    question: &Question<'_>,
    acting: Acting<'_>,
    state: StateValue,
) -> Result<Actions, CommandError> {
    let session = question.session;
    let last = session.alarm_history(question.name, HistoryKind::Actions, question.at);
    let last = last.await?.into_iter().take(3).map(|item| Line {
        timestamp: item.at.to_rfc3339(),
        message: item.summary,
    });
    let muted = match session.active_mute_rules(question.name).await {
        // An endpoint without mute rules mutes nothing.
        Err(error) if is_unknown_operation(&error) => Vec::new(),
        muted => muted?,
    };
    Ok(Actions {
        enabled: acting.enabled,
        configured: acting.on(state).to_vec(),
        suppressed: None,
        muted,
        last: last.collect(),
    })
}

/// The series of an alarm that are in ALARM at present.
pub(super) async fn contributors(
    question: &Question<'_>,
) -> Result<Vec<ContributorShown>, CommandError> {
    let found = question.session.alarm_contributors(question.name).await?;
    let shown = found.into_iter().map(|contributor| ContributorShown {
        attributes: contributor.attributes,
        state: "ALARM",
        since: contributor.since.map(Millis::to_rfc3339),
        value: None,
        reason: Some(contributor.reason),
    });
    Ok(shown.collect())
}

fn is_unknown_operation(error: &CloudError) -> bool {
    let code = error.code.as_deref().unwrap_or_default();
    matches!(
        code,
        "UnknownOperationException" | "InvalidAction" | "UnknownOperation"
    )
}

/// The metrics behind an alarm: what they published from `start` to before `end`, each `counts` samples, and from where.
pub(super) async fn evidence(
    question: &Question<'_>,
    alarm: &MetricAlarm,
    counts: &[f64],
    (start, end): (Millis, Millis),
) -> Result<Vec<MetricEvidence>, CommandError> {
    let place = Place {
        region: &question.loaded.suite.environment.region,
        environment: &question.loaded.suite.environment.name,
        range: TimeRange {
            start,
            end: end.plus(-1),
        },
    };
    let mut found = Vec::new();
    for ((id, stat), samples) in watched(alarm).into_iter().zip(counts) {
        let samples = *samples;
        let mut evidence = MetricEvidence::new(id, stat, samples);
        if samples <= 0.0 {
            let (namespace, name) = (&stat.id.namespace, &stat.id.name);
            let sets = question.session.dimension_sets(namespace, name).await?;
            evidence.exists_as(&stat.id.dimensions, &sets);
        }
        evidence.sources = sources(question, &stat.id, &place).await?;
        found.push(evidence);
    }
    Ok(found)
}

async fn sources(
    question: &Question<'_>,
    id: &MetricId,
    place: &Place<'_>,
) -> Result<Vec<Source>, CommandError> {
    if id.namespace.starts_with("AWS/") {
        return Ok(vec![Source::of_aws(&id.namespace)]);
    }
    let filters = question
        .session
        .feeding_filters(&id.namespace, &id.name)
        .await?;
    if !question.lines {
        return Ok(Vec::new());
    }
    let mut sources = Vec::new();
    for filter in &filters {
        let looked = look(question, &filter.log_group, &filter.pattern, place).await?;
        sources.push(Source::of_filter(filter, looked, place));
    }
    let pattern = embedded_pattern(id);
    for group in &question.loaded.suite.log_groups {
        let looked = look(question, &group.name, &pattern, place).await?;
        if looked.matched.is_some_and(|matched| matched.number > 0) {
            sources.push(Source::of_embedded(&group.name, &pattern, looked, place));
        }
    }
    if sources.is_empty() {
        sources.push(Source::unknown());
    }
    Ok(sources)
}

async fn look(
    question: &Question<'_>,
    group: &str,
    pattern: &str,
    place: &Place<'_>,
) -> Result<Looked, CommandError> {
    let session = question.session;
    let matched = session.count_events(group, Some(pattern), place.range, KEPT_LINES);
    let matched = matched.await?;
    let events = match &matched {
        None => None,
        Some(_) => session.count_events(group, None, place.range, 0).await?,
    };
    let count = |found: &FoundEvents| Count {
        number: found.count,
        more: found.more,
    };
    Ok(Looked {
        events: events.as_ref().map(count),
        matched: matched.as_ref().map(count),
        lines: matched.map(|found| found.first).unwrap_or_default(),
    })
}
