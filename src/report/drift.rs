use std::io::{self, Write};

use super::count::plural;
use super::plan::write_attributes;
use super::style::{ADDED, CHANGED, REMOVED, STRONG, styled};
use super::tested::command_in;
use crate::provision::{Departure, Drift, Drifted};

/// For people: what is not as declared, each with what was done to it (`-` is what the files say, `+` what is
/// deployed).
pub fn write_drift(out: &mut dyn Write, drift: &Drift) -> io::Result<()> {
    for item in &drift.items {
        write_item(out, item)?;
    }
    if drift.is_empty() {
        return writeln!(out, "no drift; {} as declared", drift.in_order);
    }
    let count = plural(drift.items.len(), "resource");
    let summary = format!("{count} drifted, {} as declared", drift.in_order);
    writeln!(out, "\n{}", styled(STRONG, summary))
}

fn write_item(out: &mut dyn Write, item: &Drifted) -> io::Result<()> {
    let (style, sign) = match item.what {
        Departure::Missing => (REMOVED, '-'),
        Departure::Changed => (CHANGED, '~'),
        Departure::Undeclared | Departure::Child | Departure::Unclaimed => (ADDED, '+'),
        Departure::Taken => (REMOVED, '!'),
    };
    let heading = styled(style, format_args!("{sign} {}", item.address));
    writeln!(out, "{heading}: {}", item.what.words())?;
    if let Some(reason) = &item.reason {
        writeln!(out, "    {reason}")?;
    }
    match &item.change {
        Some(change) => write_attributes(out, change),
        None => Ok(()),
    }
}

/// As annotations of GitHub's workflows, each at the file that declares the resource.
pub fn write_drift_github(
    out: &mut dyn Write,
    drift: &Drift,
    file_of: impl Fn(&str) -> String,
) -> io::Result<()> {
    for item in &drift.items {
        let mut text = format!("{}: {}", item.address, item.what.words());
        if let Some(reason) = &item.reason {
            text = format!("{text}\n{reason}");
        }
        if let Some(change) = &item.change {
            let names: Vec<&str> = change.attributes.iter().map(|a| a.name).collect();
            text = format!("{text}: {}", names.join(", "));
        }
        let file = file_of(&item.address);
        writeln!(out, "{}", command_in("warning", &file, "drift", &text))?;
    }
    Ok(())
}
