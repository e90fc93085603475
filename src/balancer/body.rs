use std::error::Error;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::client::conn::http1::SendRequest;
use tokio::time::{Instant, Sleep, sleep};

use super::client::Client;

type Failed = Box<dyn Error + Send + Sync>;

/// When a request's body was passed on whole.
#[derive(Clone, Debug, Default)]
pub(super) struct PassedOn(Arc<Mutex<Option<Instant>>>);

impl PassedOn {
    /// The moment; none where some of the body is still to come.
    pub(super) fn at(&self) -> Option<Instant> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) {
        let mut at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        at.get_or_insert_with(Instant::now);
    }
}

/// A client's request body on its way to the target.
#[derive(Debug)]
pub(super) struct RequestBody {
    inner: Incoming,
    passed_on: PassedOn,
}

impl RequestBody {
    pub(super) fn new(inner: Incoming) -> (Self, PassedOn) {
        let passed_on = PassedOn::default();
        if inner.is_end_stream() {
            passed_on.now();
        }
        let body = Self {
            inner,
            passed_on: passed_on.clone(),
        };
        (body, passed_on)
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.inner).poll_frame(cx));
        if frame.is_none() || self.inner.is_end_stream() {
            self.passed_on.now();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// A connection to a target that is free again when a response's body has ended.
#[derive(Debug)]
pub(super) struct Lent {
    pub(super) target: SocketAddr,
    pub(super) sender: SendRequest<RequestBody>,
}

/// A response's body on its way to the client: the balancer's own, or a target's.
#[derive(Debug)]
pub(super) struct ResponseBody {
    inner: Inner,
    client: Arc<Client>,
}

#[derive(Debug)]
enum Inner {
    Own(Full<Bytes>),
    Target(Box<FromTarget>),
}

#[derive(Debug)]
struct FromTarget {
    body: Incoming,
    /// Given back when all was read.
    lent: Option<Lent>,
    has_ended: bool,
    idle_timeout: Duration,
    silence: Pin<Box<Sleep>>,
}

impl ResponseBody {
    /// A text of the balancer's own.
    pub(super) fn own(text: String, client: &Arc<Client>) -> Self {
        Self {
            inner: Inner::Own(Full::new(text.into())),
            client: Arc::clone(client),
        }
    }

    /// What comes from a target over a connection that was lent.
    pub(super) fn of_target(body: Incoming, lent: Lent, client: &Arc<Client>) -> Self {
        let idle_timeout = client.balancer.settings().idle_timeout;
        let has_ended = body.is_end_stream();
        let target = FromTarget {
            body,
            lent: Some(lent),
            has_ended,
            idle_timeout,
            silence: Box::pin(sleep(idle_timeout)),
        };
        Self {
            inner: Inner::Target(Box::new(target)),
            client: Arc::clone(client),
        }
    }
}

impl FromTarget {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Failed>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(frame) => {
                self.has_ended |= frame.is_none() || self.body.is_end_stream();
                self.silence
                    .as_mut()
                    .reset(Instant::now() + self.idle_timeout);
                Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
            }
            Poll::Pending => {
                ready!(self.silence.as_mut().poll(cx));
                Poll::Ready(Some(Err(
                    "the target said nothing within the idle timeout".into()
                )))
            }
        }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Failed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failed>>> {
        match &mut self.inner {
            Inner::Own(body) => {
                let frame = ready!(Pin::new(body).poll_frame(cx));
                Poll::Ready(frame.map(|frame| frame.map_err(|never| match never {})))
            }
            Inner::Target(target) => target.poll(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Inner::Own(body) => body.is_end_stream(),
            Inner::Target(target) => target.body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Inner::Own(body) => body.size_hint(),
            Inner::Target(target) => target.body.size_hint(),
        }
    }
}

/// Nothing more is written; a connection whose response was read to its end is used again.
impl Drop for ResponseBody {
    fn drop(&mut self) {
        self.client.whole();
        if let Inner::Target(target) = &mut self.inner
            && target.has_ended
            && let Some(lent) = target.lent.take()
        {
            self.client.balancer.pool().put(lent);
        }
    }
}
