use std::net::SocketAddr;

use axum::Json;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::IntoResponse;
use serde_json::json;

use super::{Answer, App, Event, Fault, body};
use crate::incident::Incident;

/// `POST /admin/incident`: begins a fault on purpose, or ends it with `{"kind":"none"}`. Exists
/// only where the settings allow it, and only for callers on this machine.
pub(super) async fn incident(State(app): State<App>, request: Request) -> Answer {
    if !app.allow_incidents {
        return Fault::not_found(request.uri().path()).answer();
    }
    match read(request).await {
        Ok(incident) => begin(&app, incident),
        Err(fault) => fault.answer(),
    }
}

async fn read(request: Request) -> Result<Incident, Fault> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    if !peer.is_some_and(|peer| peer.0.ip().is_loopback()) {
        return Err(Fault::loopback_only());
    }
    let body = body::read(request).await?;
    let incident: Incident = serde_json::from_slice(&body)
        .map_err(|error| Fault::malformed(format!("the body is no incident: {error}")))?;
    match incident.problem() {
        Some((member, why)) => Err(Fault::invalid_field(member, why)),
        None => Ok(incident),
    }
}

fn begin(app: &App, incident: Incident) -> Answer {
    app.model.set_incident(incident);
    let message = match incident {
        Incident::None => "incident ended".to_owned(),
        Incident::Errors { share } => format!("incident begun: {share} of all calls fail"),
        Incident::Unhealthy => "incident begun: health checks fail".to_owned(),
        Incident::Slow { share, millis } => {
            format!("incident begun: {share} of all requests wait for {millis} ms")
        }
    };
    Answer {
        response: Json(json!({"message": message})).into_response(),
        event: Event {
            message,
            ..Event::default()
        },
    }
}
