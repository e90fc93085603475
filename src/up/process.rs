use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use belfry_engine::base::Clock;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::batch::LogLine;
use super::error::UpError;

/// Lines that wait to be shipped before the service must wait with writing.
const QUEUE: usize = 10_000;

/// How long the service may take to start, and to finish what is under way.
const PATIENCE: Duration = Duration::from_secs(15);

/// The scoring service as a process of its own: this same executable with its hidden command.
///
/// No path leaves it behind. Its standard input is a pipe whose other end is here; when that end
/// closes, the service finishes its requests and ends. [`ServiceProcess::stop`] closes it, and the
/// system closes it when this process dies, even by SIGKILL. It has a process group of its own, so
/// that Ctrl-C reaches only this process, which stops the traffic first.
#[derive(Debug)]
pub struct ServiceProcess {
    child: Child,
    stdin: Option<ChildStdin>,
    address: SocketAddr,
}

impl ServiceProcess {
    /// Starts `executable scoring-service` on a port of loopback (0 for any) and waits until it
    /// listens. Its output comes line by line.
    pub async fn start(
        executable: &Path,
        port: u16,
        clock: Arc<dyn Clock>,
    ) -> Result<(Self, mpsc::Receiver<LogLine>), UpError> {
        let mut child = Command::new(executable)
            .args(["scoring-service", "--stop-with-stdin", "--allow-incidents"])
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .process_group(0)
            .spawn()
            .map_err(UpError::system(format!("start `{}`", executable.display())))?;
        let stdin = child.stdin.take();
        let stdout = child
            .stdout
            .take()
            .ok_or_else(|| UpError::Service("has no output".into()))?;
        let (lines, received) = mpsc::channel(QUEUE);
        let (listening, address) = oneshot::channel();
        tokio::spawn(read(stdout, clock, lines, listening));
        match timeout(PATIENCE, address).await {
            Ok(Ok(address)) => Ok((
                Self {
                    child,
                    stdin,
                    address,
                },
                received,
            )),
            Ok(Err(_)) => Err(UpError::Service(format!(
                "ended at once: {}",
                ending(&mut child).await
            ))),
            Err(_) => Err(UpError::Service("did not start in time".into())),
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process id, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Completes when the service ends by itself, which it should not.
    pub async fn ended(&mut self) -> UpError {
        let ending = match self.child.wait().await {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        UpError::Service(format!("ended: {ending}"))
    }

    /// Lets it finish what is under way; kills it where that takes too long.
    pub async fn stop(mut self) -> Result<(), UpError> {
        self.stdin = None;
        if timeout(PATIENCE, self.child.wait()).await.is_err() {
            let failed = UpError::system("end the scoring service");
            self.child.kill().await.map_err(failed)?;
        }
        Ok(())
    }
}

async fn ending(child: &mut Child) -> String {
    match timeout(PATIENCE, child.wait()).await {
        Ok(Ok(status)) => status.to_string(),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "its output is closed".to_owned(),
    }
}

/// Reads lines until the service closes its output. The first one says where it listens.
async fn read(
    stdout: ChildStdout,
    clock: Arc<dyn Clock>,
    lines: mpsc::Sender<LogLine>,
    listening: oneshot::Sender<SocketAddr>,
) {
    let mut reader = BufReader::with_capacity(64 * 1024, stdout);
    let mut listening = Some(listening);
    let mut bytes = Vec::new();
    while let Ok(1..) = reader.read_until(b'\n', &mut bytes).await {
        let message = String::from_utf8_lossy(bytes.trim_ascii_end()).into_owned();
        bytes.clear();
        if let (Some(address), Some(tell)) = (
            address(&message),
            listening.take_if(|_| address(&message).is_some()),
        ) {
            let _ = tell.send(address);
        }
        let at = clock.now();
        if lines.send(LogLine { at, message }).await.is_err() {
            break;
        }
    }
}

/// The `address` of the line that says that the service started.
fn address(line: &str) -> Option<SocketAddr> {
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    line.get("address")?.as_str()?.parse().ok()
}
