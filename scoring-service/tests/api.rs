//! The service from outside: routes, answers, and the line that each request leaves.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use scoring_service::Settings;
use scoring_service::api::{App, router};
use scoring_service::clock::ManualClock;
use scoring_service::log::{FIELDS, LogWriter, METRICS, WriterTask};
use serde_json::{Value, json};
use tower::ServiceExt;

#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Service {
    router: Router,
    app: App,
    sink: Sink,
    writer: WriterTask,
}

impl Service {
    fn start() -> Self {
        let settings = Settings {
            allow_incidents: true,
            ..Settings::default()
        };
        let sink = Sink::default();
        let (log, writer) = LogWriter::start(Box::new(sink.clone())).unwrap();
        let clock = ManualClock::new("2026-04-20T10:00:00.007Z".parse().unwrap());
        let app = App::new(&settings, Arc::new(clock), log);
        Self {
            router: router(app.clone()),
            app,
            sink,
            writer,
        }
    }

    async fn send(&self, method: Method, path: &str, body: impl Into<Body>) -> (StatusCode, Value) {
        let mut request = Request::new(body.into());
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().unwrap();
        request
            .headers_mut()
            .insert("x-request-id", "r-1".parse().unwrap());
        let peer: SocketAddr = "127.0.0.1:4000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.headers()["x-request-id"], "r-1");
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap())
    }

    async fn predict(&self, transaction: &Value) -> (StatusCode, Value) {
        let body = transaction.to_string();
        self.send(Method::POST, "/api/v1/predict", body).await
    }

    /// Stops the log and returns its lines.
    fn lines(self) -> Vec<String> {
        let Self {
            router,
            app,
            sink,
            writer,
        } = self;
        drop((router, app));
        writer.finish().unwrap();
        let text = String::from_utf8(sink.0.lock().unwrap().clone()).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    fn last_line(self) -> Value {
        serde_json::from_str(self.lines().last().unwrap()).unwrap()
    }
}

fn transaction() -> Value {
    json!({
        "transaction_id": "t-1", "amount": 1250.5, "merchant_name": "Kuhn LLC",
        "location": "Pine City, MN", "timestamp": "2026-04-20T03:00:00-05:00", "customer_id": "c-1"
    })
}

#[tokio::test]
async fn a_transaction_is_answered_with_its_score_and_the_reasons() {
    let service = Service::start();
    let (status, answer) = service.predict(&transaction()).await;
    assert_eq!(status, StatusCode::OK);
    let expected = json!({
        "transaction_id": "t-1",
        "is_fraud": true,
        "risk_score": 70,
        "risk_factors": [
            {"name": "high_amount", "points": 55, "reason": "amount 1250.50 is 1000 or more"},
            {"name": "night_time", "points": 15, "reason": "at 03:00, between 00:00 and 05:00"},
        ],
        "recommendation": "BLOCK",
        "model_version": "rules-1",
    });
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn a_scored_request_leaves_this_line() {
    let service = Service::start();
    service.predict(&transaction()).await;
    assert_eq!(
        service.lines(),
        [concat!(
            r#"{"timestamp":"2026-04-20T10:00:00.007Z","level":"INFO","message":"transaction scored","#,
            r#""request_id":"r-1","user_id":"c-1","endpoint":"/api/v1/predict","duration":0.0,"#,
            r#""method":"POST","status":200,"transaction_id":"t-1","amount":1250.5,"risk_score":70,"#,
            r#""is_fraud":true,"recommendation":"BLOCK","risk_factors":["high_amount","night_time"],"#,
            r#""breaker_state":"closed","Service":"fraud-detection-service","RequestCount":1,"#,
            r#""RequestErrors":0,"ClientErrors":0,"RequestLatency":0.0,"FraudDetections":1,"#,
            r#""RiskScore":70,"ModelLatency":0.0,"CircuitBreakerState":0,"#,
            r#""_aws":{"Timestamp":1776679200007,"CloudWatchMetrics":[{"Namespace":"FraudDetection","#,
            r#""Dimensions":[["Service"]],"Metrics":[{"Name":"RequestCount","Unit":"Count"},"#,
            r#"{"Name":"RequestErrors","Unit":"Count"},{"Name":"ClientErrors","Unit":"Count"},"#,
            r#"{"Name":"RequestLatency","Unit":"Milliseconds"},{"Name":"FraudDetections","Unit":"Count"},"#,
            r#"{"Name":"RiskScore","Unit":"None"},{"Name":"ModelLatency","Unit":"Milliseconds"},"#,
            r#"{"Name":"CircuitBreakerState","Unit":"None"}]}]}}"#,
        )]
    );
}

#[tokio::test]
async fn a_wrong_member_is_answered_by_name_and_logged_as_a_warning() {
    let service = Service::start();
    let mut wrong = transaction();
    wrong["amount"] = json!("12");
    let (status, answer) = service.predict(&wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let message = "`amount` is a string, expected a number";
    assert_eq!(
        answer,
        json!({"error": {"code": "invalid_field", "message": message, "field": "amount"}})
    );
    let line = service.last_line();
    assert_eq!(line["level"], "WARN");
    assert_eq!(
        (&line["error_code"], &line["error_field"]),
        (&json!("invalid_field"), &json!("amount"))
    );
    assert_eq!(
        (&line["ClientErrors"], &line["RequestErrors"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(line.get("RiskScore"), None, "nothing was scored");
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_in_json() {
    let service = Service::start();
    let code = |answer: Value| answer["error"]["code"].as_str().unwrap().to_owned();
    let cases = [
        (
            Method::POST,
            "/api/v1/predict",
            Body::from("{"),
            400,
            "malformed_body",
        ),
        (
            Method::POST,
            "/api/v1/predict",
            Body::from(" ".repeat(20_000)),
            413,
            "body_too_large",
        ),
        (
            Method::GET,
            "/api/v1/predict",
            Body::empty(),
            405,
            "method_not_allowed",
        ),
        (
            Method::DELETE,
            "/health",
            Body::empty(),
            405,
            "method_not_allowed",
        ),
        (Method::GET, "/nothing", Body::empty(), 404, "not_found"),
        (
            Method::POST,
            "/admin/incident",
            Body::from(r#"{"kind":"fire"}"#),
            400,
            "malformed_body",
        ),
    ];
    for (method, path, body, status, expected) in cases {
        let (found, answer) = service.send(method, path, body).await;
        assert_eq!(
            (found.as_u16(), code(answer)),
            (status, expected.to_owned()),
            "{path}"
        );
    }
    assert_eq!(service.lines().len(), 6, "one line per request");
}

#[tokio::test]
async fn an_incident_fails_its_share_of_requests_until_it_is_ended() {
    let service = Service::start();
    let control = |body: &'static str| service.send(Method::POST, "/admin/incident", body);
    assert_eq!(
        control(r#"{"kind":"errors","share":0.5}"#).await.0,
        StatusCode::OK
    );
    let mut failed = 0;
    for _ in 0..10 {
        failed += usize::from(
            service.predict(&transaction()).await.0 == StatusCode::INTERNAL_SERVER_ERROR,
        );
    }
    assert_eq!(failed, 5);
    control(r#"{"kind":"none"}"#).await;
    assert_eq!(service.predict(&transaction()).await.0, StatusCode::OK);
    let errors: Vec<Value> = service
        .lines()
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|line: &Value| line["level"] == "ERROR")
        .collect();
    assert_eq!(errors.len(), 5);
    assert_eq!(errors[0]["error_code"], "model_failed");
    assert_eq!(
        errors[0]["message"],
        "the model failed: incident on purpose"
    );
    assert_eq!(errors[0]["user_id"], "c-1");
    assert_eq!(errors[0]["RequestErrors"], 1);
}

#[tokio::test]
async fn a_model_that_keeps_failing_opens_the_breaker() {
    let service = Service::start();
    service
        .send(
            Method::POST,
            "/admin/incident",
            r#"{"kind":"errors","share":1}"#,
        )
        .await;
    for _ in 0..10 {
        service.predict(&transaction()).await;
    }
    let (status, answer) = service.predict(&transaction()).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer["error"]["code"], "model_unavailable");
    let lines = service.lines();
    let change: Value = serde_json::from_str(&lines[11]).unwrap();
    let words = (
        &change["level"],
        &change["message"],
        &change["breaker_state"],
    );
    let expected = (
        &json!("WARN"),
        &json!("circuit breaker: closed to open"),
        &json!("open"),
    );
    assert_eq!(words, expected, "after the line of the tenth failure");
    let line: Value = serde_json::from_str(&lines[12]).unwrap();
    assert_eq!(
        (&line["breaker_state"], &line["CircuitBreakerState"]),
        (&json!("open"), &json!(2))
    );
    assert_eq!(line.get("ModelLatency"), None, "the model was not called");
}

#[tokio::test]
async fn health_checks_are_logged_but_count_as_no_request() {
    let service = Service::start();
    let (status, answer) = service.send(Method::GET, "/health", Body::empty()).await;
    assert_eq!(
        (status, &answer["status"]),
        (StatusCode::OK, &json!("healthy"))
    );
    let line = service.last_line();
    assert_eq!(
        (&line["level"], &line["endpoint"]),
        (&json!("INFO"), &json!("/health"))
    );
    assert_eq!(line.get("RequestCount"), None);
    assert_eq!(line["CircuitBreakerState"], 0);
}

#[tokio::test]
async fn a_failed_health_check_is_an_error() {
    let service = Service::start();
    service
        .send(Method::POST, "/admin/incident", r#"{"kind":"unhealthy"}"#)
        .await;
    let (status, _) = service.send(Method::GET, "/health", Body::empty()).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    let line = service.last_line();
    assert_eq!(
        (&line["level"], &line["endpoint"]),
        (&json!("ERROR"), &json!("/health"))
    );
}

#[tokio::test]
async fn a_stranger_cannot_begin_an_incident() {
    let service = Service::start();
    for peer in [None, Some("192.0.2.1:4000")] {
        let mut request = Request::new(Body::from(r#"{"kind":"none"}"#));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = "/admin/incident".parse().unwrap();
        if let Some(peer) = peer {
            let peer: SocketAddr = peer.parse().unwrap();
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        let response = service.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn every_line_is_a_valid_embedded_metric_document_of_known_fields() {
    let service = Service::start();
    service.predict(&transaction()).await;
    service.predict(&json!({})).await;
    service.send(Method::GET, "/health", Body::empty()).await;
    service.send(Method::GET, "/nothing", Body::empty()).await;
    for line in service.lines() {
        let line: Value = serde_json::from_str(&line).unwrap();
        let directive = &line["_aws"]["CloudWatchMetrics"][0];
        assert!(line["_aws"]["Timestamp"].is_i64());
        assert_eq!(directive["Dimensions"], json!([["Service"]]));
        assert!(line["Service"].is_string());
        let declared: Vec<&str> = directive["Metrics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|m| m["Name"].as_str().unwrap())
            .collect();
        assert!(declared.iter().all(|name| line[name].is_number()));
        for name in line
            .as_object()
            .unwrap()
            .keys()
            .filter(|n| !["Service", "_aws"].contains(&n.as_str()))
        {
            let known =
                FIELDS.iter().any(|f| f.name == name) || METRICS.iter().any(|m| m.name == name);
            assert!(known, "{name}");
            assert_eq!(
                METRICS.iter().any(|m| m.name == name),
                declared.contains(&name.as_str())
            );
        }
    }
}
