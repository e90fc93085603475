use belfry_engine::base::Millis;
use serde::Serialize;

use super::{Comparison, Course, Fed, Firing, Incident, IncidentReport, Page};
use crate::why::metric_in_words;

const WEEK: f64 = 7.0 * 86_400.0;

/// What a backtest found: what `belfry backtest --format json` prints. Times are RFC 3339 in UTC.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// 1; it rises when a reader could be misled.
    pub version: u32,
    /// Where the recording begins.
    pub from: String,
    /// Up to where alarms were evaluated.
    pub to: String,
    /// The time between, in seconds.
    pub seconds: i64,
    /// What was fed, and what was not.
    pub fed: Fed,
    /// The version of the working tree, and after it the one it is compared with.
    pub versions: Vec<VersionReport>,
    /// What the change does to the pages; null where there is one version.
    pub comparison: Option<Comparison>,
    /// The limit of pages a week and whether the working tree keeps it; null where none was given.
    pub budget: Option<Budget>,
}

/// What one version of the suite did.
#[derive(Clone, Debug, Serialize)]
pub struct VersionReport {
    /// `working tree`, or the revision.
    pub name: String,
    /// How many pages.
    pub pages: usize,
    /// Pages by the time of the recording.
    pub pages_per_week: f64,
    /// Alarms that fired or could not be fed, then the silent ones.
    pub alarms: Vec<AlarmReport>,
    /// How each incident was noticed.
    pub incidents: Vec<IncidentReport>,
    /// Pages outside every incident; null where no incidents were given.
    pub false_pages: Option<Vec<Page>>,
}

/// What one alarm did.
#[derive(Clone, Debug, Serialize)]
pub struct AlarmReport {
    /// The alarm.
    pub alarm: String,
    /// Each time it was in ALARM.
    pub firings: Vec<FiringReport>,
    /// How long it was in ALARM altogether.
    pub seconds_in_alarm: i64,
    /// Its metrics that got no datum: what it did then says nothing.
    pub unfed: Vec<String>,
}

/// One time in ALARM.
#[derive(Clone, Debug, Serialize)]
pub struct FiringReport {
    /// When it fired.
    pub fired: String,
    /// When it cleared; null where it was still on at the end.
    pub cleared: Option<String>,
    /// How long it was on; null where it still was on at the end.
    pub seconds: Option<i64>,
    /// Whether somebody was told.
    pub paged: bool,
    /// CloudWatch's words.
    pub reason: String,
}

/// A limit of pages.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Budget {
    /// At most so many pages a week.
    pub max_pages_per_week: f64,
    /// What the working tree sends.
    pub pages_per_week: f64,
    /// Whether it is within the limit.
    pub kept: bool,
}

/// What a report is asked to judge by.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Labelled incidents; none where no file was given.
    pub incidents: Option<Vec<Incident>>,
    /// How long after an incident's end an alarm still belongs to it, in milliseconds.
    pub grace: i64,
    /// At most so many pages a week.
    pub budget: Option<f64>,
    /// Only these alarms; all where empty.
    pub alarms: Vec<String>,
}

impl Report {
    /// Of the courses of one recording, the working tree's first.
    pub fn of(
        mut courses: Vec<Course>,
        mut fed: Fed,
        (from, to): (Millis, Millis),
        settings: &Settings,
    ) -> Self {
        if !settings.alarms.is_empty() {
            for course in &mut courses {
                course
                    .alarms
                    .retain(|alarm, _| settings.alarms.contains(alarm));
                course
                    .unfed
                    .retain(|alarm, _| settings.alarms.contains(alarm));
            }
        }
        for course in &courses {
            for (alarm, count) in &course.beginnings {
                let what = format!(
                    "firings of {alarm} at the beginning are left out or shortened: it looks at the time before the \
                     recording ({})",
                    course.name
                );
                fed.not_fed.push(super::NotFed {
                    count: *count,
                    what,
                });
            }
        }
        let seconds = (to.0 - from.0).max(1) / 1000;
        let version = |course: &Course| VersionReport::of(course, seconds, to, settings);
        let versions: Vec<_> = courses.iter().map(version).collect();
        let comparison = match courses.as_slice() {
            [after, before, ..] => Some(Comparison::of(before, after)),
            _ => None,
        };
        let sent = versions
            .first()
            .map_or(0.0, |version| version.pages_per_week);
        Self {
            version: 1,
            from: from.to_rfc3339(),
            to: to.to_rfc3339(),
            seconds,
            fed,
            comparison,
            budget: settings.budget.map(|limit| Budget {
                max_pages_per_week: limit,
                pages_per_week: sent,
                kept: sent <= limit,
            }),
            versions,
        }
    }

    /// Whether the working tree misses an incident.
    pub fn misses(&self) -> bool {
        let working_tree = self.versions.first();
        working_tree.is_some_and(|version| version.incidents.iter().any(|i| !i.detected))
    }

    /// Whether the working tree sends more pages than its budget.
    pub fn is_over_budget(&self) -> bool {
        self.budget.is_some_and(|budget| !budget.kept)
    }
}

impl VersionReport {
    fn of(course: &Course, seconds: i64, to: Millis, settings: &Settings) -> Self {
        let pages = course.pages();
        let incidents = settings.incidents.as_deref();
        let judge = |incident: &Incident| incident.judge(course, settings.grace);
        let false_pages = incidents.map(|incidents| {
            let explained =
                |firing: &Firing| incidents.iter().any(|i| i.covers(firing, settings.grace));
            let unexplained = pages.iter().filter(|(_, firing)| !explained(firing));
            unexplained
                .map(|(alarm, firing)| Page::of(alarm, firing))
                .collect()
        });
        let mut alarms: Vec<_> = course
            .alarms
            .iter()
            .map(|(alarm, firings)| AlarmReport::of(alarm, firings, course, to))
            .collect();
        alarms.sort_by_key(|alarm| (alarm.firings.is_empty(), !alarm.unfed.is_empty()));
        Self {
            name: course.name.clone(),
            pages: pages.len(),
            pages_per_week: per_week(pages.len(), seconds),
            alarms,
            incidents: incidents.unwrap_or_default().iter().map(judge).collect(),
            false_pages,
        }
    }
}

/// Exact below 2^32 pages and seconds.
fn per_week(pages: usize, seconds: i64) -> f64 {
    let pages = u32::try_from(pages).map_or(f64::MAX, f64::from);
    let seconds = u32::try_from(seconds.max(1)).map_or(f64::MAX, f64::from);
    pages * WEEK / seconds
}

impl AlarmReport {
    fn of(alarm: &str, firings: &[Firing], course: &Course, to: Millis) -> Self {
        let lasted = |firing: &Firing| firing.cleared.unwrap_or(to).0 - firing.fired.0;
        let unfed = course
            .unfed
            .get(alarm)
            .map(Vec::as_slice)
            .unwrap_or_default();
        Self {
            alarm: alarm.to_owned(),
            seconds_in_alarm: firings.iter().map(lasted).sum::<i64>() / 1000,
            unfed: unfed.iter().map(metric_in_words).collect(),
            firings: firings
                .iter()
                .map(|firing| FiringReport {
                    fired: firing.fired.to_rfc3339(),
                    cleared: firing.cleared.map(|at| at.to_rfc3339()),
                    seconds: firing.cleared.map(|at| (at.0 - firing.fired.0) / 1000),
                    paged: firing.paged.is_some(),
                    reason: firing.reason.clone(),
                })
                .collect(),
        }
    }
}
