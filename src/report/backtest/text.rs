use std::io::{self, Write};

use super::words::{budget, incident, length, moment, pages, range};
use crate::backtest::{AlarmReport, Comparison, Page, Report, VersionReport};
use crate::report::style::{ADDED, CHANGED, FAINT, REMOVED, STRONG, styled};
use crate::report::{bytes, grouped, plural, table};

/// The report for people.
pub fn write_backtest(out: &mut dyn Write, report: &Report, width: Option<u16>) -> io::Result<()> {
    let fed = &report.fed;
    writeln!(out, "{}", styled(STRONG, range(report)))?;
    writeln!(
        out,
        "{} events, {}, {} data fed",
        grouped(fed.events),
        bytes(fed.bytes),
        grouped(fed.data)
    )?;
    for not_fed in &fed.not_fed {
        writeln!(
            out,
            "{} {}: {}",
            styled(CHANGED, '!'),
            not_fed.count,
            not_fed.what
        )?;
    }
    for version in &report.versions {
        write_version(out, version, width)?;
    }
    if let Some(comparison) = &report.comparison {
        write_comparison(out, comparison)?;
    }
    if let Some(limit) = &report.budget {
        let style = if limit.kept { ADDED } else { REMOVED };
        writeln!(out, "\n{}", styled(style, budget(limit)))?;
    }
    Ok(())
}

fn write_version(
    out: &mut dyn Write,
    version: &VersionReport,
    width: Option<u16>,
) -> io::Result<()> {
    let heading = format!("{}: {}", version.name, pages(version));
    writeln!(out, "\n{}", styled(STRONG, heading))?;
    let fired: Vec<_> = version
        .alarms
        .iter()
        .filter(|alarm| !alarm.firings.is_empty())
        .collect();
    let columns = ["alarm", "fired", "cleared", "in ALARM", "page"].map(str::to_owned);
    let rows: Vec<_> = fired.iter().flat_map(|alarm| rows(alarm)).collect();
    if !rows.is_empty() {
        writeln!(out, "{}", table(&columns, &rows, width))?;
    }
    let silent: Vec<&str> = version
        .alarms
        .iter()
        .filter(|alarm| alarm.firings.is_empty() && alarm.unfed.is_empty())
        .map(|alarm| alarm.alarm.as_str())
        .collect();
    if !silent.is_empty() {
        writeln!(out, "silent: {}", silent.join(", "))?;
    }
    for alarm in version
        .alarms
        .iter()
        .filter(|alarm| !alarm.unfed.is_empty())
    {
        let text = format!(
            "not judged: {}, the recording has no {}",
            alarm.alarm,
            alarm.unfed.join(", ")
        );
        writeln!(out, "{}", styled(FAINT, text))?;
    }
    write_incidents(out, version)
}

fn rows(alarm: &AlarmReport) -> Vec<Vec<Option<String>>> {
    let row = |firing: &crate::backtest::FiringReport| {
        let cleared = firing
            .cleared
            .as_deref()
            .map_or("still on".to_owned(), moment);
        vec![
            Some(alarm.alarm.clone()),
            Some(moment(&firing.fired)),
            Some(cleared),
            firing.seconds.map(length),
            Some(if firing.paged { "yes" } else { "no" }.to_owned()),
        ]
    };
    alarm.firings.iter().map(row).collect()
}

fn write_incidents(out: &mut dyn Write, version: &VersionReport) -> io::Result<()> {
    for report in &version.incidents {
        let (style, sign) = if report.detected {
            (ADDED, "+")
        } else {
            (REMOVED, "-")
        };
        let name = format!("{} ({})", report.incident, moment(&report.from));
        writeln!(out, "{} {name}: {}", styled(style, sign), incident(report))?;
    }
    let Some(pages) = &version.false_pages else {
        return Ok(());
    };
    writeln!(
        out,
        "{} outside every incident",
        plural(pages.len(), "page")
    )?;
    pages.iter().try_for_each(|page| write_page(out, " ", page))
}

fn write_comparison(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let heading = format!(
        "pages, {} beside {}: {} added, {} removed, {} moved, {} the same",
        comparison.after,
        comparison.before,
        comparison.added.len(),
        comparison.removed.len(),
        comparison.moved.len(),
        comparison.same
    );
    writeln!(out, "\n{}", styled(STRONG, heading))?;
    let added = styled(ADDED, '+');
    comparison
        .added
        .iter()
        .try_for_each(|page| write_page(out, &added, page))?;
    let removed = styled(REMOVED, '-');
    comparison
        .removed
        .iter()
        .try_for_each(|page| write_page(out, &removed, page))?;
    for moved in &comparison.moved {
        let (by, word) = match moved.seconds {
            earlier @ ..0 => (-earlier, "earlier"),
            later => (later, "later"),
        };
        writeln!(
            out,
            "{} {} {}, {} {word} than {}",
            styled(CHANGED, '~'),
            moved.alarm,
            moment(&moved.after),
            length(by),
            moment(&moved.before)
        )?;
    }
    Ok(())
}

fn write_page(out: &mut dyn Write, sign: &str, page: &Page) -> io::Result<()> {
    let until = page
        .cleared
        .as_deref()
        .map_or("still on".to_owned(), moment);
    writeln!(
        out,
        "{sign} {} {} to {until}",
        page.alarm,
        moment(&page.fired)
    )
}
