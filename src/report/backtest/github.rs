use std::io::{self, Write};

use super::words::{budget, incident, moment};
use crate::backtest::{Page, Report};
use crate::report::tested::command;

/// Workflow commands of GitHub: errors for what makes the command end with 4, and for missed incidents; warnings for
/// added pages and alarms that were not judged; notices for removed pages and detected incidents.
pub fn write_backtest_github(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let mut say =
        |level: &str, title: &str, text: &str| writeln!(out, "{}", command(level, title, text));
    if let Some(limit) = report.budget.as_ref().filter(|limit| !limit.kept) {
        say("error", "pages a week", &budget(limit))?;
    }
    let Some(version) = report.versions.first() else {
        return Ok(());
    };
    for found in &version.incidents {
        let level = if found.detected { "notice" } else { "error" };
        say(level, &found.incident, &incident(found))?;
    }
    let page = |page: &Page| {
        let until = page
            .cleared
            .as_deref()
            .map_or("still on".to_owned(), moment);
        format!("{} {} to {until}", page.alarm, moment(&page.fired))
    };
    if let Some(comparison) = &report.comparison {
        for added in &comparison.added {
            say("warning", "page added", &page(added))?;
        }
        for removed in &comparison.removed {
            say("notice", "page removed", &page(removed))?;
        }
    }
    for alarm in version
        .alarms
        .iter()
        .filter(|alarm| !alarm.unfed.is_empty())
    {
        let text = format!(
            "{}: the recording has no {}",
            alarm.alarm,
            alarm.unfed.join(", ")
        );
        say("warning", "alarm not judged", &text)?;
    }
    Ok(())
}
