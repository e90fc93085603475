use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt as _;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// A request that a subscriber received.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Received {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// An HTTP subscriber on this machine that passes on what it receives.
pub(super) struct Subscriber {
    pub(super) url: String,
    received: mpsc::UnboundedReceiver<Received>,
}

#[derive(Clone)]
struct Hook {
    answers: Arc<Mutex<Vec<StatusCode>>>,
    pass: mpsc::UnboundedSender<Received>,
}

impl Subscriber {
    /// Answers with `answers` in order, then with 200.
    pub(super) async fn answering(answers: &[StatusCode]) -> Self {
        let (pass, received) = mpsc::unbounded_channel();
        let answers = Arc::new(Mutex::new(answers.iter().rev().copied().collect()));
        let router = Router::new()
            .fallback(receive)
            .with_state(Hook { answers, pass });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, received }
    }

    pub(super) async fn new() -> Self {
        Self::answering(&[]).await
    }

    pub(super) async fn next(&mut self) -> Received {
        self.received.recv().await.unwrap()
    }
}

async fn receive(State(hook): State<Hook>, request: Request) -> StatusCode {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let _ = hook.pass.send(Received {
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    });
    hook.answers.lock().unwrap().pop().unwrap_or(StatusCode::OK)
}
