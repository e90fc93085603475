use std::convert::Infallible;
use std::net::SocketAddr;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::error::UpError;
use super::tell::Teller;
use crate::aws::Session;

/// SNS messages have at most 256 KiB; their JSON escapes need some more.
const MAX_BODY: usize = 2 * 1024 * 1024;

/// What SNS posts (SNS developer guide, "HTTP/HTTPS notification JSON format").
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
pub struct SnsMessage {
    /// `Notification`, `SubscriptionConfirmation` or `UnsubscribeConfirmation`.
    pub r#type: String,
    /// The topic.
    pub topic_arn: String,
    /// What to send back to confirm.
    pub token: Option<String>,
    /// The subject, where there is one.
    pub subject: Option<String>,
    /// For an alarm: JSON text that says which, from what to what, and why.
    pub message: String,
}

/// A subscriber on loopback, as a pager would be one: it takes what SNS posts.
#[derive(Debug)]
pub struct Subscriber {
    address: SocketAddr,
    messages: mpsc::Receiver<SnsMessage>,
}

impl Subscriber {
    /// Listens on a free port.
    pub async fn start() -> Result<Self, UpError> {
        let failed = || UpError::system("listen for notifications");
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(failed())?;
        let address = listener.local_addr().map_err(failed())?;
        let (sender, messages) = mpsc::channel(256);
        tokio::spawn(accept(listener, sender));
        Ok(Self { address, messages })
    }

    /// Where SNS posts to.
    pub fn url(&self) -> String {
        format!("http://{}/notifications", self.address)
    }

    /// Whether an address is that of a subscriber of this kind, of this run or of one that was killed.
    pub fn is_ours(url: &str) -> bool {
        url.starts_with("http://127.0.0.1:") && url.ends_with("/notifications")
    }

    /// The next message.
    pub async fn next(&mut self) -> Option<SnsMessage> {
        self.messages.recv().await
    }

    /// Confirms the subscription when asked to and tells every notification. Runs until dropped.
    pub async fn tell_notifications(mut self, session: Session, tell: Teller) {
        while let Some(message) = self.next().await {
            match (message.r#type.as_str(), &message.token) {
                ("SubscriptionConfirmation", Some(token)) => {
                    match session
                        .confirm_subscription(&message.topic_arn, token)
                        .await
                    {
                        Ok(()) => tell.say(format_args!("subscribed to {}", message.topic_arn)),
                        Err(error) => tell.say(error),
                    }
                }
                ("Notification", _) => tell.say(describe(&message)),
                _ => {}
            }
        }
    }
}

/// One line: the topic, the subject, and the reason that an alarm's message holds.
fn describe(message: &SnsMessage) -> String {
    let topic = message.topic_arn.rsplit(':').next().unwrap_or_default();
    let subject = message.subject.as_deref().unwrap_or("no subject");
    let alarm: Option<serde_json::Value> = serde_json::from_str(&message.message).ok();
    let member = |name| alarm.as_ref()?.get(name)?.as_str();
    match (member("OldStateValue"), member("NewStateValue")) {
        (Some(old), Some(new)) => format!("notified by {topic}: {subject} (was {old}, is {new})"),
        _ => format!("notified by {topic}: {subject}"),
    }
}

async fn accept(listener: TcpListener, messages: mpsc::Sender<SnsMessage>) {
    while let Ok((stream, _)) = listener.accept().await {
        if messages.is_closed() {
            return;
        }
        tokio::spawn(serve(stream, messages.clone()));
    }
}

async fn serve(stream: TcpStream, messages: mpsc::Sender<SnsMessage>) {
    let service = service_fn(|request| answer(request, messages.clone()));
    let connection = hyper::server::conn::http1::Builder::new();
    // A connection that breaks is SNS's to notice: it sends again.
    let _ = connection
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(
    request: Request<Incoming>,
    messages: mpsc::Sender<SnsMessage>,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let status = take(request, messages).await;
    let mut response = Response::new(Empty::new());
    *response.status_mut() = status;
    Ok(response)
}

async fn take(request: Request<Incoming>, messages: mpsc::Sender<SnsMessage>) -> StatusCode {
    if request.method() != Method::POST || request.uri().path() != "/notifications" {
        return StatusCode::NOT_FOUND;
    }
    let Ok(body) = Limited::new(request.into_body(), MAX_BODY).collect().await else {
        return StatusCode::BAD_REQUEST;
    };
    let Ok(message) = serde_json::from_slice(&body.to_bytes()) else {
        return StatusCode::BAD_REQUEST;
    };
    match messages.send(message).await {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::up::http::Connection;
    use serde_json::json;

    #[tokio::test]
    async fn what_sns_posts_arrives() {
        let mut subscriber = Subscriber::start().await.unwrap();
        assert!(Subscriber::is_ours(&subscriber.url()));
        let mut connection = Connection::new(subscriber.address);
        let alarm = json!({"OldStateValue": "OK", "NewStateValue": "ALARM"}).to_string();
        let body = json!({
            "Type": "Notification", "TopicArn": "arn:aws:sns:us-east-1:1:alerts",
            "Subject": "ALARM: \"a\"", "Message": alarm, "SignatureVersion": "1",
        });
        let (status, _) = connection
            .post("/notifications", body.to_string())
            .await
            .unwrap();
        assert_eq!(status, StatusCode::OK);
        let message = subscriber.next().await.unwrap();
        assert_eq!(
            describe(&message),
            "notified by alerts: ALARM: \"a\" (was OK, is ALARM)"
        );
    }

    #[tokio::test]
    async fn what_is_no_message_of_sns_is_refused() {
        let subscriber = Subscriber::start().await.unwrap();
        let mut connection = Connection::new(subscriber.address);
        for (path, body, expected) in [("/notifications", "{}", 400), ("/", "{}", 404)] {
            let (status, _) = connection.post(path, body).await.unwrap();
            assert_eq!(status.as_u16(), expected);
        }
    }
}
