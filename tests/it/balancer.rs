//! The load balancer of `belfry up`: real connections in front of it and behind it.

use std::io::Read;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use belfry::balancer::{
    Balancer, GroupSettings, Health, HealthCheck, LogKind, LogSettings, Settings, check_health,
    serve,
};
use belfry_engine::alb::{AccessLogEntry, ConnectionLogEntry, Entry, HealthCheckLogEntry};
use belfry_engine::base::{Millis, VirtualClock};
use belfry_engine::metrics::DatumValues;
use flate2::read::MultiGzDecoder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

const NOW: Millis = Millis(0x6789_1233 * 1000);
const NAME: &str = "app/fraud-detection-alb/0123456789abcdef";

fn group(name: &str, weight: u32) -> GroupSettings {
    GroupSettings {
        name: name.to_owned(),
        arn: format!("arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/{name}/0f"),
        weight,
        deregistration_delay: Duration::from_secs(300),
        check: HealthCheck {
            port: None,
            path: "/health".into(),
            interval: Duration::from_millis(5),
            timeout: Duration::from_secs(5),
            healthy_threshold: 2,
            unhealthy_threshold: 2,
            matcher: "200-299".parse().unwrap(),
        },
    }
}

/// A balancer that is served until this is dropped.
struct Served {
    balancer: Arc<Balancer>,
    _stop: oneshot::Sender<()>,
}

impl Served {
    async fn start(idle_timeout: Duration) -> Self {
        let mut settings = Settings::of(NAME, "000000000000", "us-east-1");
        settings.idle_timeout = idle_timeout;
        let to = LogSettings {
            bucket: "logs".into(),
            prefix: String::new(),
        };
        settings.logs = LogKind::ALL.map(|kind| (kind, to.clone())).into();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let balancer = Balancer::new(
            settings,
            vec![group("blue", 1), group("green", 0)],
            listener.local_addr().unwrap(),
            Arc::new(VirtualClock::new(NOW)),
        );
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = Arc::clone(&balancer);
        tokio::spawn(async move {
            serve(serving, listener, async {
                let _ = stopped.await;
            })
            .await;
        });
        Self {
            balancer,
            _stop: stop,
        }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.balancer.address()).await.unwrap()
    }

    /// Sends a request over a connection of its own and reads the whole answer.
    async fn ask(&self, request: &str) -> String {
        let mut stream = self.connect().await;
        let close = request.replacen("\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1);
        stream.write_all(close.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8(answer).unwrap()
    }

    /// The lines logged since the last call, once there are `count`.
    async fn lines(&self, count: usize) -> Vec<String> {
        self.lines_of(LogKind::Access, count).await
    }

    async fn lines_of(&self, kind: LogKind, count: usize) -> Vec<String> {
        let mut lines = Vec::new();
        while lines.len() < count {
            tokio::task::yield_now().await;
            let Some(file) = self.balancer.take_log(kind, NOW) else {
                continue;
            };
            let mut text = String::new();
            let mut decoder = MultiGzDecoder::new(file.bytes.as_slice());
            decoder.read_to_string(&mut text).unwrap();
            lines.extend(text.lines().map(str::to_owned));
        }
        lines
    }

    async fn line(&self) -> String {
        self.lines(1).await.remove(0)
    }
}

/// What a target does instead of answering.
const CLOSES: &str = "";
const SILENT: &str = "...";

/// A target that answers every request with what `answer` makes of its head, and counts its connections.
async fn target(answer: fn(&str) -> String) -> (SocketAddr, mpsc::UnboundedReceiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, connections) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = sender.send(());
            tokio::spawn(async move {
                let mut head = Vec::new();
                let mut byte = [0];
                while stream.read(&mut byte).await.is_ok_and(|n| n == 1) {
                    head.push(byte[0]);
                    if head.ends_with(b"\r\n\r\n") {
                        let answer = answer(&String::from_utf8_lossy(&head));
                        head.clear();
                        match answer.as_str() {
                            CLOSES => return,
                            SILENT => continue,
                            _ => {}
                        }
                        stream.write_all(answer.as_bytes()).await.unwrap();
                    }
                }
            });
        }
    });
    (address, connections)
}

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

async fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap()
}

const PATIENT: Duration = Duration::from_secs(60);
const GET: &str = "GET /a?b HTTP/1.1\r\nHost: localhost\r\nUser-Agent: test\r\n\r\n";

#[tokio::test]
async fn a_request_reaches_the_target_with_the_names_of_client_and_trace() {
    let served = Served::start(PATIENT).await;
    let (address, _connections) = target(|head| ok(&head.to_lowercase())).await;
    served.balancer.register("blue", address);
    let answer = served.ask(GET).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    let line = served.line().await;
    let entry = AccessLogEntry::parse(&line).unwrap();
    let value = |name| entry.entry().value(name);
    let trace = value("trace_id").unwrap();
    assert!(
        trace.starts_with("Root=1-67891233-") && trace.len() == 40,
        "{trace}"
    );
    let port = served.balancer.address().port();
    for heard in [
        "get /a?b http/1.1\r\n".to_owned(),
        format!("host: localhost:{port}\r\n"),
        "x-forwarded-for: 127.0.0.1\r\n".to_owned(),
        "x-forwarded-proto: http\r\n".to_owned(),
        format!("x-forwarded-port: {port}\r\n"),
        format!("x-amzn-trace-id: {}\r\n", trace.to_lowercase()),
    ] {
        assert!(answer.contains(&heard), "{heard} {answer}");
    }
    let request = format!("GET http://localhost:{port}/a?b HTTP/1.1");
    assert_eq!(value("request"), Some(request.as_str()));
    assert_eq!(value("target:port"), Some(address.to_string().as_str()));
    let sent = answer.len().to_string();
    let received = (GET.len() + "Connection: close\r\n".len()).to_string();
    assert_eq!(value("sent_bytes"), Some(sent.as_str()));
    assert_eq!(value("received_bytes"), Some(received.as_str()));
    assert_eq!(
        (value("elb_status_code"), value("target_status_code")),
        (Some("200"), Some("200"))
    );
    assert!(value("target_processing_time").unwrap().starts_with("0."));
}

#[tokio::test]
async fn connections_are_kept_on_both_sides_and_each_request_has_its_line() {
    let served = Served::start(PATIENT).await;
    let (address, mut connections) = target(|_| ok("four")).await;
    served.balancer.register("blue", address);
    let mut stream = served.connect().await;
    let mut answer = vec![0; 1024];
    for _ in 0..3 {
        stream.write_all(GET.as_bytes()).await.unwrap();
        let mut read = 0;
        while !answer[..read].ends_with(b"four") {
            read += stream.read(&mut answer[read..]).await.unwrap();
        }
    }
    let lines = served.lines(3).await;
    let part = |line: &String, name| {
        let entry = AccessLogEntry::parse(line).unwrap();
        entry.entry().value(name).map(str::to_owned)
    };
    for name in [
        "conn_trace_id",
        "client:port",
        "sent_bytes",
        "received_bytes",
    ] {
        assert_eq!(part(&lines[0], name), part(&lines[2], name), "{name}");
    }
    assert_ne!(part(&lines[0], "trace_id"), part(&lines[2], "trace_id"));
    assert!(connections.try_recv().is_ok() && connections.try_recv().is_err());
}

/// Status, target's status, target and times of the line that a request leaves.
async fn outcome(served: &Served, request: &str) -> String {
    let answer = served.ask(request).await;
    let line = served.line().await;
    let entry = AccessLogEntry::parse(&line).unwrap();
    let value = |name: &str| entry.entry().value(name).unwrap_or("-").to_owned();
    let status = value("elb_status_code");
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {status}")),
        "{answer} {line}"
    );
    let times = ["request", "target", "response"].map(|part| {
        let time = value(&format!("{part}_processing_time"));
        if time == "-1" { "-1" } else { "t" }.to_owned()
    });
    let target = if value("target:port") == "-" {
        "-"
    } else {
        "target"
    };
    format!(
        "{status} {} {target} {} {}",
        value("target_status_code"),
        times.join(" "),
        value("actions_executed")
    )
}

#[tokio::test]
async fn each_way_to_fail_has_the_status_that_a_load_balancer_gives() {
    let served = Served::start(Duration::from_millis(200)).await;
    let trace = "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n";
    let hops = format!(
        "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {}\r\n\r\n",
        ["192.0.2.1"; 31].join(",")
    );
    assert_eq!(outcome(&served, GET).await, "503 - - -1 -1 -1 forward");
    assert_eq!(outcome(&served, trace).await, "405 - - -1 -1 -1 -");
    assert_eq!(outcome(&served, &hops).await, "463 - - -1 -1 -1 -");
    let long = "x".repeat(16 * 1024);
    for (request, expected) in [
        ("no http\r\n\r\n".to_owned(), "400"),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "400"),
        (
            format!("GET / HTTP/1.1\r\nHost: a\r\nx: {long}\r\n\r\n"),
            "400",
        ),
        (format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n"), "414"),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n".to_owned(),
            "501",
        ),
        ("PRI * HTTP/2.0\r\n\r\n".to_owned(), "505"),
    ] {
        let expected = format!("{expected} - - -1 -1 -1 -");
        assert_eq!(outcome(&served, &request).await, expected);
    }
    let gone = free_address().await;
    let (closing, _a) = target(|_| CLOSES.to_owned()).await;
    let (garbled, _b) = target(|_| "nonsense\r\n\r\n".to_owned()).await;
    let (silent, _c) = target(|_| SILENT.to_owned()).await;
    let (failing, _d) = target(|_| "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n".to_owned()).await;
    for (address, expected) in [
        (gone, "502 - target -1 -1 -1 forward"),
        (closing, "502 - target t t -1 forward"),
        (garbled, "502 - target t t -1 forward"),
        (silent, "504 - target t -1 -1 forward"),
        (failing, "500 500 target t t t forward"),
    ] {
        served.balancer.register("blue", address);
        assert_eq!(outcome(&served, GET).await, expected);
        served.balancer.deregister("blue", address);
    }
    let answer = served.ask(&hops).await;
    assert!(answer.starts_with("HTTP/1.1 463 \r\n"), "{answer}");
}

#[tokio::test]
async fn half_a_head_is_answered_with_408_and_no_head_with_nothing() {
    let served = Served::start(Duration::from_millis(100)).await;
    let mut stream = served.connect().await;
    stream.write_all(b"GET / HTTP/1.1\r\nHo").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 408 ") && answer.contains("\r\nserver: awselb/2.0\r\n"),
        "{answer}"
    );
    let line = served.line().await;
    let port = served.balancer.address().port();
    assert!(
        line.contains(&format!(
            "- -1 -1 -1 408 - 18 {} \"- http://127.0.0.1:{port}- -\" \"-\" - - - \"-\"",
            answer.len()
        )),
        "{line}"
    );
    let mut stream = served.connect().await;
    assert_eq!(stream.read(&mut [0; 8]).await.unwrap(), 0);
    let mut stream = served.connect().await;
    stream.write_all(b"GET / HT").await.unwrap();
    drop(stream);
    assert!(served.line().await.contains(" -1 -1 -1 400 - 8 "));
}

#[tokio::test]
async fn a_body_in_chunks_is_followed_by_the_next_request() {
    let served = Served::start(PATIENT).await;
    let (address, _connections) = target(|_| ok("four")).await;
    served.balancer.register("blue", address);
    let mut stream = served.connect().await;
    let chunked =
        "POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    let both = format!(
        "{chunked}{}",
        GET.replace("User-Agent", "Connection: close\r\nUser-Agent")
    );
    stream.write_all(both.as_bytes()).await.unwrap();
    let mut answers = String::new();
    stream.read_to_string(&mut answers).await.unwrap();
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 2, "{answers}");
    assert_eq!(served.lines(2).await.len(), 2);
}

#[tokio::test]
async fn an_old_connection_ends_with_its_next_answer() {
    let served = Served::start(PATIENT).await;
    let mut settings = (*served.balancer.settings()).clone();
    settings.client_keep_alive = Duration::ZERO;
    served.balancer.set(settings);
    let mut stream = served.connect().await;
    stream.write_all(GET.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
}

#[tokio::test]
async fn a_client_that_does_not_wait_is_logged_with_460() {
    let served = Served::start(PATIENT).await;
    let (address, mut connections) = target(|_| SILENT.to_owned()).await;
    served.balancer.register("blue", address);
    let mut stream = served.connect().await;
    stream.write_all(GET.as_bytes()).await.unwrap();
    connections.recv().await.unwrap();
    drop(stream);
    let line = served.line().await;
    let entry = AccessLogEntry::parse(&line).unwrap();
    let value = |name| entry.entry().value(name);
    assert_eq!(
        (value("elb_status_code"), value("target_status_code")),
        (Some("460"), None)
    );
    assert_eq!(value("target_processing_time"), Some("-1"));
    assert_eq!(value("sent_bytes"), Some("0"));
}

#[tokio::test]
async fn a_body_goes_through_in_both_directions() {
    let served = Served::start(PATIENT).await;
    let (address, _connections) = target(|_| {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
            .to_owned()
    })
    .await;
    served.balancer.register("blue", address);
    let body = "x".repeat(10);
    let request = format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{body}");
    let answer = served.ask(&request).await;
    assert!(answer.contains("abc") && answer.contains("de"), "{answer}");
    let line = served.line().await;
    let entry = AccessLogEntry::parse(&line).unwrap();
    let received = entry.entry().value("received_bytes").unwrap();
    assert_eq!(
        received,
        (request.len() + "Connection: close\r\n".len()).to_string()
    );
}

#[tokio::test]
async fn health_checks_decide_where_requests_go_and_all_unhealthy_is_as_all_healthy() {
    let served = Served::start(PATIENT).await;
    let (good, _a) = target(|head| ok(if head.contains("/health") { "" } else { "good" })).await;
    let (bad, _b) = target(|head| {
        if head.contains("/health") {
            "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n".to_owned()
        } else {
            ok("bad")
        }
    })
    .await;
    served.balancer.register("blue", bad);
    let (changes, mut changed) = mpsc::unbounded_channel();
    let checking = tokio::spawn(check_health(Arc::clone(&served.balancer), changes));
    let (group, target, health) = changed.recv().await.unwrap();
    assert_eq!(
        (group.as_str(), target, health.health),
        ("blue", bad, Health::Unhealthy)
    );
    assert_eq!(
        health.failure.unwrap().to_string(),
        "Health checks failed with these codes: [503]"
    );
    assert!(served.ask(GET).await.ends_with("bad"));
    served.balancer.register("blue", good);
    assert_eq!(changed.recv().await.unwrap().2.health, Health::Healthy);
    for _ in 0..4 {
        assert!(served.ask(GET).await.ends_with("good"));
    }
    checking.abort();
    served.lines(5).await;
    let told = served.balancer.take_data(NOW, 60.0, true);
    let value = |name: &str| {
        let datum = told.iter().rev().find(|datum| &*datum.id.name == name)?;
        match &datum.values {
            DatumValues::Distribution(values) => values.first().copied(),
            DatumValues::StatisticSet(_) => None,
        }
    };
    assert_eq!(value("HealthyHostCount"), Some((1.0, 1.0)));
    assert_eq!(value("UnHealthyHostCount"), Some((1.0, 1.0)));
    assert_eq!(value("RequestCount"), Some((1.0, 5.0)));
    assert_eq!(value("UnhealthyRoutingRequestCount"), Some((1.0, 1.0)));
    assert!(value("NewConnectionCount").is_some_and(|(count, _)| count > 5.0));
}

#[tokio::test]
async fn where_logs_are_off_lines_are_dropped() {
    let served = Served::start(PATIENT).await;
    served.ask(GET).await;
    while served
        .balancer
        .take_data(NOW, 1.0, false)
        .iter()
        .all(|datum| &*datum.id.name != "HTTPCode_ELB_503_Count")
    {
        tokio::task::yield_now().await;
    }
    let mut settings = (*served.balancer.settings()).clone();
    settings.logs.clear();
    served.balancer.set(settings.clone());
    assert_eq!(served.balancer.take_log(LogKind::Access, NOW), None);
    served.ask(GET).await;
    settings.logs.insert(
        LogKind::Access,
        LogSettings {
            bucket: "logs".into(),
            prefix: String::new(),
        },
    );
    served.balancer.set(settings);
    assert_eq!(served.balancer.take_log(LogKind::Access, NOW), None);
}

#[tokio::test]
async fn connections_and_health_checks_have_lines_of_their_own() {
    let served = Served::start(PATIENT).await;
    let (bad, _b) = target(|_| "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n".to_owned()).await;
    served.balancer.register("blue", bad);
    let (changes, mut changed) = mpsc::unbounded_channel();
    let checking = tokio::spawn(check_health(Arc::clone(&served.balancer), changes));
    changed.recv().await.unwrap();
    checking.abort();
    served.ask(GET).await;
    let access = served.line().await;
    let access = AccessLogEntry::parse(&access).unwrap();
    let connection = served.lines_of(LogKind::Connection, 1).await.remove(0);
    let connection = ConnectionLogEntry::parse(&connection).unwrap();
    let id = |entry: &Entry<'_>| entry.value("conn_trace_id").map(str::to_owned);
    assert_eq!(id(connection.entry()), id(access.entry()));
    let port = served.balancer.address().port().to_string();
    assert_eq!(
        connection.entry().value("listener_port"),
        Some(port.as_str())
    );
    let checks = served.lines_of(LogKind::HealthCheck, 2).await;
    let check = HealthCheckLogEntry::parse(&checks[0]).unwrap();
    let value = |name| check.entry().value(name);
    assert_eq!(check.passed(), Some(false));
    assert_eq!(
        (
            value("target_group_id"),
            value("status_code"),
            value("reason_code"),
            value("elb")
        ),
        (Some("blue"), Some("503"), Some("TargetError"), Some(NAME))
    );
    assert_eq!(value("target_addr"), Some(bad.to_string().as_str()));
}

#[tokio::test]
async fn a_connection_too_many_is_rejected_and_counted() {
    let served = Served::start(PATIENT).await;
    let mut settings = (*served.balancer.settings()).clone();
    settings.most_connections = 1;
    served.balancer.set(settings);
    let mut first = served.connect().await;
    first.write_all(b"GET").await.unwrap();
    served.lines_of(LogKind::Connection, 1).await;
    let mut second = served.connect().await;
    assert_eq!(second.read(&mut [0; 8]).await.unwrap_or_default(), 0);
    let told = served.balancer.take_data(NOW, 60.0, false);
    let rejected = told
        .iter()
        .find(|datum| &*datum.id.name == "RejectedConnectionCount");
    assert!(rejected.is_some());
}

#[tokio::test]
async fn a_request_to_a_deregistered_target_has_as_long_as_its_group_says() {
    let served = Served::start(PATIENT).await;
    let (silent, mut connections) = target(|_| SILENT.to_owned()).await;
    let short = GroupSettings {
        deregistration_delay: Duration::from_millis(50),
        ..group("blue", 1)
    };
    served.balancer.set_groups(vec![short]);
    served.balancer.register("blue", silent);
    let asking = served.ask(GET);
    let leaving = async {
        connections.recv().await.unwrap();
        served.balancer.deregister("blue", silent);
    };
    let (answer, ()) = tokio::join!(asking, leaving);
    assert!(answer.starts_with("HTTP/1.1 502 "), "{answer}");
    assert!(served.ask(GET).await.starts_with("HTTP/1.1 503 "));
}

#[tokio::test]
async fn a_response_that_breaks_off_is_logged_with_the_status_of_its_end() {
    let served = Served::start(Duration::from_millis(100)).await;
    let (silent, _a) =
        target(|_| "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".to_owned()).await;
    served.balancer.register("blue", silent);
    let mut stream = served.connect().await;
    stream.write_all(GET.as_bytes()).await.unwrap();
    let _ = stream.read_to_end(&mut Vec::new()).await;
    let line = served.line().await;
    let entry = AccessLogEntry::parse(&line).unwrap();
    let value = |name| entry.entry().value(name);
    assert_eq!(
        (value("elb_status_code"), value("target_status_code")),
        (Some("504"), Some("200"))
    );
}

#[tokio::test]
async fn a_client_that_sends_half_a_body_is_told_to_hurry_or_logged_as_a_bad_request() {
    let served = Served::start(Duration::from_millis(100)).await;
    let (address, _connections) = target(|_| SILENT.to_owned()).await;
    served.balancer.register("blue", address);
    let half = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc";
    let mut stream = served.connect().await;
    stream.write_all(half.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 408 "));
    let mut stream = served.connect().await;
    stream.write_all(half.as_bytes()).await.unwrap();
    drop(stream);
    let lines = served.lines(2).await;
    let status = |line: &String| {
        let entry = AccessLogEntry::parse(line).unwrap();
        entry.entry().value("elb_status_code").map(str::to_owned)
    };
    let statuses: Vec<_> = lines.iter().filter_map(status).collect();
    assert_eq!(statuses, ["408", "400"]);
    assert!(
        lines.iter().all(|line| line.contains(" - -1 -1 -1 ")),
        "{lines:?}"
    );
}
