use belfry_engine::diag::Span;

use super::{Point, Ran, Reached};
use crate::suite::{SavedQuery, Suite};
use crate::testing::Expected;

/// Of every saved query: that it answers rows.
pub(super) fn points(suite: &Suite) -> Vec<(Point, Reached<'_>)> {
    let points = suite.queries.iter().map(|query| {
        let point = Point {
            subject: format!("query {}", query.stem),
            what: "answers rows".to_owned(),
            path: query.path.clone(),
            at: Span::default(),
            tests: Vec::new(),
            exempt: None,
        };
        let reached: Reached<'_> = Box::new(|ran| answers(ran, query));
        (point, reached)
    });
    points.collect()
}

fn answers(ran: Ran<'_>, query: &SavedQuery) -> bool {
    ran.test.expected.iter().any(|expected| {
        matches!(expected, Expected::Query(e)
            if e.asked.name.as_ref() == Some(&query.stem) && !e.rows.is_empty())
    })
}
