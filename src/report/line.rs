use std::io::{self, Write};

use super::plural;
use super::style::{ADDED, CHANGED, FAINT, REMOVED, STRONG, styled};
use crate::line::{Datum, FilterReport, LineReport, Part};

/// What a line becomes, for people.
pub fn write_line_report(out: &mut dyn Write, report: &LineReport) -> io::Result<()> {
    writeln!(out, "{}", styled(STRONG, &report.line))?;
    writeln!(out, "{} in {}", report.timestamp, report.log_group)?;
    for filter in &report.filters {
        write_filter(out, filter)?;
    }
    if report.filters.is_empty() {
        writeln!(out, "\nno metric filter reads this group")?;
    }
    write_embedded(out, report)?;
    let names: Vec<&str> = report
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    let count = plural(names.len(), "field");
    writeln!(
        out,
        "\n{} {}",
        styled(STRONG, format!("Logs Insights finds {count}:")),
        names.join(", ")
    )
}

fn write_filter(out: &mut dyn Write, filter: &FilterReport) -> io::Result<()> {
    let verdict = match filter.matches {
        true => styled(ADDED, "matches"),
        false => styled(REMOVED, "does not match"),
    };
    let heading = format!("metric filter {}", filter.filter);
    writeln!(
        out,
        "\n{} {}: {verdict}",
        styled(STRONG, heading),
        filter.pattern
    )?;
    if let Some(marks) = marks(filter) {
        let indent = "metric filter ".len() + filter.filter.chars().count() + 1;
        writeln!(out, "{}{}", " ".repeat(indent), styled(REMOVED, marks))?;
    }
    filter
        .parts
        .iter()
        .try_for_each(|part| write_part(out, part))?;
    for because in &filter.because {
        writeln!(out, "  {because}")?;
    }
    filter
        .datum
        .iter()
        .try_for_each(|datum| write_datum(out, datum))
}

/// Carets under the parts that do not hold, where the pattern does not match.
fn marks(filter: &FilterReport) -> Option<String> {
    if filter.matches || filter.parts.is_empty() {
        return None;
    }
    let is_wrong = |at: usize| {
        filter
            .parts
            .iter()
            .any(|part| !part.holds && (part.start..part.end).contains(&at))
    };
    let marks: String = filter
        .pattern
        .char_indices()
        .map(|(at, _)| if is_wrong(at) { '^' } else { ' ' })
        .collect();
    Some(marks.trim_end().to_owned())
}

fn write_part(out: &mut dyn Write, part: &Part) -> io::Result<()> {
    let sign = match part.holds {
        true => styled(ADDED, '+'),
        false => styled(REMOVED, '-'),
    };
    let found = part
        .found
        .as_ref()
        .map(|found| format!(": the line has {found}"));
    writeln!(out, "  {sign} {}{}", part.text, found.unwrap_or_default())
}

fn write_datum(out: &mut dyn Write, datum: &Datum) -> io::Result<()> {
    let resolution = if datum.high_resolution {
        ", high resolution"
    } else {
        ""
    };
    writeln!(
        out,
        "  → {} = {} ({}) at {}{resolution}",
        datum.metric, datum.value, datum.unit, datum.timestamp
    )?;
    for alarm in &datum.alarms {
        match &alarm.because {
            None => writeln!(out, "    read by the alarm {}", alarm.alarm)?,
            Some(because) => {
                let text = format!("not read by the alarm {}: {because}", alarm.alarm);
                writeln!(out, "    {}", styled(FAINT, text))?;
            }
        }
    }
    Ok(())
}

fn write_embedded(out: &mut dyn Write, report: &LineReport) -> io::Result<()> {
    let heading = styled(STRONG, "embedded metrics");
    if let Some(reason) = &report.not_embedded {
        return writeln!(out, "\n{heading}: none, {reason}");
    }
    let count = plural(report.embedded.len(), "datapoint");
    writeln!(out, "\n{heading}: {count}")?;
    report
        .embedded
        .iter()
        .try_for_each(|datum| write_datum(out, datum))?;
    for dropped in &report.dropped {
        let text = format!("dropped without a word: {dropped}");
        writeln!(out, "  {}", styled(CHANGED, text))?;
    }
    Ok(())
}
