use crate::base::Millis;
use crate::metrics::{MetricDataQuery, MetricStat, QueryKind};

use super::{
    AlarmState, ComparisonOperator, Contributors, EvaluationState, EvaluationWindow,
    TagsPropagation, Threshold, TreatMissingData, WarmUp,
};

/// What a metric alarm watches.
#[derive(Clone, Debug, PartialEq)]
pub enum AlarmMetric {
    /// One metric.
    Single(MetricStat),
    /// Metric math; exactly one query returns data. The period is that of its metrics.
    Math(Vec<MetricDataQuery>),
}

impl AlarmMetric {
    /// The metrics behind it, in order.
    pub fn stats(&self) -> Vec<&MetricStat> {
        match self {
            Self::Single(stat) => vec![stat],
            Self::Math(queries) => queries
                .iter()
                .filter_map(|query| match &query.kind {
                    QueryKind::Metric(stat) => Some(stat),
                    QueryKind::Expression { .. } => None,
                })
                .collect(),
        }
    }

    /// Whether it is a Metrics Insights query, or metric math over one.
    pub fn is_metrics_insights(&self) -> bool {
        let is_select = |query: &MetricDataQuery| match &query.kind {
            QueryKind::Expression { text, .. } => {
                let head = text.trim_start().get(..7);
                head.is_some_and(|head| head.trim_end().eq_ignore_ascii_case("select"))
            }
            QueryKind::Metric(_) => false,
        };
        match self {
            Self::Single(_) => false,
            Self::Math(queries) => queries.iter().any(is_select),
        }
    }

    /// Width of a bucket in seconds: that of the first metric, else of the first expression that gives
    /// one, else a minute. An alarm in the store has one period for all ([`super::AlarmStore::put`]).
    pub fn period(&self) -> i64 {
        let Self::Math(queries) = self else {
            return self.stats().first().map_or(60, |stat| stat.period);
        };
        let given = |query: &MetricDataQuery| match &query.kind {
            QueryKind::Metric(stat) => Some(stat.period),
            QueryKind::Expression { period, .. } => *period,
        };
        let metric = self.stats().first().map(|stat| stat.period);
        metric
            .or_else(|| queries.iter().find_map(given))
            .unwrap_or(60)
    }
}

/// The configuration of a metric alarm: PutMetricAlarm's members.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricAlarm {
    /// 1 to 255 characters.
    pub name: String,
    /// Up to 1,024 characters.
    pub description: Option<String>,
    /// Whether actions run.
    pub actions_enabled: bool,
    /// ARNs.
    pub ok_actions: Vec<String>,
    /// ARNs.
    pub alarm_actions: Vec<String>,
    /// ARNs.
    pub insufficient_data_actions: Vec<String>,
    /// What it watches.
    pub metric: AlarmMetric,
    /// N.
    pub evaluation_periods: usize,
    /// M; N where absent.
    pub datapoints_to_alarm: Option<usize>,
    /// With what its values are compared.
    pub threshold: Threshold,
    /// How to compare.
    pub comparison_operator: ComparisonOperator,
    /// As given: DescribeAlarms leaves it out where it was not set.
    pub treat_missing_data: Option<TreatMissingData>,
    /// `evaluate` or `ignore`, as given.
    pub evaluate_low_sample_count_percentile: Option<String>,
    /// Where its buckets begin, as given; sliding where absent.
    pub evaluation_window: Option<EvaluationWindow>,
    /// How long it is not evaluated after its creation.
    pub warm_up: Option<WarmUp>,
    /// Which tags go with its messages.
    pub tags_propagation: Option<TagsPropagation>,
}

impl MetricAlarm {
    /// Width of a bucket in seconds.
    pub fn period(&self) -> i64 {
        self.metric.period()
    }

    /// Seconds that N periods cover.
    pub fn span(&self) -> i64 {
        let periods = i64::try_from(self.evaluation_periods).unwrap_or(i64::MAX);
        self.period().saturating_mul(periods)
    }

    /// The treatment that applies: the default is `missing`, but `ignore` for metrics of `AWS/DynamoDB`
    /// (CloudWatch user guide, alarms and missing data).
    pub fn effective_treatment(&self) -> TreatMissingData {
        let is_dynamo_db = |stat: &&MetricStat| stat.id.namespace.as_ref() == "AWS/DynamoDB";
        match self.treat_missing_data {
            Some(treatment) => treatment,
            None if self.metric.stats().iter().any(is_dynamo_db) => TreatMissingData::Ignore,
            None => TreatMissingData::Missing,
        }
    }
}

/// An alarm as the store keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAlarm {
    /// Its configuration.
    pub alarm: MetricAlarm,
    /// Its state.
    pub state: AlarmState,
    /// When the configuration was last put.
    pub configured: Millis,
    /// The slot (see [`super::evaluation_slot`]) of its last evaluation; `None` until the first one after
    /// a put, so that a new configuration is evaluated at once.
    pub evaluated: Option<Millis>,
    /// When it was first put.
    pub created: Millis,
    /// Whether it is not evaluated yet: `EvaluationState` is `IN_WARM_UP`. A warm-up happens once.
    pub in_warm_up: bool,
    /// The series in ALARM, of an alarm over many.
    pub contributors: Contributors,
    /// What stands beside the state.
    pub evaluation: Option<EvaluationState>,
}
