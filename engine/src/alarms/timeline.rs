use super::{AlarmStore, StateChange};

/// The timeline: every change of state of every alarm, in order, with the alarm as it was configured, the states
/// before and after, and whether a suppressor held its actions back. The moment of a change is
/// `new.transitioned`. Unlike the history it never loses its beginning, so it is kept only where asked for.
impl AlarmStore {
    /// Keeps a timeline from now on.
    pub fn keep_timeline(&mut self) {
        self.timeline.get_or_insert_default();
    }

    /// The changes of state since [`Self::keep_timeline`], oldest first.
    pub fn timeline(&self) -> &[StateChange] {
        self.timeline.as_deref().unwrap_or_default()
    }
}
