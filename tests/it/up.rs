//! `belfry up`: the service as a process, its log in the endpoint, and all of it together.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::config::{Credentials, SharedCredentialsProvider};
use belfry::aws::{AlarmStanding, LocalFleet, LogDelivery, Session};
use belfry::balancer::{Balancer, check_health, serve as serve_balancer};
use belfry::clock::SystemClock;
use belfry::endpoint::{Endpoint, Settings};
use belfry::suite::HealthCheck;
use belfry::up::{
    Answers, Deployment, Follower, Incident, IncidentKind, ScoringStart, ServiceProcess,
    SharedGreen, Standings, Tasks, Teller, Traffic, send, ship,
};
use belfry_engine::base::Millis;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

const GROUP: &str = "/ecs/fraud-detection/application";

fn executable() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_belfry"))
}

fn client(url: &str) -> Client {
    Client::new(&config(url))
}

fn config(url: &str) -> SdkConfig {
    let credentials = Credentials::new("local", "local", None, None, "test");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build()
}

/// An endpoint on a free port.
async fn serve(settings: Settings) -> String {
    let endpoint = Endpoint::open(settings).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { endpoint.serve(listener, std::future::pending()).await });
    url
}

/// An endpoint on a free port that holds the log group.
async fn endpoint() -> String {
    let url = serve(Settings::default()).await;
    let group = client(&url).create_log_group().log_group_name(GROUP);
    group.send().await.unwrap();
    url
}

/// All messages of a stream in the order in which the endpoint gives them.
async fn messages(url: &str, stream: &str) -> Vec<String> {
    let client = client(url);
    let mut messages = Vec::new();
    let mut token: Option<String> = None;
    loop {
        let page = client
            .get_log_events()
            .log_group_name(GROUP)
            .log_stream_name(stream)
            .start_from_head(true)
            .set_next_token(token.clone())
            .send()
            .await
            .unwrap();
        let texts = page.events().iter().filter_map(|event| event.message());
        messages.extend(texts.map(str::to_owned));
        let next = page.next_forward_token().map(str::to_owned);
        if next == token {
            return messages;
        }
        token = next;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_that_the_service_writes_is_an_event() {
    let url = endpoint().await;
    let session = Session::at(&url, "us-east-1");
    let delivery = LogDelivery::open(&session, GROUP, "s").await.unwrap();
    let clock = Arc::new(SystemClock);
    let (process, lines) = ServiceProcess::start(executable(), 0, clock.clone())
        .await
        .unwrap();
    let (address, id) = (process.address(), process.id().unwrap());
    let shipping = tokio::spawn(ship(lines, delivery));

    let answers = Arc::new(Answers::default());
    let (stop, stopping) = watch::channel(false);
    let traffic = Traffic::new(7, 2_000.0, Millis(1));
    let sending = tokio::spawn(send(
        traffic,
        address,
        clock,
        Arc::clone(&answers),
        stopping,
    ));
    while answers.answered() < 1_000 {
        tokio::task::yield_now().await;
    }
    stop.send_replace(true);
    sending.await.unwrap();
    process.stop().await.unwrap();
    let shipped = shipping.await.unwrap();

    let messages = messages(&url, "s").await;
    let requests = usize::try_from(answers.answered()).unwrap();
    assert_eq!(
        messages.len(),
        requests + 2,
        "one line per request, one for start and stop each"
    );
    assert_eq!(
        (shipped.lines, shipped.delivered),
        (messages.len(), messages.len())
    );
    assert_eq!((shipped.rejected, shipped.lost), (0, 0));
    assert!(messages[0].contains("service started"));
    assert!(messages[messages.len() - 1].contains("service stopped"));
    assert!(
        !Path::new(&format!("/proc/{id}")).exists(),
        "no process is left"
    );
}

/// Starts `belfry up` on free ports. The pipes end only when every process that holds them has ended.
fn up(arguments: &[&str]) -> Up {
    let folder = suite_folder();
    let up = up_in(&folder, arguments);
    Up {
        _folder: Some(folder),
        ..up
    }
}

fn up_in(folder: &TempDir, arguments: &[&str]) -> Up {
    let ports = [
        "--port",
        "--endpoint-port",
        "--balancer-port",
        "--service-port",
    ];
    let free = ports.into_iter().filter(|port| !arguments.contains(port));
    let child = Command::new(executable())
        .current_dir(folder.path())
        .arg("up")
        .args(arguments)
        .args(free.flat_map(|port| [port, "0"]))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    Up {
        child,
        _folder: None,
    }
}

/// A running `belfry up` and the folder of its suite.
struct Up {
    child: Child,
    _folder: Option<TempDir>,
}

/// A folder with the suite of this repository and a local environment of its own.
fn suite_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["belfry.toml", "dashboards", "queries", "docs"] {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(part);
        std::os::unix::fs::symlink(source, folder.path().join(part)).unwrap();
    }
    folder
}

fn read_to_end(mut pipe: impl Read) -> String {
    let mut text = String::new();
    pipe.read_to_string(&mut text).unwrap();
    text
}

/// The number that stands before `what`.
fn number(text: &str, what: &str) -> usize {
    let before = &text[..text
        .find(what)
        .unwrap_or_else(|| panic!("no `{what}` in {text}"))];
    let digits = before.trim_end().rsplit([' ', '(']).next().unwrap();
    digits.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_few_seconds_of_everything_lose_nothing_and_leave_no_process() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().to_str().unwrap();
    let told = run_up(&["--for", "4s", "--rate", "100", "--data", folder]);
    for part in [
        "page          http://127.0.0.1:",
        "AWS endpoint  http://127.0.0.1:",
        "load balancer http://127.0.0.1:",
        "service       http://127.0.0.1:",
        "subscribed to arn:aws:sns:us-east-1:000000000000:fraud-detection-alerts",
    ] {
        assert!(told.contains(part), "no `{part}` in {told}");
    }
    let (scored, lines) = (number(&told, "scored"), number(&told, "lines written"));
    assert!(scored > 100 && lines > scored, "{told}");
    assert_eq!(number(&told, "events stored"), lines);
    assert_eq!(
        (number(&told, "lost"), number(&told, "failed,")),
        (0, 0),
        "{told}"
    );

    let stream = told
        .split(", stream ")
        .nth(1)
        .unwrap()
        .lines()
        .next()
        .unwrap();
    let url = serve(Settings {
        data: Some(folder.into()),
        ..Settings::default()
    })
    .await;
    assert_eq!(
        messages(&url, stream).await.len(),
        lines,
        "what the endpoint itself holds"
    );
}

#[test]
fn a_second_run_over_the_same_data_has_nothing_to_make() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().to_str().unwrap();
    let run = || run_up(&["--for", "1s", "--data", folder]);
    let (first, second) = (run(), run());
    let made = number(&first, "made");
    assert_eq!(number(&second, "made"), 0, "{second}");
    // The e-mail address that nobody has confirmed.
    let waiting = number(&second, "waiting");
    assert_eq!(waiting, 1, "{second}");
    let as_they_were = number(&second, "as they were");
    assert_eq!(as_they_were + waiting, made, "{second}");
}

#[test]
fn what_the_load_balancer_saw_is_in_its_bucket_and_a_request_is_traced_from_both_sides() {
    let folder = suite_folder();
    let local = folder.path().join(".belfry/local");
    let told = run_up_in(
        &folder,
        &[
            "--for",
            "3s",
            "--rate",
            "50",
            "--data",
            local.to_str().unwrap(),
        ],
    );
    let belfry = |arguments: &[&str]| {
        let mut command = Command::new(executable());
        let output = command
            .current_dir(folder.path())
            .args(arguments)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(
            output.status.success(),
            "{told}{}{}",
            text(&output.stdout),
            text(&output.stderr)
        );
        text(&output.stdout)
    };
    let query = "filter ispresent(risk_score) | fields request_id, trace_id | limit 1";
    let rows = belfry(&[
        "query",
        "--text",
        query,
        "--log-group",
        GROUP,
        "--format",
        "json",
    ]);
    let rows: serde_json::Value = serde_json::from_str(&rows).unwrap();
    for column in 0..2 {
        let id = &rows["rows"][0][column];
        assert!(id.is_string(), "{rows:#} {told}");
        let traced = belfry(&["trace", id.as_str().unwrap(), "--format", "json"]);
        let traced: serde_json::Value = serde_json::from_str(&traced).unwrap();
        let request = &traced["requests"][0];
        assert_eq!(
            request["access_log"]["elb_status_code"], "200",
            "{traced:#}"
        );
        assert_eq!(request["service_log"][0]["status"], 200, "{traced:#}");
        assert_eq!(request["trace_id"], rows["rows"][0][1], "{traced:#}");
        assert_eq!(
            request["timeline"].as_array().unwrap().len(),
            3,
            "{traced:#}"
        );
    }
}

/// What a `belfry up` that ends by itself told; it must have succeeded.
fn run_up(arguments: &[&str]) -> String {
    run_up_in(&suite_folder(), arguments)
}

fn run_up_in(folder: &TempDir, arguments: &[&str]) -> String {
    let mut up = up_in(folder, arguments);
    let told = read_to_end(up.child.stdout.take().unwrap());
    let err = read_to_end(up.child.stderr.take().unwrap());
    assert!(up.child.wait().unwrap().success(), "{told}{err}");
    told
}

#[test]
fn the_service_does_not_outlive_an_up_that_is_killed() {
    let mut up = up(&[]);
    let mut out = BufReader::new(up.child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("service  ") {
        line.clear();
        assert!(
            out.read_line(&mut line).unwrap() > 0,
            "it ended: {}",
            read_to_end(up.child.stderr.take().unwrap())
        );
    }
    let address = line.trim().rsplit("http://").next().unwrap().to_owned();
    up.child.kill().unwrap();
    // Standard error is the service's too: it ends when the service has.
    read_to_end(up.child.stderr.take().unwrap());
    up.child.wait().unwrap();
    assert!(std::net::TcpStream::connect(address).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_stops_everything_in_order_and_loses_nothing() {
    for (signal, name) in [("-INT", "Ctrl-C"), ("-TERM", "SIGTERM")] {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().to_str().unwrap();
        let mut up = up(&["--rate", "200", "--data", folder]);
        let mut out = BufReader::new(up.child.stdout.take().unwrap());
        let mut told = String::new();
        while !told.contains("Ctrl-C stops everything") {
            assert!(out.read_line(&mut told).unwrap() > 0, "it ended: {told}");
        }
        assert!(told.contains("AWS delivers every 5 minutes"), "{told}");
        let pid = up.child.id().to_string();
        let signalled = Command::new("kill").args([signal, &pid]).status();
        assert!(signalled.unwrap().success());
        let told = read_to_end(out);
        let err = read_to_end(up.child.stderr.take().unwrap());
        assert!(up.child.wait().unwrap().success(), "{told}{err}");
        assert!(told.contains(&format!("{name}: stopping")), "{told}");
        assert_eq!(
            number(&told, "events stored"),
            number(&told, "lines written")
        );
        assert_eq!(
            (number(&told, "lost"), number(&told, "unanswered")),
            (0, 0),
            "{told}"
        );
        let answered = number(&told, "requests (");
        assert_eq!(lines_of_access_logs(folder).await, answered, "{told}");
    }
}

/// The lines of all files of access logs of a run that has ended; each file is whole.
async fn lines_of_access_logs(folder: &str) -> usize {
    let url = serve(Settings {
        data: Some(folder.into()),
        ..Settings::default()
    })
    .await;
    let s3 = aws_sdk_s3::Client::new(&config(&url));
    let bucket = "fraud-detection-alb-logs";
    let listed = s3.list_objects_v2().bucket(bucket).send().await.unwrap();
    let mut lines = 0;
    for key in listed.contents().iter().filter_map(|object| object.key()) {
        if !key.ends_with(".log.gz") {
            continue;
        }
        let object = s3.get_object().bucket(bucket).key(key).send();
        let bytes = object.await.unwrap().body.collect().await.unwrap();
        let mut text = String::new();
        let mut decoder =
            flate2::read::MultiGzDecoder::new(std::io::Cursor::new(bytes.into_bytes()));
        decoder.read_to_string(&mut text).unwrap();
        assert!(text.ends_with('\n'), "{key}");
        if !key.contains("health_check_log_") {
            lines += text.lines().count();
        }
    }
    lines
}

/// A terminal that can be read.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<u8>>>);

impl Write for Told {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Told {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    async fn wait_for(&self, part: &str) {
        while !self.text().contains(part) {
            tokio::task::yield_now().await;
        }
    }
}

fn standing(kind: IncidentKind, state: &str) -> Standings {
    let alarm = AlarmStanding {
        name: kind.scenario().alarm.to_owned(),
        state: state.to_owned(),
        reason: String::new(),
    };
    Standings::from([(alarm.name.clone(), alarm)])
}

/// Plays an incident of the service; gives what it told last.
async fn played(kind: IncidentKind) -> String {
    let clock = Arc::new(SystemClock);
    let started = ServiceProcess::start(executable(), 0, clock.clone()).await;
    let (process, mut lines) = started.unwrap();
    let told = Told::default();
    let (alarms, standings) = watch::channel(standing(kind, "INSUFFICIENT_DATA"));
    let tell = Teller::new(Box::new(told.clone()), clock);
    let incident = Incident::of_service(kind, process.address(), standings, tell);
    let playing = tokio::spawn(incident.play());
    for (state, then) in [("OK", "incident begun"), ("ALARM", "incident ended")] {
        alarms.send_replace(standing(kind, state));
        while !lines.recv().await.unwrap().message.contains(then) {}
    }
    alarms.send_replace(standing(kind, "OK"));
    playing.await.unwrap();
    process.stop().await.unwrap();
    told.text().lines().last().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_begins_at_ok_ends_at_alarm_and_is_over_at_ok() {
    for kind in [
        IncidentKind::Errors,
        IncidentKind::Slow,
        IncidentKind::Unhealthy,
        IncidentKind::FiveXx,
    ] {
        let end = played(kind).await;
        let alarm = kind.scenario().alarm;
        assert!(
            end.contains(&format!("{alarm} went OK (")) && end.contains("→ ALARM ("),
            "{end}"
        );
    }
}

/// A balancer that follows its records in an endpoint, served while the test runs.
struct Front {
    balancer: Arc<Balancer>,
    fleet: LocalFleet,
    listener: String,
    url: String,
}

impl Front {
    async fn of(blue: SocketAddr) -> Self {
        let endpoint = Endpoint::open(Settings::default()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serving = Arc::clone(&endpoint);
        tokio::spawn(async move { serving.serve(listener, std::future::pending()).await });
        let group = client(&url).create_log_group().log_group_name(GROUP);
        group.send().await.unwrap();
        let session = Session::at(&url, "us-east-1");
        let check = HealthCheck::default();
        let fleet = LocalFleet::make(&session, "a", &["blue", "green"], &check);
        let fleet = fleet.await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let balancer = Balancer::new(
            belfry::balancer::Settings::of("app/a/1", "000000000000", "us-east-1"),
            Vec::new(),
            address,
            Arc::new(SystemClock),
        );
        let listener_arn = fleet.listen(address.port(), &[100, 0]).await.unwrap();
        fleet.register(fleet.group(0), blue).await.unwrap();
        let tell = Teller::new(Box::new(Told::default()), Arc::new(SystemClock));
        let mut follower = Follower::new(&endpoint, &balancer, tell);
        follower.follow();
        tokio::spawn(follower.run());
        let (changes, _) = mpsc::unbounded_channel();
        tokio::spawn(check_health(Arc::clone(&balancer), changes));
        tokio::spawn(serve_balancer(
            Arc::clone(&balancer),
            listener,
            std::future::pending(),
        ));
        Self {
            balancer,
            fleet,
            listener: listener_arn,
            url,
        }
    }
}

/// How many of `count` purchases fail, sent one after the other.
async fn failures(balancer: &Balancer, count: u64) -> u64 {
    let answers = Arc::new(Answers::default());
    let (stop, stopping) = watch::channel(false);
    let sending = tokio::spawn(send(
        Traffic::new(7, 2_000.0, Millis(1)),
        balancer.address(),
        Arc::new(SystemClock),
        Arc::clone(&answers),
        stopping,
    ));
    while answers.answered() < count {
        tokio::task::yield_now().await;
    }
    stop.send_replace(true);
    sending.await.unwrap();
    answers.failed.load(std::sync::atomic::Ordering::Relaxed)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_green_service_gets_a_tenth_of_the_requests_until_the_alarm_rings() {
    let kind = IncidentKind::BadGreen;
    let clock = Arc::new(SystemClock);
    let started = ServiceProcess::start(executable(), 0, clock.clone()).await;
    let (process, mut lines) = started.unwrap();
    tokio::spawn(async move { while lines.recv().await.is_some() {} });
    let front = Front::of(process.address()).await;
    let balancer = Arc::clone(&front.balancer);
    let slot = SharedGreen::default();
    let deployment = Deployment {
        start: ScoringStart {
            executable: executable().to_owned(),
            port: 0,
            session: Session::at(&front.url, "us-east-1"),
            clock: clock.clone(),
        },
        fleet: front.fleet.clone(),
        listener: front.listener.clone(),
        tasks: Tasks::default(),
        slot: Arc::clone(&slot),
    };
    let told = Told::default();
    let (alarms, standings) = watch::channel(standing(kind, "OK"));
    let tell = Teller::new(Box::new(told.clone()), clock);
    let playing = tokio::spawn(Incident::of_deployment(deployment, standings, tell).play());
    told.wait_for("incident: begun").await;
    // The load balancer follows its records a moment later.
    while failures(&balancer, 20).await == 0 {}
    let failed = failures(&balancer, 500).await;
    assert!((40..120).contains(&failed), "{failed}");
    alarms.send_replace(standing(kind, "ALARM"));
    told.wait_for("incident: ended, rolled back").await;
    assert_eq!(failures(&balancer, 200).await, 0);
    alarms.send_replace(standing(kind, "OK"));
    playing.await.unwrap();
    let shipped = slot.lock().await.shipped.clone();
    assert!(shipped.delivered > 40 && shipped.lost == 0, "{shipped:?}");
    let standings = |place| front.fleet.standings(front.fleet.group(place));
    assert_eq!(standings(1).await.unwrap(), []);
    assert_eq!(standings(0).await.unwrap()[0].state, "healthy");
    process.stop().await.unwrap();
}

#[test]
fn a_taken_port_is_named_with_its_flag() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let up = up(&["--endpoint-port", &port]);
    let output = up.child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains(&format!("cannot listen on 127.0.0.1:{port} for the AWS endpoint, `--endpoint-port` chooses another port")), "{err}");
}
