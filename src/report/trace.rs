use std::io::{self, Write};

use super::table;
use crate::trace::{Part, Traced, TracedRequest};

/// Writes every request: its names, who answered, what happened in order, and where the time went.
pub fn write_traced(out: &mut dyn Write, traced: &Traced, width: Option<u16>) -> io::Result<()> {
    for (number, request) in traced.requests.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        write_request(out, request, width)?;
    }
    for note in &traced.notes {
        writeln!(out, "note: {note}")?;
    }
    Ok(())
}

fn write_request(
    out: &mut dyn Write,
    request: &TracedRequest,
    width: Option<u16>,
) -> io::Result<()> {
    let named = [
        ("request id", &request.request_id),
        ("trace id", &request.trace_id),
        ("request", &request.request),
        ("outcome", &request.outcome),
    ];
    for (name, value) in named {
        if let Some(value) = value {
            writeln!(out, "{name:<11} {value}")?;
        }
    }
    let columns = ["time (UTC)", "who", "what"].map(str::to_owned);
    let rows: Vec<_> = request
        .timeline
        .iter()
        .map(|moment| {
            let at = moment.at.replacen('T', " ", 1);
            let at = at.trim_end_matches('Z').to_owned();
            vec![
                Some(at),
                Some(moment.who.to_owned()),
                Some(moment.what.clone()),
            ]
        })
        .collect();
    writeln!(out, "{}", table(&columns, &rows, width))?;
    if request.parts.is_empty() {
        return Ok(());
    }
    let columns = ["part", "milliseconds"].map(str::to_owned);
    let rows: Vec<_> = request.parts.iter().map(row).collect();
    writeln!(out, "{}", table(&columns, &rows, width))
}

fn row(part: &Part) -> Vec<Option<String>> {
    let label = format!("{:indent$}{}", "", part.label, indent = part.depth * 2);
    let millis = part
        .milliseconds
        .map_or_else(|| "not reached".to_owned(), |millis| format!("{millis:.3}"));
    vec![Some(label), Some(millis)]
}
