use serde::Deserialize;

/// A monitor of anomalies as `aws ce get-anomaly-monitors` writes it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Monitor {
    /// Its ARN.
    pub monitor_arn: String,
    /// Its name.
    pub monitor_name: String,
    /// When it was made.
    pub creation_date: Option<String>,
    /// When it was changed.
    pub last_updated_date: Option<String>,
    /// When it last looked.
    pub last_evaluated_date: Option<String>,
    /// `DIMENSIONAL`, `CUSTOM`.
    pub monitor_type: String,
    /// `SERVICE`, `LINKED_ACCOUNT`, `TAG`, `COST_CATEGORY`.
    pub monitor_dimension: Option<String>,
    /// Which costs it looks at.
    pub monitor_specification: Option<MonitorSpecification>,
    /// How many values it looks at.
    pub dimensional_value_count: Option<i64>,
}

/// Which costs a monitor looks at: by one of these. Monitors have no other expressions (API reference of AnomalyMonitor).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct MonitorSpecification {
    /// A tag.
    pub tags: Option<MonitoredValues>,
    /// A cost category.
    pub cost_categories: Option<MonitoredValues>,
    /// Linked accounts.
    pub dimensions: Option<MonitoredValues>,
}

/// A key and its values.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct MonitoredValues {
    /// `team`, `LINKED_ACCOUNT`.
    pub key: String,
    /// None where a monitor looks at each by itself.
    #[serde(default)]
    pub values: Vec<String>,
    /// `EQUALS`.
    #[serde(default)]
    pub match_options: Vec<String>,
}
