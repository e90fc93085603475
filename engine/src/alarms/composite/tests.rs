//! Composite alarms over alarms that change.

use crate::alarms::cases::{alarm, composite_alarm};
use crate::alarms::*;
use crate::base::Millis;

/// 2022-07-22T15:57:45Z, a Friday.
const NOW: Millis = Millis(1_658_505_465_000);
const TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:alerts";

fn store(names: &[&str]) -> AlarmStore {
    let mut store = AlarmStore::default();
    for name in names {
        let mut child = alarm(&serde_json::json!({}));
        (*name).clone_into(&mut child.name);
        store.put(child, NOW).unwrap();
        set(&mut store, name, StateValue::Ok, NOW);
    }
    store
}

fn set(store: &mut AlarmStore, name: &str, value: StateValue, now: Millis) -> Vec<StateChange> {
    store.set_state(name, value, "by hand", None, now).unwrap()
}

fn put(store: &mut AlarmStore, name: &str, rule: &str) -> Vec<StateChange> {
    store
        .put_composite(composite_alarm(name, rule), NOW)
        .unwrap()
}

fn state(store: &AlarmStore, name: &str) -> StateValue {
    store.state_of(name).unwrap().value
}

fn names(changes: &[StateChange]) -> Vec<&str> {
    changes.iter().map(|change| change.alarm.name()).collect()
}

#[test]
fn creation_and_a_child_give_the_recorded_reasons() {
    let mut store = store(&["a", "b"]);
    let created = put(&mut store, "any", "ALARM(a) OR ALARM(b)");
    assert_eq!(
        created[0].new.reason,
        "arn:aws:cloudwatch:us-east-1:000000000000:alarm:any was created and its alarm rule evaluates to OK"
    );
    let changes = set(&mut store, "b", StateValue::Alarm, NOW);
    assert_eq!(names(&changes), ["b", "any"]);
    let composite = &changes[1].new;
    assert_eq!(
        composite.reason,
        "arn:aws:cloudwatch:us-east-1:000000000000:alarm:b transitioned to ALARM at Friday 22 July, 2022 15:57:45 UTC"
    );
    assert_eq!(
        composite.reason_data.as_deref(),
        Some(
            "{\"triggeringAlarms\":[{\"arn\":\"arn:aws:cloudwatch:us-east-1:000000000000:alarm:b\",\
             \"state\":{\"value\":\"ALARM\",\"timestamp\":\"2022-07-22T15:57:45.000+0000\"}}]}"
        )
    );
}

#[test]
fn a_change_climbs_to_the_top_once_and_sees_all_changes_below() {
    let mut store = store(&["a"]);
    put(&mut store, "z", "ALARM(a)");
    put(&mut store, "m", "NOT ALARM(z)");
    put(
        &mut store,
        "top",
        "ALARM(a) AND NOT OK(m) AND ALARM(arn:aws:cloudwatch:us-east-1:000000000000:alarm:z)",
    );
    let changes = set(&mut store, "a", StateValue::Alarm, NOW);
    assert_eq!(names(&changes), ["a", "z", "m"]);
    assert_eq!(state(&store, "top"), StateValue::Ok);
    let history = store.history();
    assert_eq!(history[0].alarm_type, "CompositeAlarm");
}

#[test]
fn a_state_set_by_hand_lasts_until_a_child_changes() {
    let mut store = store(&["a"]);
    put(&mut store, "any", "ALARM(a)");
    let forced = set(&mut store, "any", StateValue::Alarm, NOW);
    assert_eq!(forced[0].triggering_children, []);
    let metrics = crate::metrics::MetricStore::default();
    store.evaluate(&metrics, NOW.plus(60_000));
    assert_eq!(
        state(&store, "any"),
        StateValue::Ok,
        "a is no longer OK, and the rule is read again"
    );
    assert_eq!(state(&store, "a"), StateValue::InsufficientData);
}

#[test]
fn a_cycle_stops_evaluation_until_a_rule_is_changed() {
    let mut store = store(&["m"]);
    put(&mut store, "a", "ALARM(m)");
    put(&mut store, "b", "ALARM(a)");
    assert!(put(&mut store, "a", "ALARM(b) OR ALARM(m)").is_empty());
    assert_eq!(names(&set(&mut store, "m", StateValue::Alarm, NOW)), ["m"]);
    assert!(store.check_delete(&["a"]).is_err());
    let freed = put(&mut store, "b", "FALSE");
    assert_eq!(freed, []);
    store.check_delete(&["a"]).unwrap();
    set(&mut store, "m", StateValue::Ok, NOW);
    assert_eq!(
        names(&set(&mut store, "m", StateValue::Alarm, NOW)),
        ["m", "a"]
    );
}

#[test]
fn what_put_composite_alarm_refuses_is_refused_in_its_words() {
    let mut store = store(&["a"]);
    let mut refused = |alarm: CompositeAlarm| store.put_composite(alarm, NOW).unwrap_err().message;
    assert_eq!(
        refused(composite_alarm("x", "ALARM(a) OR ALARM(nope)")),
        "Could not save the composite alarm as alarms [nope] in the alarm rule do not exist"
    );
    let mut scaling = composite_alarm("x", "ALARM(a)");
    scaling.alarm_actions = vec!["arn:aws:autoscaling:us-east-1:000000000000:x".to_owned()];
    assert!(refused(scaling).contains("not supported for composite alarms"));
    assert!(refused(composite_alarm("a", "ALARM(a)")).contains("MetricAlarm"));
    let mut suppressed = composite_alarm("x", "ALARM(a)");
    let suppressor = |alarm: &str, wait| ActionsSuppressor {
        alarm: alarm.to_owned(),
        wait,
        extension: 0,
    };
    suppressed.suppressor = Some(suppressor("nope", 0));
    assert!(refused(suppressed.clone()).contains("ActionsSuppressor nope"));
    suppressed.suppressor = Some(suppressor("a", -1));
    assert!(refused(suppressed).contains("ActionsSuppressorWaitPeriod"));
}

#[test]
fn alarms_that_a_composite_alarm_needs_cannot_be_deleted() {
    let mut store = store(&["a", "b"]);
    put(&mut store, "p", "ALARM(a) OR ALARM(b)");
    put(&mut store, "q", "ALARM(a)");
    let refused = |names: &[&str]| store.check_delete(names).unwrap_err().message;
    assert_eq!(
        refused(&["a", "b"]),
        "Cannot delete a,b as there are composite alarm(s) depending on them."
    );
    assert_eq!(
        refused(&["b"]),
        "Cannot delete b as there are composite alarm(s) depending on it."
    );
    assert!(refused(&["p", "q"]).contains("At most one composite alarm"));
    assert!(store.delete("p", NOW));
    store.check_delete(&["b"]).unwrap();
}

#[test]
fn the_message_has_the_recorded_members_of_a_composite_alarm() {
    let mut store = store(&["a"]);
    let mut any = composite_alarm("any", "ALARM(a)");
    any.alarm_actions = vec![TOPIC.to_owned()];
    store.put_composite(any, NOW).unwrap();
    let changes = set(&mut store, "a", StateValue::Alarm, NOW);
    assert_eq!(changes[1].actions(), [TOPIC]);
    let (subject, message) = notification(&changes[1], &crate::alarms::replay::SENDER);
    assert_eq!(subject, "ALARM: \"any\" in US East (N. Virginia)");
    let message: serde_json::Value = serde_json::from_str(&message).unwrap();
    insta::assert_snapshot!(format!("{message:#}"), @r#"
    {
      "AlarmName": "any",
      "AlarmDescription": null,
      "AWSAccountId": "000000000000",
      "NewStateValue": "ALARM",
      "NewStateReason": "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a transitioned to ALARM at Friday 22 July, 2022 15:57:45 UTC",
      "StateChangeTime": "2022-07-22T15:57:45.000+0000",
      "Region": "US East (N. Virginia)",
      "AlarmArn": "arn:aws:cloudwatch:us-east-1:000000000000:alarm:any",
      "OKActions": [],
      "AlarmActions": [
        "arn:aws:sns:us-east-1:000000000000:alerts"
      ],
      "InsufficientDataActions": [],
      "OldStateValue": "OK",
      "AlarmRule": "ALARM(a)",
      "TriggeringChildren": [
        {
          "Arn": "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a",
          "State": {
            "Value": "ALARM",
            "Timestamp": "2022-07-22T15:57:45.000+0000"
          }
        }
      ]
    }
    "#);
}

#[test]
fn a_suppressor_in_alarm_at_the_same_moment_suppresses_at_once() {
    let mut store = store(&["a", "deploying"]);
    let mut any = composite_alarm("any", "ALARM(a)");
    any.suppressor = Some(ActionsSuppressor {
        alarm: "deploying".to_owned(),
        wait: 60,
        extension: 120,
    });
    any.alarm_actions = vec![TOPIC.to_owned()];
    store
        .put_composite(any.clone(), NOW.plus(-120_000))
        .unwrap();
    assert_eq!(
        store.release(NOW.plus(-60_000)).len(),
        1,
        "OK after creation"
    );
    set(&mut store, "deploying", StateValue::Alarm, NOW);
    let changes = set(&mut store, "a", StateValue::Alarm, NOW);
    assert!(changes[1].suppressed && changes[1].actions().is_empty());
    let by = |store: &AlarmStore| store.composites()["any"].suppression.as_ref().map(|s| s.by);
    assert_eq!(by(&store), Some(SuppressedBy::Alarm));
    assert_eq!(store.next_release(), None);
    set(
        &mut store,
        "deploying",
        StateValue::InsufficientData,
        NOW.plus(5000),
    );
    assert_eq!(by(&store), Some(SuppressedBy::ExtensionPeriod));
    assert_eq!(store.next_release(), Some(NOW.plus(125_000)));
    let released = store.release(NOW.plus(125_000));
    assert_eq!(released[0].actions(), [TOPIC]);
    assert_eq!((by(&store), store.next_release()), (None, None));
    set(&mut store, "a", StateValue::Ok, NOW.plus(200_000));
    any.suppressor = None;
    store.put_composite(any, NOW.plus(201_000)).unwrap();
    assert_eq!(
        by(&store),
        None,
        "a suppressor that is replaced takes its timers along"
    );
}
