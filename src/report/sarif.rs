use belfry_engine::diag::{Code, Diagnostic, Help, Severity, Span};
use serde_json::{Value, json};

use super::place::line_and_column;
use crate::suite::FileFindings;

/// The schema that OASIS publishes with the standard (SARIF 2.1.0, Errata 01).
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Findings to be written as one run of SARIF.
#[derive(Clone, Copy, Debug)]
pub struct SarifRun<'a> {
    /// The findings; paths count from the root of the sources.
    pub files: &'a [FileFindings],
    /// The address of the page of codes, where there is one: `https://…/docs/reference/errors.md`.
    pub docs: Option<&'a str>,
}

/// A log in the Static Analysis Results Interchange Format 2.1.0 (OASIS), with one run.
pub fn sarif(run: &SarifRun<'_>) -> Value {
    let codes = codes(run.files);
    let rules: Vec<Value> = codes.iter().map(|code| rule(code, run.docs)).collect();
    let mut results = Vec::new();
    for file in run.files {
        for diagnostic in &file.diagnostics {
            results.push(result(
                file,
                &diagnostic.clone().snapped(&file.source),
                &codes,
            ));
        }
    }
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "belfry",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// The codes of the findings, each once, in order.
fn codes(files: &[FileFindings]) -> Vec<&'static Code> {
    let all = files.iter().flat_map(|file| &file.diagnostics);
    let mut codes: Vec<&'static Code> = all.map(|diagnostic| diagnostic.code).collect();
    codes.sort_by_key(|code| code.name);
    codes.dedup_by_key(|code| code.name);
    codes
}

fn rule(code: &Code, docs: Option<&str>) -> Value {
    let explanation = code.explanation.trim();
    let mut rule = json!({
        "id": code.name,
        "shortDescription": { "text": code.title },
        "fullDescription": { "text": explanation },
        "help": { "text": explanation },
    });
    if let Some(docs) = docs {
        rule["helpUri"] = json!(format!("{docs}#{}", anchor(code)));
    }
    rule
}

/// The anchor that GitHub gives the heading `C0101: metric that nothing publishes`: small letters, punctuation
/// left out, `-` for spaces.
fn anchor(code: &Code) -> String {
    let heading = format!("{}: {}", code.name, code.title).to_lowercase();
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn result(file: &FileFindings, diagnostic: &Diagnostic, codes: &[&'static Code]) -> Value {
    let index = codes
        .iter()
        .position(|code| code.name == diagnostic.code.name);
    let mut result = json!({
        "ruleId": diagnostic.code.name,
        "ruleIndex": index,
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": message(diagnostic) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": artifact(&file.path),
            "region": region(&file.source, diagnostic.primary.span),
        } }],
    });
    let others: Vec<Value> = (1..)
        .zip(&diagnostic.secondary)
        .map(|(id, label): (u32, _)| {
            json!({
                "id": id,
                "message": { "text": label.text },
                "physicalLocation": {
                    "artifactLocation": artifact(&file.path),
                    "region": region(&file.source, label.span),
                },
            })
        })
        .collect();
    if !others.is_empty() {
        result["relatedLocations"] = Value::Array(others);
    }
    if let Some(fix) = fix(file, diagnostic) {
        result["fixes"] = json!([fix]);
    }
    result
}

/// The message with its advice, as code scanning shows one text.
fn message(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        None => diagnostic.message.clone(),
        Some(Help::Text(text) | Help::Replace { message: text, .. }) => {
            format!("{}\n{text}", diagnostic.message)
        }
    }
}

fn fix(file: &FileFindings, diagnostic: &Diagnostic) -> Option<Value> {
    let Some(Help::Replace {
        span,
        text,
        message,
    }) = &diagnostic.help
    else {
        return None;
    };
    Some(json!({
        "description": { "text": message },
        "artifactChanges": [{
            "artifactLocation": artifact(&file.path),
            "replacements": [{
                "deletedRegion": region(&file.source, *span),
                "insertedContent": { "text": text },
            }],
        }],
    }))
}

/// A path as a reference of RFC 3986: what may stand in a path stays, every other byte is written `%XX`.
fn artifact(path: &str) -> Value {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => uri.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => {
                uri.push('%');
                uri.extend(
                    [byte >> 4, byte & 15]
                        .map(|half| char::from(b"0123456789ABCDEF"[usize::from(half)])),
                );
            }
        }
    }
    json!({ "uri": uri })
}

/// Lines and columns from 1; the end column is the one after the last character (SARIF 2.1.0, 3.30.8).
fn region(source: &str, span: Span) -> Value {
    let (start_line, start_column) = line_and_column(source, span.start);
    let (end_line, end_column) = line_and_column(source, span.end);
    json!({
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
    })
}

#[cfg(test)]
mod tests {
    use belfry_engine::diag::{Diagnostic, Span, check as codes};

    use super::*;

    fn of(source: &str, path: &str, diagnostic: Diagnostic) -> Value {
        let file = FileFindings {
            path: path.to_owned(),
            source: source.to_owned(),
            diagnostics: vec![diagnostic],
        };
        let log = sarif(&SarifRun {
            files: &[file],
            docs: Some("https://example.org/errors.md"),
        });
        log["runs"][0].clone()
    }

    #[test]
    fn a_finding_stands_at_its_characters() {
        let finding = Diagnostic::error(&codes::SILENT_ALARM, Span::new(3, 6), "silent");
        let run = of("ä\nabc", "belfry.toml", finding);
        let place = &run["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(
            place["region"],
            json!({ "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 4 })
        );
    }

    #[test]
    fn a_rule_links_to_its_heading_on_the_page_of_codes() {
        let finding = Diagnostic::error(&codes::SILENT_ALARM, Span::default(), "silent");
        let run = of("", "belfry.toml", finding);
        assert_eq!(
            run["tool"]["driver"]["rules"][0]["helpUri"],
            "https://example.org/errors.md#c0102-alarm-that-tells-nobody"
        );
    }

    #[test]
    fn a_path_with_a_space_is_a_valid_reference() {
        let finding = Diagnostic::error(&codes::SILENT_ALARM, Span::default(), "silent");
        let run = of("", "my suite/ü%.json", finding);
        let place = &run["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            "my%20suite/%C3%BC%25.json"
        );
    }

    #[test]
    fn a_correction_is_a_fix() {
        let finding = Diagnostic::error(&codes::UNKNOWN_FIELD, Span::new(0, 3), "misspelt");
        let run = of(
            "abd",
            "q.cwli",
            finding.replace(Span::new(0, 3), "abc", "similar"),
        );
        let change = &run["results"][0]["fixes"][0]["artifactChanges"][0];
        assert_eq!(change["replacements"][0]["insertedContent"]["text"], "abc");
        assert_eq!(run["results"][0]["message"]["text"], "misspelt\nsimilar");
    }
}
