use super::{
    Alarm, Allowance, CompositeAlarm, Dashboard, Environment, FileFindings, HealthCheck, LogGroup,
    MetricFilter, SavedQuery, Topic,
};

/// Everything that watches the service, for one environment.
#[derive(Clone, Debug)]
pub struct Suite {
    /// Marks what belongs to the suite in an account (tag `belfry:suite`).
    pub name: String,
    /// Who answers for it.
    pub owner: String,
    /// What the names of its alarms, dashboards and topics begin with.
    pub prefix: String,
    /// Where it is deployed to.
    pub environment: Environment,
    /// Log groups, by name.
    pub log_groups: Vec<LogGroup>,
    /// Metric filters.
    pub metric_filters: Vec<MetricFilter>,
    /// Topics.
    pub topics: Vec<Topic>,
    /// Alarms.
    pub alarms: Vec<Alarm>,
    /// Alarms over these alarms.
    pub composite_alarms: Vec<CompositeAlarm>,
    /// How the load balancer asks the tasks.
    pub health_check: HealthCheck,
    /// Dashboards, by file name.
    pub dashboards: Vec<Dashboard>,
    /// Saved queries, by file name.
    pub queries: Vec<SavedQuery>,
    /// Findings to live with for a while.
    pub allowances: Vec<Allowance>,
    /// What is suspicious but valid.
    pub warnings: Vec<FileFindings>,
}

impl Suite {
    /// The names of all alarms.
    pub fn alarm_names(&self) -> Vec<&str> {
        self.alarms
            .iter()
            .map(|alarm| alarm.name.as_str())
            .collect()
    }

    /// What a query of the suite's account may call.
    pub fn saved_queries(&self) -> Vec<belfry_engine::insights::SavedQuery> {
        self.queries.iter().map(SavedQuery::definition).collect()
    }

    /// The saved query whose file stem or deployed name is `name`.
    pub fn query(&self, name: &str) -> Option<&SavedQuery> {
        self.queries
            .iter()
            .find(|q| q.stem == name || q.name == name)
    }
}
