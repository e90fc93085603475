//! Hand-written cases: `cases/insights/*.case`. The README.md beside them says how to add one.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use belfry_engine::base::Millis;
use belfry_engine::diag::render_text;
use belfry_engine::events::LogType;
use belfry_engine::insights::{
    CHOICES, Choices, LookupTable, Parameter, QueryResults, SavedQuery, compile_chosen,
};

use crate::events::{Event, Events, OPTIONS, Others, origin};

#[test]
fn every_case_file_says_what_the_engine_says() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/insights");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "case"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        check(&file);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests have no settings but this one"
)]
fn check(path: &Path) {
    let written = fs::read_to_string(path).unwrap();
    let computed = complete(&written);
    if env::var("UPDATE_CASES").is_ok_and(|update| update == "1") {
        fs::write(path, computed).unwrap();
        return;
    }
    let differing = written
        .lines()
        .zip(computed.lines())
        .enumerate()
        .find(|(_, (a, b))| a != b);
    if let Some((line, (written, computed))) = differing {
        panic!(
            "{}:{}\n  written:  {written}\n  computed: {computed}\nUPDATE_CASES=1 rewrites the file",
            path.display(),
            line + 1
        );
    }
    assert_eq!(written, computed, "{}", path.display());
}

/// The file with everything behind `----` computed anew.
fn complete(written: &str) -> String {
    let mut out = String::new();
    let mut source = Events {
        events: Vec::new(),
        log: "000000000000:/app".to_owned(),
        origin: origin(None),
        chunk: 2,
    };
    let mut saved: Vec<SavedQuery> = Vec::new();
    let mut others = Others::default();
    let mut blocks = written.split("\n\n").peekable();
    while let Some(block) = blocks.next() {
        let mut block = block.trim_end_matches('\n').to_owned();
        if block.starts_with("load") || block.contains("\nload") {
            source = load(&block);
            others = Others::default();
        }
        if block.starts_with("beside ") {
            let group = load(&block.replacen("beside", "load", 1));
            let name = group.log.trim_start_matches("000000000000:").to_owned();
            others.groups.insert(name, group);
        }
        if let Some((name, text)) = block
            .strip_prefix("table ")
            .and_then(|b| b.split_once('\n'))
        {
            let table = LookupTable::parse(text).unwrap();
            others
                .tables
                .insert(name.trim().to_owned(), Arc::new(table));
        }
        saved.extend(save(&block));
        if let Some((head, _)) = block.split_once("\n----") {
            // An answer may hold empty lines; all up to the next title belongs to it.
            while blocks.peek().is_some_and(|next| !starts_case(next)) {
                blocks.next();
            }
            block = format!("{head}\n----\n{}", answer(head, &source, &others, &saved));
        }
        writeln!(out, "{}\n", block.trim_end()).unwrap();
    }
    format!("{}\n", out.trim_end())
}

fn starts_case(block: &str) -> bool {
    [
        "query:", "choice:", "load", "beside ", "table ", "save ", "# ",
    ]
    .iter()
    .any(|start| block.trim_start().starts_with(start))
}

/// `load [log group] [as TYPE]`, then one event a line: `+seconds message`, counted from 2026-04-20 10:00 UTC.
fn load(block: &str) -> Events {
    let mut lines = block.lines().skip_while(|line| !line.starts_with("load"));
    let group = lines.next().unwrap().trim_start_matches("load").trim();
    let (group, log_type) = match group.split_once(" as ") {
        Some((group, "vpc-flow")) => (group.trim(), Some(LogType::VpcFlow)),
        Some((group, "route53")) => (group.trim(), Some(LogType::Route53)),
        Some((_, other)) => panic!("no log type is called {other}"),
        None => (group, None),
    };
    let group = if group.is_empty() { "/app" } else { group };
    let event = |line: &str| {
        let (seconds, message) = line.strip_prefix('+').unwrap().split_once(' ').unwrap();
        Event {
            timestamp: OPTIONS.now.plus(seconds.parse::<i64>().unwrap() * 1000).0,
            message: message.replace("\\t", "\t"),
        }
    };
    Events {
        events: lines.map(event).collect(),
        log: format!("000000000000:{group}"),
        origin: origin(log_type),
        chunk: 2,
    }
}

/// `save name(a, b = default)`, then the text of a saved query.
fn save(block: &str) -> Option<SavedQuery> {
    let (head, text) = block.strip_prefix("save ")?.split_once('\n')?;
    let (name, parameters) = head.trim_end_matches(')').split_once('(')?;
    let parameter = |written: &str| {
        let (name, default) = match written.split_once('=') {
            Some((name, default)) => (name, Some(default.trim().to_owned())),
            None => (written, None),
        };
        Parameter {
            name: name.trim().to_owned(),
            default,
            description: None,
        }
    };
    Some(SavedQuery {
        name: name.to_owned(),
        text: text.to_owned(),
        parameters: parameters
            .split(',')
            .filter(|written| !written.trim().is_empty())
            .map(parameter)
            .collect(),
    })
}

fn answer(head: &str, source: &Events, others: &Others, saved: &Vec<SavedQuery>) -> String {
    let start = head.find("query:").expect("a case has a title");
    let (_, text) = head[start..].split_once('\n').expect("a title has a query");
    let mut choices = Choices::default();
    for written in head[..start]
        .lines()
        .filter_map(|line| line.strip_prefix("choice: "))
    {
        choices.set(written).unwrap();
    }
    match compile_chosen(text, saved, choices) {
        Err(diagnostics) => render_text(&diagnostics, text, "query", false),
        Ok((query, warnings)) => {
            let refused = query.refusals(source);
            if !refused.is_empty() {
                return render_text(&refused, text, "query", false);
            }
            let pointer = |position: u64| position.to_string();
            let run = |source: &Events, serial| {
                query.run_with_sources(source, &OPTIONS, &pointer, others, serial)
            };
            let found = match run(source, false) {
                Ok(found) => found,
                Err(error) => return format!("refused: {error}"),
            };
            let one_by_one = Events {
                chunk: 1,
                ..source.clone()
            };
            let serial = run(&one_by_one, true).unwrap();
            assert_eq!(found.rows, serial.rows, "{text}");
            let mut answer = table(&found);
            if !warnings.is_empty() {
                write!(answer, "\n{}", render_text(&warnings, text, "query", false)).unwrap();
            }
            answer
        }
    }
}

/// Columns padded to one width; a cell that AWS leaves out shows as `-`.
fn table(found: &QueryResults) -> String {
    let header = found.columns.clone();
    let rows = found.rows.iter().map(|row| {
        let cells = row.cells.iter();
        cells
            .map(|cell| cell.clone().unwrap_or_else(|| "-".to_owned()))
            .collect()
    });
    let lines: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max();
    let widths: Vec<usize> = (0..found.columns.len()).filter_map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let cells: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        writeln!(text, "{}", cells.join(" | ").trim_end()).unwrap();
    }
    text
}

#[test]
fn times_of_cases_start_at_ten() {
    assert_eq!(
        OPTIONS.now,
        Millis::parse_rfc3339("2026-04-20T10:00:00Z").unwrap()
    );
}

#[test]
fn every_code_of_the_language_has_a_case() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/insights");
    let all: String = fs::read_dir(folder)
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    // A case of this length would be no case to read; the unit test of the parser holds it.
    let without = ["Q0208"];
    let missing: Vec<_> = belfry_engine::diag::query::CODES
        .iter()
        .map(|code| code.name)
        .filter(|name| !all.contains(&format!("[{name}]")) && !without.contains(name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The longest stand in `choices.rs`.
#[test]
fn every_alternative_of_a_choice_has_a_case() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/insights/choices.case");
    let cases = fs::read_to_string(path).unwrap();
    for choice in CHOICES {
        for alternative in choice.values.iter().skip(1) {
            let written = format!("choice: {}={}\n", choice.name, alternative.value);
            let elsewhere = ["default-limit", "fields-per-event"].contains(&choice.name);
            assert!(elsewhere || cases.contains(&written), "{written}");
        }
    }
}
