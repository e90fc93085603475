use std::io::{self, Write};

use crate::backtest::Report;
use crate::report::csv::line;

/// One line a firing: version, alarm, fired, cleared, whether somebody was told, why.
pub fn write_backtest_csv(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let columns = ["version", "alarm", "fired", "cleared", "paged", "reason"];
    line(out, columns.into_iter().map(Some))?;
    for version in &report.versions {
        for alarm in &version.alarms {
            for firing in &alarm.firings {
                let paged = if firing.paged { "true" } else { "false" };
                let cells = [
                    Some(version.name.as_str()),
                    Some(alarm.alarm.as_str()),
                    Some(firing.fired.as_str()),
                    firing.cleared.as_deref(),
                    Some(paged),
                    Some(firing.reason.as_str()),
                ];
                line(out, cells.into_iter())?;
            }
        }
    }
    Ok(())
}
