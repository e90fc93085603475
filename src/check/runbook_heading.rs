use std::collections::BTreeMap;
use std::fs;

use belfry_engine::diag::{Diagnostic, Span, check as codes, nearest};

use super::{Check, Finding, Subject};
use crate::suite::FILE_NAME;

/// A runbook whose `#part` names no heading of the file.
pub(super) const CHECK: Check = Check {
    code: &codes::RUNBOOK_HEADING,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for alarm in subject.suite.alarm_heads() {
        let (name, runbook) = (alarm.name.as_str(), alarm.runbook.as_str());
        let Some((path, part)) = runbook.split_once('#') else {
            continue;
        };
        // An address is somebody else's page; a file that is missing was refused before.
        let Ok(text) = fs::read_to_string(subject.folder.join(path)) else {
            continue;
        };
        let anchors = anchors(&text);
        if anchors.iter().any(|anchor| anchor == part) {
            continue;
        }
        let message = format!("the runbook of the alarm `{name}` has no heading `#{part}`");
        let diagnostic = Diagnostic::error(
            CHECK.code,
            place_of(subject.toml, runbook, alarm.place),
            message,
        );
        let near = nearest(part, anchors.iter().map(String::as_str));
        findings.push(Finding {
            path: FILE_NAME.to_owned(),
            on: format!("alarm.{name}"),
            diagnostic: match near {
                Some(near) => diagnostic.help(format!("`{path}` has `#{near}`")),
                None => diagnostic.help(format!(
                    "the headings of `{path}` are: {}",
                    anchors.join(", ")
                )),
            },
        });
    }
}

/// The first place after the alarm's name where its runbook stands.
fn place_of(toml: &str, runbook: &str, alarm: Span) -> Span {
    let rest = toml.get(alarm.start..).unwrap_or_default();
    let start = rest.find(&format!("\"{runbook}\""));
    start.map_or(alarm, |start| {
        let start = alarm.start + start;
        Span::new(start, start + runbook.len() + 2)
    })
}

/// The names under which GitHub links the headings of a Markdown text: small letters, digits, `-` and `_`; blanks become `-`, all
/// else goes; a name that is taken gets `-1`, `-2`.
fn anchors(text: &str) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut in_code = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        let level = line.chars().take_while(|c| *c == '#').count();
        let title = line.get(level..).unwrap_or_default();
        if in_code || !(1..=6).contains(&level) || !title.starts_with(' ') {
            continue;
        }
        let name: String = title
            .trim()
            .to_lowercase()
            .chars()
            .filter_map(|c| match c {
                ' ' => Some('-'),
                '-' | '_' => Some(c),
                _ => c.is_alphanumeric().then_some(c),
            })
            .collect();
        let count = seen.entry(name.clone()).or_default();
        found.push(match *count {
            0 => name,
            count => format!("{name}-{count}"),
        });
        *count += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::anchors;

    #[test]
    fn headings_are_linked_as_github_links_them() {
        let text = "# What to do: 5xx at the load balancer\n```\n# no heading\n```\n## CPU & memory\n## CPU & memory\n#none\n";
        let expected = [
            "what-to-do-5xx-at-the-load-balancer",
            "cpu--memory",
            "cpu--memory-1",
        ];
        assert_eq!(anchors(text), expected);
    }
}
