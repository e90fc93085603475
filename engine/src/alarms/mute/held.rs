use crate::alarms::{Alarm, AlarmStore, StateChange};
use crate::base::Millis;

/// A change of state whose actions a mute rule holds back.
#[derive(Clone, Debug)]
pub(in crate::alarms) struct HeldAction {
    change: StateChange,
    /// When to look again.
    until: Millis,
}

impl AlarmStore {
    /// Holds the actions of a change back where a mute rule is active over its alarm; whether it does. Of several
    /// changes of one alarm or contributor the last is kept.
    pub fn hold(&mut self, change: &StateChange, now: Millis) -> bool {
        let same = |held: &HeldAction| {
            held.change.alarm.name() == change.alarm.name()
                && held.change.contributor() == change.contributor()
        };
        self.held.retain(|held| !same(held));
        let Some(until) = self.muted_until(change.alarm.name(), now) else {
            return false;
        };
        let change = change.clone();
        self.held.push(HeldAction { change, until });
        true
    }

    /// The changes whose last window is over at `now` while their alarm is still in that state, in order; their
    /// actions run now, as the alarm is configured now.
    pub fn unmute(&mut self, now: Millis) -> Vec<StateChange> {
        let mut released = Vec::new();
        for mut held in std::mem::take(&mut self.held) {
            if let Some(until) = self.muted_until(held.change.alarm.name(), now) {
                held.until = until;
                self.held.push(held);
            } else if let Some(alarm) = self.still(&held.change) {
                held.change.alarm = alarm;
                released.push(held.change);
            }
        }
        released
    }

    /// When the next window over a held action ends.
    pub fn next_unmute(&self) -> Option<Millis> {
        self.held.iter().map(|held| held.until).min()
    }

    /// Whether the alarm, or the contributor, is still in the state that it took: its present configuration.
    fn still(&self, change: &StateChange) -> Option<Alarm> {
        let name = change.alarm.name();
        let is_still = match change.contributor() {
            None => self.state_of(name)?.value == change.new.value,
            // A later change would have replaced this one.
            Some(_) => true,
        };
        is_still.then(|| self.configuration_of(name))?
    }

    fn configuration_of(&self, name: &str) -> Option<Alarm> {
        let metric = self.alarms.get(name).map(|stored| stored.as_alarm());
        metric
            .or_else(|| self.composites.get(name).map(|stored| stored.as_alarm()))
            .or_else(|| self.logs.get(name).map(|stored| stored.as_alarm()))
    }
}
