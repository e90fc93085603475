use serde::Serialize;

use super::{ContributorShown, RuleTruth};

/// Why an alarm stands as it does: what `belfry why --format json` prints. Times are RFC 3339 in UTC; numbers are
/// those of the metric's unit; members that do not apply are null or empty.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// 1; it rises when a reader could be misled.
    pub version: u32,
    /// The alarm.
    pub alarm: String,
    /// `MetricAlarm`, `LogAlarm` or `CompositeAlarm`.
    pub kind: &'static str,
    /// The moment asked about.
    pub at: String,
    /// The state that the service had at that moment.
    pub reported: Reported,
    /// The rule in words.
    pub rule: String,
    /// The evaluation by this engine: of metric and log alarms over one series, and not while they warm up.
    pub evaluation: Option<Evaluated>,
    /// The rule of a composite alarm as a tree, each part with its truth.
    pub tree: Option<RuleTruth>,
    /// The series of an alarm over many: those in ALARM first.
    pub contributors: Vec<ContributorShown>,
    /// Whether the recomputed state is the reported one; null where nothing was recomputed.
    pub agrees: Option<bool>,
    /// Why it fired or stayed silent, most important first.
    pub because: Vec<Cause>,
    /// The metrics behind it and where they come from.
    pub metrics: Vec<MetricEvidence>,
    /// Who is told, and whether anything holds that back.
    pub actions: Actions,
    /// What else a reader should know.
    pub remarks: Vec<String>,
}

/// A state that the service reports.
#[derive(Clone, Debug, Serialize)]
pub struct Reported {
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    pub state: &'static str,
    /// Since when.
    pub since: String,
    /// The service's own words.
    pub reason: String,
}

/// One evaluation, bucket by bucket.
#[derive(Clone, Debug, Serialize)]
pub struct Evaluated {
    /// The moment of the evaluation.
    pub moment: String,
    /// The state that follows; null keeps the present one.
    pub state: Option<&'static str>,
    /// Which branch of the rule decided: `enough_data`, `filled`, `no_data`, `enough_breaching`,
    /// `some_not_breaching`, `lasting_breach`, `premature_breach`, `low_sample_count`.
    pub branch: &'static str,
    /// The same in words.
    pub decided: String,
    /// M.
    pub needed: usize,
    /// N.
    pub periods: usize,
    /// The evaluation range, newest first.
    pub buckets: Vec<Bucket>,
}

/// One bucket of the evaluation range.
#[derive(Clone, Debug, Serialize)]
pub struct Bucket {
    /// Included.
    pub start: String,
    /// Excluded.
    pub end: String,
    /// Null where it is missing.
    pub value: Option<f64>,
    /// How many samples stand behind the value; null of metric math and of missing buckets.
    pub samples: Option<f64>,
    /// `breaching`, `not_breaching`, `too_few_samples`, `filled_breaching`, `filled_not_breaching`, `missing`,
    /// `not_needed`.
    pub part: &'static str,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// `threshold_crossed`, `missing_data_breaches`, `other_dimensions`, `source`, `below_threshold`, `too_few_breaches`, `nothing_published`,
    /// `state_kept`, `warming_up`, `rule_holds`, `rule_does_not_hold`, `actions_disabled`, `no_actions`,
    /// `actions_suppressed`, `actions_muted`.
    pub code: &'static str,
    /// The same in words.
    pub text: String,
}

impl Cause {
    /// A reason.
    pub fn new(code: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { code, text }
    }
}

/// One metric behind an alarm.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MetricEvidence {
    /// Its id in metric math.
    pub id: Option<String>,
    /// `FraudDetection ErrorCount {Service="x"}`.
    pub metric: String,
    /// The statistic.
    pub statistic: String,
    /// Samples published in the range that was looked at.
    pub samples: f64,
    /// Where nothing was published: the other sets of dimensions under which the metric exists.
    pub other_dimensions: Vec<String>,
    /// What feeds it.
    pub sources: Vec<Source>,
}

/// What feeds a metric.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// `metric_filter`, `embedded_metrics`, `aws_service` or `unknown`.
    pub kind: &'static str,
    /// Whose events.
    pub log_group: Option<String>,
    /// The metric filter's name.
    pub filter: Option<String>,
    /// The filter pattern that finds the events behind the metric.
    pub pattern: Option<String>,
    /// What it made of the events of the range, in words.
    pub found: String,
    /// Events of the group in the range; null where the group was not looked at.
    pub events: Option<Count>,
    /// Of these, the events that match.
    pub matched: Option<Count>,
    /// The first matching lines.
    pub lines: Vec<Line>,
    /// Commands that show the evidence.
    pub commands: Vec<String>,
    /// Addresses of the AWS console that show it.
    pub links: Vec<String>,
}

/// A number that may have been counted only so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many, or at least how many.
    pub number: usize,
    /// Whether there are more.
    pub more: bool,
}

/// A log line.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// When.
    pub timestamp: String,
    /// The event.
    pub message: String,
}

/// Who is told.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Actions {
    /// Whether actions run at all.
    pub enabled: bool,
    /// The ARNs for the present state.
    pub configured: Vec<String>,
    /// What suppresses them, where something does.
    pub suppressed: Option<String>,
    /// Mute rules that are active.
    pub muted: Vec<String>,
    /// The last actions that were run up to the moment, newest first: time and the service's summary.
    pub last: Vec<Line>,
}

impl Explanation {
    /// Adds what keeps the actions of the present state from running.
    pub fn add_held_back(&mut self, suppressed: Option<&(String, String)>) {
        if let Some((by, reason)) = suppressed {
            self.actions.suppressed = Some(format!("{by}: {reason}"));
        }
        let actions = &self.actions;
        let mut held = Vec::new();
        if !actions.enabled {
            let text = "actions are disabled (ActionsEnabled is false): nobody is told";
            held.push(Cause::new("actions_disabled", text));
        } else if actions.configured.is_empty() && self.reported.state == "ALARM" {
            let text = "no action is configured for ALARM: nobody is told";
            held.push(Cause::new("no_actions", text));
        }
        if let Some(suppressed) = &actions.suppressed {
            let text = format!("actions are suppressed by {suppressed}");
            held.push(Cause::new("actions_suppressed", text));
        }
        if !actions.muted.is_empty() {
            let text = format!("actions are muted by {}", actions.muted.join(", "));
            held.push(Cause::new("actions_muted", text));
        }
        self.because.extend(held);
    }
}
