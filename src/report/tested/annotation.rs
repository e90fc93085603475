use std::io::{self, Write};

use belfry_engine::diag::{Diagnostic, Help, Severity};

use crate::report::place::line_and_column;

/// Findings in a file as workflow commands of GitHub, which shows them at their lines, with their advice.
pub fn write_annotations(
    out: &mut dyn Write,
    path: &str,
    source: &str,
    diagnostics: &[Diagnostic],
) -> io::Result<()> {
    for diagnostic in diagnostics {
        let advice = match &diagnostic.help {
            None => "",
            Some(Help::Text(text) | Help::Replace { message: text, .. }) => text,
        };
        annotation(out, path, source, diagnostic, advice)?;
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
    let title = format!("{} {}", diagnostic.code.name, diagnostic.code.title);
    let (path, title) = (property(path), property(&title));
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

/// A workflow command at a file.
pub(in crate::report) fn command_in(level: &str, file: &str, title: &str, text: &str) -> String {
    let (file, title) = (property(file), property(title));
    format!("::{level} file={file},title={title}::{}", data(text))
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
