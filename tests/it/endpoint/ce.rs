use std::path::Path;
use std::sync::Arc;

use aws_sdk_costexplorer::Client;
use aws_sdk_costexplorer::error::ProvideErrorMetadata;
use aws_sdk_costexplorer::operation::get_cost_and_usage::GetCostAndUsageOutput;
use aws_sdk_costexplorer::operation::get_cost_and_usage::builders::GetCostAndUsageFluentBuilder;
use aws_sdk_costexplorer::types::{
    AnomalyDateInterval, DateInterval, Dimension, DimensionValues, Expression, Granularity,
    GroupDefinition, GroupDefinitionType, MatchOption, Metric, TagValues,
};
use belfry::endpoint::Settings;
use belfry_engine::base::{Millis, VirtualClock};

use super::served::Served;

const CUR: &str = "line_item_line_item_type,line_item_product_code,line_item_unblended_cost,line_item_usage_start_date,\
line_item_usage_end_date,line_item_currency_code,line_item_usage_type,line_item_usage_amount,pricing_unit,resource_tags\n";

/// Eighty-one days of one dollar a day for tasks, one of two kinds tagged, and ten cents of logs.
fn export() -> String {
    use std::fmt::Write as _;
    let mut text = CUR.to_owned();
    let days = jiff::civil::date(2026, 9, 1)
        .series(jiff::Span::new().days(1))
        .take(81);
    for day in days {
        let next = day.tomorrow().unwrap();
        let tags = r#""{""user_team"":""fraud""}""#;
        writeln!(
            text,
            "Usage,AmazonECS,0.75,{day},{next},USD,USE1-Fargate-vCPU-Hours:perCPU,24,Hrs,{tags}"
        )
        .unwrap();
        writeln!(
            text,
            "Usage,AmazonECS,0.25,{day},{next},USD,USE1-Fargate-GB-Hours,48,Hrs,"
        )
        .unwrap();
        writeln!(
            text,
            "Usage,AmazonCloudWatch,0.1,{day},{next},USD,DataProcessing-Bytes,0.2,GB,"
        )
        .unwrap();
    }
    text
}

/// On 2026-11-21 at noon, over exports.
async fn served(paths: Vec<std::path::PathBuf>) -> (Served, Client) {
    served_at("2026-11-21T12:00:00Z", paths).await
}

async fn served_at(now: &str, paths: Vec<std::path::PathBuf>) -> (Served, Client) {
    let now = Millis::parse_rfc3339(now).unwrap();
    let served = Served::with(Settings {
        clock: Arc::new(VirtualClock::new(now)),
        costs: paths,
        ..Settings::default()
    })
    .await;
    let client = Client::new(&served.config("us-east-1"));
    (served, client)
}

async fn over_export() -> (Served, Client) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cur.csv"), export()).unwrap();
    std::fs::write(folder.path().join("anomalies.json"), ANOMALIES).unwrap();
    std::fs::write(folder.path().join("monitors.json"), MONITORS).unwrap();
    served(vec![folder.path().to_owned()]).await
}

const ANOMALIES: &str = r#"{"Anomalies": [{"AnomalyId": "a-1", "AnomalyStartDate": "2026-11-02", "AnomalyEndDate": "2026-11-03",
  "RootCauses": [{"Service": "AmazonCloudWatch", "UsageType": "DataProcessing-Bytes", "Impact": {"Contribution": 12.5}}],
  "AnomalyScore": {"MaxScore": 0.9, "CurrentScore": 0.4}, "Impact": {"MaxImpact": 10.0, "TotalImpact": 12.5},
  "MonitorArn": "arn:aws:ce::000000000000:anomalymonitor/m"}]}"#;

const MONITORS: &str = r#"{"AnomalyMonitors": [{"MonitorArn": "arn:aws:ce::000000000000:anomalymonitor/m", "MonitorName": "teams",
  "MonitorType": "CUSTOM", "MonitorSpecification": {"Tags": {"Key": "team", "Values": ["fraud"]}}}]}"#;

fn interval(start: &str, end: &str) -> DateInterval {
    DateInterval::builder()
        .start(start)
        .end(end)
        .build()
        .unwrap()
}

fn group(kind: GroupDefinitionType, key: &str) -> GroupDefinition {
    GroupDefinition::builder().r#type(kind).key(key).build()
}

fn costs(
    client: &Client,
    start: &str,
    end: &str,
    granularity: Granularity,
) -> GetCostAndUsageFluentBuilder {
    let request = client
        .get_cost_and_usage()
        .time_period(interval(start, end));
    request.granularity(granularity).metrics("UnblendedCost")
}

fn amounts(answer: &GetCostAndUsageOutput) -> Vec<String> {
    let periods = answer.results_by_time().iter();
    periods
        .flat_map(|period| {
            let start = period.time_period().unwrap().start().to_owned();
            let total = period.total().and_then(|total| total.get("UnblendedCost"));
            let total = total.map(|metric| format!("{start} {}", metric.amount().unwrap()));
            let groups = period.groups().iter().map(move |group| {
                let amount = &group.metrics().unwrap()["UnblendedCost"];
                format!(
                    "{start} {} {}",
                    group.keys().join("+"),
                    amount.amount().unwrap()
                )
            });
            total.into_iter().chain(groups).collect::<Vec<_>>()
        })
        .collect()
}

#[tokio::test]
async fn costs_are_cut_by_month_and_by_day() {
    let (_served, client) = over_export().await;
    let monthly = costs(&client, "2026-09-15", "2026-11-21", Granularity::Monthly)
        .send()
        .await
        .unwrap();
    assert_eq!(
        amounts(&monthly),
        ["2026-09-15 17.6", "2026-10-01 34.1", "2026-11-01 22"]
    );
    let estimated: Vec<bool> = monthly
        .results_by_time()
        .iter()
        .map(|period| period.estimated())
        .collect();
    assert_eq!(estimated, [false, false, true]);
    let daily = costs(&client, "2026-11-19", "2026-11-22", Granularity::Daily)
        .send()
        .await
        .unwrap();
    assert_eq!(
        amounts(&daily),
        ["2026-11-19 1.1", "2026-11-20 1.1", "2026-11-21 0"]
    );
}

#[tokio::test]
async fn groups_and_filters_tell_costs_apart() {
    let (_served, client) = over_export().await;
    let day = || costs(&client, "2026-11-19", "2026-11-20", Granularity::Daily);
    let answer = day()
        .group_by(group(GroupDefinitionType::Dimension, "SERVICE"))
        .group_by(group(GroupDefinitionType::Tag, "team"))
        .metrics("UsageQuantity")
        .send()
        .await
        .unwrap();
    assert_eq!(
        amounts(&answer),
        [
            "2026-11-19 Amazon Elastic Container Service+team$ 0.25",
            "2026-11-19 Amazon Elastic Container Service+team$fraud 0.75",
            "2026-11-19 AmazonCloudWatch+team$ 0.1"
        ]
    );
    assert!(answer.results_by_time()[0].total().unwrap().is_empty());
    let usage = &answer.results_by_time()[0].groups()[1].metrics().unwrap()["UsageQuantity"];
    assert_eq!((usage.amount(), usage.unit()), (Some("24"), Some("Hrs")));
    let service = DimensionValues::builder()
        .key(Dimension::Service)
        .values("AmazonCloudWatch")
        .build();
    let logs = Expression::builder().dimensions(service).build();
    let tagged = TagValues::builder()
        .key("team")
        .match_options(MatchOption::Absent)
        .build();
    let untagged = Expression::builder().tags(tagged).build();
    let both = Expression::builder()
        .and(untagged)
        .and(Expression::builder().not(logs).build())
        .build();
    let answer = day().filter(both).send().await.unwrap();
    assert_eq!(amounts(&answer), ["2026-11-19 0.25"]);
}

#[tokio::test]
async fn an_answer_goes_on_where_its_token_says() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/costs/focus-1.0-sample.csv.gz");
    let (_served, client) = served_at("2024-10-05T12:00:00Z", vec![path]).await;
    let ask = |token: Option<String>| {
        costs(&client, "2024-09-01", "2024-10-01", Granularity::Daily)
            .group_by(group(GroupDefinitionType::Dimension, "SERVICE"))
            .set_next_page_token(token)
            .send()
    };
    let (mut token, mut pages, mut total) = (None, 0, rust_decimal::Decimal::ZERO);
    loop {
        let page = ask(token).await.unwrap();
        for text in amounts(&page) {
            total += text
                .rsplit(' ')
                .next()
                .unwrap()
                .parse::<rust_decimal::Decimal>()
                .unwrap();
        }
        pages += 1;
        let Some(next) = page.next_page_token().map(str::to_owned) else {
            break;
        };
        let beyond = next.replacen(|c: char| c.is_ascii_digit(), "9999", 1);
        let fault = ask(Some(beyond)).await.unwrap_err();
        assert_eq!(fault.code(), Some("InvalidNextTokenException"));
        token = Some(next);
    }
    assert!(pages > 1);
    // Each group is rounded to ten decimals; the file has eleven.
    assert_eq!(total.round_dp(8).to_string(), "20.52022673");
    let fault = ask(Some("nonsense".to_owned())).await.unwrap_err();
    assert_eq!(fault.code(), Some("InvalidNextTokenException"));
    let fault = ask(Some("250.0000000000000000".to_owned()))
        .await
        .unwrap_err();
    assert_eq!(fault.code(), Some("RequestChangedException"));
}

#[tokio::test]
async fn what_the_exports_do_not_carry_is_refused_by_name() {
    let (_served, client) = over_export().await;
    let day = || costs(&client, "2026-11-19", "2026-11-20", Granularity::Daily);
    let fault = day().metrics("BlendedCost").send().await.unwrap_err();
    assert_eq!(fault.code(), Some("DataUnavailableException"));
    assert!(
        fault
            .message()
            .unwrap()
            .contains("do not carry BlendedCost")
    );
    let fault = day()
        .group_by(group(GroupDefinitionType::Dimension, "AZ"))
        .send()
        .await
        .unwrap_err();
    assert!(fault.message().unwrap().contains("do not carry AZ"));
    for (request, part) in [
        (
            costs(&client, "2026-11-20", "2026-11-20", Granularity::Daily),
            "before end date",
        ),
        (
            costs(
                &client,
                "2026-11-20T00:00:00Z",
                "2026-11-21",
                Granularity::Daily,
            ),
            "expected YYYY-MM-DD",
        ),
        (
            costs(&client, "2026-11-20", "2027-01-01", Granularity::Daily),
            "beginning of the next month",
        ),
        (day().metrics("Costs"), "`Costs` is no metric"),
        (
            day().group_by(group(GroupDefinitionType::Dimension, "SCOPE")),
            "`SCOPE` is not answered",
        ),
        (
            day().filter(Expression::builder().build()),
            "exactly one root operator",
        ),
        (
            day().filter(
                Expression::builder()
                    .or(Expression::builder().build())
                    .build(),
            ),
            "Or takes two expressions at least",
        ),
        (
            day().filter(
                Expression::builder()
                    .tags(
                        TagValues::builder()
                            .key("t")
                            .values("x")
                            .match_options(MatchOption::Contains)
                            .build(),
                    )
                    .build(),
            ),
            "`CONTAINS` is not taken",
        ),
    ] {
        let fault = request.send().await.unwrap_err();
        assert_eq!(fault.code(), Some("ValidationException"), "{fault:?}");
        assert!(
            fault.message().unwrap().contains(part),
            "{:?} has not {part}",
            fault.message()
        );
    }
    let hourly = costs(&client, "2026-11-19", "2026-11-20", Granularity::Hourly)
        .send()
        .await
        .unwrap_err();
    assert_eq!(hourly.code(), Some("DataUnavailableException"));
}

#[tokio::test]
async fn a_forecast_has_bounds_where_a_level_is_given() {
    let (_served, client) = over_export().await;
    let ask = |start: &str, end: &str| {
        let request = client.get_cost_forecast().time_period(interval(start, end));
        request
            .metric(Metric::UnblendedCost)
            .granularity(Granularity::Monthly)
    };
    let answer = ask("2026-11-21", "2026-12-01")
        .prediction_interval_level(80)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.total().unwrap().amount(), Some("11"));
    let month = &answer.forecast_results_by_time()[0];
    assert_eq!(
        (month.mean_value(), month.prediction_interval_lower_bound()),
        (Some("11"), Some("11"))
    );
    let plain = ask("2026-11-21", "2026-12-01").send().await.unwrap();
    assert_eq!(
        plain.forecast_results_by_time()[0].prediction_interval_upper_bound(),
        None
    );
    let past = ask("2026-11-20", "2026-12-01").send().await.unwrap_err();
    assert!(past.message().unwrap().contains("is in the past"));
    let far = ask("2026-11-21", "2028-12-01").send().await.unwrap_err();
    assert!(far.message().unwrap().contains("more than 18 months ahead"));
    let (_empty, client) = served(Vec::new()).await;
    let request = client
        .get_cost_forecast()
        .time_period(interval("2026-11-21", "2026-12-01"));
    let fault = request
        .metric(Metric::UnblendedCost)
        .granularity(Granularity::Daily)
        .send()
        .await
        .unwrap_err();
    assert_eq!(fault.code(), Some("DataUnavailableException"));
}

#[tokio::test]
async fn anomalies_values_and_tags_are_listed() {
    let (_served, client) = over_export().await;
    let dates = AnomalyDateInterval::builder()
        .start_date("2026-11-01")
        .build()
        .unwrap();
    let found = client
        .get_anomalies()
        .date_interval(dates)
        .send()
        .await
        .unwrap();
    let anomaly = &found.anomalies()[0];
    assert_eq!(
        anomaly.root_causes()[0].usage_type(),
        Some("DataProcessing-Bytes")
    );
    let later = AnomalyDateInterval::builder()
        .start_date("2026-11-04")
        .build()
        .unwrap();
    assert!(
        client
            .get_anomalies()
            .date_interval(later)
            .send()
            .await
            .unwrap()
            .anomalies()
            .is_empty()
    );
    let period = interval("2026-11-01", "2026-11-21");
    let values = client
        .get_dimension_values()
        .time_period(period.clone())
        .dimension(Dimension::UsageType);
    let page = values
        .search_string("fargate")
        .max_results(1)
        .send()
        .await
        .unwrap();
    assert_eq!((page.return_size(), page.total_size()), (1, 2));
    assert!(page.next_page_token().is_some());
    let tags = client
        .get_tags()
        .time_period(period)
        .tag_key("team")
        .send()
        .await
        .unwrap();
    assert_eq!(tags.tags(), ["", "fraud"]);
}

#[tokio::test]
async fn monitors_are_those_that_were_written_down() {
    let (_served, client) = over_export().await;
    let found = client.get_anomaly_monitors().send().await.unwrap();
    let monitor = &found.anomaly_monitors()[0];
    let tags = monitor.monitor_specification().unwrap().tags().unwrap();
    assert_eq!(
        (tags.key(), tags.values()),
        (Some("team"), &["fraud".to_owned()][..])
    );
    let fault = client
        .get_anomaly_monitors()
        .monitor_arn_list("arn:aws:ce::000000000000:anomalymonitor/other")
        .send()
        .await
        .unwrap_err();
    assert_eq!(fault.code(), Some("UnknownMonitorException"));
}

#[tokio::test]
async fn costs_are_of_days_that_have_come_and_of_fourteen_months() {
    let (_served, client) = over_export().await;
    for (start, end, part) in [
        ("2026-11-22", "2026-11-30", "after the current date"),
        (
            "2025-09-30",
            "2025-10-02",
            "haven't enabled historical data",
        ),
        ("2026-11-20", "2026-11-19", "before end date"),
        ("2026-02-30", "2026-03-02", "is no date"),
    ] {
        let request = costs(&client, start, end, Granularity::Daily);
        let fault = request.send().await.unwrap_err();
        assert_eq!(fault.code(), Some("ValidationException"), "{fault:?}");
        assert!(fault.message().unwrap().contains(part), "{fault:?}");
    }
    let first = costs(&client, "2025-10-01", "2025-10-02", Granularity::Monthly);
    assert_eq!(amounts(&first.send().await.unwrap()), ["2025-10-01 0"]);
}
