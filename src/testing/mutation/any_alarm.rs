use super::mutant::{Changed, Mutant};
use super::variant::{Subject, Variant, without_each};
use crate::suite::AlarmHead;

/// A way to change an alarm: what it makes of it.
type Way<T> = fn(&T, &mut Vec<Variant<T>>);

/// How alarms of one kind are changed.
pub(super) struct AnyAlarm<T: 'static> {
    /// The list in belfry.toml.
    pub(super) list: &'static str,
    /// The ways to change one.
    pub(super) ways: &'static [Way<T>],
    pub(super) head: fn(&mut T) -> &mut AlarmHead,
    /// The change of the alarm at this place of the list.
    pub(super) changed: fn(usize, Box<T>) -> Changed,
}

impl<T: Clone> AnyAlarm<T> {
    /// Every alarm changed in every way, and each topic left out that it tells.
    pub(super) fn mutants<'a>(
        &self,
        alarms: impl Iterator<Item = (usize, &'a T)>,
        source: &str,
    ) -> Vec<Mutant> {
        let mut mutants = Vec::new();
        for (number, alarm) in alarms {
            let mut variants = Vec::new();
            for way in self.ways {
                way(alarm, &mut variants);
            }
            self.without_actions(alarm, &mut variants);
            let mut own = alarm.clone();
            let head = (self.head)(&mut own);
            let subject = Subject {
                name: &format!("alarm {}", head.name),
                list: self.list,
                at: head.place,
                source,
            };
            let of = |alarm| (self.changed)(number, Box::new(alarm));
            mutants.extend(variants.into_iter().map(|v| subject.mutant(v, of)));
        }
        mutants
    }

    fn without_actions(&self, alarm: &T, variants: &mut Vec<Variant<T>>) {
        let head = self.head;
        without_each(alarm, "actions", |a| &mut head(a).actions.alarm, variants);
        without_each(alarm, "ok_actions", |a| &mut head(a).actions.ok, variants);
        without_each(
            alarm,
            "insufficient_data_actions",
            |a| &mut head(a).actions.insufficient_data,
            variants,
        );
    }
}
