use std::time::Duration;

use belfry_engine::account::Delivery;
use http::Uri;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::message;
use crate::endpoint::is_loopback_url;

/// A subscriber that has not answered by then counts as failed; SNS waits 15 seconds too.
const PATIENCE: Duration = Duration::from_secs(15);

/// Sends one delivery, again after each of `delays` while it fails; the error is what the last attempt met.
pub(in crate::endpoint) async fn send(
    delivery: &Delivery,
    address: &str,
    delays: &[Duration],
) -> Result<(), String> {
    let mut delays = delays.iter();
    loop {
        let attempt = tokio::time::timeout(PATIENCE, attempt(delivery, address)).await;
        let failed = match attempt {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(failed)) => failed,
            Err(_) => format!("no answer within {} seconds", PATIENCE.as_secs()),
        };
        match delays.next() {
            Some(delay) => tokio::time::sleep(*delay).await,
            None => return Err(failed),
        }
    }
}

async fn attempt(delivery: &Delivery, address: &str) -> Result<(), String> {
    let to = &delivery.subscription.endpoint;
    if !is_loopback_url(to) {
        return Err("the address is not on this machine".to_owned());
    }
    let uri: Uri = to.parse().map_err(|error| format!("{error}"))?;
    let host = uri.host().unwrap_or("127.0.0.1").trim_matches(['[', ']']);
    let stream = TcpStream::connect((host, uri.port_u16().unwrap_or(80)))
        .await
        .map_err(|error| format!("cannot connect: {error}"))?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| format!("cannot connect: {error}"))?;
    let connection = tokio::spawn(connection);
    let request = message::request(delivery, address).map_err(|error| error.to_string())?;
    let answered = sender.send_request(request).await;
    connection.abort();
    match answered {
        Ok(response) if response.status().is_success() => Ok(()),
        Ok(response) => Err(format!("answered {}", response.status())),
        Err(error) => Err(format!("no answer: {error}")),
    }
}
