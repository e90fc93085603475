//! Queries that people published (`data/insights-queries.jsonl`; each row names source and licence): each is
//! accepted, or refused for a reason that stands in the table here and in `docs/reference/public-queries.md`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::{env, fs};

use belfry_engine::diag::{Diagnostic, Severity, render_text};
use belfry_engine::insights::compile;

const QUERIES: &str = include_str!("../data/insights-queries.jsonl");

/// Why a query is refused.
struct Reason {
    title: &'static str,
    /// Why AWS refuses it too, or what would have to be done.
    because: &'static str,
    /// The code of its first error.
    code: &'static str,
    /// What its text must hold besides.
    holds: fn(&str) -> bool,
}

/// The first that fits counts.
const REASONS: &[Reason] = &[
    Reason {
        title: "a template that is not filled in",
        because: "a placeholder stands where a command or a pattern belongs; the filled text is another query",
        code: "",
        holds: |text| text.contains("%%") || text.contains("like ${"),
    },
    Reason {
        title: "a part of a query, beginning with `|`",
        because: "AWS refuses it: `mismatched input '|'` (observed)",
        code: "Q0202",
        holds: |text| text.trim_start().starts_with('|'),
    },
    Reason {
        title: "several queries in one text, or a word out of place",
        because: "AWS refuses it: commands are joined by `|`, names of `parse` follow `as`, `exists` is no operator",
        code: "Q0201",
        holds: |_| true,
    },
    Reason {
        title: "an aggregate where a command belongs",
        because: "AWS refuses it: aggregates stand in `stats` (observed for `count`)",
        code: "Q0203",
        holds: |text| text.contains("| max("),
    },
    Reason {
        title: "an operator of another language",
        because: "AWS refuses it: `~=` is none of its operators",
        code: "Q0104",
        holds: |text| text.contains("~="),
    },
    Reason {
        title: "a `parse` pattern with fewer wildcards than names",
        because: "AWS refuses it: the guide asks for one wildcard for each name",
        code: "Q0312",
        holds: |_| true,
    },
    Reason {
        title: "a name that is defined twice",
        because: "AWS refuses it: `Ephemeral field is already defined` (observed)",
        code: "Q0305",
        holds: |_| true,
    },
    Reason {
        title: "a field that is gone behind `stats`",
        because: "AWS refuses it: `Unknown symbols found in or after stats` (observed)",
        code: "Q0306",
        holds: |_| true,
    },
    Reason {
        title: "a function that Logs Insights does not have",
        because: "AWS refuses it: `median` stands in no list of its functions",
        code: "Q0301",
        holds: |_| true,
    },
];

fn rows() -> impl Iterator<Item = (String, String)> {
    QUERIES.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        (text("id"), text("query"))
    })
}

fn errors(text: &str) -> Vec<Diagnostic> {
    let mut found = compile(text).err().unwrap_or_default();
    found.retain(|diagnostic| diagnostic.severity == Severity::Error);
    found
}

fn reason(text: &str, first: &Diagnostic) -> Option<usize> {
    let fits = |reason: &Reason| {
        (reason.code.is_empty() || reason.code == first.code.name) && (reason.holds)(text)
    };
    REASONS.iter().position(fits)
}

#[test]
fn a_public_query_is_accepted_or_refused_for_a_known_reason() {
    let mut refused: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut accepted = 0;
    for (id, text) in rows() {
        let errors = errors(&text);
        let Some(first) = errors.first() else {
            accepted += 1;
            continue;
        };
        for error in &errors {
            let span = error.primary.span;
            assert!(text.get(span.start..span.end).is_some(), "{text}: {error}");
        }
        let reason = reason(&text, first).unwrap_or_else(|| panic!("{id}: {first}\n{text}"));
        refused.entry(reason).or_default().push(id);
    }
    check_page(&page(accepted, &refused));
}

fn page(accepted: usize, refused: &BTreeMap<usize, Vec<String>>) -> String {
    let mut page = format!(
        "# Public queries\n\nWritten by `UPDATE_DOCS=1 cargo nextest run -p belfry-engine public_query`.\n\n\
         295 Logs Insights queries that AWS and others published stand in `engine/tests/data/insights-queries.jsonl`, each \
         with its source and licence. {accepted} are accepted, {} are refused:\n\n| queries | what is wrong | why |\n| --- | --- | --- |\n",
        295 - accepted
    );
    for (index, ids) in refused {
        let Reason { title, because, .. } = &REASONS[*index];
        let title = title.replace('|', "\\|");
        let because = because.replace('|', "\\|");
        writeln!(page, "| {} | {title} | {because} |", ids.len()).unwrap();
    }
    page.push_str("\nWhich they are:\n\n");
    for (index, ids) in refused {
        writeln!(page, "- {}: {}", REASONS[*index].title, ids.join(", ")).unwrap();
    }
    page
}

#[expect(clippy::disallowed_methods, reason = "the switch of the update mode")]
fn check_page(page: &str) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = folder.join("../docs/reference/public-queries.md");
    if env::var("UPDATE_DOCS").is_ok() {
        fs::write(&path, page).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "{} is stale: UPDATE_DOCS=1", path.display());
}

#[test]
fn no_cut_of_a_public_query_panics() {
    for (_, text) in rows() {
        for (at, _) in text.char_indices().step_by(23) {
            for cut in [&text[..at], &text[at..]] {
                if let Err(diagnostics) = compile(cut) {
                    assert!(!render_text(&diagnostics, cut, "query", false).is_empty());
                }
            }
        }
    }
}
