use std::io;
use std::sync::Arc;

use belfry_engine::base::Clock;
use tokio::net::TcpListener;

use super::{DashboardSource, router};

/// Serves the pages on `listener` until `shutdown` completes.
pub async fn serve(
    listener: TcpListener,
    source: Arc<dyn DashboardSource>,
    clock: Arc<dyn Clock>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router(source, clock))
        .with_graceful_shutdown(shutdown)
        .await
}
