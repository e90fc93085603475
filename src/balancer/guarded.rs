use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

use super::chunks::Chunks;
use super::client::Client;
use super::head::{self, BodyLength};
use super::refusal::Refusal;

/// What is read of a client's connection at once.
const PIECE: usize = 16 * 1024;

/// What stands for a request that cannot be read, so that its refusal is answered as any request is.
const UNREADABLE: &[u8] = b"GET / HTTP/1.1\r\nhost: -\r\nconnection: close\r\n\r\n";

/// A client's connection that hands on whole heads of requests alone, each one looked at before: what is refused because of
/// its head is noted with the client and answered by `answer.rs`. Behind a refusal nothing more is handed on.
#[derive(Debug)]
pub(super) struct Guarded<S> {
    stream: S,
    client: Arc<Client>,
    place: Place,
    /// A head that goes on.
    head: Vec<u8>,
    /// What may be handed on, and how much of it was.
    ready: Vec<u8>,
    handed: usize,
    idle_timeout: Duration,
    heard: Instant,
    silence: Pin<Box<Sleep>>,
}

#[derive(Debug)]
enum Place {
    Head,
    Body(u64),
    Chunks(Box<Chunks>),
    Refused,
}

impl<S> Guarded<S> {
    pub(super) fn new(stream: S, client: Arc<Client>) -> Self {
        let idle_timeout = client.balancer.settings().idle_timeout;
        Self {
            stream,
            client,
            place: Place::Head,
            head: Vec::new(),
            ready: Vec::new(),
            handed: 0,
            idle_timeout,
            heard: Instant::now(),
            silence: Box::pin(sleep(idle_timeout)),
        }
    }

    /// Sorts what came into heads and bodies.
    fn take(&mut self, mut bytes: &[u8]) {
        self.heard = Instant::now();
        while !bytes.is_empty() {
            let here = match &mut self.place {
                Place::Refused => return,
                Place::Head => {
                    self.take_head(bytes);
                    return;
                }
                Place::Body(left) => {
                    let here = usize::try_from(*left)
                        .unwrap_or(usize::MAX)
                        .min(bytes.len());
                    *left -= u64::try_from(here).unwrap_or(*left);
                    if *left == 0 {
                        self.place = Place::Head;
                    }
                    here
                }
                Place::Chunks(chunks) => match chunks.take(bytes) {
                    Some(here) => {
                        self.place = Place::Head;
                        here
                    }
                    None => bytes.len(),
                },
            };
            let (body, rest) = bytes.split_at(here);
            self.ready.extend_from_slice(body);
            bytes = rest;
        }
    }

    fn take_head(&mut self, bytes: &[u8]) {
        self.head.extend_from_slice(bytes);
        // Empty lines before a request are no part of it (RFC 9112, 2.2).
        let empty = self.head.iter().take_while(|byte| b"\r\n".contains(byte));
        self.head.drain(..empty.count());
        let Some(end) = head::end(&self.head) else {
            if let Err(refusal) = head::check_unfinished(&self.head) {
                self.refuse(refusal, None);
            }
            return;
        };
        let rest = self.head.split_off(end);
        let text = std::mem::take(&mut self.head);
        match head::read(&text) {
            Ok(head) => {
                self.ready.extend_from_slice(&head.text);
                self.place = match head.body {
                    BodyLength::Bytes(0) => Place::Head,
                    BodyLength::Bytes(length) => Place::Body(length),
                    BodyLength::Chunked => Place::Chunks(Box::default()),
                };
                self.take(&rest);
            }
            Err(refused) => self.refuse(refused.refusal, refused.readable),
        }
    }

    fn refuse(&mut self, refusal: Refusal, readable: Option<Vec<u8>>) {
        self.place = Place::Refused;
        self.head.clear();
        self.client.refuse(refusal, readable.is_some());
        let text = readable.unwrap_or_else(|| UNREADABLE.to_vec());
        self.ready.extend_from_slice(&text);
    }

    /// Hands on what may be; says whether there was something.
    fn hand_on(&mut self, buffer: &mut ReadBuf<'_>) -> bool {
        let rest = self.ready.get(self.handed..).unwrap_or_default();
        if rest.is_empty() {
            return false;
        }
        let here = rest.len().min(buffer.remaining());
        buffer.put_slice(rest.get(..here).unwrap_or_default());
        self.handed += here;
        if self.handed == self.ready.len() {
            self.ready.clear();
            self.handed = 0;
        }
        true
    }

    /// What becomes of a client that says nothing: nothing while it is answered or its body is waited for; a half head is
    /// refused; a connection on which nothing was asked is closed without a word.
    fn poll_silence(&mut self, cx: &mut Context<'_>) -> Poll<Silence> {
        loop {
            ready!(self.silence.as_mut().poll(cx));
            let since = self.client.idle_since().map(|idle| idle.max(self.heard));
            let now = Instant::now();
            let until = since.unwrap_or(now) + self.idle_timeout;
            if matches!(self.place, Place::Head) && since.is_some() && now >= until {
                return Poll::Ready(match self.head.is_empty() {
                    true => Silence::Idle,
                    false => Silence::HalfHead,
                });
            }
            self.silence
                .as_mut()
                .reset(until.max(now + self.idle_timeout / 10));
        }
    }
}

enum Silence {
    Idle,
    HalfHead,
}

impl<S: AsyncRead + Unpin> AsyncRead for Guarded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            if self.hand_on(buffer) {
                return Poll::Ready(Ok(()));
            }
            let mut piece = [0; PIECE];
            let mut read = ReadBuf::new(&mut piece);
            match Pin::new(&mut self.stream).poll_read(cx, &mut read) {
                // What was refused is still answered.
                Poll::Ready(Ok(()))
                    if read.filled().is_empty() && matches!(self.place, Place::Refused) =>
                {
                    return Poll::Pending;
                }
                Poll::Ready(Ok(())) if read.filled().is_empty() => {
                    if self.head.is_empty() {
                        return Poll::Ready(Ok(()));
                    }
                    // The client went away, or will say nothing more, in the middle of a head.
                    self.refuse(Refusal::BadRequest, None);
                }
                Poll::Ready(Ok(())) => self.take(read.filled()),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => match ready!(self.poll_silence(cx)) {
                    Silence::Idle => return Poll::Ready(Ok(())),
                    Silence::HalfHead => self.refuse(Refusal::ClientTimeout, None),
                },
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Guarded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
