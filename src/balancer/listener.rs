use std::sync::Arc;

use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::answer::{answer, not_understood};
use super::client::Client;
use super::counted::Counted;
use super::exchange::Exchange;
use super::guarded::Guarded;
use super::head::MOST_HEADERS;
use super::load_balancer::Balancer;

/// What is read of a request at once: larger than any head that `head.rs` lets through.
const BUFFER: usize = 128 * 1024;

/// Takes connections until `shutdown` completes, then lets the exchanges under way end.
pub async fn serve(
    balancer: Arc<Balancer>,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) {
    let (stop, stopping) = watch::channel(false);
    let mut connections = JoinSet::new();
    tokio::pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(connection(Arc::clone(&balancer), stream, stopping.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    stop.send_replace(true);
    while connections.join_next().await.is_some() {}
}

async fn connection(
    balancer: Arc<Balancer>,
    stream: TcpStream,
    mut stopping: watch::Receiver<bool>,
) {
    let Ok(address) = stream.peer_addr() else {
        return;
    };
    let _ = stream.set_nodelay(true);
    if !balancer.connected() {
        return;
    }
    let client = Arc::new(Client::new(Arc::clone(&balancer), address));
    balancer.log_connection(address, &client.id);
    let stream = Counted::new(stream, Arc::clone(&client));
    let io = TokioIo::new(Guarded::new(stream, Arc::clone(&client)));
    let service = service_fn(|request| answer(Arc::clone(&client), request));
    let serving = Builder::new()
        .max_buf_size(BUFFER)
        .max_headers(MOST_HEADERS)
        .serve_connection(io, service);
    tokio::pin!(serving);
    let served = tokio::select! {
        served = &mut serving => served,
        () = stopped(&mut stopping) => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    client.end();
    if let Err(error) = served
        && error.is_parse()
    {
        // What `head.rs` let through and is no HTTP all the same was answered with 400.
        let (received, sent) = client.rest();
        balancer.record(&Exchange {
            status: 400,
            received,
            sent,
            ..not_understood(&client)
        });
    }
    balancer.disconnected();
}

/// A sender that is gone says the same.
async fn stopped(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
}
