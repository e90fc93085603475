use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::{CostStore, ExportError, Monitor};

/// An anomaly as `aws ce get-anomalies` writes it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Anomaly {
    /// Its id.
    pub anomaly_id: String,
    /// Its first day.
    pub anomaly_start_date: Option<String>,
    /// Its last day.
    pub anomaly_end_date: Option<String>,
    /// What its monitor watches.
    pub dimension_value: Option<String>,
    /// What is behind it, dearest first.
    #[serde(default)]
    pub root_causes: Vec<RootCause>,
    /// How sure it is.
    pub anomaly_score: AnomalyScore,
    /// What it cost.
    pub impact: AnomalyImpact,
    /// Who found it.
    pub monitor_arn: String,
    /// What a person made of it.
    pub feedback: Option<String>,
}

/// What is behind an anomaly.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct RootCause {
    /// `Amazon Elastic Container Service`.
    pub service: Option<String>,
    /// `us-east-1`.
    pub region: Option<String>,
    /// Twelve digits.
    pub linked_account: Option<String>,
    /// Its name.
    pub linked_account_name: Option<String>,
    /// What was used.
    pub usage_type: Option<String>,
    /// Its part.
    pub impact: Option<CauseImpact>,
}

/// A cause's part of an anomaly.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CauseImpact {
    /// Dollars.
    pub contribution: f64,
}

/// From 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AnomalyScore {
    /// The highest so far.
    pub max_score: f64,
    /// The last.
    pub current_score: f64,
}

/// Dollars.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AnomalyImpact {
    /// The worst day.
    pub max_impact: f64,
    /// All days.
    pub total_impact: Option<f64>,
    /// What was spent.
    pub total_actual_spend: Option<f64>,
    /// What was expected.
    pub total_expected_spend: Option<f64>,
    /// Percent of what was expected.
    pub total_impact_percentage: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Answer {
    #[serde(default)]
    anomalies: Vec<Anomaly>,
    #[serde(default)]
    anomaly_monitors: Vec<Monitor>,
    #[serde(rename = "NextPageToken")]
    _next: Option<String>,
}

/// Reads what `aws ce get-anomalies` or `aws ce get-anomaly-monitors` wrote.
///
/// # Errors
///
/// A file that cannot be read or has another shape, by line and column.
pub fn read_anomalies(store: &mut CostStore, path: &Path) -> Result<(), ExportError> {
    let text = fs::read_to_string(path).map_err(|source| ExportError::Read {
        path: path.to_owned(),
        source,
    })?;
    let answer: Answer = serde_json::from_str(&text).map_err(|error| ExportError::Wrong {
        path: path.to_owned(),
        line: error.line(),
        column: error.column(),
        reason: error.to_string(),
    })?;
    store.anomalies.extend(answer.anomalies);
    store.monitors.extend(answer.anomaly_monitors);
    store.sources.push(path.display().to_string());
    Ok(())
}
