use super::{
    Alarm, AlarmHead, Allowance, Athena, AthenaQuery, Bucket, Budget, CompositeAlarm, Dashboard,
    Environment, FileFindings, HealthCheck, LoadBalancer, LogAlarm, LogGroup, MetricFilter,
    MuteRule, SavedQuery, Topic,
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
    /// Alarms on the answers of queries.
    pub log_alarms: Vec<LogAlarm>,
    /// Alarms over these alarms.
    pub composite_alarms: Vec<CompositeAlarm>,
    /// Buckets for logs of load balancers.
    pub buckets: Vec<Bucket>,
    /// Load balancers whose attributes it keeps.
    pub load_balancers: Vec<LoadBalancer>,
    /// How the load balancer asks the tasks.
    pub health_check: HealthCheck,
    /// When alarms' actions do not run.
    pub mute_rules: Vec<MuteRule>,
    /// Dashboards, by file name.
    pub dashboards: Vec<Dashboard>,
    /// Saved queries, by file name.
    pub queries: Vec<SavedQuery>,
    /// Where load balancers' logs are asked with SQL.
    pub athena: Option<Athena>,
    /// Named queries of Athena, by file name.
    pub athena_queries: Vec<AthenaQuery>,
    /// Budgets of the account.
    pub budgets: Vec<Budget>,
    /// Findings to live with for a while.
    pub allowances: Vec<Allowance>,
    /// What is suspicious but valid.
    pub warnings: Vec<FileFindings>,
}

impl Suite {
    /// Alarms of every kind.
    pub fn alarm_heads(&self) -> impl Iterator<Item = &AlarmHead> {
        let composites = self.composite_alarms.iter().map(|alarm| &alarm.head);
        self.source_alarm_heads().chain(composites)
    }

    /// The alarms that look at metrics or logs themselves.
    pub(super) fn source_alarm_heads(&self) -> impl Iterator<Item = &AlarmHead> {
        let alarms = self.alarms.iter().map(|alarm| &alarm.head);
        alarms.chain(self.log_alarms.iter().map(|alarm| &alarm.head))
    }

    /// The names of all alarms, of every kind.
    pub fn alarm_names(&self) -> Vec<&str> {
        let heads = self.alarm_heads();
        heads.map(|head| head.name.as_str()).collect()
    }

    /// The names of the alarms whose state the alarm `name` follows, itself first: a composite alarm follows those of its
    /// rule and its suppressor, and what these follow.
    pub fn followed_by<'a>(&'a self, name: &'a str) -> Vec<&'a str> {
        let mut followed = vec![name];
        let mut at = 0;
        while let Some(next) = followed.get(at).copied() {
            at += 1;
            let composite = self.composite_alarms.iter().find(|c| c.head.name == next);
            for need in composite.map(CompositeAlarm::needs).unwrap_or_default() {
                if !followed.contains(&need) {
                    followed.push(need);
                }
            }
        }
        followed
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
