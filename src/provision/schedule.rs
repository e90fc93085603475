use std::collections::BTreeSet;

use super::{Address, Change};

/// Which changes of a plan can be made now: what they need is made, and nothing of their lane is being made.
///
/// Creations and updates wait for those that they refer to; deletions wait for all creations and updates, and
/// for the deletions of what refers to them. So nothing old goes before what is new stands.
#[derive(Debug)]
pub(super) struct Schedule<'p> {
    changes: &'p [Change],
    /// Of each change, the earlier ones that it needs.
    needs: Vec<Vec<usize>>,
    states: Vec<State>,
    busy: BTreeSet<Address>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Waiting,
    Running,
    Done,
    Missing,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Make the change of this number.
    Make(usize),
    /// Leave out the change of this number, since what it needs is not there.
    Skip(usize, Address),
}

impl<'p> Schedule<'p> {
    pub(super) fn new(changes: &'p [Change]) -> Self {
        let needs = (0..changes.len()).map(|index| needs(changes, index));
        Self {
            changes,
            needs: needs.collect(),
            states: vec![State::Waiting; changes.len()],
            busy: BTreeSet::new(),
        }
    }

    /// The first change of the plan that need not wait; it counts as running, or as left out, from here on.
    pub(super) fn next(&mut self) -> Option<Step> {
        let step = (0..self.changes.len()).find_map(|index| self.step(index))?;
        match &step {
            Step::Make(index) => {
                self.states[*index] = State::Running;
                self.busy.extend(self.lane(*index));
            }
            Step::Skip(index, _) => self.states[*index] = State::Missing,
        }
        Some(step)
    }

    /// A change that was running has ended.
    pub(super) fn finish(&mut self, index: usize, is_done: bool) {
        self.states[index] = if is_done { State::Done } else { State::Missing };
        if let Some(lane) = self.lane(index) {
            self.busy.remove(&lane);
        }
    }

    fn step(&self, index: usize) -> Option<Step> {
        if self.states[index] != State::Waiting || self.is_held_back(index) {
            return None;
        }
        let needs = &self.needs[index];
        if let Some(lacking) = needs.iter().find(|n| self.states[**n] == State::Missing) {
            return Some(Step::Skip(index, self.changes[*lacking].address.clone()));
        }
        let is_free = self
            .lane(index)
            .is_none_or(|lane| !self.busy.contains(&lane));
        let is_ready = needs.iter().all(|need| self.states[*need] == State::Done);
        (is_free && is_ready).then_some(Step::Make(index))
    }

    /// A deletion waits until every creation and update has ended.
    fn is_held_back(&self, index: usize) -> bool {
        let is_open = |state: &State| matches!(state, State::Waiting | State::Running);
        let states = self.changes.iter().zip(&self.states);
        let mut puts = states.filter(|(change, _)| change.after.is_some());
        self.changes[index].after.is_none() && puts.any(|(_, state)| is_open(state))
    }

    fn lane(&self, index: usize) -> Option<Address> {
        let change = &self.changes[index];
        let resource = change.after.as_ref().or(change.before.as_ref())?;
        Some(resource.lane())
    }
}

fn needs(changes: &[Change], index: usize) -> Vec<usize> {
    let change = &changes[index];
    let earlier = changes.iter().enumerate().take(index);
    if change.after.is_some() {
        let references = change.references();
        let needed = earlier.filter(|(_, other)| references.contains(&other.address));
        return needed.map(|(index, _)| index).collect();
    }
    let refers = |other: &Change| {
        let before = other.before.as_ref().filter(|_| other.after.is_none());
        before.is_some_and(|before| before.references().contains(&change.address))
    };
    let needed = earlier.filter(|(_, other)| refers(other));
    needed.map(|(index, _)| index).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::provision::resources::{
        DashboardResource, LogGroupResource, MetricFilterResource, TopicResource,
    };
    use crate::provision::{Desired, Observed, Ownership, Plan, Resource};

    fn filter(group: &str, name: &str) -> Resource {
        Resource::MetricFilter(MetricFilterResource {
            name: name.to_owned(),
            log_group: group.to_owned(),
            pattern: String::new(),
            namespace: "N".to_owned(),
            metric: "M".to_owned(),
            value: "1".to_owned(),
            default: None,
            unit: "None".to_owned(),
            dimensions: BTreeMap::new(),
            selection: None,
            other: BTreeMap::new(),
        })
    }

    fn group(name: &str) -> Resource {
        Resource::LogGroup(LogGroupResource {
            name: name.to_owned(),
            retention_days: None,
            class: "STANDARD".to_owned(),
            tags: None,
        })
    }

    fn suite() -> Desired {
        let topic = Resource::Topic(TopicResource {
            name: "t".to_owned(),
            region: None,
            policy: serde_json::Value::Null,
        });
        let all = [
            topic,
            group("a"),
            group("b"),
            filter("a", "1"),
            filter("a", "2"),
            filter("b", "1"),
        ];
        all.into_iter().collect()
    }

    /// What can be made at once, by address.
    fn ready(schedule: &mut Schedule<'_>) -> Vec<(usize, String)> {
        let steps = std::iter::from_fn(|| schedule.next());
        let steps: Vec<Step> = steps.collect();
        let named = steps.into_iter().map(|step| match step {
            Step::Make(index) => (index, schedule.changes[index].address.to_string()),
            Step::Skip(index, address) => (index, format!("without {address}")),
        });
        named.collect()
    }

    fn names(ready: &[(usize, String)]) -> Vec<&str> {
        ready.iter().map(|(_, name)| name.as_str()).collect()
    }

    #[test]
    fn filters_wait_for_their_group_and_one_of_a_group_is_made_at_a_time() {
        let plan = Plan::new(&suite(), &Observed::default());
        let mut schedule = Schedule::new(&plan.changes);
        let first = ready(&mut schedule);
        assert_eq!(names(&first), ["topic.t", "log_group.a", "log_group.b"]);
        for (index, _) in first {
            schedule.finish(index, true);
        }
        let second = ready(&mut schedule);
        assert_eq!(names(&second), ["metric_filter.a:1", "metric_filter.b:1"]);
        schedule.finish(second[1].0, true);
        assert!(ready(&mut schedule).is_empty());
        schedule.finish(second[0].0, true);
        assert_eq!(names(&ready(&mut schedule)), ["metric_filter.a:2"]);
    }

    #[test]
    fn what_needs_a_failed_change_is_left_out() {
        let plan = Plan::new(&suite(), &Observed::default());
        let mut schedule = Schedule::new(&plan.changes);
        for (index, name) in ready(&mut schedule) {
            schedule.finish(index, name != "log_group.a");
        }
        let second = ready(&mut schedule);
        let expected = [
            "without log_group.a",
            "without log_group.a",
            "metric_filter.b:1",
        ];
        assert_eq!(names(&second), expected);
    }

    #[test]
    fn deletions_wait_until_everything_else_has_ended() {
        let mut observed = Observed::default();
        let old = Resource::Dashboard(DashboardResource::new("old", "{}"));
        observed.insert(old, Ownership::Ours, None);
        let plan = Plan::new(&[group("a")].into_iter().collect(), &observed);
        let mut schedule = Schedule::new(&plan.changes);
        let first = ready(&mut schedule);
        assert_eq!(names(&first), ["log_group.a"]);
        schedule.finish(first[0].0, false);
        assert_eq!(names(&ready(&mut schedule)), ["dashboard.old"]);
    }
}
