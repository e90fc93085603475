//! The pages over the embedded endpoint, through the SDK: what `belfry up` shows.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use belfry::aws::{Session, Widgets};
use belfry::endpoint::{Endpoint, Settings};
use belfry::web;
use belfry_engine::base::{Millis, VirtualClock};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

/// 2026-04-20T10:00:00Z.
const NOW: Millis = Millis(1_776_679_200_000);
const GROUP: &str = "/ecs/fraud-detection/application";

struct Machine {
    endpoint: Arc<Endpoint>,
    pages: axum::Router,
}

impl Machine {
    fn new() -> Self {
        let clock = Arc::new(VirtualClock::new(NOW));
        let endpoint = Endpoint::open(Settings {
            clock: clock.clone(),
            ..Settings::default()
        })
        .unwrap();
        let session = Session::in_process(&endpoint, "us-east-1");
        let pages = web::router(Arc::new(Widgets::new(&session)), clock);
        Self { endpoint, pages }
    }

    async fn call(&self, target: &str, input: Value) {
        let request = Request::post("/")
            .header("host", "localhost")
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", target)
            .body(Body::from(input.to_string()))
            .unwrap();
        let answer = self.endpoint.router().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        assert!(status.is_success(), "{target}: {body:?}");
    }

    async fn cloudwatch(&self, operation: &str, input: Value) {
        let target = format!("GraniteServiceVersion20100801.{operation}");
        self.call(&target, input).await;
    }

    async fn logs(&self, operation: &str, input: Value) {
        self.call(&format!("Logs_20140328.{operation}"), input)
            .await;
    }

    async fn page(&self, path: &str) -> String {
        let request = Request::get(path).header("host", "127.0.0.1:8400");
        let request = request.body(Body::empty()).unwrap();
        let answer = self.pages.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(status.is_success(), "{path}: {text}");
        text
    }

    /// Puts the repository's five dashboards as `belfry apply` does.
    async fn with_dashboards() -> Self {
        let machine = Self::new();
        let variables = BTreeMap::from([
            ("region", "us-east-1"),
            ("account", "000000000000"),
            ("cluster", "fraud-detection-cluster"),
            ("service", "fraud-detection-service"),
            ("load_balancer", "app/fraud-detection-alb/1"),
            ("target_group_blue", "targetgroup/fraud-detection-blue/1"),
            ("target_group_green", "targetgroup/fraud-detection-green/1"),
        ]);
        for entry in std::fs::read_dir("dashboards").unwrap() {
            let path = entry.unwrap().path();
            let mut body = std::fs::read_to_string(&path).unwrap();
            for (name, value) in &variables {
                body = body.replace(&format!("${{{name}}}"), value);
            }
            assert!(!body.contains("${"), "{path:?}");
            let name = path.file_stem().unwrap().to_str().unwrap();
            let name = format!("fraud-{name}");
            let input = json!({ "DashboardName": name, "DashboardBody": body });
            machine.cloudwatch("PutDashboard", input).await;
        }
        machine
    }
}

/// The card of a widget, by its title.
fn card<'a>(page: &'a str, title: &str) -> &'a str {
    let start = page.find(&format!("<h2>{title}</h2>"));
    let start = start.unwrap_or_else(|| panic!("no `{title}` on {page}"));
    page[start..].split("</section>").next().unwrap()
}

#[tokio::test]
async fn what_the_service_publishes_is_drawn_and_the_rest_says_why_not() {
    let machine = Machine::with_dashboards().await;
    let datum = |name: &str, value: f64, unit: &str| {
        json!({
            "MetricName": name, "Value": value, "Unit": unit,
            "Timestamp": (NOW.as_seconds() - 90),
            "Dimensions": [{ "Name": "Service", "Value": "fraud-detection-service" }],
        })
    };
    let data = json!({ "Namespace": "FraudDetection", "MetricData": [
        datum("RequestCount", 200.0, "Count"),
        datum("RequestErrors", 4.0, "Count"),
        datum("ClientErrors", 6.0, "Count"),
        datum("RequestLatency", 12.0, "Milliseconds"),
    ] });
    machine.cloudwatch("PutMetricData", data).await;

    let page = machine.page("/dashboards/fraud-application").await;
    assert!(
        card(&page, "Requests per minute").contains("<svg"),
        "{page}"
    );
    assert!(
        card(&page, "Latency").contains("fraud-latency-p95"),
        "{page}"
    );
    let success = card(&page, "Success rate");
    assert!(
        success.contains("answered with neither 4xx nor 5xx"),
        "{success}"
    );
    let errors = card(&page, "Error lines in 5 minutes");
    assert!(
        errors.contains(
            "no metric `ErrorCount` in namespace `FraudDetection` on this endpoint: nothing has \
             published it yet"
        ),
        "{errors}"
    );
    let health = machine.page("/dashboards/fraud-service-health").await;
    let tasks = card(&health, "CPU per task");
    assert!(tasks.contains("no metric `TaskCpuUtilization`"), "{tasks}");
}

#[tokio::test]
async fn log_widgets_run_their_query_on_the_endpoint() {
    let machine = Machine::with_dashboards().await;
    machine
        .logs("CreateLogGroup", json!({ "logGroupName": GROUP }))
        .await;
    let stream = json!({ "logGroupName": GROUP, "logStreamName": "s" });
    machine.logs("CreateLogStream", stream).await;
    // Not before the group's creation: Logs Insights finds nothing there.
    let line = |endpoint: &str, score: u8| {
        let line =
            json!({ "endpoint": endpoint, "duration": 7.5, "status": 200, "risk_score": score });
        json!({ "timestamp": NOW.0, "message": line.to_string() })
    };
    let events = json!({ "logGroupName": GROUP, "logStreamName": "s", "logEvents": [
        line("/api/v1/predict", 12), line("/api/v1/predict", 17), line("/api/v1/predict", 93),
        line("<img src=x>", 0),
    ] });
    machine.logs("PutLogEvents", events).await;

    let page = machine.page("/dashboards/fraud-application").await;
    let slowest = card(&page, "Slowest endpoints");
    assert!(slowest.contains("<td>/api/v1/predict</td>"), "{slowest}");
    assert!(slowest.contains("&lt;img src=x&gt;"), "{slowest}");
    let failed = card(&page, "5xx by endpoint");
    assert!(failed.contains("the query found nothing from"), "{failed}");
    let page = machine.page("/dashboards/fraud-business").await;
    let bands = card(&page, "Risk-score distribution");
    for label in [">10</text>", ">90</text>"] {
        assert!(bands.contains("<svg") && bands.contains(label), "{bands}");
    }
}

#[tokio::test]
async fn alarms_and_dashboards_are_listed_from_the_endpoint() {
    let machine = Machine::with_dashboards().await;
    let alarm = json!({
        "AlarmName": "fraud-error-count", "AlarmDescription": "a < b", "MetricName": "ErrorCount",
        "Namespace": "FraudDetection", "Statistic": "Sum", "Period": 300, "EvaluationPeriods": 1,
        "Threshold": 10, "ComparisonOperator": "GreaterThanThreshold",
    });
    machine.cloudwatch("PutMetricAlarm", alarm).await;
    let index = machine.page("/").await;
    assert!(index.contains("href=\"/dashboards/fraud-cost\""), "{index}");
    assert!(index.contains("1 INSUFFICIENT DATA"), "{index}");
    let alarms = machine.page("/alarms").await;
    assert!(
        alarms.contains("Unchecked: Initial alarm creation"),
        "{alarms}"
    );
    assert!(alarms.contains("a &lt; b"), "{alarms}");
}

#[tokio::test]
async fn searches_and_metrics_insights_queries_are_drawn() {
    let machine = Machine::new();
    let datum = |route: &str, value: f64| {
        json!({
            "MetricName": "Latency", "Value": value, "Timestamp": (NOW.as_seconds() - 90),
            "Dimensions": [{ "Name": "Route", "Value": route }],
        })
    };
    let data =
        json!({ "Namespace": "Shop", "MetricData": [datum("/add", 5.0), datum("/pay", 9.0)] });
    machine.cloudwatch("PutMetricData", data).await;
    let sql = |function: &str| {
        format!("SELECT {function}(Latency) FROM SCHEMA(Shop, Route) GROUP BY Route")
    };
    let widget = |y: i64, title: &str, metrics: Value| {
        let properties = json!({
            "metrics": metrics, "region": "us-east-1", "title": title, "period": 60, "view": "timeSeries",
        });
        json!({ "type": "metric", "x": 0, "y": y, "width": 12, "height": 6, "properties": properties })
    };
    let search = "SEARCH('{Shop,Route} MetricName=\"Latency\"', 'Average', 60)";
    let body = json!({ "widgets": [
        widget(0, "Search", json!([[{ "expression": search, "id": "e1", "label": "${PROP('Dim.Route')} now ${LAST}" }]])),
        widget(6, "Queries", json!([
            [{ "expression": sql("MAX"), "id": "q1", "label": "max" }],
            [{ "expression": sql("AVG"), "id": "q2", "label": "avg" }],
        ])),
    ] });
    let input = json!({ "DashboardName": "shop", "DashboardBody": body.to_string() });
    machine.cloudwatch("PutDashboard", input).await;
    let page = machine.page("/dashboards/shop").await;
    let found = card(&page, "Search");
    assert!(
        found.contains("<svg") && found.contains("/add now 5"),
        "{found}"
    );
    assert!(found.contains("/pay now 9"), "{found}");
    let queries = card(&page, "Queries");
    for label in ["max /add", "max /pay", "avg /add", "avg /pay"] {
        assert!(queries.contains(label), "{label}: {queries}");
    }
}
