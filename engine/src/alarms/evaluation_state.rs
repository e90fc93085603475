/// What DescribeAlarms shows beside a state: `EvaluationState`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvaluationState {
    /// There were more series than one evaluation takes.
    PartialData,
    /// What the alarm asks for is wrong.
    EvaluationError,
    /// Some evaluations failed.
    EvaluationFailure,
    /// It is not evaluated yet.
    InWarmUp,
}

impl EvaluationState {
    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PartialData => "PARTIAL_DATA",
            Self::EvaluationError => "EVALUATION_ERROR",
            Self::EvaluationFailure => "EVALUATION_FAILURE",
            Self::InWarmUp => "IN_WARM_UP",
        }
    }
}
