//! Mute rules: windows of time in which alarms change their state and run no actions.
//!
//! In come rules (PutAlarmMuteRule) and changes of state whose actions are due; out comes what was held back when
//! the last window over an alarm ends and the alarm is still in that state. To add a field of schedules, see
//! `cron`.

mod cron;
mod held;
mod rule;
mod schedule;
mod store;
#[cfg(test)]
mod tests;

pub(super) use held::HeldAction;
pub use rule::{MuteRule, MuteRuleStatus};
pub use schedule::MuteSchedule;
