use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use belfry_engine::base::Clock;

use super::html::{notice, page};
use super::{DashboardSource, SourceError, alarms, dashboard, index};
use crate::endpoint::is_loopback_url;

/// What every page has at hand.
#[derive(Clone)]
struct Pages {
    source: Arc<dyn DashboardSource>,
    clock: Arc<dyn Clock>,
}

/// The pages: `/`, `/dashboards/{name}`, `/alarms`; each with a `/live` path that answers only what changes.
/// Requests that name another host than this machine are refused, so that no foreign page can read them.
pub fn router(source: Arc<dyn DashboardSource>, clock: Arc<dyn Clock>) -> Router {
    Router::new()
        .route("/", get(front))
        .route("/live", get(front_live))
        .route("/alarms", get(alarm_list))
        .route("/alarms/live", get(alarm_list_live))
        .route("/dashboards/{name}", get(one))
        .route("/dashboards/{name}/live", get(one_live))
        .route(
            "/page.css",
            get(|| asset("text/css", include_str!("page.css"))),
        )
        .route(
            "/page.js",
            get(|| asset("text/javascript", include_str!("page.js"))),
        )
        .layer(middleware::from_fn(guard))
        .with_state(Pages { source, clock })
}

async fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind)], text)
}

/// The page's own scripts and styles only, and only for this machine.
async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok());
    let host = host.or_else(|| request.uri().authority().map(|a| a.as_str()));
    if !host.is_some_and(|host| is_loopback_url(&format!("http://{host}/"))) {
        let text =
            "the pages are served to this machine alone: open them as http://127.0.0.1:PORT/\n";
        return (StatusCode::FORBIDDEN, text).into_response();
    }
    let mut response = next.run(request).await;
    let policy = "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; \
                  connect-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'";
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_SECURITY_POLICY, policy);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CACHE_CONTROL, "no-store");
    response
}

type Parameters = Query<BTreeMap<String, String>>;

async fn front(State(pages): State<Pages>) -> Response {
    let main = index::main(&pages.source).await;
    whole("Dashboards", "/live", main)
}

async fn front_live(State(pages): State<Pages>) -> Response {
    part(index::main(&pages.source).await)
}

async fn alarm_list(State(pages): State<Pages>) -> Response {
    whole("Alarms", "/alarms/live", alarms::main(&pages.source).await)
}

async fn alarm_list_live(State(pages): State<Pages>) -> Response {
    part(alarms::main(&pages.source).await)
}

async fn one(
    State(pages): State<Pages>,
    Path(name): Path<String>,
    Query(parameters): Parameters,
) -> Response {
    let range = parameters.get("range").map(String::as_str);
    let (live, main) = dashboard::main(&pages.source, &name, range, pages.clock.now()).await;
    whole(&name, &live, main)
}

async fn one_live(
    State(pages): State<Pages>,
    Path(name): Path<String>,
    Query(parameters): Parameters,
) -> Response {
    let range = parameters.get("range").map(String::as_str);
    let (_, main) = dashboard::main(&pages.source, &name, range, pages.clock.now()).await;
    part(main)
}

/// What a page shows; `None` where there is no such thing.
pub(super) type Main = Result<Option<String>, SourceError>;

fn whole(title: &str, live: &str, main: Main) -> Response {
    let (status, main) = answered(main);
    (status, Html(page(title, live, &main))).into_response()
}

fn part(main: Main) -> Response {
    let (status, main) = answered(main);
    (status, Html(main)).into_response()
}

fn answered(main: Main) -> (StatusCode, String) {
    match main {
        Ok(Some(main)) => (StatusCode::OK, main),
        Ok(None) => (
            StatusCode::NOT_FOUND,
            notice(
                "there is no dashboard of this name on the endpoint; `/` lists those that exist",
            ),
        ),
        Err(error) => (StatusCode::BAD_GATEWAY, notice(&error.to_string())),
    }
}
