//! The house rules that a compiler does not know: rooms, module docs, file sizes, fresh references.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use belfry_engine::diag::ALL_CODES;

/// The engine's rooms, each depending only on those before it.
const ENGINE_ROOMS: &[&str] = &[
    "base",
    "diag",
    "alb",
    "catalog",
    "events",
    "pattern",
    "insights",
    "metrics",
    "alarms",
    "dashboard",
    "account",
];

/// A crate and the only places that may name it.
const CRATE_ROOMS: &[(&str, &[&str])] = &[
    ("aws_sdk_", &["src/aws/"]),
    ("aws_config", &["src/aws/"]),
    ("comfy_table", &["src/report/"]),
    ("indicatif", &["src/report/"]),
    ("clap", &["src/cli/"]),
    ("anyhow", &["src/cli/"]),
    (
        "axum",
        &["src/endpoint/", "src/web/", "scoring-service/src/"],
    ),
    (
        "rayon",
        &[
            "engine/src/insights/exec/",
            "engine/src/events/",
            "athena/src/exec/",
        ],
    ),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(String, String)> {
    ["src", "engine/src", "athena/src", "scoring-service/src"]
        .iter()
        .flat_map(|folder| rust_files(folder))
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The lines of a file that are code: no comments, and nothing from the first test module on.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn engine_rooms_depend_only_on_rooms_above_them() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let Some(inside) = name.strip_prefix("engine/src/") else {
            continue;
        };
        let Some(room) = ENGINE_ROOMS
            .iter()
            .position(|r| inside.starts_with(&format!("{r}/")))
        else {
            continue;
        };
        for line in code(&text) {
            for below in &ENGINE_ROOMS[room + 1..] {
                if line.contains(&format!("crate::{below}::")) {
                    wrong.push(format!("{name}: {}", line.trim()));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "rooms reach downwards:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn crates_are_named_only_in_their_rooms() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        for (library, rooms) in CRATE_ROOMS {
            if rooms.iter().any(|room| name.starts_with(room)) {
                continue;
            }
            let path = format!("{library}::");
            let prefixed = library.ends_with('_');
            if code(&text).any(|l| l.contains(&path) || (prefixed && l.contains(library))) {
                wrong.push(format!("{name} names {library}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_says_what_it_is() {
    let silent: Vec<_> = sources()
        .into_iter()
        .filter(|(name, text)| name.ends_with("/mod.rs") && !text.starts_with("//!"))
        .map(|(name, _)| name)
        .collect();
    assert!(silent.is_empty(), "without `//!`: {silent:?}");
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|(name, text)| (name, text.lines().count()))
        .filter(|(_, lines)| *lines > 500)
        .collect();
    assert!(long.is_empty(), "over 500 lines: {long:?}");
}

#[test]
fn workspace_dependencies_are_sorted() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for heading in [
        "[workspace.dependencies]",
        "[dependencies]",
        "[dev-dependencies]",
    ] {
        let block: Vec<_> = manifest
            .split(&format!("\n{heading}\n"))
            .nth(1)
            .unwrap_or_default()
            .lines()
            .take_while(|line| !line.is_empty())
            .map(|line| line.split(['.', ' ']).next().unwrap_or_default())
            .collect();
        assert!(block.is_sorted(), "{heading} is not sorted");
    }
}

#[test]
fn the_page_of_error_codes_is_fresh() {
    let mut page = String::from(
        "# Codes of diagnostics\n\nGenerated from `engine/src/diag/codes/`; `UPDATE_DOCS=1 cargo test --test it house` writes it anew.\n`belfry explain CODE` prints one.\n",
    );
    for code in ALL_CODES.iter().flat_map(|table| table.iter()) {
        let text = code.explanation.trim();
        writeln!(page, "\n## {}: {}\n\n{text}", code.name, code.title).unwrap();
    }
    assert_fresh("docs/reference/errors.md", &page);
}

/// Fails where a generated page differs from its source; `UPDATE_DOCS=1` writes it.
#[expect(clippy::disallowed_methods, reason = "the switch of the update mode")]
fn assert_fresh(name: &str, page: &str) {
    let path = root().join(name);
    if std::env::var("UPDATE_DOCS").is_ok() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, page).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "{name} is stale: run with UPDATE_DOCS=1");
}

#[test]
fn the_readme_shows_the_commands_that_the_gate_runs() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let first_screen: BTreeSet<_> = readme.lines().take(40).map(str::trim).collect();
    assert!(first_screen.contains("cargo run -- up"), "the main command");
    assert!(
        first_screen.contains("cargo test --workspace"),
        "the test command"
    );
    let gate = fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(
        gate.contains("\ncargo test --workspace\n"),
        "the gate runs the README's test command"
    );
}

#[test]
fn nothing_points_outside_the_repository() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(
        !manifest.contains("path = \".."),
        "path dependencies stay inside"
    );
}
