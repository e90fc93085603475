use belfry_engine::base::Millis;
use serde::Serialize;

use super::{Course, Firing};

/// Something that went wrong in the recorded time, as people labelled it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// What it is called.
    pub name: String,
    /// When it began.
    pub from: Millis,
    /// When it was over.
    pub to: Millis,
    /// The alarms that should notice it; any alarm where empty.
    pub alarms: Vec<String>,
}

/// How one version noticed one incident.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IncidentReport {
    /// The incident.
    pub incident: String,
    /// When it began.
    pub from: String,
    /// When it was over.
    pub to: String,
    /// Whether an expected alarm fired in its time, or was on when it began.
    pub detected: bool,
    /// From the beginning to the first expected alarm, in seconds; 0 where one was on already; null where missed.
    pub seconds_to_detect: Option<i64>,
    /// The expected alarms that fired, first first.
    pub by: Vec<Detection>,
    /// The expected alarms that did not fire.
    pub silent: Vec<String>,
    /// Alarms that fired in that time and are not expected.
    pub others: Vec<String>,
}

/// An alarm that noticed an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Detection {
    /// The alarm.
    pub alarm: String,
    /// When it fired.
    pub fired: String,
    /// From the beginning of the incident to it, in seconds; 0 where it was on already.
    pub seconds: i64,
    /// Whether somebody was told.
    pub paged: bool,
}

impl Incident {
    /// Whether the alarm is one that should notice it.
    pub fn expects(&self, alarm: &str) -> bool {
        self.alarms.is_empty() || self.alarms.iter().any(|expected| expected == alarm)
    }

    /// Whether `firing` lies in its time, up to `grace` milliseconds after its end, or reaches into it.
    pub fn covers(&self, firing: &Firing, grace: i64) -> bool {
        let ends = firing.cleared.unwrap_or(Millis(i64::MAX));
        firing.fired <= self.to.plus(grace) && ends > self.from
    }

    /// How `course` noticed it.
    pub fn judge(&self, course: &Course, grace: i64) -> IncidentReport {
        let mut by = Vec::new();
        let mut others = Vec::new();
        for (alarm, firings) in &course.alarms {
            let first = firings.iter().find(|firing| self.covers(firing, grace));
            match first {
                Some(firing) if self.expects(alarm) => by.push(Detection {
                    alarm: alarm.clone(),
                    fired: firing.fired.to_rfc3339(),
                    seconds: (firing.fired.0 - self.from.0).max(0) / 1000,
                    paged: firing.paged.is_some(),
                }),
                Some(_) => others.push(alarm.clone()),
                None => {}
            }
        }
        by.sort_by_key(|detection| detection.seconds);
        let fired = |alarm: &&String| !by.iter().any(|d| d.alarm == **alarm);
        IncidentReport {
            incident: self.name.clone(),
            from: self.from.to_rfc3339(),
            to: self.to.to_rfc3339(),
            detected: !by.is_empty(),
            seconds_to_detect: by.first().map(|detection| detection.seconds),
            silent: self.alarms.iter().filter(fired).cloned().collect(),
            others,
            by,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn firing(fired: i64, cleared: Option<i64>) -> Firing {
        Firing {
            fired: Millis(fired * 1000),
            cleared: cleared.map(|at| Millis(at * 1000)),
            paged: Some(Millis(fired * 1000)),
            reason: String::new(),
        }
    }

    fn course(alarms: &[(&str, Vec<Firing>)]) -> Course {
        let alarms = alarms
            .iter()
            .map(|(name, firings)| ((*name).to_owned(), firings.clone()));
        Course {
            name: "new".to_owned(),
            alarms: alarms.collect(),
            unfed: BTreeMap::new(),
            beginnings: BTreeMap::new(),
        }
    }

    fn incident(alarms: &[&str]) -> Incident {
        Incident {
            name: "i".to_owned(),
            from: Millis(1_000_000),
            to: Millis(2_000_000),
            alarms: alarms.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn the_first_expected_alarm_is_the_time_to_detect() {
        let course = course(&[
            ("a", vec![firing(100, Some(200)), firing(1300, Some(1500))]),
            ("b", vec![firing(1060, None)]),
            ("c", vec![firing(1010, None)]),
            ("d", vec![]),
        ]);
        let report = incident(&["a", "b", "d"]).judge(&course, 0);
        assert_eq!(report.seconds_to_detect, Some(60));
        assert_eq!(
            (report.silent, report.others),
            (vec!["d".to_owned()], vec!["c".to_owned()])
        );
        let any = incident(&[]).judge(&course, 0);
        assert_eq!(any.seconds_to_detect, Some(10));
    }

    #[test]
    fn an_alarm_that_was_on_already_detects_at_once_and_one_after_the_end_does_not() {
        let on = course(&[("a", vec![firing(900, Some(1100))])]);
        assert_eq!(incident(&["a"]).judge(&on, 0).seconds_to_detect, Some(0));
        let before = course(&[("a", vec![firing(900, Some(1000))])]);
        assert!(!incident(&["a"]).judge(&before, 0).detected);
        let after = course(&[("a", vec![firing(2060, None)])]);
        assert!(!incident(&["a"]).judge(&after, 0).detected);
        assert!(incident(&["a"]).judge(&after, 60_000).detected);
    }
}
