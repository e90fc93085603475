use serde::Serialize;

/// The namespace of all metrics.
pub const NAMESPACE: &str = "FraudDetection";

/// The value of the dimension `Service`.
pub const SERVICE: &str = "fraud-detection-service";

/// Each metric is published once, by service.
pub const DIMENSION_SETS: [[&str; 1]; 1] = [["Service"]];

/// CloudWatch's names of the units in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "CloudWatch's own words")]
pub enum Unit {
    Count,
    Milliseconds,
    None,
}

/// One custom metric.
#[derive(Debug, Serialize)]
pub struct Metric {
    /// Its name, and its member in the line.
    pub name: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// What it measures, and which lines carry it.
    pub description: &'static str,
}

/// Requests answered, health checks left out.
pub const REQUEST_COUNT: Metric = Metric {
    name: "RequestCount",
    unit: Unit::Count,
    description: "1 for each request other than a health check",
};

/// Requests that failed here.
pub const REQUEST_ERRORS: Metric = Metric {
    name: "RequestErrors",
    unit: Unit::Count,
    description: "1 where the answer is 500 or above, else 0; for each request other than a health check",
};

/// Requests that the caller must change.
pub const CLIENT_ERRORS: Metric = Metric {
    name: "ClientErrors",
    unit: Unit::Count,
    description: "1 where the answer is 400 to 499, else 0; for each request other than a health check",
};

/// How long a request took.
pub const REQUEST_LATENCY: Metric = Metric {
    name: "RequestLatency",
    unit: Unit::Milliseconds,
    description: "from the request's head to the answer's; for each request other than a health check",
};

/// Transactions called fraud.
pub const FRAUD_DETECTIONS: Metric = Metric {
    name: "FraudDetections",
    unit: Unit::Count,
    description: "1 where the transaction is called fraud, else 0; for each scored transaction",
};

/// Scores given.
pub const RISK_SCORE: Metric = Metric {
    name: "RiskScore",
    unit: Unit::None,
    description: "0 to 100; for each scored transaction",
};

/// How long scoring alone took.
pub const MODEL_LATENCY: Metric = Metric {
    name: "ModelLatency",
    unit: Unit::Milliseconds,
    description: "the time of the call of the model, failed ones too; for each call",
};

/// The circuit breaker around the model.
pub const CIRCUIT_BREAKER_STATE: Metric = Metric {
    name: "CircuitBreakerState",
    unit: Unit::None,
    description: "0 closed, 1 half-open, 2 open; for each request for a score and each health check",
};

/// All metrics.
pub const METRICS: [&Metric; 8] = [
    &REQUEST_COUNT,
    &REQUEST_ERRORS,
    &CLIENT_ERRORS,
    &REQUEST_LATENCY,
    &FRAUD_DETECTIONS,
    &RISK_SCORE,
    &MODEL_LATENCY,
    &CIRCUIT_BREAKER_STATE,
];

/// A measured value. Counts are written without a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum MetricValue {
    /// How many.
    Whole(u64),
    /// How much; always finite.
    Real(f64),
}

impl From<u64> for MetricValue {
    fn from(value: u64) -> Self {
        Self::Whole(value)
    }
}

impl From<bool> for MetricValue {
    fn from(value: bool) -> Self {
        Self::Whole(u64::from(value))
    }
}

impl From<f64> for MetricValue {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}

/// The metrics that have a value for one event, in the order in which they were measured.
#[derive(Clone, Debug, Default)]
pub struct Measurements(Vec<(&'static Metric, MetricValue)>);

impl Measurements {
    /// Adds a value. Each metric is measured at most once per event.
    #[must_use]
    pub fn with(mut self, metric: &'static Metric, value: impl Into<MetricValue>) -> Self {
        debug_assert!(
            self.0.iter().all(|(m, _)| m.name != metric.name),
            "measured twice"
        );
        self.0.push((metric, value.into()));
        self
    }

    /// The values.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Metric, MetricValue)> {
        self.0.iter().copied()
    }

    /// Whether nothing was measured.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These, then the others.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }
}
