//! Metrics of AWS's own services: written in process, closed to requests, kept by the journal.

use aws_sdk_cloudwatch::error::ProvideErrorMetadata as _;
use aws_sdk_cloudwatch::types::{MetricDatum as SdkDatum, Statistic};
use belfry::endpoint::{Endpoint, Settings};
use belfry_engine::metrics::{DatumValues, Dimensions, MetricDatum, MetricId, StatisticSet, Unit};
use std::sync::Arc;

use super::served::Served;
use super::wire::START;
use belfry_engine::base::VirtualClock;

fn datum(name: &str, values: DatumValues) -> MetricDatum {
    let dimensions = Dimensions::from([("LoadBalancer".to_owned(), "app/a/1".to_owned())]);
    MetricDatum {
        id: MetricId {
            namespace: "AWS/ApplicationELB".into(),
            name: name.into(),
            dimensions,
        },
        values,
        unit: Unit::Seconds,
        timestamp: START,
        high_resolution: false,
    }
}

fn client(served: &Served) -> aws_sdk_cloudwatch::Client {
    aws_sdk_cloudwatch::Client::new(&served.config("us-east-1"))
}

async fn maximum(served: &Served, name: &str) -> Option<f64> {
    let dimension = aws_sdk_cloudwatch::types::Dimension::builder()
        .name("LoadBalancer")
        .value("app/a/1")
        .build();
    let answer = client(served)
        .get_metric_statistics()
        .namespace("AWS/ApplicationELB")
        .metric_name(name)
        .dimensions(dimension)
        .start_time(aws_sdk_cloudwatch::primitives::DateTime::from_secs(
            START.as_seconds(),
        ))
        .end_time(aws_sdk_cloudwatch::primitives::DateTime::from_secs(
            START.as_seconds() + 60,
        ))
        .period(60)
        .statistics(Statistic::Maximum)
        .send()
        .await
        .unwrap();
    answer
        .datapoints()
        .first()
        .and_then(|point| point.maximum())
}

#[tokio::test]
async fn what_a_service_of_aws_publishes_is_read_like_any_metric_and_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let settings = || Settings {
        clock: Arc::new(VirtualClock::new(START)),
        data: Some(folder.path().join("data")),
        ..Settings::default()
    };
    let endpoint = Endpoint::open(settings()).unwrap();
    let set = StatisticSet {
        sample_count: 2.0,
        sum: 3.0,
        minimum: 1.0,
        maximum: 2.0,
    };
    let data = [
        datum(
            "TargetResponseTime",
            DatumValues::Distribution(vec![(0.25, 3.0), (0.5, 1.0)]),
        ),
        datum("ProcessedBytes", DatumValues::StatisticSet(set)),
    ];
    endpoint.vend("us-east-1", &data).unwrap();
    drop(endpoint);
    let served = Served::of(Endpoint::open(settings()).unwrap()).await;
    assert_eq!(maximum(&served, "TargetResponseTime").await, Some(0.5));
    assert_eq!(maximum(&served, "ProcessedBytes").await, Some(2.0));
}

#[tokio::test]
async fn a_request_cannot_write_where_services_of_aws_write() {
    let served = Served::of(Endpoint::open(Settings::default()).unwrap()).await;
    let datum = SdkDatum::builder()
        .metric_name("RequestCount")
        .value(1.0)
        .build();
    let request = client(&served)
        .put_metric_data()
        .namespace("AWS/ApplicationELB");
    let refused = request.metric_data(datum).send().await.unwrap_err();
    assert_eq!(refused.code(), Some("InvalidParameterValue"));
}
