use super::{ActionsSuppressor, TriggeringChild};
use crate::alarms::AlarmState;
use crate::base::Millis;

/// Why actions are held back, as `ActionsSuppressedBy` says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressedBy {
    /// The suppressor may still go into ALARM.
    WaitPeriod,
    /// The suppressor has left ALARM a short while ago.
    ExtensionPeriod,
    /// The suppressor is in ALARM.
    Alarm,
}

impl SuppressedBy {
    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WaitPeriod => "WaitPeriod",
            Self::ExtensionPeriod => "ExtensionPeriod",
            Self::Alarm => "Alarm",
        }
    }

    /// `ActionsSuppressedReason`. The user guide's event shows the text of the wait period; the other two follow
    /// its pattern.
    pub fn reason(self) -> String {
        format!("Actions suppressed by {}", self.as_str())
    }
}

/// A change of state whose actions are held back (user guide, composite alarm action suppression).
#[derive(Clone, Debug, PartialEq)]
pub struct Suppression {
    /// By what.
    pub by: SuppressedBy,
    /// When the actions run; `None` while the suppressor is in ALARM.
    pub until: Option<Millis>,
    /// The state before the change.
    pub(super) old: AlarmState,
    /// What made the change.
    pub(super) triggering_children: Vec<TriggeringChild>,
}

impl Suppression {
    /// The composite alarm has changed: a running timer ends unused, and every action waits at least WaitPeriod.
    pub(super) fn of_change(
        suppressor: &ActionsSuppressor,
        is_in_alarm: bool,
        old: AlarmState,
        triggering_children: Vec<TriggeringChild>,
        now: Millis,
    ) -> Self {
        let (by, until) = match is_in_alarm {
            true => (SuppressedBy::Alarm, None),
            false => (SuppressedBy::WaitPeriod, Some(after(now, suppressor.wait))),
        };
        Self {
            by,
            until,
            old,
            triggering_children,
        }
    }

    /// The suppressor has gone into ALARM, or has left it.
    pub(super) fn turn(&mut self, suppressor: &ActionsSuppressor, is_in_alarm: bool, now: Millis) {
        (self.by, self.until) = match is_in_alarm {
            true => (SuppressedBy::Alarm, None),
            false => {
                let until = after(now, suppressor.extension);
                (SuppressedBy::ExtensionPeriod, Some(until))
            }
        };
    }

    /// Whether its timer has run out.
    pub(super) fn is_over(&self, now: Millis) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

fn after(now: Millis, seconds: i64) -> Millis {
    now.plus(seconds.saturating_mul(1000))
}
