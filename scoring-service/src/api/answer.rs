use axum::response::{IntoResponse, Response};

use crate::breaker::BreakerState;
use crate::log::Measurements;
use crate::model::BreakerChange;
use crate::score::Score;
use crate::transaction::Transaction;

/// What a handler wants said about its request. The rest (time, path, status) is seen from outside.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// What happened; the status's own words where empty.
    pub message: String,
    /// The code of the error answered.
    pub error_code: Option<&'static str>,
    /// The member that was wrong.
    pub error_field: Option<String>,
    /// The transaction that was read.
    pub transaction: Option<Transaction>,
    /// Its score.
    pub score: Option<Score>,
    /// The breaker afterwards.
    pub breaker: Option<BreakerState>,
    /// The change of the breaker, which gets a line of its own.
    pub change: Option<BreakerChange>,
    /// Metrics beside those that every request has.
    pub measurements: Measurements,
    /// Whether it is a health check, which counts as no request.
    pub is_health_check: bool,
}

/// A response, and what is to be said about it.
#[derive(Debug)]
pub struct Answer {
    /// What the caller gets.
    pub response: Response,
    /// What the log gets.
    pub event: Event,
}

impl IntoResponse for Answer {
    fn into_response(mut self) -> Response {
        self.response.extensions_mut().insert(self.event);
        self.response
    }
}
