//! 1, 10 and 100 filter patterns over service logs: megabytes a second of processor time of Belfry's set of patterns, of its patterns one by
//! one, of a naive loop over `serde_json`, and of Vector's VRL, all on one thread, all with the same answer.
//!
//! `cargo run --release --manifest-path benches/patterns/Cargo.toml --features vrl -- LOGS.ndjson [MEGABYTES]`; without the
//! feature VRL is left out and the build is short; the logs come from
//! `cargo run --release -p belfry-engine --example generate_logs`. The slow ones read a part and say how much.

#[cfg(feature = "vrl")]
mod vector;

use std::sync::OnceLock;
use std::time::Instant;

use belfry_engine::pattern::{FilterPattern, PatternSet};
use serde_json::Value as Json;

/// A condition in each language: on one member, `=` a text or `>=` a number, or both of two.
#[derive(Clone)]
enum Condition {
    Text(&'static str, String),
    Number(&'static str, u32),
    Both(Box<Condition>, Box<Condition>),
}

impl Condition {
    fn pattern(&self) -> String {
        match self {
            Self::Text(name, text) => format!("$.{name} = \"{text}\""),
            Self::Number(name, number) => format!("$.{name} >= {number}"),
            Self::Both(a, b) => format!("{} && {}", a.pattern(), b.pattern()),
        }
    }

    #[cfg(feature = "vrl")]
    fn vrl(&self) -> String {
        match self {
            Self::Text(name, text) => format!(".{name} == \"{text}\""),
            Self::Number(name, number) => format!("(to_float(.{name}) ?? -1.0) >= {number}.0"),
            Self::Both(a, b) => format!("{} && {}", a.vrl(), b.vrl()),
        }
    }

    fn holds(&self, event: &Json) -> bool {
        match self {
            Self::Text(name, text) => event[*name].as_str() == Some(text),
            Self::Number(name, number) => event[*name].as_f64().is_some_and(|n| n >= f64::from(*number)),
            Self::Both(a, b) => a.holds(event) && b.holds(event),
        }
    }
}

/// A hundred conditions as a team writes them: levels, endpoints, statuses, slow requests, and some of two.
fn conditions() -> Vec<Condition> {
    let levels = ["ERROR", "WARN", "FATAL", "CRITICAL"];
    let endpoints = ["/api/v1/predict", "/api/v1/predict/batch", "/api/v1/models", "/api/v1/feedback", "/health"];
    let mut all = vec![Condition::Text("level", "ERROR".to_owned())];
    for n in 0..99_u32 {
        let level = Condition::Text("level", levels[n as usize % levels.len()].to_owned());
        let endpoint = Condition::Text("endpoint", endpoints[n as usize % endpoints.len()].to_owned());
        let slow = Condition::Number("duration", 50 + n * 20);
        all.push(match n % 5 {
            0 => Condition::Both(Box::new(level), Box::new(slow)),
            1 => Condition::Both(Box::new(level), Box::new(endpoint)),
            2 => Condition::Text("request_id", format!("req-{n:08}")),
            3 => Condition::Text("message", format!("fault number {n}")),
            _ => slow,
        });
    }
    all
}

/// Runs over at most `budget` bytes of lines; returns megabytes a second, matches by pattern, and bytes read.
fn measure(
    lines: &[&str],
    budget: usize,
    count: usize,
    mut each: impl FnMut(&str, &mut [u64]),
) -> (f64, Vec<u64>, usize) {
    let mut matches = vec![0; count];
    let mut bytes = 0;
    let start = processor_seconds();
    for line in lines {
        each(line, &mut matches);
        bytes += line.len() + 1;
        if bytes >= budget {
            break;
        }
    }
    let seconds = processor_seconds() - start;
    (bytes as f64 / 1e6 / seconds, matches, bytes)
}

/// Seconds that this thread has had a processor, so that a busy machine does not count; without Linux, of the clock.
fn processor_seconds() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = spent.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed().as_secs_f64(), |n| n / 1e9)
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("the path of a file of logs");
    let megabytes: usize = arguments.next().map_or(1000, |text| text.parse().expect("a number of megabytes"));
    let text = std::fs::read_to_string(path).expect("a file of logs");
    let lines: Vec<&str> = text.lines().collect();
    let all = megabytes * 1_000_000;
    println!("| patterns | Belfry, a set | Belfry, one by one | serde_json, parsed for each | serde_json, parsed once | VRL, parsed once |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    for count in [1, 10, 100] {
        let conditions = &conditions()[..count];
        let patterns: Vec<_> = conditions
            .iter()
            .map(|c| FilterPattern::parse(&format!("{{ {} }}", c.pattern())).expect("a pattern"))
            .collect();
        let set = PatternSet::new(&patterns);
        let mut reader = set.reader();
        let (ours, expected, _) = measure(&lines, all, count, |line, matches| {
            let look = reader.look(line);
            for (place, sum) in matches.iter_mut().enumerate() {
                *sum += u64::from(look.matches(place));
            }
        });
        let part = all / 10 / count.min(20);
        let (single, _, _) = measure(&lines, part * 2, count, |line, matches| {
            for (pattern, sum) in patterns.iter().zip(matches) {
                *sum += u64::from(pattern.matches(line));
            }
        });
        let (naive, naive_matches, read) = measure(&lines, part, count, |line, matches| {
            for (condition, sum) in conditions.iter().zip(matches) {
                let event: Json = serde_json::from_str(line).expect("a line");
                *sum += u64::from(condition.holds(&event));
            }
        });
        let mut reader = set.reader();
        let (_, ours_again, _) = measure(&lines, read, count, |line, matches| {
            let look = reader.look(line);
            for (place, sum) in matches.iter_mut().enumerate() {
                *sum += u64::from(look.matches(place));
            }
        });
        assert_eq!(naive_matches, ours_again, "the answers are the same");
        let (once, once_matches, _) = measure(&lines, read, count, |line, matches| {
            let event: Json = serde_json::from_str(line).expect("a line");
            for (condition, sum) in conditions.iter().zip(matches) {
                *sum += u64::from(condition.holds(&event));
            }
        });
        assert_eq!(once_matches, ours_again, "the answers are the same");
        let vector = vector(&lines, conditions, read, &ours_again);
        let cell = |rate: f64| format!("{rate:.0} MB/s ({:.1}×)", ours / rate);
        println!(
            "| {count} | {ours:.0} MB/s | {} | {} | {} | {} |",
            cell(single), cell(naive), cell(once), vector.map_or("-".to_owned(), cell)
        );
        eprintln!("{count} patterns: {} matches", expected.iter().sum::<u64>());
    }
}

#[cfg(feature = "vrl")]
fn vector(lines: &[&str], conditions: &[Condition], read: usize, expected: &[u64]) -> Option<f64> {
    let sources: Vec<String> = conditions.iter().map(Condition::vrl).collect();
    let mut vector = vector::Programs::new(&sources);
    let (rate, matches, _) = measure(lines, read, conditions.len(), |line, matches| vector.run(line, matches));
    assert_eq!(matches, expected, "the answers are the same");
    Some(rate)
}

#[cfg(not(feature = "vrl"))]
fn vector(_: &[&str], _: &[Condition], _: usize, _: &[u64]) -> Option<f64> {
    None
}
