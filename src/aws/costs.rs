use aws_sdk_costexplorer::error::ProvideErrorMetadata;
use aws_sdk_costexplorer::types::{
    AnomalyDateInterval, DateInterval, Expression, Granularity, GroupDefinition,
    GroupDefinitionType, Metric, MetricValue, ResultByTime, TagValues,
};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{CloudError, Session};
use crate::cost::Usd;
use crate::cost::asked::{CostAnomaly, CostRow, Forecast, Question};
use crate::iam::{Action, COST, On};

/// What this file asks of AWS. Cost Explorer has no resources.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "get_cost_and_usage",
        "ce:GetCostAndUsage",
        On::Everything(COSTS),
        COST,
    ),
    Action::new(
        "get_cost_forecast",
        "ce:GetCostForecast",
        On::Everything(COSTS),
        COST,
    ),
    Action::new(
        "get_anomalies",
        "ce:GetAnomalies",
        On::Everything(COSTS),
        COST,
    ),
];
const COSTS: &str = "costs are no resources of IAM";

/// How sure the bounds of a forecast are, in percent.
pub const LEVEL: u8 = 80;
/// Cost Explorer's own answer for too little history.
const NO_DATA: &str = "DataUnavailableException";

/// An answer, and how many requests it took: each page is one.
#[derive(Clone, Debug)]
pub struct Answered<T> {
    /// The answer.
    pub answer: T,
    /// Requests made, of a cent each.
    pub requests: u32,
}

impl Session {
    /// Daily unblended costs by the question's groups (GetCostAndUsage), all pages.
    pub async fn costs(&self, question: &Question) -> Result<Answered<Vec<CostRow>>, CloudError> {
        const OPERATION: &str = "GetCostAndUsage";
        let groups = question.groups.iter().map(|(kind, key)| {
            let kind = GroupDefinitionType::from(kind.as_str());
            GroupDefinition::builder().r#type(kind).key(key).build()
        });
        let groups: Vec<GroupDefinition> = groups.collect();
        let period = interval(OPERATION, question.start, question.end)?;
        let (mut rows, mut token, mut requests) = (Vec::new(), None, 0);
        loop {
            let page = self
                .cost_explorer()
                .get_cost_and_usage()
                .time_period(period.clone())
                .granularity(Granularity::Daily)
                .metrics("UnblendedCost")
                .set_group_by(Some(groups.clone()))
                .set_filter(filter(question))
                .set_next_page_token(token)
                .send()
                .await
                .map_err(|e| CloudError::from_sdk(OPERATION, "costs", &e))?;
            requests += 1;
            for period in page.results_by_time() {
                read_period(&mut rows, period)?;
            }
            token = page.next_page_token().map(str::to_owned);
            if token.is_none() {
                return Ok(Answered {
                    answer: rows,
                    requests,
                });
            }
        }
    }

    /// What is expected from `start` to before `end` (GetCostForecast); the reason where there is too little history.
    pub async fn cost_forecast(
        &self,
        question: &Question,
    ) -> Result<Answered<Result<Forecast, String>>, CloudError> {
        const OPERATION: &str = "GetCostForecast";
        let answer = self
            .cost_explorer()
            .get_cost_forecast()
            .time_period(interval(OPERATION, question.start, question.end)?)
            .metric(Metric::UnblendedCost)
            .granularity(Granularity::Monthly)
            .prediction_interval_level(i32::from(LEVEL))
            .set_filter(filter(question))
            .send()
            .await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) if error.code() == Some(NO_DATA) => {
                let reason = error.message().unwrap_or("too little history").to_owned();
                return Ok(Answered {
                    answer: Err(reason),
                    requests: 1,
                });
            }
            Err(error) => return Err(CloudError::from_sdk(OPERATION, "costs", &error)),
        };
        let parts = answer.forecast_results_by_time();
        let sum = |read: fn(&aws_sdk_costexplorer::types::ForecastResult) -> Option<&str>| {
            parts
                .iter()
                .map(|part| amount(OPERATION, read(part)))
                .sum::<Result<Usd, CloudError>>()
        };
        let forecast = Forecast {
            mean: sum(|part| part.mean_value())?,
            lower: sum(|part| part.prediction_interval_lower_bound())?,
            upper: sum(|part| part.prediction_interval_upper_bound())?,
            level: LEVEL,
        };
        Ok(Answered {
            answer: Ok(forecast),
            requests: 1,
        })
    }

    /// What AWS's monitors found since `start` (GetAnomalies), all pages.
    pub async fn cost_anomalies(
        &self,
        start: Date,
    ) -> Result<Answered<Vec<CostAnomaly>>, CloudError> {
        const OPERATION: &str = "GetAnomalies";
        let dates = AnomalyDateInterval::builder()
            .start_date(start.to_string())
            .build();
        let dates = dates.map_err(|e| CloudError::local(OPERATION, "anomalies", e.to_string()))?;
        let (mut found, mut token, mut requests) = (Vec::new(), None, 0);
        loop {
            let page = self
                .cost_explorer()
                .get_anomalies()
                .date_interval(dates.clone())
                .set_next_page_token(token)
                .send()
                .await
                .map_err(|e| CloudError::from_sdk(OPERATION, "anomalies", &e))?;
            requests += 1;
            found.extend(page.anomalies().iter().map(anomaly));
            token = page.next_page_token().map(str::to_owned);
            if token.is_none() {
                return Ok(Answered {
                    answer: found,
                    requests,
                });
            }
        }
    }
}

fn interval(operation: &'static str, start: Date, end: Date) -> Result<DateInterval, CloudError> {
    let built = DateInterval::builder()
        .start(start.to_string())
        .end(end.to_string())
        .build();
    built.map_err(|e| CloudError::local(operation, "costs", e.to_string()))
}

fn filter(question: &Question) -> Option<Expression> {
    let (key, value) = question.tag.as_ref()?;
    let tags = TagValues::builder().key(key).values(value).build();
    Some(Expression::builder().tags(tags).build())
}

fn read_period(rows: &mut Vec<CostRow>, period: &ResultByTime) -> Result<(), CloudError> {
    const OPERATION: &str = "GetCostAndUsage";
    let start = period
        .time_period()
        .map(DateInterval::start)
        .unwrap_or_default();
    let day = start.get(..10).unwrap_or_default().parse::<Date>();
    let day = day
        .map_err(|e| CloudError::local(OPERATION, "costs", format!("`{start}` is no date: {e}")))?;
    let row = |keys: &[String], metric: Option<&MetricValue>| -> Result<CostRow, CloudError> {
        Ok(CostRow {
            day,
            keys: keys.to_vec(),
            amount: amount(OPERATION, metric.and_then(MetricValue::amount))?,
            estimated: period.estimated(),
        })
    };
    if let Some(total) = period.total().and_then(|total| total.get("UnblendedCost")) {
        rows.push(row(&[], Some(total))?);
    }
    for group in period.groups() {
        let metric = group
            .metrics()
            .and_then(|metrics| metrics.get("UnblendedCost"));
        rows.push(row(group.keys(), metric)?);
    }
    Ok(())
}

fn amount(operation: &'static str, text: Option<&str>) -> Result<Usd, CloudError> {
    let text = text.unwrap_or_default();
    let read = text
        .parse::<Decimal>()
        .or_else(|_| Decimal::from_scientific(text));
    read.map(Usd::new)
        .map_err(|_| CloudError::local(operation, "costs", format!("`{text}` is no amount")))
}

fn anomaly(anomaly: &aws_sdk_costexplorer::types::Anomaly) -> CostAnomaly {
    let cause = anomaly.root_causes().first();
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let impact = anomaly.impact();
    CostAnomaly {
        id: anomaly.anomaly_id().to_owned(),
        start: text(anomaly.anomaly_start_date()),
        end: text(anomaly.anomaly_end_date()),
        service: text(
            cause
                .and_then(|cause| cause.service())
                .or(anomaly.dimension_value()),
        ),
        usage_type: text(cause.and_then(|cause| cause.usage_type())),
        account: text(
            cause.and_then(|cause| cause.linked_account_name().or(cause.linked_account())),
        ),
        impact: impact.map_or(0.0, |impact| impact.total_impact()),
        monitor: anomaly.monitor_arn().to_owned(),
        dimension: text(anomaly.dimension_value()),
        owner: None,
    }
}
