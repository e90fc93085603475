use super::{Point, Ran, Reached, alarms, dashboards, filters, mute_rules, queries};
use crate::suite::Suite;
use crate::testing::exemption::{self, Stale};
use crate::testing::{Outcome, TestFile};

/// How much of a suite its tests exercise.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// Every point, in the order of the suite.
    pub points: Vec<Point>,
    /// Exemptions that are not needed or name nothing.
    pub stale: Vec<Stale>,
}

impl Coverage {
    /// The points that need a test and have none.
    pub fn missing(&self) -> impl Iterator<Item = &Point> {
        let points = self.points.iter();
        points.filter(|point| !point.is_covered() && point.exempt.is_none())
    }

    /// How many points some test exercised.
    pub fn covered(&self) -> usize {
        let points = self.points.iter();
        points.filter(|point| point.is_covered()).count()
    }

    /// How many points need no test.
    pub fn exempt(&self) -> usize {
        let points = self.points.iter();
        let exempt = points.filter(|point| !point.is_covered() && point.exempt.is_some());
        exempt.count()
    }

    /// Hundredths of the points that need a test: 100 where none does.
    pub fn percent(&self) -> f64 {
        let needed = self.points.len() - self.exempt();
        match needed {
            0 => 100.0,
            needed => 100.0 * self.covered() as f64 / needed as f64,
        }
    }
}

/// Lists the points of one kind.
type List = fn(&Suite) -> Vec<(Point, Reached<'_>)>;

const KINDS: &[List] = &[
    alarms::points,
    mute_rules::points,
    filters::points,
    queries::points,
    dashboards::points,
];

/// Holds what the tests did against every point of `suite`.
pub fn measure(suite: &Suite, files: &[TestFile], outcomes: &[Outcome]) -> Coverage {
    let ran: Vec<Ran<'_>> = outcomes
        .iter()
        .filter_map(|outcome| {
            let test = files.get(outcome.file)?.tests.get(outcome.test)?;
            Some(Ran { test, outcome })
        })
        .collect();
    let mut points = Vec::new();
    for (mut point, reached) in KINDS.iter().flat_map(|list| list(suite)) {
        let tests = ran.iter().filter(|ran| reached(**ran));
        point.tests = tests.map(|ran| ran.test.name.clone()).collect();
        let own = exemption::reason(files.iter().flat_map(|f| &f.exempt), &point.name());
        point.exempt = own.or(point.exempt);
        points.push(point);
    }
    let open: Vec<String> = points
        .iter()
        .filter(|point| !point.is_covered())
        .map(Point::name)
        .collect();
    let stale = exemption::stale(files, |file| &file.exempt, &open, "coverage point");
    Coverage { points, stale }
}
