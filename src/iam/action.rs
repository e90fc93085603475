/// Who calls AWS through Belfry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads what `belfry plan` and drift compare: for pull requests and the nightly job.
    Plan,
    /// Plans, and writes what `belfry apply` writes.
    Apply,
    /// Runs queries, follows logs, and asks why an alarm fired.
    OnCall,
    /// Reads costs, and publishes them as metrics.
    Cost,
}

impl Role {
    /// All roles, with their names on the command line and what they are for.
    pub const ALL: &'static [(&'static str, Self, &'static str)] = &[
        ("plan", Self::Plan, "reads what `belfry plan` compares"),
        ("apply", Self::Apply, "plans, and makes the changes"),
        (
            "on-call",
            Self::OnCall,
            "runs `query`, `athena`, `tail`, `why`, `trace` and `backtest`",
        ),
        (
            "cost",
            Self::Cost,
            "reads costs, and publishes them as metrics",
        ),
    ];

    /// The role of that name.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|(known, _, _)| *known == name)
            .map(|(_, role, _)| *role)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(_, role, _)| *role == self)
            .map_or("", |(name, _, _)| name)
    }
}

/// What planning reads; applying plans first.
pub const PLAN: &[Role] = &[Role::Plan, Role::Apply];
/// What applying writes.
pub const APPLY: &[Role] = &[Role::Apply];
/// What whoever is on call asks.
pub const WATCH: &[Role] = &[Role::OnCall];
/// What both being on call and cost reports read.
pub const WATCH_AND_COST: &[Role] = &[Role::OnCall, Role::Cost];
/// What both planning and being on call read.
pub const READERS: &[Role] = &[Role::Plan, Role::Apply, Role::OnCall];
/// What cost reports ask.
pub const COST: &[Role] = &[Role::Cost];
/// What every role calls.
pub const EVERYBODY: &[Role] = &[Role::Plan, Role::Apply, Role::OnCall, Role::Cost];
/// What only `belfry up` calls, on its own machine: no role needs it.
pub const LOCALLY: &[Role] = &[];

/// What adopting and destroying write: a person does that, with rights of their own; no role of CI needs it.
pub const BY_HAND: &[Role] = &[];

/// Which resources an action is allowed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    /// Alarms whose names begin with the suite's prefix.
    Alarms,
    /// These and dashboards: CloudWatch's tags are read by ARN.
    AlarmsAndDashboards,
    /// Mute rules whose names begin with the suite's prefix.
    MuteRules,
    /// These, and the alarms that they mute.
    MuteRulesAndAlarms,
    /// The roles that run the queries of the suite's log alarms.
    QueryRoles,
    /// Dashboards whose names begin with the suite's prefix.
    Dashboards,
    /// The suite's log groups.
    LogGroups,
    /// Log groups in the same folders (`/ecs/fraud-detection/*`), where what left the suite is looked for.
    LogGroupsBeside,
    /// The same, where they carry the suite's tag.
    OwnLogGroupsBeside,
    /// Topics of the suite, and those whose names begin with its prefix.
    Topics,
    /// All metrics of the namespace of costs: metrics are no resources of IAM, but writing takes a condition.
    CostNamespace,
    /// The suite's buckets.
    Buckets,
    /// What is in them.
    ObjectsOfBuckets,
    /// The suite's load balancers.
    LoadBalancers,
    /// The workgroup of Athena.
    Workgroup,
    /// Athena's own data catalogue.
    DataCatalog,
    /// Glue's catalogue and all its databases: they are listed, and what belongs to the suite is told by a property.
    GlueDatabases,
    /// Glue's catalogue and the database.
    GlueDatabase,
    /// Glue's catalogue, the database and its tables.
    GlueCatalog,
    /// The bucket of Athena's results.
    ResultBuckets,
    /// The folder of Athena's results.
    Results,
    /// The buckets of the lines that Athena's tables read.
    TableBuckets,
    /// The lines themselves.
    TableObjects,
    /// Budgets whose names begin with the suite's prefix.
    Budgets,
    /// All resources, where IAM knows no narrower ones. The text says why.
    Everything(&'static str),
    /// AWS asks for no permission.
    Nothing,
}

/// A call of this tool and the action of IAM that allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// The method of the SDK: `put_metric_alarm`.
    pub call: &'static str,
    /// IAM's name: `cloudwatch:PutMetricAlarm`.
    pub name: &'static str,
    /// On what.
    pub on: On,
    /// Who needs it.
    pub roles: &'static [Role],
}

impl Action {
    /// One line of a table.
    pub const fn new(
        call: &'static str,
        name: &'static str,
        on: On,
        roles: &'static [Role],
    ) -> Self {
        Self {
            call,
            name,
            on,
            roles,
        }
    }
}
