//! Published queries over load balancers' logs: each is answered, or refused for the reason that stands in
//! `tests/data/alb-queries.outcomes`. `UPDATE_CASES=1` writes the outcomes anew; the review is the diff.

use std::fmt::Write as _;
use std::path::Path;

use belfry_athena::catalog::{Column, HiveType, Table, access_log_table, connection_log_table};

use crate::world::World;

/// The log table of classic load balancers, with the columns that AWS publishes for it.
fn classic(name: &str) -> Table {
    let columns = "timestamp elb_name request_ip request_port backend_ip backend_port request_processing_time backend_processing_time client_response_time elb_response_code backend_response_code received_bytes sent_bytes request_verb url protocol user_agent ssl_cipher ssl_protocol";
    let mut table = access_log_table("default", name, "s3://logs/none/");
    let of = |name: &str| match name {
        name if name.ends_with("_time") => HiveType::Double,
        name if name.ends_with("_bytes") => HiveType::BigInt,
        _ => HiveType::String,
    };
    table.columns = columns
        .split(' ')
        .map(|name| Column::new(name, of(name)))
        .collect();
    table
}

fn by_day(database: &str, name: &str, columns: &[(&str, HiveType)]) -> Table {
    let mut table = access_log_table(database, name, "s3://logs/none/");
    table.partition_columns = columns
        .iter()
        .map(|(name, of)| Column::new(name, of.clone()))
        .collect();
    table
}

fn world() -> World {
    let mut world = World::new();
    let day = [("day", HiveType::String)];
    let hours = ["year", "month", "day", "hour"].map(|name| (name, HiveType::Int));
    for table in [
        classic("elb_logs"),
        by_day("default", "placeholder", &day),
        by_day("default", "tb_alb_logs_placeholder", &day),
        by_day("default", "alb_logs_partitioned", &day),
        by_day("testdb", "testtable", &hours),
        connection_log_table("default", "alb_connection_logs", "s3://logs/none/"),
    ] {
        world.tables.add(table);
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
