use super::FUNCTIONS;
use crate::base::{Millis, TimeRange};
use crate::events::{EventRef, EventSource};
use crate::insights::{RunOptions, compile};

/// One event without fields, at 2026-04-20 10:00 UTC.
struct OneEvent;

impl EventSource for OneEvent {
    fn chunks(&self) -> usize {
        1
    }

    fn scan(&self, _chunk: usize, _range: TimeRange, visit: &mut dyn FnMut(EventRef<'_>)) {
        visit(EventRef {
            timestamp: Millis(1_776_679_200_000),
            ingestion_time: None,
            message: "{}",
            log_stream: None,
            log: None,
            origin: None,
            position: 0,
        });
    }

    fn log_groups(&self) -> usize {
        1
    }
}

#[test]
fn every_example_of_every_function_holds() {
    let options = RunOptions {
        range: TimeRange {
            start: Millis(1_776_600_000_000),
            end: Millis(1_776_800_000_000),
        },
        now: Millis(1_776_679_200_000),
        limit: None,
    };
    for function in FUNCTIONS {
        assert!(
            !function.examples.is_empty(),
            "{} has examples",
            function.name
        );
        for (call, expected) in function.examples {
            let (query, _) = compile(&format!("fields {call} as answer")).unwrap();
            let answer = query.run(&OneEvent, &options).unwrap();
            let cell = answer.rows[0].cells[0].as_deref();
            assert_eq!(cell, *expected, "{call}");
        }
    }
}

#[test]
fn functions_are_listed_by_name_without_repetition() {
    let mut names: Vec<_> = FUNCTIONS.iter().map(|f| f.name.to_lowercase()).collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
}
