//! What the metric store costs: a million datapoints over ten thousand series.
//!
//! `cargo run --release -p belfry-engine --example metric_store_speed` prints how fast they go in, how fast GetMetricData
//! answers over them, and how much memory the process took at its peak.

use std::io::{self, Write};
use std::time::Instant;

use belfry_engine::base::Millis;
use belfry_engine::metrics::{
    DatumValues, Dimensions, MetricDataQuery, MetricDataRequest, MetricDatum, MetricId, MetricStat,
    MetricStore, QueryKind, Statistic, Unit, get_metric_data,
};

const SERIES: u32 = 10_000;
const MINUTES: u32 = 100;
const MINUTE: i64 = 60_000;
const START: Millis = Millis(1_795_132_800_000);

fn id(series: u32) -> MetricId {
    let dimensions = Dimensions::from([
        ("Service".to_owned(), format!("service-{}", series % 100)),
        (
            "Route".to_owned(),
            format!("/api/v1/route/{}", series / 100),
        ),
    ]);
    MetricId {
        namespace: "Speed".into(),
        name: "Latency".into(),
        dimensions,
    }
}

fn put_all(store: &mut MetricStore) {
    let ids: Vec<MetricId> = (0..SERIES).map(id).collect();
    for minute in 0..MINUTES {
        for (series, id) in (0..SERIES).zip(&ids) {
            let datum = MetricDatum {
                id: id.clone(),
                values: DatumValues::Distribution(vec![(
                    f64::from((series * 7 + minute * 13) % 1000),
                    1.0,
                )]),
                unit: Unit::Milliseconds,
                timestamp: START.plus(i64::from(minute) * MINUTE),
                high_resolution: false,
            };
            let _ = store.put(&datum, datum.timestamp);
        }
    }
}

fn request(queries: Vec<MetricDataQuery>) -> MetricDataRequest {
    MetricDataRequest {
        queries,
        start: START,
        end: START.plus(i64::from(MINUTES) * MINUTE),
        descending: true,
        label_offset: 0,
    }
}

/// All series, 500 a request, as a dashboard asks.
fn ask_all(store: &MetricStore, statistic: &str) -> usize {
    let statistic = Statistic::parse(statistic).unwrap_or(Statistic::Average);
    let ids: Vec<u32> = (0..SERIES).collect();
    let mut points = 0;
    for batch in ids.chunks(500) {
        let queries = batch.iter().map(|series| MetricDataQuery {
            id: format!("m{series}"),
            kind: QueryKind::Metric(MetricStat {
                id: id(*series),
                period: 60,
                statistic,
                unit: None,
            }),
            label: None,
            return_data: true,
        });
        let answer = get_metric_data(store, &request(queries.collect()), START);
        let answer = answer.unwrap_or_default();
        points += answer
            .iter()
            .map(|result| result.points.len())
            .sum::<usize>();
    }
    points
}

fn ask(store: &MetricStore, text: &str) -> usize {
    let query = MetricDataQuery {
        id: "q".to_owned(),
        kind: QueryKind::Expression {
            text: text.to_owned(),
            period: Some(60),
        },
        label: None,
        return_data: true,
    };
    let answer = get_metric_data(store, &request(vec![query]), START).unwrap_or_default();
    answer.iter().map(|result| result.points.len()).sum()
}

/// `VmHWM` of the process in megabytes, where the system tells it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
fn timed(out: &mut impl Write, what: &str, run: impl FnOnce() -> usize) -> io::Result<()> {
    let start = Instant::now();
    let points = run();
    let seconds = start.elapsed().as_secs_f64();
    let rate = f64::from(u32::try_from(points).unwrap_or(u32::MAX)) / seconds / 1e6;
    writeln!(
        out,
        "{what:<52} {seconds:>7.3} s  {rate:>6.2} million datapoints/s"
    )
}

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut store = MetricStore::default();
    let total = usize::try_from(SERIES * MINUTES).unwrap_or_default();
    timed(
        &mut out,
        "put 1,000,000 datapoints in 10,000 series",
        || {
            put_all(&mut store);
            total
        },
    )?;
    timed(
        &mut out,
        "GetMetricData, Average, 500 series a request",
        || ask_all(&store, "Average"),
    )?;
    timed(&mut out, "GetMetricData, p99, 500 series a request", || {
        ask_all(&store, "p99")
    })?;
    timed(&mut out, "Metrics Insights, all series into one", || {
        ask(&store, "SELECT AVG(Latency) FROM Speed");
        total
    })?;
    timed(&mut out, "Metrics Insights, top 10 of 100 groups", || {
        ask(
            &store,
            "SELECT MAX(Latency) FROM Speed GROUP BY Service ORDER BY AVG() DESC LIMIT 10",
        );
        total
    })?;
    timed(&mut out, "SEARCH of 100 series", || {
        ask(
            &store,
            "SEARCH('{Speed,Service,Route} Service=\"service-7\"', 'Average')",
        )
    })?;
    match peak_memory() {
        Some(megabytes) => writeln!(out, "peak memory {megabytes} MB"),
        None => writeln!(out, "peak memory: this system does not tell it"),
    }
}
