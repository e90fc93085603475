//! Published queries over load balancers' logs: each is answered, or refused for the reason that stands in
//! `tests/data/alb-queries.outcomes`. `UPDATE_CASES=1` writes the outcomes anew; the review is the diff.

use std::fmt::Write as _;
use std::path::Path;

use belfry_engine::catalog::{Column, ColumnType, Table, connection_log_table};

use crate::world::{World, published};

fn column((name, kind): (&str, &'static str)) -> Column {
    Column {
        name: name.to_owned(),
        kind: ColumnType::Plain(kind),
        comment: None,
    }
}

/// The log table of classic load balancers, with the columns that AWS publishes for it.
fn classic(name: &str) -> Table {
    let columns = "timestamp elb_name request_ip request_port backend_ip backend_port request_processing_time backend_processing_time client_response_time elb_response_code backend_response_code received_bytes sent_bytes request_verb url protocol user_agent ssl_cipher ssl_protocol";
    let mut table = published(name, "s3://logs/none/");
    let of = |name: &str| match name {
        name if name.ends_with("_time") => "double",
        name if name.ends_with("_bytes") => "bigint",
        _ => "string",
    };
    let columns = columns.split(' ').map(|name| column((name, of(name))));
    table.columns = columns.collect();
    table
}

fn by(name: &str, columns: &[(&str, &'static str)]) -> Table {
    let mut table = published(name, "s3://logs/none/");
    table.partition_columns = columns.iter().copied().map(column).collect();
    table
}

fn world() -> World {
    let mut world = World::new();
    let day = [("day", "string")];
    let hours = ["year", "month", "day", "hour"].map(|name| (name, "int"));
    for (database, table) in [
        ("default", classic("elb_logs")),
        ("default", by("placeholder", &day)),
        ("default", by("tb_alb_logs_placeholder", &day)),
        ("default", by("alb_logs_partitioned", &day)),
        ("testdb", by("testtable", &hours)),
        (
            "default",
            connection_log_table("alb_connection_logs", "s3://logs/none/"),
        ),
    ] {
        world.tables.put(database, table);
    }
    world
}

#[test]
fn published_queries_are_answered_or_refused_for_the_reason_that_stands_here() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let world = world();
    let mut found = String::new();
    for line in std::fs::read_to_string(folder.join("alb-queries.jsonl"))
        .unwrap()
        .lines()
    {
        let query: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = query["rendered"]
            .as_str()
            .or(query["sql"].as_str())
            .unwrap();
        let dialect = query["dialect"].as_str().unwrap();
        let outcome = match world.ask(text) {
            Ok(answer) => format!("answered: {} columns", answer.columns.len()),
            Err(refusal) => refusal,
        };
        writeln!(
            found,
            "{} ({dialect}): {outcome}",
            query["id"].as_str().unwrap()
        )
        .unwrap();
    }
    let path = folder.join("alb-queries.outcomes");
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    assert_eq!(found, std::fs::read_to_string(&path).unwrap());
}
