use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http::header::{CONNECTION, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request, Response, Version};
use hyper::body::Incoming;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::body::{Lent, PassedOn, RequestBody, ResponseBody};
use super::client::Client;
use super::exchange::Exchange;
use super::pool::Unreachable;
use super::refusal::Refusal;
use super::{forward, trace_id};

/// Answers one request with what a target says, or with the balancer's own words.
pub(super) async fn answer(
    client: Arc<Client>,
    request: Request<Incoming>,
) -> Result<Response<ResponseBody>, Infallible> {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let refused = client.refused();
    let exchange = match refused {
        Some((_, false)) => not_understood(&client),
        _ => describe(&client, &parts),
    };
    client.begin(exchange, started);
    let passed_on = match refused {
        Some((refusal, _)) => Err(refusal),
        None => pass_on(&client, parts, body, started).await,
    };
    if let Err(Refusal::ClientTimeout | Refusal::BadRequest) = &passed_on {
        client.note(Exchange::forget_target);
    }
    let mut response = passed_on.unwrap_or_else(|refusal| refusal.response(&client));
    if client.age() >= client.balancer.settings().client_keep_alive {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(CONNECTION, close);
    }
    client.answer(response.status().as_u16());
    Ok(response)
}

/// A request that could not be read has no name.
pub(super) fn not_understood(client: &Client) -> Exchange {
    let balancer = &client.balancer;
    Exchange {
        request: format!("- http://{}- -", balancer.address()),
        ..Exchange::new(balancer.now(), client.address, &client.id)
    }
}

/// What is known of a request before anything is done with it.
fn describe(client: &Client, parts: &Parts) -> Exchange {
    let balancer = &client.balancer;
    let version = match parts.version {
        Version::HTTP_10 => "HTTP/1.0",
        _ => "HTTP/1.1",
    };
    let url = forward::url(parts, balancer.port());
    let text = |name: &str| text(&parts.headers, name);
    let given = text(trace_id::HEADER);
    Exchange {
        request: format!("{} {url} {version}", parts.method),
        user_agent: text(USER_AGENT.as_str()),
        trace_id: Some(balancer.trace_id(given.as_deref())),
        ..Exchange::new(balancer.now(), client.address, &client.id)
    }
}

/// A header's value; bytes that are no ASCII become U+FFFD.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.as_bytes();
    Some(String::from_utf8_lossy(value).into_owned())
}

async fn pass_on(
    client: &Arc<Client>,
    mut parts: Parts,
    body: Incoming,
    started: Instant,
) -> Result<Response<ResponseBody>, Refusal> {
    if parts.method == Method::TRACE {
        return Err(Refusal::Trace);
    }
    if forward::has_too_many_addresses(&parts.headers) {
        return Err(Refusal::TooManyAddresses);
    }
    let balancer = &client.balancer;
    let choice = balancer.choose().ok_or(Refusal::NoTarget)?;
    let mut trace_id = None;
    client.note(|exchange| {
        exchange.group = Some(Arc::clone(&choice.group));
        exchange.target = choice.target;
        exchange.is_fail_open = choice.is_fail_open;
        trace_id.clone_from(&exchange.trace_id);
    });
    let target = choice.target.ok_or(Refusal::NoTarget)?;
    let trace_id = trace_id.unwrap_or_default();
    let settings = balancer.settings();
    forward::to_target(
        &mut parts,
        client.address,
        balancer.port(),
        &trace_id,
        &settings,
    );
    let (body, passed_on) = RequestBody::new(body);
    client.passes_on(&passed_on);
    let request = Request::from_parts(parts, body);
    let lent = match balancer.pool().reuse(target, settings.idle_timeout).await {
        Some(lent) => Send::Used(lent),
        None => Send::New(target),
    };
    let way = Way {
        client,
        started,
        passed_on,
        gone: choice.gone,
        idle_timeout: settings.idle_timeout,
        connect_timeout: settings.connect_timeout,
    };
    way.send(lent, request).await
}

/// Over which connection a request is sent.
enum Send {
    Used(Lent),
    New(std::net::SocketAddr),
}

/// A request on its way to a target.
struct Way<'c> {
    client: &'c Arc<Client>,
    started: Instant,
    passed_on: PassedOn,
    gone: Option<watch::Receiver<bool>>,
    idle_timeout: Duration,
    connect_timeout: Duration,
}

impl Way<'_> {
    /// Sends; a connection that was used before and turns out to be closed is replaced, where nothing of the request
    /// was written to it.
    async fn send(
        self,
        over: Send,
        request: Request<RequestBody>,
    ) -> Result<Response<ResponseBody>, Refusal> {
        let target = match over {
            Send::New(target) => target,
            Send::Used(lent) => {
                let target = lent.target;
                match self.ask(lent, request).await {
                    Ok(response) => return Ok(response),
                    Err((refusal, None)) => return Err(refusal),
                    Err((_, Some(unsent))) => return self.send_anew(target, *unsent).await,
                }
            }
        };
        self.send_anew(target, request).await
    }

    async fn send_anew(
        &self,
        target: std::net::SocketAddr,
        request: Request<RequestBody>,
    ) -> Result<Response<ResponseBody>, Refusal> {
        let pool = self.client.balancer.pool();
        let connecting = pool.connect(target, self.connect_timeout).await;
        let lent = connecting.map_err(|unreachable| {
            self.client
                .note(|exchange| exchange.is_connection_error = true);
            match unreachable {
                Unreachable::Refused => Refusal::BadGateway,
                Unreachable::TimedOut => Refusal::TargetTimeout,
            }
        })?;
        let asked = self.ask(lent, request).await;
        asked.map_err(|(refusal, _)| refusal)
    }

    /// The target's answer; else the refusal, with the request where nothing of it was written.
    async fn ask(
        &self,
        mut lent: Lent,
        request: Request<RequestBody>,
    ) -> Result<Response<ResponseBody>, (Refusal, Option<Box<Request<RequestBody>>>)> {
        let sent = Instant::now();
        self.client
            .note(|exchange| exchange.request_time = Some(sent - self.started));
        let answering = lent.sender.try_send_request(request);
        tokio::pin!(answering);
        let answered = tokio::select! {
            answered = &mut answering => answered,
            refusal = self.silence(sent) => {
                match refusal {
                    Refusal::ClientTimeout => {}
                    _ => drop(self.timed_request(sent)),
                }
                return Err((refusal, None));
            }
            () = self.time_is_over() => {
                self.timed(sent);
                return Err((Refusal::BadGateway, None));
            }
        };
        match answered {
            Ok(response) => Ok(self.answered(response, lent, sent)),
            Err(_) if self.passed_on.is_broken() => Err((Refusal::BadRequest, None)),
            Err(mut error) => {
                let unsent = error.take_message().map(Box::new);
                if unsent.is_none() {
                    self.timed(sent);
                }
                Err((Refusal::BadGateway, unsent))
            }
        }
    }

    /// Completes when nobody has said anything for the idle timeout, with the answer for whose turn it was.
    async fn silence(&self, sent: Instant) -> Refusal {
        loop {
            let heard = [self.passed_on.at(), self.passed_on.heard()];
            let heard = heard.into_iter().flatten().max().unwrap_or(sent).max(sent);
            let until = heard + self.idle_timeout;
            if Instant::now() >= until {
                return match self.passed_on.is_waiting_for_client() {
                    true => Refusal::ClientTimeout,
                    false => Refusal::TargetTimeout,
                };
            }
            sleep_until(until).await;
        }
    }

    /// Completes when the target was deregistered and its requests have had their time.
    async fn time_is_over(&self) {
        if let Some(gone) = &self.gone
            && gone.clone().wait_for(|gone| *gone).await.is_ok()
        {
            return;
        }
        std::future::pending::<()>().await;
    }

    fn answered(
        &self,
        response: Response<Incoming>,
        lent: Lent,
        sent: Instant,
    ) -> Response<ResponseBody> {
        self.timed(sent);
        let (mut parts, body) = response.into_parts();
        forward::to_client(&mut parts.headers);
        parts.version = Version::HTTP_11;
        let answered = Instant::now();
        let response =
            Response::from_parts(parts, ResponseBody::of_target(body, lent, self.client));
        self.client.note(|exchange| {
            exchange.target_status = Some(response.status().as_u16());
            exchange.response_time = Some(answered.elapsed());
        });
        response
    }

    /// The target's time ends now, with its answer or with its silence broken otherwise.
    fn timed(&self, sent: Instant) {
        let whole = self.timed_request(sent);
        self.client
            .note(|exchange| exchange.target_time = Some(whole.elapsed()));
    }

    /// The request was sent when its body was; gives that moment.
    fn timed_request(&self, sent: Instant) -> Instant {
        let whole = self.passed_on.at().map_or(sent, |at| at.max(sent));
        self.client
            .note(|exchange| exchange.request_time = Some(whole - self.started));
        whole
    }
}
