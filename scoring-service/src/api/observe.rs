use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::{App, Event, request_id, trace_id};
use crate::breaker::BreakerState;
use crate::log::{
    CLIENT_ERRORS, Level, Measurements, REQUEST_COUNT, REQUEST_ERRORS, REQUEST_LATENCY, Record,
    milliseconds, to_line,
};
use crate::model::BreakerChange;

/// The longest path that is written down, in characters.
const MAX_ENDPOINT: usize = 256;

/// What is seen of a request from outside.
struct Seen {
    request_id: String,
    endpoint: String,
    method: String,
    trace_id: Option<String>,
    status: StatusCode,
    duration: f64,
}

/// Stands around every route: gives the request its name, measures it, writes its line.
pub(super) async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = app.clock.monotonic();
    let mut seen = Seen {
        request_id: app.request_ids.of(request.headers()),
        endpoint: request.uri().path().chars().take(MAX_ENDPOINT).collect(),
        method: request.method().to_string(),
        trace_id: trace_id::of(request.headers()),
        status: StatusCode::OK,
        duration: 0.0,
    };
    let mut response = next.run(request).await;
    let event = response
        .extensions_mut()
        .remove::<Event>()
        .unwrap_or_default();
    if let Ok(value) = HeaderValue::from_str(&seen.request_id) {
        response.headers_mut().insert(request_id::HEADER, value);
    }
    seen.status = response.status();
    seen.duration = milliseconds(app.clock.monotonic().saturating_sub(started));
    let measurements = measure(&seen, &event);
    let change = event.change.map(|change| changed(&app, change, &seen));
    let record = record(&app, seen, event);
    app.log.write(to_line(&record, &measurements)).await;
    if let Some(change) = change {
        app.log
            .write(to_line(&change, &Measurements::default()))
            .await;
    }
    response
}

fn measure(seen: &Seen, event: &Event) -> Measurements {
    if event.is_health_check {
        return event.measurements.clone();
    }
    Measurements::default()
        .with(&REQUEST_COUNT, 1)
        .with(&REQUEST_ERRORS, seen.status.is_server_error())
        .with(&CLIENT_ERRORS, seen.status.is_client_error())
        .with(&REQUEST_LATENCY, seen.duration)
        .and(event.measurements.clone())
}

fn record(app: &App, seen: Seen, event: Event) -> Record {
    let message = match event.message {
        message if message.is_empty() => seen.status.to_string(),
        message => message,
    };
    let (transaction, score) = (event.transaction, event.score);
    Record {
        request_id: Some(seen.request_id),
        user_id: transaction.as_ref().map(|t| t.customer_id.clone()),
        endpoint: Some(seen.endpoint),
        duration: Some(seen.duration),
        method: Some(seen.method),
        status: Some(seen.status.as_u16()),
        error_code: event.error_code,
        error_field: event.error_field,
        amount: transaction.as_ref().map(|t| t.amount),
        transaction_id: transaction.map(|t| t.transaction_id),
        risk_score: score.as_ref().map(|s| s.risk_score),
        is_fraud: score.as_ref().map(crate::score::Score::is_fraud),
        recommendation: score.as_ref().map(crate::score::Score::recommendation),
        risk_factors: score.map(|s| s.risk_factors.iter().map(|f| f.name).collect()),
        breaker_state: event.breaker,
        trace_id: seen.trace_id,
        ..Record::new(app.clock.wall(), level(seen.status), message)
    }
}

/// The line that says that the breaker changed, after that of the request that met it.
fn changed(app: &App, change: BreakerChange, seen: &Seen) -> Record {
    let level = match change.to {
        BreakerState::Open => Level::Warn,
        BreakerState::Closed | BreakerState::HalfOpen => Level::Info,
    };
    let message = format!(
        "circuit breaker: {} to {}",
        change.from.name(),
        change.to.name()
    );
    Record {
        request_id: Some(seen.request_id.clone()),
        breaker_state: Some(change.to),
        trace_id: seen.trace_id.clone(),
        ..Record::new(app.clock.wall(), level, message)
    }
}

fn level(status: StatusCode) -> Level {
    if status.is_server_error() {
        Level::Error
    } else if status.is_client_error() {
        Level::Warn
    } else {
        Level::Info
    }
}
