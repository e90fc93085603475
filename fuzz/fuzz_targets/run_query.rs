//! The first line is a query, the others are a log: whatever compiles runs without a panic, and gives on one thread
//! what it gives on several.
#![no_main]

use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::{EventRef, EventSource};
use belfry_engine::insights::{RunOptions, compile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (query, log) = text.split_once('\n').unwrap_or((text, LOG));
    let Ok((query, _)) = compile(query) else {
        return;
    };
    let log = Lines(log.lines().collect());
    let options = RunOptions {
        range: TimeRange::ALL,
        now: Millis(1_776_679_200_000),
        limit: Some(100),
    };
    let parallel = query.run(&log, &options);
    let serial = query.run_serially(&log, &options);
    match (parallel, serial) {
        (Ok(parallel), Ok(serial)) => assert_eq!(parallel, serial),
        (Err(_), Err(_)) => {}
        (parallel, serial) => panic!("{parallel:?} is not {serial:?}"),
    }
});

/// Lines as events, two in a chunk, some of them of the same moment.
struct Lines<'l>(Vec<&'l str>);

impl EventSource for Lines<'_> {
    fn chunks(&self) -> usize {
        self.0.len().div_ceil(2)
    }

    fn scan(&self, chunk: usize, range: TimeRange, visit: &mut dyn FnMut(EventRef<'_>)) {
        for (number, message) in self.0.iter().enumerate().skip(2 * chunk).take(2) {
            let event = EventRef {
                timestamp: Millis(1_776_679_200_000 + number as i64 / 3 * 1000),
                ingestion_time: None,
                message,
                log_stream: Some("stream"),
                log: None,
                origin: None,
                position: number as u64,
            };
            if range.contains(event.timestamp) {
                visit(event);
            }
        }
    }

    fn log_groups(&self) -> usize {
        1
    }
}

/// What queries without a log run over.
const LOG: &str = r#"{"timestamp":"2026-04-20T10:00:00.001Z","level":"INFO","a":1,"b":{"c":[1.5,"x",null,true]},"m":"1 of 2"}
{"timestamp":"2026-04-20T10:00:01.002Z","level":"ERROR","a":"1e3","b":{"c":[]},"m":"ip 10.0.0.1 took 12 ms"}
  at main
{"timestamp":1776679260000,"level":"INFO","a":-2.50,"m":"\u00e9\n","json":"{\"k\":{\"l\":[1,2]}}"}
not json at all
"#;
