//! Answers that rest on a choice of this engine say so.

use belfry_engine::insights::compile;

use crate::events::{Event, Events, OPTIONS, origin};

fn notes(text: &str) -> Vec<String> {
    let events = vec![Event {
        timestamp: OPTIONS.now.0,
        message: "{\"a\":1}".to_owned(),
    }];
    let log = "000000000000:/app".to_owned();
    let chunk = 1;
    let origin = origin(None);
    let source = Events {
        events,
        log,
        origin,
        chunk,
    };
    compile(text)
        .unwrap()
        .0
        .run(&source, &OPTIONS)
        .unwrap()
        .notes
}

#[test]
fn commands_whose_method_is_not_published_leave_a_note() {
    for (text, word) in [
        ("fields a | outlier a", "quartiles"),
        ("fields a | sessionize a", "session ids"),
        ("countFrequent a", "approximates"),
        ("filterIndex a = 1", "index"),
        ("pattern @message", "does not publish its method"),
        ("diff", "names its columns itself"),
        ("stats count(*) by bin(5m) offset 1h", "which way it shifts"),
    ] {
        let notes = notes(text);
        assert!(
            notes.iter().any(|note| note.contains(word)),
            "{text}: {notes:?}"
        );
    }
    assert_eq!(notes("fields a | accum a"), Vec::<String>::new());
}

#[test]
fn filling_of_bins_ends_at_the_most_rows_and_says_so() {
    let events = [0, 86_400_000].map(|after| Event {
        timestamp: OPTIONS.now.0 + after,
        message: "{\"a\":1}".to_owned(),
    });
    let source = Events {
        events: events.to_vec(),
        log: "000000000000:/app".to_owned(),
        origin: origin(None),
        chunk: 1,
    };
    let text = "stats count(*) as n by bin(1ms) | fillmissing with 0 for n | limit 100000";
    let answer = compile(text).unwrap().0.run(&source, &OPTIONS).unwrap();
    assert_eq!(answer.rows.len(), 100_000);
    assert!(answer.notes.iter().any(|note| note.contains("stopped")));
}
