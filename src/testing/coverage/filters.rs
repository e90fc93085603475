use belfry_engine::pattern::FilterPattern;

use super::{Point, Ran, Reached};
use crate::suite::{FILE_NAME, MetricFilter, Suite};
use crate::testing::What;

/// Of every metric filter: an event that matches, and one that does not.
pub(super) fn points(suite: &Suite) -> Vec<(Point, Reached<'_>)> {
    let mut points: Vec<(Point, Reached<'_>)> = Vec::new();
    for filter in &suite.metric_filters {
        // The suite's reader has refused patterns that are none.
        let Ok(pattern) = FilterPattern::parse(&filter.pattern) else {
            continue;
        };
        for (what, wanted) in [("matches", true), ("does not match", false)] {
            let pattern = pattern.clone();
            let reached = move |ran: Ran<'_>| any_event(ran, filter, &pattern, wanted);
            points.push((point(suite, filter, what), Box::new(reached)));
        }
    }
    points
}

fn point(suite: &Suite, filter: &MetricFilter, what: &str) -> Point {
    Point {
        subject: subject(suite, filter),
        what: what.to_owned(),
        path: FILE_NAME.to_owned(),
        at: filter.place(),
        tests: Vec::new(),
        exempt: None,
    }
}

/// `metric filter ErrorCount`; with its log group where another group has one of the same name.
pub(in crate::testing) fn subject(suite: &Suite, filter: &MetricFilter) -> String {
    let filters = suite.metric_filters.iter();
    let of_name = filters.filter(|other| other.name == filter.name).count();
    match of_name {
        1 => format!("metric filter {}", filter.name),
        _ => format!("metric filter {} of {}", filter.name, filter.log_group),
    }
}

fn any_event(ran: Ran<'_>, filter: &MetricFilter, pattern: &FilterPattern, wanted: bool) -> bool {
    ran.test.feeds.iter().any(|feed| match &feed.what {
        What::Log { group, message, .. } => {
            *group == filter.log_group && pattern.matches(message) == wanted
        }
        What::Datum(_) => false,
    })
}
