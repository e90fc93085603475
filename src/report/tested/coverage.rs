use std::io::{self, Write};

use serde_json::{Value, json};

use crate::report::plural;
use crate::report::style::{ADDED, FAINT, REMOVED, STRONG, styled};
use crate::testing::coverage::{Coverage, Point};

/// Every subject with its points: `+` covered, `-` not covered, `.` exempt.
pub fn write_coverage(out: &mut dyn Write, coverage: &Coverage) -> io::Result<()> {
    let subjects = subjects(coverage);
    let width = subjects.iter().map(|(name, _)| name.chars().count()).max();
    let width = width.unwrap_or(0);
    writeln!(out, "\n{}", styled(STRONG, "coverage"))?;
    for (name, points) in &subjects {
        let shown: Vec<String> = points.iter().map(|point| mark(point)).collect();
        writeln!(out, "  {name:width$}  {}", shown.join("  "))?;
    }
    for point in &coverage.points {
        if let (false, Some(reason)) = (point.is_covered(), &point.exempt) {
            writeln!(
                out,
                "{}",
                styled(FAINT, format!("  . {}: {reason}", point.name()))
            )?;
        }
    }
    writeln!(out, "{}", summary(coverage))
}

/// `41 of 43 points are covered, 2 are exempt: 95.3 %`
fn summary(coverage: &Coverage) -> String {
    let needed = coverage.points.len() - coverage.exempt();
    let exempt = match coverage.exempt() {
        0 => String::new(),
        n => format!(", {n} exempt"),
    };
    format!(
        "\n{} of {} covered{exempt}: {:.1} %",
        coverage.covered(),
        plural(needed, "point"),
        coverage.percent()
    )
}

fn mark(point: &Point) -> String {
    match (point.is_covered(), point.exempt.is_some()) {
        (true, _) => styled(ADDED, format!("+ {}", point.what)),
        (false, true) => styled(FAINT, format!(". {}", point.what)),
        (false, false) => styled(REMOVED, format!("- {}", point.what)),
    }
}

fn subjects(coverage: &Coverage) -> Vec<(&str, Vec<&Point>)> {
    let mut subjects: Vec<(&str, Vec<&Point>)> = Vec::new();
    for point in &coverage.points {
        match subjects.last_mut() {
            Some((name, points)) if *name == point.subject => points.push(point),
            _ => subjects.push((&point.subject, vec![point])),
        }
    }
    subjects
}

/// The same for machines.
pub fn coverage_json(coverage: &Coverage) -> Value {
    let points = coverage.points.iter().map(|point| {
        json!({
            "name": point.name(),
            "subject": point.subject,
            "point": point.what,
            "file": point.path,
            "covered": point.is_covered(),
            "tests": point.tests,
            "exempt": point.exempt,
        })
    });
    json!({
        "percent": coverage.percent(),
        "covered": coverage.covered(),
        "exempt": coverage.exempt(),
        "points": points.collect::<Vec<Value>>(),
    })
}
