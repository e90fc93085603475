//! Each warning where it is due, and not where it is not.

use std::collections::BTreeMap;

use crate::provision::resources::{
    AlarmActions, AlarmResource, DashboardResource, LogAlarmResource, LogGroupResource,
    MetricFilterResource, QueryResource,
};
use crate::provision::{Desired, Observed, Ownership, Plan, Resource};

fn group(days: Option<i64>) -> Resource {
    Resource::LogGroup(LogGroupResource {
        name: "/g".to_owned(),
        retention_days: days,
        class: "STANDARD".to_owned(),
        tags: None,
    })
}

fn filter(name: &str, pattern: &str) -> Resource {
    Resource::MetricFilter(MetricFilterResource {
        name: name.to_owned(),
        log_group: "/g".to_owned(),
        pattern: pattern.to_owned(),
        namespace: "N".to_owned(),
        metric: "M".to_owned(),
        value: "1".to_owned(),
        default: None,
        unit: "None".to_owned(),
        dimensions: BTreeMap::new(),
        selection: None,
        other: BTreeMap::new(),
    })
}

fn board(body: &str) -> Resource {
    Resource::Dashboard(DashboardResource::new("d", body))
}

fn query(text: &str) -> Resource {
    Resource::Query(QueryResource::new(
        "s/q".to_owned(),
        vec!["/g".to_owned()],
        text.to_owned(),
        [],
    ))
}

fn warnings(desired: impl IntoIterator<Item = Resource>, observed: &Observed) -> Vec<String> {
    let desired: Desired = desired.into_iter().collect();
    let plan = Plan::new(&desired, observed);
    let warnings = plan.warnings.iter();
    warnings
        .map(|w| format!("{}: {}", w.address, w.message))
        .collect()
}

fn fresh(desired: impl IntoIterator<Item = Resource>) -> Vec<String> {
    warnings(desired, &Observed::default())
}

#[test]
fn a_shorter_retention_says_that_events_are_lost() {
    let mut observed = Observed::default();
    observed.insert(group(Some(30)), Ownership::Ours, None);
    let said = warnings([group(Some(7))], &observed);
    assert_eq!(said.len(), 1);
    assert!(
        said[0].contains("older than 7 days are deleted"),
        "{said:?}"
    );
    assert!(warnings([group(Some(60))], &observed).is_empty());
    assert!(warnings([group(None)], &observed).is_empty());
    assert!(fresh([group(Some(7))]).is_empty());
}

#[test]
fn what_looks_back_further_than_events_are_kept_is_named() {
    let body = r#"{"start": "-P30D", "widgets": [{"type": "log", "x": 0, "y": 0, "width": 6, "height": 6,
        "properties": {"title": "T", "region": "us-east-1", "query": "SOURCE '/g' | fields @message"}}]}"#;
    let said = fresh([group(Some(7)), board(body)]);
    let expected = "dashboard.d: the widget `T` looks back 30 days; `/g` keeps events for 7 days";
    assert_eq!(said, [expected]);
    assert!(fresh([group(Some(30)), board(body)]).is_empty());
    assert!(fresh([group(None), board(body)]).is_empty());
}

#[test]
fn a_query_text_that_begins_too_early_is_named() {
    let text = "SOURCE '/g' start=-30d end=now | fields @message";
    let said = fresh([group(Some(7)), query(text)]);
    assert_eq!(
        said,
        ["query.s/q: the text looks back 30 days; `/g` keeps events for 7 days"]
    );
    assert!(fresh([group(Some(30)), query(text)]).is_empty());
    let long = format!("fields @message # {}", "x".repeat(10_000));
    assert!(fresh([group(None), query(&long)])[0].contains("at most 10000 characters"));
}

#[test]
fn periods_that_are_rolled_up_within_the_range_are_named() {
    let body = |start: &str, period: i64, inherit: &str| {
        format!(
            r#"{{"start": "{start}", "periodOverride": "{inherit}", "widgets": [{{"type": "metric", "x": 0, "y": 0, "width": 6, "height": 6,
            "properties": {{"title": "T", "region": "us-east-1", "period": {period}, "stat": "Sum", "metrics": [["N", "M"]]}}}}]}}"#
        )
    };
    let said = fresh([board(&body("-P1M", 60, "inherit"))]);
    assert!(
        said[0].contains("periods of 60 seconds; CloudWatch keeps those for 15 days"),
        "{said:?}"
    );
    assert!(fresh([board(&body("-P1M", 300, "inherit"))]).is_empty());
    assert!(fresh([board(&body("-P1M", 60, "auto"))]).is_empty());
    assert!(fresh([board(&body("-P2W", 60, "inherit"))]).is_empty());
}

#[test]
fn a_log_group_takes_a_hundred_filters_whoever_made_them() {
    let mut observed = Observed::default();
    let theirs = Ownership::Unclaimed("no tag".to_owned());
    for number in 0..99 {
        observed.insert(
            filter(&format!("theirs-{number}"), "x"),
            theirs.clone(),
            None,
        );
    }
    assert!(warnings([group(None), filter("one", "x")], &observed).is_empty());
    let two = [group(None), filter("one", "x"), filter("two", "x")];
    assert!(warnings(two, &observed)[0].contains("it would have 101"));
    let expressions = (0..6).map(|number| filter(&format!("e-{number}"), "%a.b%"));
    assert_eq!(fresh(expressions).len(), 6);
}

#[test]
fn six_actions_are_one_too_many() {
    let actions = AlarmActions {
        alarm: (0..6).map(|n| format!("arn:aws:sns:r:1:t{n}")).collect(),
        ..AlarmActions::default()
    };
    let alarm = Resource::Alarm(AlarmResource {
        name: "a".to_owned(),
        actions: actions.clone(),
        ..AlarmResource::default()
    });
    let of_logs = Resource::LogAlarm(LogAlarmResource {
        name: "b".to_owned(),
        actions,
        ..LogAlarmResource::default()
    });
    assert_eq!(
        fresh([alarm, of_logs]),
        [
            "alarm.a: CloudWatch takes at most 5 actions for a state; `actions` has 6",
            "log_alarm.b: CloudWatch takes at most 5 actions for a state; `actions` has 6"
        ]
    );
}
