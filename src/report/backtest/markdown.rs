use std::io::{self, Write};

use super::words::{budget, incident, length, moment, pages, range};
use crate::backtest::{Page, Report, VersionReport};
use crate::report::{Answer, write_markdown};
use crate::report::{bytes, grouped};

/// The report as GitHub's Markdown, for a pull request.
pub fn write_backtest_markdown(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let fed = &report.fed;
    writeln!(out, "### Backtest: {}", range(report))?;
    writeln!(
        out,
        "\n{} events, {}, {} data fed.",
        grouped(fed.events),
        bytes(fed.bytes),
        grouped(fed.data)
    )?;
    for not_fed in &fed.not_fed {
        writeln!(out, "\n> {}: {}", not_fed.count, not_fed.what)?;
    }
    if let Some(limit) = &report.budget {
        writeln!(out, "\n**{}**", budget(limit))?;
    }
    if let Some(comparison) = &report.comparison {
        let change = |word: &'static str| {
            move |page: &Page| {
                let cleared = page.cleared.as_deref().map(moment);
                vec![
                    Some(word.to_owned()),
                    Some(page.alarm.clone()),
                    Some(moment(&page.fired)),
                    cleared,
                ]
            }
        };
        let added = comparison.added.iter().map(change("added"));
        let removed = comparison.removed.iter().map(change("removed"));
        let moved = comparison.moved.iter().map(|moved| {
            let alarm = moved.alarm.clone();
            vec![
                Some(format!("moved by {} s", moved.seconds)),
                Some(alarm),
                Some(moment(&moved.after)),
                None,
            ]
        });
        writeln!(
            out,
            "\n#### Pages, {} beside {}: {} the same",
            comparison.after, comparison.before, comparison.same
        )?;
        write_table(
            out,
            &["page", "alarm", "fired", "cleared"],
            added.chain(removed).chain(moved).collect(),
        )?;
    }
    report
        .versions
        .iter()
        .try_for_each(|version| write_version(out, version))
}

fn write_version(out: &mut dyn Write, version: &VersionReport) -> io::Result<()> {
    writeln!(out, "\n#### {}: {}", version.name, pages(version))?;
    let rows = version.alarms.iter().flat_map(|alarm| {
        alarm.firings.iter().map(|firing| {
            vec![
                Some(alarm.alarm.clone()),
                Some(moment(&firing.fired)),
                firing.cleared.as_deref().map(moment),
                firing.seconds.map(length),
                Some(if firing.paged { "yes" } else { "no" }.to_owned()),
            ]
        })
    });
    write_table(
        out,
        &["alarm", "fired", "cleared", "in ALARM", "page"],
        rows.collect(),
    )?;
    for alarm in version
        .alarms
        .iter()
        .filter(|alarm| !alarm.unfed.is_empty())
    {
        writeln!(
            out,
            "\n> not judged: {}, the recording has no {}",
            alarm.alarm,
            alarm.unfed.join(", ")
        )?;
    }
    if !version.incidents.is_empty() {
        let rows = version.incidents.iter().map(|report| {
            vec![
                Some(report.incident.clone()),
                Some(moment(&report.from)),
                Some(incident(report)),
            ]
        });
        write_table(out, &["incident", "from", "noticed"], rows.collect())?;
    }
    if let Some(pages) = &version.false_pages {
        let rows = pages
            .iter()
            .map(|page| vec![Some(page.alarm.clone()), Some(moment(&page.fired))]);
        writeln!(out, "\nPages outside every incident: {}", pages.len())?;
        write_table(out, &["alarm", "fired"], rows.collect())?;
    }
    Ok(())
}

fn write_table(
    out: &mut dyn Write,
    columns: &[&str],
    rows: Vec<Vec<Option<String>>>,
) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let answer = Answer {
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        rows,
        ..Answer::default()
    };
    writeln!(out)?;
    write_markdown(out, &answer)
}
