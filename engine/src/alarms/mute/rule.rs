use super::MuteSchedule;
use crate::base::Millis;

/// PutAlarmMuteRule's members.
#[derive(Clone, Debug, PartialEq)]
pub struct MuteRule {
    /// 1 to 255 characters.
    pub name: String,
    /// Up to 1,024 characters.
    pub description: Option<String>,
    /// When it mutes.
    pub schedule: MuteSchedule,
    /// The names of the alarms it mutes, 1 to 100.
    pub targets: Vec<String>,
    /// It mutes nothing before.
    pub start: Option<Millis>,
    /// It mutes nothing from then on.
    pub expire: Option<Millis>,
    /// When it was last put.
    pub updated: Millis,
}

/// Whether a mute rule mutes now, later or never again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MuteRuleStatus {
    /// Later.
    Scheduled,
    /// Now.
    Active,
    /// Never again.
    Expired,
}

impl MuteRuleStatus {
    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "SCHEDULED",
            Self::Active => "ACTIVE",
            Self::Expired => "EXPIRED",
        }
    }
}

impl MuteRule {
    /// Its status at `now`.
    pub fn status(&self, now: Millis) -> MuteRuleStatus {
        let is_expired = self.expire.is_some_and(|expire| now >= expire);
        if is_expired || self.schedule.is_over(now) {
            MuteRuleStatus::Expired
        } else if self.mutes_until(now).is_some() {
            MuteRuleStatus::Active
        } else {
            MuteRuleStatus::Scheduled
        }
    }

    /// The end of the window that holds `now`.
    pub(super) fn mutes_until(&self, now: Millis) -> Option<Millis> {
        if self.start.is_some_and(|start| now < start) {
            return None;
        }
        let (_, end) = self.schedule.window(now)?;
        let end = self.expire.map_or(end, |expire| expire.min(end));
        (now < end).then_some(end)
    }
}
