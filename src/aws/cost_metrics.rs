use aws_sdk_cloudwatch::types::{Dimension, MetricDatum};
use aws_smithy_types::DateTime;
use belfry_engine::base::Millis;

use super::{CloudError, Session};
use crate::iam::{Action, COST, On};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[Action::new(
    "put_metric_data",
    "cloudwatch:PutMetricData",
    On::CostNamespace,
    COST,
)];

/// One figure of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct CostDatum {
    /// `DailyCost`.
    pub name: String,
    /// `Fargate`; nothing for the total.
    pub service: Option<String>,
    /// The start of its day.
    pub at: Millis,
    /// Dollars or percent.
    pub value: f64,
}

/// Data in one request: PutMetricData takes 1,000.
const BATCH: usize = 500;

impl Session {
    /// Writes figures as metrics of `namespace`. Data up to two weeks old are taken.
    pub async fn put_cost_metrics(
        &self,
        namespace: &str,
        data: &[CostDatum],
    ) -> Result<(), CloudError> {
        for batch in data.chunks(BATCH) {
            let batch = batch.iter().map(|datum| {
                let service = datum.service.as_ref();
                let dimension =
                    service.map(|name| Dimension::builder().name("Service").value(name).build());
                MetricDatum::builder()
                    .metric_name(&datum.name)
                    .set_dimensions(dimension.map(|dimension| vec![dimension]))
                    .timestamp(DateTime::from_millis(datum.at.0))
                    .value(datum.value)
                    .build()
            });
            self.cloudwatch()
                .put_metric_data()
                .namespace(namespace)
                .set_metric_data(Some(batch.collect()))
                .send()
                .await
                .map_err(|e| CloudError::from_sdk("PutMetricData", namespace, &e))?;
        }
        Ok(())
    }
}
