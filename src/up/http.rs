use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Who asks, as access logs tell it.
const USER_AGENT: &str = concat!("belfry-up/", env!("CARGO_PKG_VERSION"));

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// One connection to a server on this machine, opened when first needed and again after it broke.
#[derive(Debug)]
pub(super) struct Connection {
    address: SocketAddr,
    sender: Option<SendRequest<Full<Bytes>>>,
}

impl Connection {
    pub(super) fn new(address: SocketAddr) -> Self {
        Self {
            address,
            sender: None,
        }
    }

    /// Posts JSON text and reads the whole answer.
    pub(super) async fn post(
        &mut self,
        path: &str,
        body: impl Into<Bytes>,
    ) -> io::Result<(StatusCode, Bytes)> {
        self.request(path, body.into()).await
    }

    async fn request(&mut self, path: &str, body: Bytes) -> io::Result<(StatusCode, Bytes)> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, self.address.to_string())
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, USER_AGENT)
            .body(Full::new(body))
            .map_err(io::Error::other)?;
        let answered = timeout(PATIENCE, self.exchange(request)).await;
        let answer = answered.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        if answer.is_err() {
            self.sender = None;
        }
        answer
    }

    async fn exchange(&mut self, request: Request<Full<Bytes>>) -> io::Result<(StatusCode, Bytes)> {
        let sender = self.sender().await?;
        let response = sender
            .send_request(request)
            .await
            .map_err(io::Error::other)?;
        let status = response.status();
        let body = response.into_body().collect().await;
        Ok((status, body.map_err(io::Error::other)?.to_bytes()))
    }

    async fn sender(&mut self) -> io::Result<&mut SendRequest<Full<Bytes>>> {
        let usable = match &mut self.sender {
            Some(sender) => sender.ready().await.is_ok(),
            None => false,
        };
        if !usable {
            self.sender = None;
        }
        match &mut self.sender {
            Some(sender) => Ok(sender),
            none => Ok(none.insert(connect(self.address).await?)),
        }
    }
}

async fn connect(address: SocketAddr) -> io::Result<SendRequest<Full<Bytes>>> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream))
        .await
        .map_err(io::Error::other)?;
    // Its errors come back through the request that meets them.
    tokio::spawn(connection);
    Ok(sender)
}
