use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::error::UpError;

/// Listens on a port of loopback; a port that is taken is named with the flag that changes it.
pub(super) async fn listen(
    what: &'static str,
    port: u16,
    flag: &'static str,
) -> Result<(TcpListener, SocketAddr), UpError> {
    let refused = |source: io::Error| UpError::Port {
        what,
        port,
        flag,
        source,
    };
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    Ok((listener, address))
}

/// A server in a task of its own, which ends when told to.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), String>>,
}

impl Server {
    /// Starts `serve`, which gets the future that tells it to stop.
    pub(super) fn start<F, S>(address: SocketAddr, serve: S) -> Self
    where
        F: Future<Output = Result<(), String>> + Send + 'static,
        S: FnOnce(Shutdown) -> F,
    {
        let (stop, stopped) = oneshot::channel();
        Self {
            address,
            stop,
            task: tokio::spawn(serve(Shutdown(stopped))),
        }
    }

    /// Its address as a URL.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Tells it to stop and waits until it has. Connections that stay open do not keep it: nothing is
    /// under way on them once everything else has stopped.
    pub(super) async fn stop(self) -> Result<(), String> {
        const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);
        let _ = self.stop.send(());
        let abort = self.task.abort_handle();
        match tokio::time::timeout(PATIENCE, self.task).await {
            Ok(Ok(ended)) => ended,
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => {
                abort.abort();
                Ok(())
            }
        }
    }
}

/// Completes when a [`Server`] is to stop.
#[derive(Debug)]
pub(super) struct Shutdown(oneshot::Receiver<()>);

impl Shutdown {
    pub(super) async fn requested(self) {
        // A sender that is gone asks for the same.
        let _ = self.0.await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_is_named_with_its_flag() {
        let (_taken, address) = listen("the page", 0, "--port").await.unwrap();
        let error = listen("the page", address.port(), "--port")
            .await
            .unwrap_err();
        let expected = format!(
            "cannot listen on 127.0.0.1:{} for the page, `--port` chooses another port",
            address.port()
        );
        assert_eq!(error.to_string(), expected);
    }
}
