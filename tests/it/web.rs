//! The pages over a source of our own: what they show, and what they say where there is nothing to show.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use belfry::web::{
    AlarmSummary, Answer, DashboardSource, DashboardSummary, QueryTable, SeriesAnswer, SourceError,
    router,
};
use belfry_engine::alarms::StateValue;
use belfry_engine::base::{Millis, VirtualClock};
use belfry_engine::dashboard::WidgetQuery;
use http_body_util::BodyExt;
use tower::ServiceExt;

const NOW: Millis = Millis(1_776_679_200_000);
const HOSTILE: &str = "<script>alert('x')</script>";

/// Knows the metric `Known` with two points, `Silent` without any, and one query's answer.
#[derive(Debug)]
struct Fixed {
    widgets: serde_json::Value,
}

impl DashboardSource for Fixed {
    fn region(&self) -> &'static str {
        "us-east-1"
    }

    fn estimated(&self) -> Answer<'_, &'static [&'static str]> {
        Box::pin(async { Ok(&["Metered"] as &[&str]) })
    }

    fn dashboards(&self) -> Answer<'_, Vec<DashboardSummary>> {
        Box::pin(async {
            Ok(vec![DashboardSummary {
                name: "one".to_owned(),
                modified: Some(NOW),
            }])
        })
    }

    fn body<'a>(&'a self, name: &'a str) -> Answer<'a, Option<String>> {
        Box::pin(async move {
            let body = serde_json::json!({ "start": "-PT1H", "widgets": self.widgets });
            Ok((name == "one").then(|| body.to_string()))
        })
    }

    fn metric_names<'a>(&'a self, namespace: &'a str) -> Answer<'a, BTreeSet<String>> {
        Box::pin(async move {
            let names: &[&str] = if namespace == "Own" {
                &["Known", "Silent"]
            } else {
                &[]
            };
            Ok(names.iter().map(ToString::to_string).collect())
        })
    }

    fn metrics<'a>(
        &'a self,
        queries: &'a [WidgetQuery],
        start: Millis,
        _end: Millis,
    ) -> Answer<'a, Vec<SeriesAnswer>> {
        let answer = move |query: &WidgetQuery| SeriesAnswer {
            id: query.id.clone(),
            label: HOSTILE.to_owned(),
            points: match format!("{:?}", query.source).contains("\"Known\"") {
                true => vec![(start, 1.0), (start.plus(60_000), 2.0)],
                false => Vec::new(),
            },
        };
        Box::pin(async move {
            if queries
                .iter()
                .any(|q| format!("{:?}", q.source).contains("refuse"))
            {
                return Err(SourceError(
                    "GetMetricData failed: ValidationError: no".to_owned(),
                ));
            }
            Ok(queries.iter().map(answer).collect())
        })
    }

    fn alarms(&self) -> Answer<'_, Vec<AlarmSummary>> {
        Box::pin(async {
            Ok(vec![AlarmSummary {
                name: "latency".to_owned(),
                description: HOSTILE.to_owned(),
                state: StateValue::Alarm,
                reason: "Threshold Crossed: 1 < 2".to_owned(),
                updated: NOW,
            }])
        })
    }

    fn query<'a>(
        &'a self,
        log_groups: &'a [String],
        text: &'a str,
        _start: Millis,
        _end: Millis,
    ) -> Answer<'a, QueryTable> {
        Box::pin(async move {
            assert_eq!(
                (log_groups, text),
                (&["/a".to_owned()][..], "stats count(*) by x")
            );
            Ok(QueryTable {
                columns: vec!["x".to_owned(), "count(*)".to_owned()],
                rows: vec![vec![Some(HOSTILE.to_owned()), Some("3".to_owned())]],
            })
        })
    }
}

async fn get(widgets: serde_json::Value, host: &str, path: &str) -> (StatusCode, String) {
    let router = router(
        Arc::new(Fixed { widgets }),
        Arc::new(VirtualClock::new(NOW)),
    );
    let request = Request::get(path).header("host", host);
    let response = router
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn dashboard(widgets: serde_json::Value) -> String {
    let (status, page) = get(widgets, "127.0.0.1:8400", "/dashboards/one").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(!page.contains("<script>alert"), "{page}");
    page
}

fn metric(metrics: &serde_json::Value) -> serde_json::Value {
    serde_json::json!([{ "type": "metric", "properties": {
        "title": HOSTILE, "region": "us-east-1", "metrics": metrics } }])
}

#[tokio::test]
async fn a_widget_of_estimated_figures_says_so() {
    let mark = "<span class=\"small\">estimate</span></h2>";
    let page = dashboard(metric(&serde_json::json!([["Metered", "Known"]]))).await;
    assert!(page.contains(mark), "{page}");
    let page = dashboard(metric(&serde_json::json!([["Own", "Known"]]))).await;
    assert!(!page.contains(mark), "{page}");
}

#[tokio::test]
async fn a_metric_with_data_is_drawn_and_its_labels_are_escaped() {
    let page = dashboard(metric(&serde_json::json!([["Own", "Known"]]))).await;
    assert!(page.contains("<svg"), "{page}");
    assert!(
        page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"),
        "{page}"
    );
}

#[tokio::test]
async fn a_metric_that_does_not_exist_here_says_who_publishes_it() {
    let page = dashboard(metric(&serde_json::json!([[
        "AWS/ECS",
        "CPUUtilization",
        "A",
        "b"
    ]])))
    .await;
    let says = "no metric `CPUUtilization` in namespace `AWS/ECS` on this endpoint: ECS publishes it; on one machine \
                `belfry up` measures the service instead";
    assert!(page.contains(says), "{page}");
    assert!(!page.contains("<svg"), "{page}");
}

#[tokio::test]
async fn a_metric_without_data_in_range_says_so() {
    let page = dashboard(metric(&serde_json::json!([["Own", "Silent"]]))).await;
    assert!(
        page.contains("no data from 2026-04-20 09:00 to 10:00 UTC"),
        "{page}"
    );
}

#[tokio::test]
async fn a_refused_query_is_shown_with_the_reason() {
    let page = dashboard(metric(&serde_json::json!([[{ "expression": "refuse()" }]]))).await;
    assert!(
        page.contains("GetMetricData failed: ValidationError: no"),
        "{page}"
    );
}

#[tokio::test]
async fn what_would_be_drawn_wrongly_is_refused_by_name() {
    let table = [
        ("region", "eu-west-1", "a widget of region `eu-west-1`"),
        (
            "accountId",
            "111122223333",
            "data of account `111122223333`",
        ),
        ("timezone", "+0200", "times in zone `+0200`"),
        (
            "start",
            "-PT1H",
            "a time range of the widget&#39;s own (`start`)",
        ),
    ];
    for (name, value, says) in table {
        let mut widgets = metric(&serde_json::json!([["Own", "Known"]]));
        widgets[0]["properties"][name] = value.into();
        let page = dashboard(widgets).await;
        assert!(page.contains(says) && !page.contains("<svg"), "{page}");
    }
}

#[tokio::test]
async fn a_log_widget_runs_its_query_and_shows_a_table() {
    let widgets = serde_json::json!([{ "type": "log", "properties": {
        "region": "us-east-1", "query": "SOURCE '/a' | stats count(*) by x" } }]);
    let page = dashboard(widgets).await;
    assert!(page.contains("<td class=\"number\">3</td>"), "{page}");
}

#[tokio::test]
async fn text_alarm_and_undrawn_widgets_are_shown_or_explained() {
    let widgets = serde_json::json!([
        { "type": "text", "properties": { "markdown": format!("# Hello\n{HOSTILE}") } },
        { "type": "alarm", "properties": { "alarms": [
            "arn:aws:cloudwatch:us-east-1:000000000000:alarm:latency",
            "arn:aws:cloudwatch:us-east-1:000000000000:alarm:gone"] } },
        { "type": "custom", "properties": {} },
    ]);
    let page = dashboard(widgets).await;
    for text in [
        "<h2>Hello</h2>",
        "<span class=\"badge alarm\">ALARM</span> latency",
        "no alarm `gone` on this endpoint",
        "a widget of type `custom` is not drawn here",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
}

#[tokio::test]
async fn the_live_path_answers_only_what_changes_and_keeps_the_range() {
    let widgets = || metric(&serde_json::json!([["Own", "Known"]]));
    let (_, page) = get(widgets(), "localhost", "/dashboards/one?range=15m").await;
    assert!(
        page.contains("data-live=\"/dashboards/one/live?range=15m\""),
        "{page}"
    );
    let (_, part) = get(widgets(), "localhost", "/dashboards/one/live?range=15m").await;
    assert!(!part.contains("<html") && part.contains("<svg"), "{part}");
}

#[tokio::test]
async fn the_lists_name_dashboards_and_alarms() {
    let widgets = || serde_json::json!([]);
    let (_, index) = get(widgets(), "localhost:8400", "/").await;
    assert!(
        index.contains("<a href=\"/dashboards/one\">one</a>"),
        "{index}"
    );
    assert!(index.contains("1 ALARM"), "{index}");
    let (_, alarms) = get(widgets(), "localhost:8400", "/alarms").await;
    assert!(alarms.contains("Threshold Crossed: 1 &lt; 2"), "{alarms}");
    assert!(!alarms.contains("<script>alert"), "{alarms}");
}

#[tokio::test]
async fn a_dashboard_that_is_not_there_is_not_found() {
    let (status, _) = get(serde_json::json!([]), "localhost", "/dashboards/two").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_foreign_host_is_refused() {
    for host in [
        "example.com",
        "127.0.0.1.example.com",
        "belfry.example:8400",
    ] {
        let (status, text) = get(serde_json::json!([]), host, "/").await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{host}");
        assert!(!text.contains("/dashboards/"), "{text}");
    }
}
