//! Queries with their answers in `tests/cases/*.json`: to add one, write `title`, `source` and `sql`, run the tests with
//! `UPDATE_CASES=1`, and hold the answer that was written against the source.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::world::World;

/// A query, where its answer is known from, and the answer: values with bars between them, or the refusal.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Case {
    title: String,
    source: String,
    sql: String,
    #[serde(default)]
    answer: Vec<String>,
}

#[test]
fn queries_are_answered_as_the_case_files_have_it() {
    let world = World::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut wrong = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let mut cases: Vec<Case> =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for case in &mut cases {
            assert!(
                !case.source.is_empty(),
                "{}: whence is it known?",
                case.title
            );
            let found: Vec<String> = world.rows(&case.sql).lines().map(str::to_owned).collect();
            if found != case.answer {
                wrong.push(format!(
                    "{}: {}\n  expected: {:?}\n  found:    {found:?}",
                    case.title, case.sql, case.answer
                ));
            }
            case.answer = found;
        }
        if std::env::var_os("UPDATE_CASES").is_some() {
            let text = serde_json::to_string_pretty(&cases).unwrap() + "\n";
            std::fs::write(&path, text).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
