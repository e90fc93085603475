use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Serialize;

use super::{Answer, App, Event};
use crate::breaker::BreakerState;
use crate::log::{CIRCUIT_BREAKER_STATE, Measurements};
use crate::model::MODEL_VERSION;

#[derive(Debug, Serialize)]
struct Health {
    status: &'static str,
    breaker_state: BreakerState,
    model_version: &'static str,
}

/// `GET /health`: 200 where requests should come, else 503. An open breaker does not make a task
/// unhealthy: replacing it would not mend the model, and would lose what it remembers.
pub(super) async fn health(State(app): State<App>) -> Answer {
    let (code, status, message) = if app.is_draining() {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "draining",
            "health check failed: stopping",
        )
    } else if app.model.fails_health() {
        let message = "health check failed: incident on purpose";
        (StatusCode::SERVICE_UNAVAILABLE, "unhealthy", message)
    } else {
        (StatusCode::OK, "healthy", "health check passed")
    };
    let breaker_state = app.model.breaker();
    let health = Health {
        status,
        breaker_state,
        model_version: MODEL_VERSION,
    };
    Answer {
        response: (code, Json(health)).into_response(),
        event: Event {
            message: message.to_owned(),
            error_code: (code != StatusCode::OK).then_some(status),
            breaker: Some(breaker_state),
            measurements: Measurements::default()
                .with(&CIRCUIT_BREAKER_STATE, breaker_state.as_metric()),
            is_health_check: true,
            ..Event::default()
        },
    }
}
