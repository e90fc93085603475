//! Dashboard bodies that people published (`data/dashboards`, whose NOTICE names sources and licences): each is taken, or refused
//! for the reason that `verdicts.txt` names. `UPDATE_CASES=1` writes it anew; the review is whether CloudWatch would say the same.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "helpers of tests are tests, and have no settings but this one"
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use belfry_engine::dashboard::{ValidationMessage, WidgetKind, load};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/dashboards")
}

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "json"));
    files.sort();
    files
}

fn list(out: &mut String, kind: &str, messages: &[ValidationMessage]) {
    for message in messages {
        writeln!(out, "  {kind} {} {}", message.data_path, message.message).unwrap();
    }
}

/// What becomes of a body: how many widgets it has and what cannot be drawn, or why it is refused.
fn verdict(body: &str) -> String {
    let mut out = String::new();
    match load(body) {
        Err(errors) => {
            writeln!(out, "refused").unwrap();
            list(&mut out, "error", &errors);
        }
        Ok(loaded) => {
            let widgets = &loaded.dashboard.widgets;
            let undrawn = widgets
                .iter()
                .filter(|w| matches!(w.kind, WidgetKind::Undrawn(_)));
            writeln!(
                out,
                "taken, {} widgets, {} undrawn",
                widgets.len(),
                undrawn.count()
            )
            .unwrap();
            list(&mut out, "warning", &loaded.warnings);
        }
    }
    out
}

#[test]
fn every_published_dashboard_is_taken_or_refused_for_a_reason() {
    let mut found = String::new();
    let files = files();
    assert_eq!(files.len(), 75);
    for path in files {
        let body = fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        write!(found, "{name}: {}", verdict(&body)).unwrap();
    }
    let expected = folder().join("verdicts.txt");
    if std::env::var("UPDATE_CASES").is_ok() {
        fs::write(&expected, &found).unwrap();
    }
    let expected = fs::read_to_string(&expected).unwrap_or_default();
    assert!(found == expected, "verdicts.txt is stale:\n{found}");
}

#[test]
fn every_published_dashboard_has_its_source_and_licence_in_the_notice() {
    let notice = fs::read_to_string(folder().join("NOTICE.md")).unwrap();
    for path in files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(notice.contains(&format!("| {name} |")), "{name}");
    }
}
