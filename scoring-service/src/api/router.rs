use axum::Router;
use axum::extract::Request;
use axum::middleware;
use axum::routing::{get, post};

use super::{Answer, App, Fault, health, incident, observe, predict};

/// All routes over one [`App`]. The incident route wants the caller's address
/// (`into_make_service_with_connect_info`); without it every caller is taken for a stranger.
pub fn router(app: App) -> Router {
    Router::new()
        .route(
            "/api/v1/predict",
            post(predict::predict).fallback(only_post),
        )
        .route("/health", get(health::health).fallback(only_get))
        .route(
            "/admin/incident",
            post(incident::incident).fallback(only_post),
        )
        .fallback(not_found)
        .layer(middleware::from_fn_with_state(
            app.clone(),
            observe::observe,
        ))
        .with_state(app)
}

async fn not_found(request: Request) -> Answer {
    Fault::not_found(request.uri().path()).answer()
}

async fn only_post() -> Answer {
    Fault::method_not_allowed("POST").answer()
}

async fn only_get() -> Answer {
    Fault::method_not_allowed("GET, HEAD").answer()
}
