use serde::Serialize;

use super::{Course, Firing};

/// What a change of the suite does to its pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The version before.
    pub before: String,
    /// The version after.
    pub after: String,
    /// Pages that only the version after sends.
    pub added: Vec<Page>,
    /// Pages that only the version before sends.
    pub removed: Vec<Page>,
    /// Pages of both that are not sent at the same moment.
    pub moved: Vec<Moved>,
    /// Pages that are the same.
    pub same: usize,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// The alarm.
    pub alarm: String,
    /// When it fired.
    pub fired: String,
    /// When it cleared; null where it was still on at the end.
    pub cleared: Option<String>,
}

/// A page that comes earlier or later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The alarm.
    pub alarm: String,
    /// When it fired before.
    pub before: String,
    /// When it fires after.
    pub after: String,
    /// By so many seconds later; earlier where negative.
    pub seconds: i64,
}

impl Page {
    /// Of an alarm's firing.
    pub fn of(alarm: &str, firing: &Firing) -> Self {
        Self {
            alarm: alarm.to_owned(),
            fired: firing.fired.to_rfc3339(),
            cleared: firing.cleared.map(|at| at.to_rfc3339()),
        }
    }
}

impl Comparison {
    /// Pages of one alarm are the same page where the alarm was on at the same time in both versions; each stands
    /// for at most one of the other version.
    pub fn of(before: &Course, after: &Course) -> Self {
        let mut comparison = Self {
            before: before.name.clone(),
            after: after.name.clone(),
            added: Vec::new(),
            removed: Vec::new(),
            moved: Vec::new(),
            same: 0,
        };
        let mut left = before.pages();
        for (alarm, firing) in after.pages() {
            let twin = left
                .iter()
                .position(|(other, old)| *other == alarm && old.overlaps(firing));
            match twin.map(|place| left.remove(place)) {
                None => comparison.added.push(Page::of(alarm, firing)),
                Some((_, old)) if old.fired == firing.fired => comparison.same += 1,
                Some((_, old)) => comparison.moved.push(Moved {
                    alarm: alarm.to_owned(),
                    before: old.fired.to_rfc3339(),
                    after: firing.fired.to_rfc3339(),
                    seconds: (firing.fired.0 - old.fired.0) / 1000,
                }),
            }
        }
        let removed = left
            .into_iter()
            .map(|(alarm, firing)| Page::of(alarm, firing));
        comparison.removed = removed.collect();
        comparison
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use belfry_engine::base::Millis;

    use super::*;

    fn course(name: &str, firings: &[(i64, i64)]) -> Course {
        let firing = |&(fired, cleared): &(i64, i64)| Firing {
            fired: Millis(fired * 1000),
            cleared: Some(Millis(cleared * 1000)),
            paged: Some(Millis(fired * 1000)),
            reason: String::new(),
        };
        let firings = firings.iter().map(firing).collect();
        Course {
            name: name.to_owned(),
            alarms: BTreeMap::from([("a".to_owned(), firings)]),
            unfed: BTreeMap::new(),
            beginnings: BTreeMap::new(),
        }
    }

    #[test]
    fn pages_at_the_same_time_are_one_page() {
        let before = course("v1", &[(10, 20), (30, 40), (50, 60)]);
        let after = course("v2", &[(12, 20), (30, 45), (70, 80)]);
        let comparison = Comparison::of(&before, &after);
        assert_eq!(comparison.same, 1);
        assert_eq!(comparison.moved[0].seconds, 2);
        assert_eq!(comparison.added[0].fired, "1970-01-01T00:01:10.000Z");
        assert_eq!(comparison.removed[0].fired, "1970-01-01T00:00:50.000Z");
        let back = Comparison::of(&after, &before);
        assert_eq!((back.added.len(), back.removed.len(), back.same), (1, 1, 1));
        assert_eq!(back.moved[0].seconds, -2);
    }
}
