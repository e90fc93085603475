//! The cases of alarms over many series: the series are given.

use super::{Case, alarm, expect, points};
use crate::alarms::{
    Contributor, ContributorEvaluation, Contributors, Point, PromQlAlarm, PromQlCriteria, Rule,
    SeriesSummary, StateValue, Wording, evaluate,
};
use crate::base::Millis;

/// One contributor, in its prior state, judged on the points given or not returned.
pub(super) fn contributor(case: &Case) -> Result<(), String> {
    let contributor = Contributor::new([("series", "a")]);
    let alarm = alarm(&case.config);
    let rule = Rule::of(&alarm);
    let judged = |points: &[Point]| ContributorEvaluation {
        contributor: contributor.clone(),
        evaluation: evaluate(&rule, points),
    };
    let mut contributors = Contributors::default();
    if case.prior_state.as_deref() == Some("ALARM") {
        contributors.raise(&contributor, Millis(0));
    }
    let is_present = case.config["present"].as_bool() != Some(false);
    let series = is_present.then(|| judged(&points(case, &alarm)));
    let series: Vec<_> = series.into_iter().collect();
    let (_, changes) = contributors.follow(&series, Wording::Contributor, Millis(1));
    let change = changes.first().ok_or("no change")?;
    let state = change.new.value.as_str();
    expect("state", Some(state), case.expected_state.as_deref())?;
    match &case.expected_reason {
        None => Ok(()),
        Some(reason) => expect("reason", Some(&change.new.reason), Some(reason)),
    }
}

/// Many series of which some are in ALARM, or none at all.
pub(super) fn many(case: &Case) -> Result<(), String> {
    let count = |name: &str| case.config[name].as_u64();
    if let (Some(series), Some(in_alarm)) = (count("series"), count("in_alarm")) {
        let summary = SeriesSummary {
            in_alarm: usize::try_from(in_alarm).unwrap(),
            total: usize::try_from(series).ok(),
        };
        let state = summary.state().as_str();
        expect("state", Some(state), case.expected_state.as_deref())?;
        return expect(
            "reason",
            Some(&summary.reason()),
            case.expected_reason.as_deref(),
        );
    }
    let rule = Rule::of(&alarm(&case.config));
    let nothing = evaluate(&rule, &[Point::new(Millis(0), None)]);
    let state = nothing.state.map(StateValue::as_str);
    let state = state.or(case.prior_state.as_deref());
    expect("state", state, case.expected_state.as_deref())
}

/// One series that a PromQL query returns at some evaluations.
pub(super) fn promql(case: &Case) -> Result<(), String> {
    let number = |name: &str| case.config[name].as_i64().unwrap();
    let criteria = PromQlCriteria {
        query: "given".to_owned(),
        pending_period: number("PendingPeriod"),
        recovery_period: number("RecoveryPeriod"),
    };
    let contributor = Contributor::new([("series", "a")]);
    let mut alarm = PromQlAlarm::default();
    if case.prior_state.as_deref() == Some("ALARM") {
        alarm.raise(&contributor, Millis(-1));
    }
    let returned = case.config["returned_by_query"].as_array().unwrap();
    for (evaluation, is_returned) in (0..).zip(returned) {
        let now = Millis(evaluation * number("EvaluationInterval") * 1000);
        let series = (is_returned == 1).then(|| contributor.clone());
        alarm.follow(&criteria, series.as_slice(), now);
    }
    let state = alarm.state().as_str();
    expect("state", Some(state), case.expected_state.as_deref())
}
