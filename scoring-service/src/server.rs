//! Start and stop: bind, serve until told to stop, finish what is under way, write every line.

use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{oneshot, watch};

use crate::api::{App, router};
use crate::clock::{Clock, SystemClock};
use crate::log::{Level, LogWriter, Measurements, Record, WriterTask, to_line};
use crate::settings::Settings;

/// How long requests under way may take to finish after the service was told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// What keeps the service from running.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// The address cannot be listened on.
    #[error("cannot listen on `{address}` (`--listen` chooses another)")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The system refused something else.
    #[error("cannot {what}")]
    System {
        /// What was to be done.
        what: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

fn cannot(what: &'static str) -> impl FnOnce(io::Error) -> ServiceError {
    move |source| ServiceError::System { what, source }
}

/// Runs the service with its own threads until SIGTERM, Ctrl-C, the end of the log's reader or
/// (where the settings say so) the end of standard input. Lines go to `sink`; all of them are
/// written before this returns.
pub fn run(settings: &Settings, sink: Box<dyn Write + Send>) -> Result<(), ServiceError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(cannot("start the runtime"))?;
    let served = runtime.block_on(serve(settings, sink));
    // Ends connections that outlived the grace; they hold ends of the log's queue.
    runtime.shutdown_timeout(Duration::from_secs(1));
    served?.finish().map_err(cannot("write the log"))
}

async fn serve(
    settings: &Settings,
    sink: Box<dyn Write + Send>,
) -> Result<WriterTask, ServiceError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let unusable = |source| ServiceError::Listen {
        address: settings.listen,
        source,
    };
    let listener = TcpListener::bind(settings.listen).await.map_err(unusable)?;
    let address = listener.local_addr().map_err(unusable)?;
    let (log, writer) = LogWriter::start(sink).map_err(cannot("start the log writer"))?;
    let stop = stop_signal(settings, writer.gone())?;
    let app = App::new(settings, clock, log);
    announce(&app, "service started", Some(address)).await;
    serve_until(listener, app.clone(), stop).await?;
    announce(&app, "service stopped", None).await;
    Ok(writer)
}

async fn announce(app: &App, message: &str, address: Option<SocketAddr>) {
    let mut record = Record::new(app.clock.wall(), Level::Info, message);
    record.address = address.map(|address| address.to_string());
    app.log
        .write(to_line(&record, &Measurements::default()))
        .await;
}

/// Serves until `stop` ends, then until the requests under way have ended, but not beyond [`GRACE`].
async fn serve_until(
    listener: TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServiceError> {
    let listener = listener.tap_io(|stream| {
        // Answers are small and awaited: waiting to fill a packet only adds latency.
        let _ = stream.set_nodelay(true);
    });
    let (tell, mut stopping) = watch::channel(false);
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        app.drain();
        let _ = tell.send(true);
    });
    let grace_over = async move {
        let _ = stopping.wait_for(|stopping| *stopping).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = serving => served.map_err(cannot("serve")),
        () = grace_over => Ok(()),
    }
}

/// Ends when the service is to stop, whichever reason comes first.
fn stop_signal(
    settings: &Settings,
    mut log_gone: watch::Receiver<bool>,
) -> Result<impl Future<Output = ()> + Send + 'static, ServiceError> {
    let mut terminate = signal(SignalKind::terminate()).map_err(cannot("listen for SIGTERM"))?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(cannot("listen for Ctrl-C"))?;
    let stdin_closed = stdin_closed(settings.stop_with_stdin)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = log_gone.wait_for(|gone| *gone) => {}
            () = stdin_closed => {}
        }
    })
}

/// Ends when standard input does. A parent that holds the other end of the pipe takes this process
/// with it, however the parent ends: the system closes a dead process's pipes.
fn stdin_closed(wanted: bool) -> Result<impl Future<Output = ()> + Send + 'static, ServiceError> {
    let (tell, told) = oneshot::channel();
    if wanted {
        std::thread::Builder::new()
            .name("stdin-watch".to_owned())
            .spawn(move || {
                let mut buffer = [0; 256];
                while matches!(io::stdin().read(&mut buffer), Ok(n) if n > 0) {}
                let _ = tell.send(());
            })
            .map_err(cannot("watch standard input"))?;
    } else {
        // Never told: the sender lives as long as the process.
        std::mem::forget(tell);
    }
    Ok(async move {
        let _ = told.await;
    })
}
