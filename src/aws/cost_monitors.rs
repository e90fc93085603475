use aws_sdk_costexplorer::types::{AnomalyMonitor, MonitorDimension};

use super::{Answered, CloudError, Session};
use crate::cost::asked::CostMonitor;
use crate::iam::{Action, COST, On};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[Action::new(
    "get_anomaly_monitors",
    "ce:GetAnomalyMonitors",
    On::Everything("costs are no resources of IAM"),
    COST,
)];

impl Session {
    /// What the monitors of anomalies look at (GetAnomalyMonitors), all pages.
    pub async fn cost_monitors(&self) -> Result<Answered<Vec<CostMonitor>>, CloudError> {
        const OPERATION: &str = "GetAnomalyMonitors";
        let (mut found, mut token, mut requests) = (Vec::new(), None, 0);
        loop {
            let page = self
                .cost_explorer()
                .get_anomaly_monitors()
                .set_next_page_token(token)
                .send()
                .await
                .map_err(|e| CloudError::from_sdk(OPERATION, "anomalies", &e))?;
            requests += 1;
            found.extend(page.anomaly_monitors().iter().map(monitor));
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

fn monitor(monitor: &AnomalyMonitor) -> CostMonitor {
    let specification = monitor.monitor_specification();
    let tag = specification.and_then(|specification| specification.tags());
    let tag = tag.map(|tag| ("tag", tag.key(), tag.values()));
    let category = specification.and_then(|specification| specification.cost_categories());
    let category = category.map(|category| ("cost category", category.key(), category.values()));
    let accounts = specification.and_then(|specification| specification.dimensions());
    let accounts = accounts.map(|_| {
        let values = accounts.map_or(&[][..], |accounts| accounts.values());
        ("linked account", None, values)
    });
    let looked = tag.or(category).or(accounts);
    let by_account = (monitor.monitor_dimension() == Some(&MonitorDimension::LinkedAccount))
        .then_some(("linked account", None, &[][..]));
    let (kind, key, values) = looked.or(by_account).unwrap_or(("", None, &[]));
    CostMonitor {
        arn: monitor.monitor_arn().unwrap_or_default().to_owned(),
        kind: kind.to_owned(),
        key: key.unwrap_or_default().to_owned(),
        values: values.to_vec(),
    }
}
