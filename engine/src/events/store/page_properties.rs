use proptest::prelude::*;

use super::{Direction, EventKey, FilterScan, InputLogEvent, LogStore};
use crate::base::{Millis, TimeRange};

const NOW: Millis = Millis(1_776_679_200_000);

/// A store with one event for each `(stream, time)`, each put alone; its text is its number.
fn store(events: &[(bool, i64)]) -> LogStore {
    let mut store = LogStore::new("000000000000", "us-east-1");
    store.create_group("g", NOW).unwrap();
    for stream in ["a", "b"] {
        store.create_stream("g", stream, NOW).unwrap();
    }
    for (number, (second, at)) in events.iter().enumerate() {
        let event = InputLogEvent {
            timestamp: NOW.plus(*at),
            message: number.to_string(),
        };
        let stream = if *second { "b" } else { "a" };
        store.put("g", stream, &[event], NOW).unwrap();
    }
    store
}

/// All events, page by page, as a client reads them.
fn read(store: &LogStore, direction: Direction, limit: usize) -> Vec<String> {
    let snapshot = store.snapshot(&["g"], NOW).unwrap();
    let mut pages: Vec<Vec<String>> = Vec::new();
    let mut boundary: Option<EventKey> = None;
    loop {
        let scan = FilterScan {
            range: TimeRange::ALL,
            boundary,
            direction,
            limit,
        };
        let page = snapshot.page(&scan, &|_| true);
        boundary = match direction {
            Direction::Forward => page.events.last().map(|event| event.key.next()),
            Direction::Backward => page.events.first().map(|event| event.key),
        };
        pages.push(page.events.into_iter().map(|event| event.message).collect());
        if !page.more {
            break;
        }
    }
    if direction == Direction::Backward {
        pages.reverse();
    }
    pages.concat()
}

proptest! {
    #[test]
    fn pages_of_any_size_show_every_event_once_and_in_order(
        events in proptest::collection::vec((any::<bool>(), 0..20_i64), 0..40),
        limit in 1..8_usize,
    ) {
        let mut expected: Vec<(i64, usize)> =
            events.iter().enumerate().map(|(number, (_, at))| (*at, number)).collect();
        expected.sort_unstable();
        let expected: Vec<String> = expected.iter().map(|(_, number)| number.to_string()).collect();
        let store = store(&events);
        prop_assert_eq!(&read(&store, Direction::Forward, limit), &expected);
        prop_assert_eq!(&read(&store, Direction::Backward, limit), &expected);
    }
}
