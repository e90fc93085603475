/// What the values of an alarm are compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Threshold {
    /// `Threshold`: one number.
    Value(f64),
    /// `ThresholdMetricId`: the band of an anomaly detection expression, by the expression's id.
    Band(String),
}

impl Threshold {
    /// The number, where it is one.
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Value(value) => Some(*value),
            Self::Band(_) => None,
        }
    }

    /// The id of the band, where it is one.
    pub fn band(&self) -> Option<&str> {
        match self {
            Self::Value(_) => None,
            Self::Band(id) => Some(id),
        }
    }
}
