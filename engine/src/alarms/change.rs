use super::{Alarm, AlarmState, Contributor, ContributorChange, StateValue, TriggeringChild};
use crate::base::Millis;

/// A change of state, for history and notification.
#[derive(Clone, Debug, PartialEq)]
pub struct StateChange {
    /// The alarm as it was configured at that moment.
    pub alarm: Alarm,
    /// When that configuration was put.
    pub configured: Millis,
    /// Before.
    pub old: AlarmState,
    /// After.
    pub new: AlarmState,
    /// The children whose change made a composite alarm change; none where its state was set by hand.
    pub triggering_children: Vec<TriggeringChild>,
    /// Whether a suppressor holds the actions back.
    pub suppressed: bool,
    /// Whose change it is.
    pub of: ChangeOf,
    /// The run of a log alarm's query that made it.
    pub query_execution: Option<String>,
}

/// Whose change of state it is, which says what actions run: topics and functions are told by each contributor,
/// everything else by the alarm (user guide, alarm actions).
#[derive(Clone, Debug, PartialEq)]
pub enum ChangeOf {
    /// An alarm's: all actions of its new state. Also where no contributor's change is behind it.
    Alarm,
    /// An alarm's, made by contributors, which tell topics and functions themselves.
    AlarmOfContributors,
    /// One contributor's: topics and functions only.
    Contributor(Contributor),
}

impl ChangeOf {
    /// The alarm's change that goes with those of its contributors.
    pub(super) fn alarm_after(changes: &[ContributorChange]) -> Self {
        match changes.is_empty() {
            true => Self::Alarm,
            false => Self::AlarmOfContributors,
        }
    }
}

impl StateChange {
    /// An alarm's own change, by nothing but its evaluation.
    pub(super) fn of_alarm(
        alarm: Alarm,
        configured: Millis,
        (old, new): (AlarmState, AlarmState),
    ) -> Self {
        Self {
            alarm,
            configured,
            old,
            new,
            triggering_children: Vec::new(),
            suppressed: false,
            of: ChangeOf::Alarm,
            query_execution: None,
        }
    }

    /// The contributor, where the change is not the alarm's own.
    pub fn contributor(&self) -> Option<&Contributor> {
        match &self.of {
            ChangeOf::Contributor(contributor) => Some(contributor),
            ChangeOf::Alarm | ChangeOf::AlarmOfContributors => None,
        }
    }

    /// The ARNs to call for the new state; none where actions are disabled or held back.
    pub fn actions(&self) -> Vec<&str> {
        if !self.alarm.actions_enabled() || self.suppressed {
            return Vec::new();
        }
        let [ok, alarm, insufficient_data] = self.alarm.actions();
        let all = match self.new.value {
            StateValue::Ok => ok,
            StateValue::Alarm => alarm,
            StateValue::InsufficientData => insufficient_data,
        };
        let all = all.iter().map(String::as_str);
        all.filter(|arn| self.is_run(arn)).collect()
    }

    fn is_run(&self, arn: &str) -> bool {
        let is_told_by_contributors = matches!(arn.split(':').nth(2), Some("sns" | "lambda"));
        match self.of {
            ChangeOf::Alarm => true,
            ChangeOf::AlarmOfContributors => !is_told_by_contributors,
            ChangeOf::Contributor(_) => is_told_by_contributors,
        }
    }

    pub(super) fn of_contributors(
        changes: Vec<ContributorChange>,
        alarm: &Alarm,
        configured: Millis,
    ) -> Vec<Self> {
        let change = |change: ContributorChange| Self {
            alarm: alarm.clone(),
            configured,
            old: change.old,
            new: change.new,
            triggering_children: Vec::new(),
            suppressed: false,
            of: ChangeOf::Contributor(change.contributor),
            query_execution: None,
        };
        changes.into_iter().map(change).collect()
    }
}
