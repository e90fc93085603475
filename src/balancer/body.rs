use std::error::Error;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::client::conn::http1::SendRequest;
use tokio::time::{Instant, Sleep, sleep};

use super::client::Client;

type Failed = Box<dyn Error + Send + Sync>;

/// How far a request's body was passed on.
#[derive(Clone, Debug, Default)]
pub(super) struct PassedOn(Arc<Mutex<Progress>>);

#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    /// When the last of it was.
    whole: Option<Instant>,
    /// When the client last sent something.
    heard: Option<Instant>,
    /// Whether the client is to send more before anything can go on.
    is_waiting: bool,
    /// Whether the client broke off.
    is_broken: bool,
}

impl PassedOn {
    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When the body was passed on whole; none where some of it is still to come.
    pub(super) fn at(&self) -> Option<Instant> {
        self.progress().whole
    }

    /// When the client last sent something of the body.
    pub(super) fn heard(&self) -> Option<Instant> {
        self.progress().heard
    }

    /// Whether it is the client that says nothing.
    pub(super) fn is_waiting_for_client(&self) -> bool {
        let progress = self.progress();
        progress.is_waiting && progress.whole.is_none()
    }

    /// Whether the client broke off, or is still to send something.
    pub(super) fn is_incomplete(&self) -> bool {
        self.progress().whole.is_none()
    }

    /// Whether the client broke off.
    pub(super) fn is_broken(&self) -> bool {
        self.progress().is_broken
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
            passed_on.progress().whole = Some(Instant::now());
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
        let polled = Pin::new(&mut self.inner).poll_frame(cx);
        let is_end = self.inner.is_end_stream();
        let mut progress = self.passed_on.progress();
        progress.is_waiting = polled.is_pending();
        if let Poll::Ready(frame) = &polled {
            let now = Instant::now();
            match frame {
                Some(Ok(_)) => progress.heard = Some(now),
                Some(Err(_)) => progress.is_broken = true,
                None => {}
            }
            if frame.is_none() || (is_end && !progress.is_broken) {
                progress.whole.get_or_insert(now);
            }
        }
        drop(progress);
        polled
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
    /// Whether it stopped to speak before its answer was whole.
    is_silent: bool,
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
            is_silent: false,
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
                self.is_silent = true;
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
            Inner::Target(target) => {
                let frame = ready!(target.poll(cx));
                if matches!(frame, Some(Err(_))) {
                    // The head is on its way; the log tells the end all the same, with the status of that end.
                    let status = if target.is_silent { 504 } else { 502 };
                    self.client.note(|exchange| exchange.status = status);
                }
                Poll::Ready(frame)
            }
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
