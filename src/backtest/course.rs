use std::collections::{BTreeMap, BTreeSet};

use belfry_engine::alarms::StateValue;
use belfry_engine::base::Millis;
use belfry_engine::metrics::MetricId;

use crate::replay::{Happening, What};

/// What the alarms of one version did.
#[derive(Clone, Debug)]
pub struct Course {
    /// `working tree`, or the revision.
    pub name: String,
    /// Every alarm of the version with its firings in order.
    pub alarms: BTreeMap<String, Vec<Firing>>,
    /// Alarms of which a metric got no datum, with these metrics.
    pub unfed: BTreeMap<String, Vec<MetricId>>,
    /// Firings that were left out or shortened because they only say that the recording had just begun, by alarm.
    pub beginnings: BTreeMap<String, u64>,
}

/// One time in ALARM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firing {
    /// When it went into ALARM.
    pub fired: Millis,
    /// When it left ALARM; `None` where it still was in ALARM at the end.
    pub cleared: Option<Millis>,
    /// When the first action of this firing reached a topic: a page. `None` where nobody was told.
    pub paged: Option<Millis>,
    /// Why it fired, in CloudWatch's words.
    pub reason: String,
}

impl Firing {
    /// Whether it and `other` were in ALARM at the same time.
    pub fn overlaps(&self, other: &Self) -> bool {
        let ends = |firing: &Self| firing.cleared.unwrap_or(Millis(i64::MAX));
        self.fired < ends(other) && other.fired < ends(self)
    }
}

impl Course {
    pub(super) fn of(
        name: String,
        alarms: BTreeSet<String>,
        happenings: &[Happening],
        unfed: BTreeMap<String, Vec<MetricId>>,
    ) -> Self {
        let empty = alarms.into_iter().map(|alarm| (alarm, Vec::new()));
        let mut course = Self {
            name,
            alarms: empty.collect(),
            unfed,
            beginnings: BTreeMap::new(),
        };
        for happening in happenings {
            let firings = course.alarms.entry(happening.alarm.clone()).or_default();
            follow(firings, happening);
        }
        course
    }

    /// Takes out what alarms did before `until`: a firing that ends before is dropped, one that lasts longer begins
    /// there.
    pub(super) fn leave_out_beginnings(&mut self, until: &BTreeMap<String, Millis>) {
        for (alarm, until) in until {
            let Some(firings) = self.alarms.get_mut(alarm) else {
                continue;
            };
            let touched = firings
                .iter()
                .filter(|firing| firing.fired < *until)
                .count();
            firings.retain(|firing| firing.cleared.is_none_or(|cleared| cleared > *until));
            for firing in firings.iter_mut() {
                firing.fired = firing.fired.max(*until);
                firing.paged = firing.paged.map(|paged| paged.max(*until));
            }
            if let (1.., Ok(count)) = (touched, u64::try_from(touched)) {
                self.beginnings.insert(alarm.clone(), count);
            }
        }
    }

    /// Every firing that paged: alarm and firing, by time.
    pub fn pages(&self) -> Vec<(&str, &Firing)> {
        let all = self.alarms.iter();
        let all = all.flat_map(|(alarm, firings)| firings.iter().map(|f| (alarm.as_str(), f)));
        let mut pages: Vec<_> = all.filter(|(_, firing)| firing.paged.is_some()).collect();
        pages.sort_by_key(|(alarm, firing)| (firing.paged, *alarm));
        pages
    }
}

fn follow(firings: &mut Vec<Firing>, happening: &Happening) {
    let is_open = |firing: &&mut Firing| firing.cleared.is_none();
    match &happening.what {
        What::State { to, reason, .. } if *to == StateValue::Alarm => firings.push(Firing {
            fired: happening.at,
            cleared: None,
            paged: None,
            reason: reason.clone(),
        }),
        What::State { .. } => {
            if let Some(open) = firings.last_mut().filter(is_open) {
                open.cleared = Some(happening.at);
            }
        }
        What::Action { succeeded, .. } => {
            if let Some(open) = firings.last_mut().filter(is_open)
                && *succeeded
            {
                open.paged.get_or_insert(happening.at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn happening(at: i64, what: What) -> Happening {
        Happening {
            at: Millis(at),
            alarm: "a".to_owned(),
            what,
        }
    }

    fn to(at: i64, from: StateValue, to: StateValue) -> Happening {
        let reason = "because".to_owned();
        happening(at, What::State { from, to, reason })
    }

    fn action(at: i64, succeeded: bool) -> Happening {
        let arn = "topic".to_owned();
        happening(at, What::Action { arn, succeeded })
    }

    #[test]
    fn what_only_the_beginning_of_the_recording_explains_is_left_out() {
        use StateValue::{Alarm, Ok};
        let happenings = [
            to(1, Ok, Alarm),
            action(1, true),
            to(3, Alarm, Ok),
            to(4, Ok, Alarm),
            action(4, true),
            to(9, Alarm, Ok),
        ];
        let mut course = Course::of(
            "new".to_owned(),
            BTreeSet::new(),
            &happenings,
            BTreeMap::new(),
        );
        course.leave_out_beginnings(&BTreeMap::from([("a".to_owned(), Millis(5))]));
        let firing = &course.alarms["a"][0];
        assert_eq!((firing.fired, firing.paged), (Millis(5), Some(Millis(5))));
        assert_eq!((course.alarms["a"].len(), course.beginnings["a"]), (1, 2));
    }

    #[test]
    fn a_page_is_an_action_that_reached_a_topic_while_the_alarm_was_on() {
        use StateValue::{Alarm, Ok};
        let happenings = [
            to(1, Ok, Alarm),
            action(1, true),
            action(1, true),
            to(5, Alarm, Ok),
            action(5, true),
            to(7, Ok, Alarm),
            action(7, false),
            to(9, Alarm, Ok),
            to(11, Ok, Alarm),
        ];
        let course = Course::of(
            "new".to_owned(),
            BTreeSet::new(),
            &happenings,
            BTreeMap::new(),
        );
        let firings = &course.alarms["a"];
        let times: Vec<_> = firings
            .iter()
            .map(|f| (f.fired.0, f.cleared.map(|c| c.0), f.paged.map(|p| p.0)))
            .collect();
        assert_eq!(
            times,
            [(1, Some(5), Some(1)), (7, Some(9), None), (11, None, None)]
        );
        assert_eq!(course.pages().len(), 1);
    }
}
