use aws_sdk_cloudwatch::types::{
    AlarmType, CompositeAlarm as SdkComposite, MetricAlarm as SdkMetric, StateValue as SdkState,
};
use aws_smithy_types::DateTime;
use belfry_engine::alarms::{
    ActionsSuppressor, AlarmRule, ComparisonOperator, CompositeAlarm, EvaluationWindow,
    MetricAlarm, StateValue, Threshold, TreatMissingData, WarmUp,
};
use belfry_engine::base::Millis;

use super::actions::COMPOSITES;
use super::alarm_watch::watch;
use super::described_log_alarm;
use super::{CloudError, Session};
use crate::iam::{Action, On, WATCH};
use crate::why::{Described, DescribedAlarm, ReportedState};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[Action::new(
    "describe_alarms",
    "cloudwatch:DescribeAlarms",
    On::Everything(COMPOSITES),
    WATCH,
)];

pub(super) const OPERATION: &str = "DescribeAlarms";

impl Session {
    /// The alarm of that name, of whatever kind; `None` where there is none (DescribeAlarms).
    pub async fn described_alarm(&self, name: &str) -> Result<Option<DescribedAlarm>, CloudError> {
        let request = self.cloudwatch().describe_alarms().alarm_names(name);
        let answer = request
            .alarm_types(AlarmType::MetricAlarm)
            .alarm_types(AlarmType::CompositeAlarm)
            .alarm_types(AlarmType::LogAlarm)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk(OPERATION, name, &e))?;
        if let Some(alarm) = answer.metric_alarms().first() {
            return Ok(Some(metric(name, alarm)?));
        }
        if let Some(alarm) = answer.log_alarms().first() {
            return described_log_alarm::log(name, alarm).map(Some);
        }
        if let Some(alarm) = answer.composite_alarms().first() {
            return Ok(Some(composite(name, alarm)?));
        }
        Ok(None)
    }

    /// The names of all alarms.
    pub async fn alarm_names(&self) -> Result<Vec<String>, CloudError> {
        let client = self.cloudwatch();
        let request = client.describe_alarms();
        let mut pages = request
            .alarm_types(AlarmType::MetricAlarm)
            .alarm_types(AlarmType::CompositeAlarm)
            .alarm_types(AlarmType::LogAlarm)
            .into_paginator()
            .send();
        let mut names = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| CloudError::from_sdk(OPERATION, "alarms", &e))?;
            let metric = page
                .metric_alarms()
                .iter()
                .filter_map(SdkMetric::alarm_name);
            names.extend(metric.map(str::to_owned));
            let log = page.log_alarms().iter().filter_map(|a| a.alarm_name());
            names.extend(log.map(str::to_owned));
            let composite = page.composite_alarms().iter();
            names.extend(
                composite
                    .filter_map(SdkComposite::alarm_name)
                    .map(str::to_owned),
            );
        }
        Ok(names)
    }
}

/// What the engine cannot evaluate, by the member that says so.
fn unsupported(alarm: &SdkMetric) -> Option<&'static str> {
    if alarm.evaluation_criteria().is_some() {
        return Some("it evaluates PromQL (EvaluationCriteria), which this engine does not run");
    }
    alarm.threshold_metric_id().map(|_| {
        "it compares with an anomaly detection band (ThresholdMetricId); CloudWatch does not publish \
         the model behind it"
    })
}

fn metric(name: &str, alarm: &SdkMetric) -> Result<DescribedAlarm, CloudError> {
    if let Some(reason) = unsupported(alarm) {
        let reason = reason.to_owned();
        return Ok(DescribedAlarm::Unsupported { reason });
    }
    let wrong = |message: String| CloudError::local(OPERATION, name, message);
    let watched = match watch(alarm) {
        Ok(watched) => watched,
        Err(reason) => return Ok(DescribedAlarm::Unsupported { reason }),
    };
    let operator = alarm.comparison_operator().map_or("", |o| o.as_str());
    let treatment = alarm.treat_missing_data().map(TreatMissingData::parse);
    let count = |number: Option<i32>| number.and_then(|n| usize::try_from(n).ok());
    let alarm_actions = |arns: &[String]| arns.to_vec();
    let described = MetricAlarm {
        name: name.to_owned(),
        description: alarm.alarm_description().map(str::to_owned),
        actions_enabled: alarm.actions_enabled().unwrap_or(true),
        ok_actions: alarm_actions(alarm.ok_actions()),
        alarm_actions: alarm_actions(alarm.alarm_actions()),
        insufficient_data_actions: alarm_actions(alarm.insufficient_data_actions()),
        metric: watched,
        evaluation_periods: count(alarm.evaluation_periods())
            .ok_or_else(|| wrong("the answer has no EvaluationPeriods".to_owned()))?,
        datapoints_to_alarm: count(alarm.datapoints_to_alarm()),
        threshold: alarm
            .threshold()
            .map(Threshold::Value)
            .ok_or_else(|| wrong("the answer has no Threshold".to_owned()))?,
        comparison_operator: ComparisonOperator::parse(operator).map_err(|e| wrong(e.message))?,
        treat_missing_data: treatment.transpose().map_err(|e| wrong(e.message))?,
        evaluate_low_sample_count_percentile: alarm
            .evaluate_low_sample_count_percentile()
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        evaluation_window: window(alarm).map_err(wrong)?,
        warm_up: warm_up(alarm),
        tags_propagation: None,
    };
    Ok(DescribedAlarm::Metric(Box::new(Described {
        alarm: described,
        configured: moment(alarm.alarm_configuration_updated_timestamp()),
        state: reported(
            name,
            alarm.state_value(),
            alarm.state_reason(),
            [
                alarm.state_transitioned_timestamp(),
                alarm.state_updated_timestamp(),
            ],
        )?,
        evaluation_state: alarm
            .evaluation_state()
            .map(|state| state.as_str().to_owned()),
        suppressed: None,
    })))
}

fn window(alarm: &SdkMetric) -> Result<Option<EvaluationWindow>, String> {
    let Some(window) = alarm.evaluation_window() else {
        return Ok(None);
    };
    if window.is_sliding_window() {
        return Ok(Some(EvaluationWindow::Sliding));
    }
    match window.as_wall_clock_window() {
        Ok(clock) => EvaluationWindow::wall_clock(clock.timezone())
            .map(Some)
            .map_err(|error| error.message),
        Err(_) => Err("an evaluation window of a kind that is not known here".to_owned()),
    }
}

fn warm_up(alarm: &SdkMetric) -> Option<WarmUp> {
    let configuration = alarm.warm_up_configuration()?;
    Some(WarmUp {
        minutes: i64::from(configuration.warm_up_period_duration_in_minutes()?),
        whole: configuration
            .only_start_evaluating_after_warm_up_period_ends()
            .unwrap_or(false),
    })
}

fn composite(name: &str, alarm: &SdkComposite) -> Result<DescribedAlarm, CloudError> {
    let rule = alarm.alarm_rule().unwrap_or_default();
    let rule = AlarmRule::parse(rule)
        .map_err(|mistake| CloudError::local(OPERATION, name, mistake.message.clone()))?;
    let suppressor = alarm
        .actions_suppressor()
        .map(|suppressor| ActionsSuppressor {
            alarm: suppressor.to_owned(),
            wait: alarm.actions_suppressor_wait_period().map_or(0, i64::from),
            extension: alarm
                .actions_suppressor_extension_period()
                .map_or(0, i64::from),
        });
    let suppressed = alarm.actions_suppressed_by().map(|by| {
        let reason = alarm.actions_suppressed_reason().unwrap_or_default();
        (by.as_str().to_owned(), reason.to_owned())
    });
    Ok(DescribedAlarm::Composite(Box::new(Described {
        alarm: CompositeAlarm {
            name: name.to_owned(),
            description: alarm.alarm_description().map(str::to_owned),
            actions_enabled: alarm.actions_enabled().unwrap_or(true),
            ok_actions: alarm.ok_actions().to_vec(),
            alarm_actions: alarm.alarm_actions().to_vec(),
            insufficient_data_actions: alarm.insufficient_data_actions().to_vec(),
            rule,
            suppressor,
            tags_propagation: None,
        },
        configured: moment(alarm.alarm_configuration_updated_timestamp()),
        state: reported(
            name,
            alarm.state_value(),
            alarm.state_reason(),
            [
                alarm.state_transitioned_timestamp(),
                alarm.state_updated_timestamp(),
            ],
        )?,
        evaluation_state: None,
        suppressed,
    })))
}

pub(super) fn reported(
    name: &str,
    value: Option<&SdkState>,
    reason: Option<&str>,
    since: [Option<&DateTime>; 2],
) -> Result<ReportedState, CloudError> {
    let value = StateValue::parse(value.map_or("", SdkState::as_str));
    Ok(ReportedState {
        value: value.map_err(|error| CloudError::local(OPERATION, name, error.message))?,
        reason: reason.unwrap_or_default().to_owned(),
        since: moment(since.into_iter().flatten().next()),
    })
}

pub(super) fn moment(time: Option<&DateTime>) -> Millis {
    time.and_then(|time| time.to_millis().ok())
        .map(Millis)
        .unwrap_or_default()
}
