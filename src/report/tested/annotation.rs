use std::io::{self, Write};

use belfry_engine::diag::{Diagnostic, Severity};

use super::place::line_and_column;

/// Findings in a file as workflow commands of GitHub, which shows them at their lines.
pub fn write_annotations(
    out: &mut dyn Write,
    path: &str,
    source: &str,
    diagnostics: &[Diagnostic],
) -> io::Result<()> {
    for diagnostic in diagnostics {
        annotation(out, path, source, diagnostic, "")?;
    }
    Ok(())
}

/// One command; `more` follows the message.
pub(super) fn annotation(
    out: &mut dyn Write,
    path: &str,
    source: &str,
    diagnostic: &Diagnostic,
    more: &str,
) -> io::Result<()> {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (line, column) = line_and_column(source, diagnostic.primary.span.start);
    let (path, title) = (property(path), property(diagnostic.code.title));
    let message = match more {
        "" => data(&diagnostic.message),
        more => data(&format!("{}\n{more}", diagnostic.message)),
    };
    writeln!(
        out,
        "::{level} file={path},line={line},col={column},title={title}::{message}"
    )
}

/// A workflow command without a place: `error`, `warning` or `notice`, a title and a text.
pub(in crate::report) fn command(level: &str, title: &str, text: &str) -> String {
    format!("::{level} title={}::{}", property(title), data(text))
}

/// The text of a command (GitHub's toolkit, `escapeData`).
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property (GitHub's toolkit, `escapeProperty`).
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
