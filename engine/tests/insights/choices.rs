//! Choices whose effect is too long for a case.

use belfry_engine::insights::{Choices, NoSavedQueries, QueryResults, compile_chosen};

use crate::events::{Event, Events, OPTIONS, origin};

fn run(text: &str, choice: &str, message: String) -> QueryResults {
    let timestamp = OPTIONS.now.0;
    let source = Events {
        events: vec![Event { timestamp, message }],
        log: "000000000000:/app".to_owned(),
        origin: origin(None),
        chunk: 1,
    };
    let mut choices = Choices::default();
    choices.set(choice).unwrap();
    let (query, _) = compile_chosen(text, &NoSavedQueries, choices).unwrap();
    query.run(&source, &OPTIONS).unwrap()
}

#[test]
fn an_answer_without_limit_ends_where_it_is_chosen_to() {
    let rows = |choice| {
        let list: Vec<String> = (0..20_000).map(|n: u32| n.to_string()).collect();
        let message = format!("[{}]", list.join(","));
        let text = "fields jsonParse(@message) as j | unnest j into one | display one";
        run(text, choice, message).rows.len()
    };
    assert_eq!(rows("default-limit=10000"), 10_000);
    assert_eq!(rows("default-limit=1000"), 1_000);
}

#[test]
fn fields_of_an_event_are_found_up_to_the_number_chosen() {
    let found = |choice| {
        let fields: Vec<String> = (0..300).map(|n: u32| format!("\"f{n}\":{n}")).collect();
        let message = format!("{{{}}}", fields.join(","));
        let rows = run("fields f199, f250", choice, message).rows;
        rows[0].cells.iter().flatten().count()
    };
    assert_eq!(found("fields-per-event=200"), 1);
    assert_eq!(found("fields-per-event=1000"), 2);
}
