use std::io;
use std::path::{Path, PathBuf};

use belfry_engine::base::Millis;
use belfry_engine::diag::Code;

use super::{
    Allowed, Finding, Subject, allowance, beyond_limits, broken_sql, broken_text, covered_widget,
    fine_period, foreign_metric, group_class, odd_statistic, runbook_heading, short_retention,
    silent_alarm, silent_heartbeat, timeless_widget, undeclared_group, unknown_alarm,
    unknown_field, unknown_pattern_field, unpublished_metric, unused_topic, unused_variable,
};
use crate::suite::FileFindings;

/// One check.
#[derive(Debug)]
pub struct Check {
    /// What it reports.
    pub code: &'static Code,
    /// Looks, and notes what it finds.
    pub look: fn(&Subject<'_>, &mut Vec<Finding>),
}

/// All checks, in the order of their codes.
pub const CHECKS: &[&Check] = &[
    &unpublished_metric::CHECK,
    &silent_alarm::CHECK,
    &unknown_field::CHECK,
    &foreign_metric::CHECK,
    &covered_widget::CHECK,
    &beyond_limits::CHECK,
    &unknown_pattern_field::CHECK,
    &unused_variable::CHECK,
    &unused_topic::CHECK,
    &runbook_heading::CHECK,
    &fine_period::CHECK,
    &odd_statistic::CHECK,
    &silent_heartbeat::CHECK,
    &undeclared_group::CHECK,
    &short_retention::CHECK,
    &unknown_alarm::CHECK,
    &broken_text::CHECK,
    &broken_sql::CHECK,
    &group_class::CHECK,
    &timeless_widget::CHECK,
];

/// Where and when the checks look.
#[derive(Clone, Copy, Debug)]
pub struct Conditions<'a> {
    /// The suite's folder.
    pub folder: &'a Path,
    /// Decides which allowances still hold.
    pub now: Millis,
}

/// What the checks found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// By file, in order of their place. Texts and places are those of the files.
    pub files: Vec<FileFindings>,
    /// What belfry.toml allows.
    pub allowed: Vec<Allowed>,
}

/// Runs every check; an error names the file that cannot be read.
pub fn run(
    subject: &Subject<'_>,
    conditions: &Conditions<'_>,
) -> Result<Checked, (PathBuf, io::Error)> {
    let mut findings = Vec::new();
    for check in CHECKS {
        (check.look)(subject, &mut findings);
    }
    // One metric that is used twice is one finding.
    let mut seen: Vec<Finding> = Vec::new();
    findings.retain(|finding| {
        let is_new = !seen.contains(finding);
        if is_new {
            seen.push(finding.clone());
        }
        is_new
    });
    let allowances = &subject.suite.allowances;
    let (mut findings, allowed) = allowance::judge(allowances, findings, conditions.now);
    findings.sort_by(|a, b| {
        (&a.path, a.diagnostic.primary.span).cmp(&(&b.path, b.diagnostic.primary.span))
    });
    let mut files: Vec<FileFindings> = Vec::new();
    for finding in findings {
        match files.last_mut() {
            Some(file) if file.path == finding.path => file.diagnostics.push(finding.diagnostic),
            _ => files.push(FileFindings {
                source: text(subject, conditions.folder, &finding.path)?,
                path: finding.path,
                diagnostics: vec![finding.diagnostic],
            }),
        }
    }
    Ok(Checked { files, allowed })
}

fn text(subject: &Subject<'_>, folder: &Path, path: &str) -> Result<String, (PathBuf, io::Error)> {
    match subject.suite.dashboards.iter().find(|d| d.path == path) {
        Some(dashboard) => Ok(dashboard.text.clone()),
        None => {
            let path = folder.join(path);
            std::fs::read_to_string(&path).map_err(|error| (path, error))
        }
    }
}
