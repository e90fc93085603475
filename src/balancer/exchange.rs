use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use belfry_engine::base::Millis;

use super::routing::GroupName;

/// One request and what became of it: what a line of the access log says, and what metrics count.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// When the request came.
    pub created: Millis,
    /// From then until the answer was made.
    pub elapsed: Duration,
    /// Who asked.
    pub client: SocketAddr,
    /// The connection's name in the log: `TID_` and 32 digits.
    pub connection: Arc<str>,
    /// The target group that was chosen; none where the request was refused before.
    pub group: Option<Arc<GroupName>>,
    /// The target that was chosen; none where there was none.
    pub target: Option<SocketAddr>,
    /// From the request until it was sent to the target; none where it was not.
    pub request_time: Option<Duration>,
    /// From then until the target began to answer, or closed the connection; none where it did neither.
    pub target_time: Option<Duration>,
    /// From then until the answer was passed on; none where there was none.
    pub response_time: Option<Duration>,
    /// What the client was answered; 460 where it did not wait.
    pub status: u16,
    /// What the target answered.
    pub target_status: Option<u16>,
    /// Bytes of the request, head and body.
    pub received: u64,
    /// Bytes of the response, head and body.
    pub sent: u64,
    /// `GET http://localhost:8080/ HTTP/1.1`.
    pub request: String,
    /// The request's `User-Agent`.
    pub user_agent: Option<String>,
    /// `X-Amzn-Trace-Id` as the target got it.
    pub trace_id: Option<String>,
    /// Whether the target is unhealthy, as are all others of its group.
    pub is_fail_open: bool,
    /// Whether no connection to the target could be made.
    pub is_connection_error: bool,
}

/// The client closed the connection before it was answered.
pub(super) const CLIENT_CLOSED: u16 = 460;

impl Exchange {
    /// A request that just came, not answered yet.
    pub(super) fn new(created: Millis, client: SocketAddr, connection: &Arc<str>) -> Self {
        Self {
            created,
            elapsed: Duration::ZERO,
            client,
            connection: Arc::clone(connection),
            group: None,
            target: None,
            request_time: None,
            target_time: None,
            response_time: None,
            status: CLIENT_CLOSED,
            target_status: None,
            received: 0,
            sent: 0,
            request: String::new(),
            user_agent: None,
            trace_id: None,
            is_fail_open: false,
            is_connection_error: false,
        }
    }

    /// The client did not send all of its request: then no target is named, and no time told (user guide, "Access log
    /// entries", `target:port`).
    pub(super) fn forget_target(&mut self) {
        self.target = None;
        self.request_time = None;
        self.target_time = None;
    }

    /// Whether the request went to a target, or would have gone to one.
    pub fn was_routed(&self) -> bool {
        self.group.is_some()
    }
}
