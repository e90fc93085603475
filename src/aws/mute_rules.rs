use aws_sdk_cloudwatch::operation::get_alarm_mute_rule::GetAlarmMuteRuleOutput;
use aws_sdk_cloudwatch::types::{MuteTargets, Rule, Schedule};
use aws_smithy_types::DateTime;
use belfry_engine::base::Millis;

use super::CloudError;
use super::actions::LISTS;
use super::cloud::AwsCloud;
use super::side_by_side::side_by_side;
use crate::iam::{APPLY, Action, On, PLAN};
use crate::provision::resources::MuteRuleResource;
use crate::provision::{Observed, Ownership, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "list_alarm_mute_rules",
        "cloudwatch:ListAlarmMuteRules",
        On::Everything(LISTS),
        PLAN,
    ),
    Action::new(
        "get_alarm_mute_rule",
        "cloudwatch:GetAlarmMuteRule",
        On::MuteRules,
        PLAN,
    ),
    // The tag that tells whose a rule is.
    Action::new(
        "get_alarm_mute_rule",
        "cloudwatch:ListTagsForResource",
        On::MuteRules,
        PLAN,
    ),
    // "The caller needs the permission on the rule and on every target" (API reference).
    Action::new(
        "put_alarm_mute_rule",
        "cloudwatch:PutAlarmMuteRule",
        On::MuteRulesAndAlarms,
        APPLY,
    ),
    // With tags.
    Action::new(
        "put_alarm_mute_rule",
        "cloudwatch:TagResource",
        On::MuteRules,
        APPLY,
    ),
    Action::new(
        "delete_alarm_mute_rule",
        "cloudwatch:DeleteAlarmMuteRule",
        On::MuteRules,
        APPLY,
    ),
];

impl AwsCloud {
    /// ListAlarmMuteRules shows ARNs of all rules; those of the suite's prefix and the suite's are asked for one by one.
    pub(super) async fn observe_mute_rules(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let client = self.session.cloudwatch();
        let mut pages = client.list_alarm_mute_rules().into_paginator().send();
        let mut names = Vec::new();
        while let Some(page) = pages.next().await {
            let page =
                page.map_err(|e| CloudError::from_sdk("ListAlarmMuteRules", scope.prefix, &e))?;
            let arns = page.alarm_mute_rule_summaries().iter();
            for arn in arns.filter_map(|rule| rule.alarm_mute_rule_arn()) {
                let name = arn.split_once(":alarm-mute-rule:").map(|(_, name)| name);
                let is_looked_at =
                    |name: &&str| name.starts_with(scope.prefix) || self.claims.has(arn);
                names.extend(name.filter(is_looked_at).map(str::to_owned));
            }
        }
        let found = names.iter().map(|name| self.observed_mute_rule(name));
        for (rule, owner) in side_by_side(found.collect()).await? {
            observed.insert(Resource::MuteRule(rule), owner, None);
        }
        Ok(())
    }

    /// One rule, where there is one of that name.
    pub(super) async fn observe_mute_rule(
        &self,
        name: &str,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let (rule, owner) = match self.observed_mute_rule(name).await {
            Err(error) if error.is_not_found() => return Ok(()),
            found => found?,
        };
        observed.insert(Resource::MuteRule(rule), owner, None);
        Ok(())
    }

    async fn observed_mute_rule(
        &self,
        name: &str,
    ) -> Result<(MuteRuleResource, Ownership), CloudError> {
        let request = self.session.cloudwatch().get_alarm_mute_rule();
        let answer = request
            .alarm_mute_rule_name(name)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("GetAlarmMuteRule", name, &e))?;
        let arn = answer.alarm_mute_rule_arn().unwrap_or_default();
        let owner = self.cloudwatch_owner(arn).await?;
        Ok((resource(&answer), owner))
    }

    /// PutAlarmMuteRule replaces the whole rule; it takes tags for a new one only.
    pub(super) async fn put_mute_rule(
        &self,
        rule: &MuteRuleResource,
        is_new: bool,
    ) -> Result<(), CloudError> {
        let schedule = Schedule::builder()
            .expression(&rule.schedule)
            .duration(&rule.duration)
            .timezone(&rule.timezone)
            .build();
        let targets = MuteTargets::builder().set_alarm_names(Some(rule.alarms.clone()));
        let moment = |moment: Option<Millis>| moment.map(|moment| DateTime::from_millis(moment.0));
        self.session
            .cloudwatch()
            .put_alarm_mute_rule()
            .name(&rule.name)
            .description(&rule.description)
            .rule(Rule::builder().schedule(schedule).build())
            .mute_targets(targets.build())
            .set_start_date(moment(rule.start))
            .set_expire_date(moment(rule.expire))
            .set_tags(is_new.then(|| vec![self.suite_tag()]))
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("PutAlarmMuteRule", &rule.name, &e))?;
        Ok(())
    }

    pub(super) async fn delete_mute_rule(&self, rule: &MuteRuleResource) -> Result<(), CloudError> {
        let request = self.session.cloudwatch().delete_alarm_mute_rule();
        request
            .alarm_mute_rule_name(&rule.name)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("DeleteAlarmMuteRule", &rule.name, &e))?;
        Ok(())
    }
}

fn resource(rule: &GetAlarmMuteRuleOutput) -> MuteRuleResource {
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let schedule = rule.rule().and_then(Rule::schedule);
    let targets = rule.mute_targets().map(MuteTargets::alarm_names);
    let mut alarms = targets.unwrap_or_default().to_vec();
    alarms.sort();
    let moment = |time: Option<&DateTime>| time.and_then(|t| t.to_millis().ok()).map(Millis);
    MuteRuleResource {
        name: text(rule.name()),
        description: text(rule.description()),
        schedule: text(schedule.and_then(Schedule::expression)),
        duration: text(schedule.and_then(Schedule::duration)),
        timezone: schedule
            .and_then(Schedule::timezone)
            .unwrap_or("UTC")
            .to_owned(),
        alarms,
        start: moment(rule.start_date()),
        expire: moment(rule.expire_date()),
    }
}
