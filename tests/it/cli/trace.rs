use std::fs::File;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::fixture::Folder;

const TRACE: &str = "Root=1-67891233-abcdef012345678912345678";
const SERVICE: &str = r#"{"timestamp":"2025-01-16T14:06:00.000Z","level":"INFO","message":"transaction scored","request_id":"other","duration":1.0,"status":200,"trace_id":"Root=1-67891233-000000000000000000000000"}
{"timestamp":"2025-01-16T14:06:43.131Z","level":"WARN","message":"circuit breaker: closed to open","request_id":"r-1"}
{"timestamp":"2025-01-16T14:06:43.130Z","level":"ERROR","message":"the model failed","request_id":"r-1","endpoint":"/api/v1/predict","duration":6.25,"status":500,"trace_id":"Root=1-67891233-abcdef012345678912345678","ModelLatency":5.5}
no json that says r-1
"#;

/// A folder with an access log and the service's log.
fn folder() -> Folder {
    let folder = Folder::with_suite();
    folder.write("app.jsonl", SERVICE);
    let line = |trace: &str, statuses: &str, times: &str| {
        format!(
            "http 2025-01-16T14:06:43.134321Z app/fraud-detection-alb/0f 127.0.0.1:4711 127.0.0.1:8000 {times} {statuses} 34 366 \
             \"POST http://localhost:8080/api/v1/predict HTTP/1.1\" \"curl\" - - \
             arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/fraud-detection-blue/0f \"{trace}\" \"-\" \"-\" 0 \
             2025-01-16T14:06:43.120000Z \"forward\" \"-\" \"-\" \"127.0.0.1:8000\" \"500\" \"-\" \"-\" TID_0f \"-\" \"-\" \"-\" 127.0.0.1\n"
        )
    };
    let text = [
        line(
            "Root=1-67891233-ffffffffffffffffffffffff",
            "200 200",
            "0.000 0.001 0.000",
        ),
        line(TRACE, "500 500", "0.001 0.012 0.000"),
        line(
            "Root=1-67891234-eeeeeeeeeeeeeeeeeeeeeeee",
            "502 -",
            "-1 -1 -1",
        ),
    ];
    let file = File::create(folder.path().join("alb.log.gz")).unwrap();
    let mut encoder = GzEncoder::new(file, Compression::fast());
    encoder.write_all(text.concat().as_bytes()).unwrap();
    encoder.finish().unwrap();
    folder
}

#[test]
fn a_request_is_shown_from_both_sides_in_order_of_time() {
    let folder = folder();
    let by_request = folder.stdout(&["trace", "r-1", "--file", "alb.log.gz", "app.jsonl"]);
    insta::assert_snapshot!(by_request);
    let by_trace = folder.stdout(&["trace", TRACE, "--file", "app.jsonl", "alb.log.gz"]);
    assert_eq!(by_trace, by_request);
}

#[test]
fn an_answer_of_the_load_balancer_itself_is_explained_without_the_service() {
    let id = "1-67891234-eeeeeeeeeeeeeeeeeeeeeeee";
    let told = folder().stdout(&["trace", id, "--file", "."]);
    assert!(
        told.contains("outcome     502, of the load balancer itself: the target refused"),
        "{told}"
    );
    assert!(told.contains("not reached"), "{told}");
}

#[test]
fn machines_get_columns_members_and_times() {
    let told = folder().stdout(&["trace", "r-1", "--file", ".", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let request = &told["requests"][0];
    assert_eq!(
        (told["version"].as_i64(), told["id"].as_str()),
        (Some(1), Some("r-1"))
    );
    assert_eq!(request["trace_id"], TRACE);
    assert_eq!(request["access_log"]["target_processing_time"], "0.012");
    assert_eq!(request["service_log"].as_array().unwrap().len(), 2);
    let part = |name: &str| {
        let parts = request["parts"].as_array().unwrap();
        let part = parts.iter().find(|part| part["part"] == name).unwrap();
        part["milliseconds"].as_f64()
    };
    assert_eq!(
        (part("service"), part("model"), part("between")),
        (Some(6.25), Some(5.5), Some(5.75))
    );
    assert_eq!(part("total"), Some(13.0));
}

#[test]
fn an_id_that_no_line_holds_is_an_error_with_what_would_help() {
    let nothing = folder().belfry(&["trace", "nobody", "--file", "alb.log.gz"]);
    assert!(
        nothing.starts_with("exit 1") && nothing.contains("no line holds `nobody`"),
        "{nothing}"
    );
    assert!(
        nothing.contains("--file takes access logs and the service's log together"),
        "{nothing}"
    );
    let refused = folder().belfry(&["trace", "a b"]);
    assert!(refused.starts_with("exit 2"), "{refused}");
}

#[test]
fn a_line_that_is_no_access_log_is_told_with_its_place() {
    let told = folder().stdout(&["trace", "r-1", "--file", "app.jsonl"]);
    assert!(
        told.contains("note: app.jsonl, line 4 holds the id and is no line of an access log"),
        "{told}"
    );
}
