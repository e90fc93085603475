use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use belfry::endpoint::{Endpoint, EndpointError, Settings};
use belfry_engine::base::{Millis, VirtualClock};
use http::Request;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

/// 2026-04-20T10:00:00Z.
pub(super) const START: Millis = Millis(1_776_679_200_000);

/// An endpoint with a clock that stands still.
pub(super) struct Fixture {
    endpoint: Arc<Endpoint>,
    clock: Arc<VirtualClock>,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: http::HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

impl Fixture {
    pub(super) fn new() -> Self {
        Self::open(Settings::default(), START).unwrap()
    }

    /// Over a data folder, at a time.
    pub(super) fn in_folder(folder: &Path, now: Millis) -> Result<Self, EndpointError> {
        let settings = Settings {
            data: Some(folder.to_owned()),
            ..Settings::default()
        };
        Self::open(settings, now)
    }

    pub(super) fn open(settings: Settings, now: Millis) -> Result<Self, EndpointError> {
        let clock = Arc::new(VirtualClock::new(now));
        let endpoint = Endpoint::open(Settings {
            clock: clock.clone(),
            ..settings
        })?;
        Ok(Self { endpoint, clock })
    }

    /// Lets `seconds` pass.
    pub(super) async fn pass(&self, seconds: i64) {
        self.clock.advance(seconds * 1000);
        self.endpoint.tick().await;
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.endpoint.router().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Reply {
            status,
            headers,
            body: body.to_vec(),
        }
    }

    pub(super) async fn json(&self, version: &str, target: &str, body: &str) -> Reply {
        let request = Request::post("/")
            .header("content-type", format!("application/x-amz-json-{version}"))
            .header("x-amz-target", target)
            .body(Body::from(body.to_owned()))
            .unwrap();
        self.send(request).await
    }

    pub(super) async fn form(&self, body: &str) -> Reply {
        let request = Request::post("/")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body.to_owned()))
            .unwrap();
        self.send(request).await
    }

    pub(super) async fn cbor(&self, path: &str, body: Vec<u8>) -> Reply {
        let request = Request::post(path)
            .header("smithy-protocol", "rpc-v2-cbor")
            .header("content-type", "application/cbor")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }
}
