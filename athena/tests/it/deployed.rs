//! The queries of `queries/athena/`, on lines that exercise them.

use std::path::Path;

use crate::world::World;

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../queries/athena")
        .join(name);
    std::fs::read_to_string(path.with_extension("sql")).unwrap()
}

#[track_caller]
fn answers(name: &str, expected: &[&str]) {
    let found = World::new().rows(&text(name));
    assert_eq!(found, expected.join("\n"), "{name}");
}

#[test]
fn server_errors_are_told_by_who_answered() {
    answers(
        "5xx-by-target",
        &[
            "load balancer | - | 502 | 1 | 2026-03-01T10:02:00.400000Z | 2026-03-01T10:02:00.400000Z",
            "load balancer | 10.0.0.1:8000 | 504 | 1 | 2026-03-02T09:30:00.000000Z | 2026-03-02T09:30:00.000000Z",
            "target | 10.0.0.2:8000 | 500 | 1 | 2026-03-01T10:01:00.300000Z | 2026-03-01T10:01:00.300000Z",
        ],
    );
}

#[test]
fn slow_paths_are_sorted_by_their_slowest_requests() {
    answers(
        "slowest-paths",
        &["POST | /api/v1/predict | 5 | 0.25 | 29.999 | 29.999"],
    );
}

#[test]
fn gateway_errors_say_what_to_do_next() {
    let found = World::new().rows(&text("gateway-errors"));
    let lines: Vec<&str> = found.lines().collect();
    assert!(
        lines[0]
            .starts_with("460 | the client closed the connection before it was answered | compare"),
        "{found}"
    );
    assert!(
        lines[1].starts_with("502 | no connection to a target could be made | look at crashes"),
        "{found}"
    );
    assert!(
        lines[2].starts_with("504 | the target did not answer within the idle timeout | find"),
        "{found}"
    );
}

#[test]
fn blue_stands_beside_green() {
    answers(
        "blue-beside-green",
        &[
            "2026-03-01 10:00:00.000 UTC | fraud-detection-blue | 4 | 25.0 | 0.01 | 0.02",
            "2026-03-01 10:00:00.000 UTC | fraud-detection-green | 1 | 100.0 | 0.25 | 0.25",
            "2026-03-02 09:00:00.000 UTC | fraud-detection-blue | 1 | 100.0 | 29.999 | 29.999",
            "2026-03-02 09:00:00.000 UTC | fraud-detection-green | 1 | 0.0 | 1.5 | 1.5",
            "2026-03-02 10:00:00.000 UTC | fraud-detection-blue | 1 | 0.0 | NULL | NULL",
        ],
    );
}

#[test]
fn clients_agents_and_ciphers_are_counted() {
    let world = World::new();
    let first = |name: &str| {
        world
            .rows(&text(name))
            .lines()
            .next()
            .map(str::to_owned)
            .unwrap_or_default()
    };
    assert_eq!(first("top-clients"), "192.0.2.10 | 3 | 0 | 1 | 910 | 1510");
    assert_eq!(first("user-agents"), "curl/8.5.0 | 4 | 50.0 | 25.0");
    assert_eq!(
        first("tls-versions"),
        "TLSv1.1 | ECDHE-RSA-AES128-GCM-SHA256 | true | 1 | 1 | bad bot"
    );
}

#[test]
fn findings_of_the_firewall_and_ambiguous_requests_are_listed() {
    answers(
        "waf-and-desync",
        &[
            "desync: Ambiguous | AmbiguousUri | 403 | 192.0.2.12 | 1 | 2026-03-01T10:03:00.500000Z | 2026-03-01T10:03:00.500000Z | https://api.example.com:443/a b",
        ],
    );
}

#[test]
fn a_trace_id_finds_its_requests() {
    let world = World::new();
    let answer = world
        .ask_with(
            &text("requests-by-trace-id"),
            &["'Root=1-58337327-72bd00b0343d75b906739c42'"],
        )
        .unwrap();
    assert_eq!(answer.rows.len(), 8);
    assert!(answer.rows.is_sorted_by_key(|row| row[0].clone()));
    assert!(
        world
            .ask_with(&text("requests-by-trace-id"), &["'Root=2'"])
            .unwrap()
            .rows
            .is_empty()
    );
}

#[test]
fn failed_health_checks_are_counted_by_reason() {
    answers(
        "health-check-failures",
        &[
            "10.0.0.2:8000 | fraud-detection-green/0a1b2c3d4e5f6071 | TimedOut | - | 2 | 2026-03-01T10:00:10.000000Z | 2026-03-01T10:00:20.000000Z | 5.0",
            "10.0.0.1:8000 | fraud-detection-blue/73e2d6bc24d8a067 | ResponseCodeMismatch | 500 | 1 | 2026-03-01T10:00:05.000000Z | 2026-03-01T10:00:05.000000Z | 0.002",
        ],
    );
}

#[test]
fn bytes_are_summed_by_path() {
    let found = World::new().rows(&text("bytes-and-cost"));
    assert!(
        found.starts_with("POST | /api/v1/predict | 6 | 1830 | 1800 | 300.0 | 0.0"),
        "{found}"
    );
}

#[test]
fn every_deployed_query_says_what_it_is_about() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../queries/athena");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(text.starts_with("-- description: "), "{text}");
        assert!(text.contains("\n-- table: "), "{text}");
        count += 1;
    }
    assert_eq!(count, 11);
}
