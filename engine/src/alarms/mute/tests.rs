//! Mute rules over alarms whose states are set by hand.

use serde_json::json;

use super::{MuteRule, MuteRuleStatus, MuteSchedule};
use crate::alarms::cases::alarm;
use crate::alarms::{AlarmStore, StateChange, StateValue};
use crate::base::Millis;

fn at(clock: &str) -> Millis {
    Millis::parse_rfc3339(&format!("2026-11-18T{clock}:00Z")).unwrap()
}

/// From 02:00 for an hour, and from 02:30 for two.
fn store() -> AlarmStore {
    let mut store = AlarmStore::default();
    let mut alarm = alarm(&json!({}));
    alarm.alarm_actions = vec!["arn:aws:sns:us-east-1:000000000000:alerts".to_owned()];
    store.put(alarm, at("00:00")).unwrap();
    for (name, hour, duration) in [("a", "0 2", "PT1H"), ("b", "30 2", "PT2H")] {
        store.put_mute_rule(rule(name, hour, duration)).unwrap();
    }
    store
}

fn rule(name: &str, time: &str, duration: &str) -> MuteRule {
    MuteRule {
        name: name.to_owned(),
        description: None,
        schedule: MuteSchedule::read(&format!("cron({time} * * *)"), duration, None).unwrap(),
        targets: vec!["alarm".to_owned()],
        start: None,
        expire: None,
        updated: at("00:00"),
    }
}

fn set(store: &mut AlarmStore, value: StateValue, now: Millis) -> StateChange {
    let mut changes = store.set_state("alarm", value, "", None, now).unwrap();
    changes.remove(0)
}

#[test]
fn a_muted_action_runs_when_the_last_window_ends_and_the_state_is_still_the_same() {
    let mut store = store();
    let change = set(&mut store, StateValue::Alarm, at("01:59"));
    assert!(!store.hold(&change, at("01:59")));
    set(&mut store, StateValue::Ok, at("02:00"));
    let change = set(&mut store, StateValue::Alarm, at("02:10"));
    assert!(store.hold(&change, at("02:10")));
    assert_eq!(store.next_unmute(), Some(at("03:00")));
    assert!(store.unmute(at("03:00")).is_empty());
    assert_eq!(store.next_unmute(), Some(at("04:30")));
    let released = store.unmute(at("04:30"));
    assert_eq!(released[0].actions().len(), 1);
    assert_eq!(store.next_unmute(), None);
}

#[test]
fn an_alarm_that_left_the_state_meanwhile_runs_nothing() {
    let mut store = store();
    let change = set(&mut store, StateValue::Alarm, at("02:10"));
    assert!(store.hold(&change, at("02:10")));
    let change = set(&mut store, StateValue::Ok, at("02:20"));
    assert!(store.hold(&change, at("02:20")));
    store
        .set_state("alarm", StateValue::InsufficientData, "", None, at("02:30"))
        .unwrap();
    assert!(store.unmute(at("04:30")).is_empty());
}

#[test]
fn a_rule_that_is_deleted_or_expires_mutes_no_longer() {
    let mut store = store();
    assert!(store.delete_mute_rule("b"));
    let mut expiring = rule("a", "0 2", "PT1H");
    expiring.expire = Some(at("02:40"));
    expiring.start = Some(at("02:05"));
    let status = |clock| expiring.status(at(clock));
    assert_eq!(status("02:00"), MuteRuleStatus::Scheduled);
    assert_eq!(status("02:05"), MuteRuleStatus::Active);
    assert_eq!(status("02:40"), MuteRuleStatus::Expired);
    store.put_mute_rule(expiring).unwrap();
    assert_eq!(store.muted_until("alarm", at("02:10")), Some(at("02:40")));
    assert_eq!(store.muted_until("alarm", at("02:40")), None);
    assert_eq!(store.muted_until("other", at("02:10")), None);
}

#[test]
fn what_put_alarm_mute_rule_refuses_names_the_member() {
    type Spoil = fn(&mut MuteRule);
    let table: [(Spoil, &str); 4] = [
        (|r| r.name = String::new(), "'name'"),
        (|r| r.targets.clear(), "'muteTargets.alarmNames'"),
        (
            |r| r.targets.push("none".to_owned()),
            "[none] in MuteTargets",
        ),
        (
            |r| {
                r.start = Some(at("03:00"));
                r.expire = Some(at("02:00"));
            },
            "ExpireDate",
        ),
    ];
    for (spoil, text) in table {
        let mut rule = rule("c", "0 2", "PT1H");
        spoil(&mut rule);
        let refused = store().put_mute_rule(rule).unwrap_err();
        assert!(refused.message.contains(text), "{}", refused.message);
    }
}
