use aws_sdk_cloudwatch::error::ProvideErrorMetadata as _;
use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::types::{
    AlarmMuteRuleStatus, MuteTargets, Rule, Schedule, StateValue, Tag,
};

use super::composite::{actions_of, child, served, set};
use super::wire::START;

/// START is 2026-04-20T10:00:00Z.
fn rule(expression: &str, duration: &str) -> Rule {
    let schedule = Schedule::builder()
        .expression(expression)
        .duration(duration)
        .build();
    Rule::builder().schedule(schedule).build()
}

fn targets(name: &str) -> MuteTargets {
    MuteTargets::builder().alarm_names(name).build()
}

#[tokio::test]
async fn a_muted_alarm_changes_its_state_and_acts_when_the_window_ends() {
    let (_served, client, clock, _endpoint) = served().await;
    child(&client, "errors", StateValue::Ok).await;
    let put = client.put_alarm_mute_rule().name("night");
    let put = put.rule(rule("cron(0 * * * *)", "PT30M"));
    let put = put.mute_targets(targets("errors")).description("nobody");
    let tag = Tag::builder().key("team").value("fraud").build();
    put.tags(tag).send().await.unwrap();
    set(&client, "errors", StateValue::Alarm).await;
    assert!(actions_of(&client, "errors").await.is_empty());
    let read = client.get_alarm_mute_rule().alarm_mute_rule_name("night");
    let read = read.send().await.unwrap();
    assert_eq!(read.status(), Some(&AlarmMuteRuleStatus::Active));
    assert_eq!(read.mute_type(), Some("RECURRING"));
    assert_eq!(read.mute_targets().unwrap().alarm_names(), ["errors"]);
    let arn = read.alarm_mute_rule_arn().unwrap();
    assert_eq!(
        arn,
        "arn:aws:cloudwatch:us-east-1:000000000000:alarm-mute-rule:night"
    );
    let tags = client.list_tags_for_resource().resource_arn(arn);
    assert_eq!(tags.send().await.unwrap().tags().len(), 1);
    clock.advance(30 * 60_000);
    assert_eq!(actions_of(&client, "errors").await.len(), 1);
}

#[tokio::test]
async fn mute_rules_are_listed_by_alarm_and_status_and_deleted() {
    let (_served, client, _clock, _endpoint) = served().await;
    child(&client, "errors", StateValue::Ok).await;
    child(&client, "latency", StateValue::Ok).await;
    for (name, target, expression) in [
        ("now", "errors", "at(2026-04-20T09:30)"),
        ("later", "errors", "cron(0 2 * * SUN)"),
        ("past", "latency", "at(2026-04-19T09:30)"),
    ] {
        let put = client.put_alarm_mute_rule().name(name);
        let put = put.rule(rule(expression, "PT2H"));
        let put = put.mute_targets(targets(target));
        put.expire_date(DateTime::from_secs(START.0 / 1000 + 86_400))
            .send()
            .await
            .unwrap();
    }
    let names = |answer: &[aws_sdk_cloudwatch::types::AlarmMuteRuleSummary]| {
        let arns = answer.iter().filter_map(|rule| rule.alarm_mute_rule_arn());
        let names = arns.filter_map(|arn| arn.rsplit(':').next());
        names.collect::<Vec<_>>().join(" ")
    };
    let all = client.list_alarm_mute_rules().send().await.unwrap();
    assert_eq!(names(all.alarm_mute_rule_summaries()), "later now past");
    let request = client.list_alarm_mute_rules().alarm_name("errors");
    let request = request.statuses(AlarmMuteRuleStatus::Active);
    let found = request.send().await.unwrap();
    assert_eq!(names(found.alarm_mute_rule_summaries()), "now");
    let request = client.list_alarm_mute_rules();
    let request = request.statuses(AlarmMuteRuleStatus::Expired);
    let found = request.send().await.unwrap();
    assert_eq!(names(found.alarm_mute_rule_summaries()), "past");
    let delete = || {
        let request = client.delete_alarm_mute_rule();
        request.alarm_mute_rule_name("now").send()
    };
    delete().await.unwrap();
    delete().await.unwrap();
    let gone = client.get_alarm_mute_rule().alarm_mute_rule_name("now");
    let error = gone.send().await.unwrap_err();
    assert!(error.into_service_error().is_resource_not_found_exception());
    let put = client.put_alarm_mute_rule().name("wrong");
    let put = put.rule(rule("cron(0 2 * * 1)", "PT2H"));
    let error = put.mute_targets(targets("errors")).send().await;
    let error = error.unwrap_err();
    assert!(error.message().unwrap().contains("day-of-week"));
}
