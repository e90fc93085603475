use std::fs;
use std::path::Path;

use belfry_engine::diag::{Diagnostic, Span, check as codes};

use super::{Check, Finding, Subject};
use crate::suite::FILE_NAME;

/// A variable that no text of the suite uses.
pub(super) const CHECK: Check = Check {
    code: &codes::UNUSED_VARIABLE,
    look,
};

/// Those that every environment has.
const GIVEN: &[&str] = &["account", "region"];
/// Where texts with variables are.
const FOLDERS: &[&str] = &["dashboards", "queries/insights", "queries/athena"];

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mut texts = subject.toml.to_owned();
    for folder in FOLDERS {
        texts.push_str(&all(&subject.folder.join(folder)));
    }
    let variables = subject.suite.environment.variables.keys();
    for name in variables.filter(|name| !GIVEN.contains(&name.as_str())) {
        if texts.contains(&format!("${{{name}}}")) {
            continue;
        }
        let message = format!("nothing uses the variable `{name}`");
        findings.push(Finding {
            path: FILE_NAME.to_owned(),
            on: format!("variable.{name}"),
            diagnostic: Diagnostic::warning(CHECK.code, place(subject.toml, name), message).help(
                format!("write `${{{name}}}` where it is meant, or delete it"),
            ),
        });
    }
}

/// The texts of a folder's files; what cannot be read was told when the suite was loaded.
fn all(folder: &Path) -> String {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let texts = entries.filter_map(|entry| fs::read_to_string(entry.path()).ok());
    texts.collect::<Vec<_>>().join("\n")
}

/// The line that begins with its name.
fn place(toml: &str, name: &str) -> Span {
    let mut start = 0;
    for line in toml.split_inclusive('\n') {
        let rest = line.trim_start().strip_prefix(name);
        if rest.is_some_and(|rest| rest.trim_start().starts_with('=')) {
            let at = start + line.len() - line.trim_start().len();
            return Span::new(at, at + name.len());
        }
        start += line.len();
    }
    Span::new(0, 0)
}
