use aws_sdk_cloudwatch::types::{
    Dimension, Metric, MetricAlarm, MetricDataQuery as SdkQuery, MetricStat as SdkStat,
    StandardUnit, Statistic as SdkStatistic,
};
use belfry_engine::alarms::AlarmMetric;
use belfry_engine::metrics::{
    Dimensions, MetricDataQuery, MetricId, MetricStat, QueryKind, Statistic, Unit,
};

/// What an alarm of the service watches, as the engine says it; the error says what it cannot.
pub(super) fn watch(alarm: &MetricAlarm) -> Result<AlarmMetric, String> {
    if alarm.metrics().is_empty() {
        return Ok(AlarmMetric::Single(single(alarm)?));
    }
    let queries = alarm.metrics().iter().map(query);
    Ok(AlarmMetric::Math(queries.collect::<Result<_, _>>()?))
}

fn single(alarm: &MetricAlarm) -> Result<MetricStat, String> {
    let statistic = alarm.statistic().map(SdkStatistic::as_str);
    Ok(MetricStat {
        id: id(alarm.namespace(), alarm.metric_name(), alarm.dimensions()),
        period: alarm.period().map_or(60, i64::from),
        statistic: Statistic::parse(statistic.or(alarm.extended_statistic()).unwrap_or_default())?,
        unit: unit(alarm.unit())?,
    })
}

fn query(query: &SdkQuery) -> Result<MetricDataQuery, String> {
    let id = query.id().unwrap_or_default();
    if let Some(account) = query.account_id() {
        return Err(format!(
            "its query `{id}` reads the metric of another account ({account})"
        ));
    }
    let kind = match (query.metric_stat(), query.expression()) {
        (Some(metric), _) => QueryKind::Metric(stat(metric)?),
        (None, Some(text)) => QueryKind::Expression {
            text: text.to_owned(),
            period: query.period().map(i64::from),
        },
        (None, None) => return Err(format!("its query `{id}` is neither metric nor expression")),
    };
    Ok(MetricDataQuery {
        id: id.to_owned(),
        kind,
        label: query.label().map(str::to_owned),
        return_data: query.return_data().unwrap_or(true),
    })
}

fn stat(stat: &SdkStat) -> Result<MetricStat, String> {
    let metric = stat.metric();
    let dimensions = metric.map(Metric::dimensions).unwrap_or_default();
    Ok(MetricStat {
        id: id(
            metric.and_then(Metric::namespace),
            metric.and_then(Metric::metric_name),
            dimensions,
        ),
        period: stat.period().map_or(60, i64::from),
        statistic: Statistic::parse(stat.stat().unwrap_or_default())?,
        unit: unit(stat.unit())?,
    })
}

fn unit(unit: Option<&StandardUnit>) -> Result<Option<Unit>, String> {
    let Some(unit) = unit else { return Ok(None) };
    let known = Unit::parse(unit.as_str());
    known
        .map(Some)
        .ok_or_else(|| format!("its unit `{}` is not known here", unit.as_str()))
}

fn id(namespace: Option<&str>, name: Option<&str>, dimensions: &[Dimension]) -> MetricId {
    let pairs = dimensions.iter().map(|dimension| {
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        (text(dimension.name()), text(dimension.value()))
    });
    MetricId {
        namespace: namespace.unwrap_or_default().into(),
        name: name.unwrap_or_default().into(),
        dimensions: pairs.collect::<Dimensions>(),
    }
}
