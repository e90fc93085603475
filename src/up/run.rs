use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use belfry_engine::base::Clock;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::deploy::deploy;
use super::error::UpError;
use super::health::check_health;
use super::incident::Incident;
use super::options::{Options, TOPIC};
use super::ports::{Server, listen};
use super::scoring::Scoring;
use super::sender::{Answers, send};
use super::ship::Shipped;
use super::stop::StopSignals;
use super::subscriber::Subscriber;
use super::tell::Teller;
use super::traffic::Traffic;
use super::watch::{Standings, watch_alarms};
use crate::aws::{AwsCloud, LocalState, Published, Session, Widgets};
use crate::endpoint::{self, Endpoint};
use crate::web;

/// How often the count of requests is told.
const COUNT_EVERY: Duration = Duration::from_secs(30);

/// What came of a run.
#[derive(Debug)]
pub struct Summary {
    /// What the service answered.
    pub answers: Arc<Answers>,
    /// What became of its log.
    pub shipped: Shipped,
}

impl Summary {
    /// Whether every line that the service wrote is stored.
    pub fn is_complete(&self) -> bool {
        self.shipped.lost == 0 && self.shipped.rejected == 0
    }
}

/// Runs everything until Ctrl-C, SIGTERM, the end of the time asked for, or a part that fails; then
/// stops it in the reverse order of its start. `None` where it was stopped before it had started.
pub async fn run(
    options: &Options,
    clock: Arc<dyn Clock>,
    tell: &Teller,
) -> Result<Option<Summary>, UpError> {
    let mut signals = StopSignals::listen().map_err(UpError::system("listen for signals"))?;
    let started = tokio::select! {
        running = Running::start(options, &clock, tell) => Some(running?),
        _ = signals.next() => None,
    };
    let Some(mut running) = started else {
        return Ok(None);
    };
    let failed = running.wait(options, &mut signals, tell).await;
    tokio::select! {
        summary = running.stop(tell) => failed.map_or(summary.map(Some), Err),
        _ = signals.next() => Err(UpError::Interrupted),
    }
}

/// Everything that runs, in the order in which it was started.
struct Running {
    endpoint: Server,
    published: Published,
    page: Server,
    session: Session,
    topic: String,
    scoring: Scoring,
    answers: Arc<Answers>,
    stop_traffic: watch::Sender<bool>,
    traffic: JoinHandle<()>,
    /// What only looks on. Ends when dropped.
    lookers: JoinSet<()>,
}

impl Running {
    async fn start(
        options: &Options,
        clock: &Arc<dyn Clock>,
        tell: &Teller,
    ) -> Result<Self, UpError> {
        let endpoint = start_endpoint(options, clock, tell).await?;
        let page = listen("the page", options.ports.page, "--port").await?;
        let region = &options.suite.environment.region;
        let session = Session::at(&endpoint.url(), region);
        let cloud = AwsCloud::open(session.clone(), &options.suite.name).await?;
        deploy(&cloud, cloud.place(), &options.suite, tell).await?;
        let published = LocalState::of(&options.folder)
            .publish(&endpoint.url())
            .map_err(UpError::system("say where the local environment is served"))?;
        let page = start_page(page, &session, clock);
        let topic = cloud.place().topic_arn(TOPIC);
        let mut lookers = JoinSet::new();
        let standings = start_watching(&mut lookers, &topic, &session, tell).await?;
        let scoring = Scoring::start(options, &session, clock).await?;
        lookers.spawn(check_health(scoring.address()));
        introduce(&page, &endpoint, &scoring, tell);
        let answers = Arc::new(Answers::default());
        let (stop_traffic, stopping) = watch::channel(false);
        let traffic = tokio::spawn(send(
            Traffic::new(options.seed, options.rate, clock.now()),
            scoring.address(),
            Arc::clone(clock),
            Arc::clone(&answers),
            stopping,
        ));
        lookers.spawn(count(Arc::clone(&answers), tell.clone()));
        if options.incident {
            let service = scoring.address();
            let tell = tell.clone();
            let incident = Incident {
                service,
                standings,
                tell,
            };
            lookers.spawn(incident.play());
        }
        Ok(Self {
            endpoint,
            published,
            page,
            session,
            topic,
            scoring,
            answers,
            stop_traffic,
            traffic,
            lookers,
        })
    }

    /// Waits for a reason to stop; gives the error where a part failed.
    async fn wait(
        &mut self,
        options: &Options,
        signals: &mut StopSignals,
        tell: &Teller,
    ) -> Option<UpError> {
        let time_is_up = async {
            match options.duration {
                Some(duration) => sleep(duration).await,
                None => std::future::pending().await,
            }
        };
        let reason = tokio::select! {
            signal = signals.next() => signal,
            () = time_is_up => "time is up",
            () = tell.nobody_listens() => "nobody reads this",
            error = self.scoring.ended() => return Some(error),
        };
        tell.say(format_args!("{reason}: stopping"));
        None
    }

    async fn stop(mut self, tell: &Teller) -> Result<Summary, UpError> {
        self.lookers.shutdown().await;
        self.stop_traffic.send_replace(true);
        let _ = self.traffic.await;
        let shipped = self.scoring.stop().await?;
        let topic = &self.topic;
        self.session.unsubscribe(topic, Subscriber::is_ours).await?;
        let ended = self.page.stop().await;
        ended.map_err(|error| UpError::Part("the page", error))?;
        drop(self.published);
        let ended = self.endpoint.stop().await;
        ended.map_err(|error| UpError::Part("the endpoint", error))?;
        let summary = Summary {
            answers: self.answers,
            shipped,
        };
        tell.say(&summary);
        Ok(summary)
    }
}

async fn start_endpoint(
    options: &Options,
    clock: &Arc<dyn Clock>,
    tell: &Teller,
) -> Result<Server, UpError> {
    let teller = tell.clone();
    let port = options.ports.endpoint;
    let (listener, address) = listen("the AWS endpoint", port, "--endpoint-port").await?;
    let environment = &options.suite.environment;
    let endpoint = Endpoint::open(endpoint::Settings {
        clock: Arc::clone(clock),
        account_id: environment.account.clone(),
        region: environment.region.clone(),
        data: options.data.clone(),
        remark: Arc::new(move |remark| teller.say(format_args!("endpoint: {remark}"))),
        ..endpoint::Settings::default()
    })?;
    Ok(Server::start(address, |shutdown| async move {
        let served = endpoint.serve(listener, shutdown.requested()).await;
        served.map_err(|error| error.to_string())
    }))
}

fn start_page(
    (listener, address): (TcpListener, SocketAddr),
    session: &Session,
    clock: &Arc<dyn Clock>,
) -> Server {
    let source = Arc::new(Widgets::new(session));
    let clock = Arc::clone(clock);
    Server::start(address, |shutdown| async move {
        let served = web::serve(listener, source, clock, shutdown.requested()).await;
        served.map_err(|error| error.to_string())
    })
}

/// Alarms are watched and their topic is subscribed to before anything can happen.
async fn start_watching(
    lookers: &mut JoinSet<()>,
    topic: &str,
    session: &Session,
    tell: &Teller,
) -> Result<watch::Receiver<Standings>, UpError> {
    let subscriber = Subscriber::start().await?;
    session.unsubscribe(topic, Subscriber::is_ours).await?;
    session.subscribe_http(topic, &subscriber.url()).await?;
    lookers.spawn(subscriber.tell_notifications(session.clone(), tell.clone()));
    let (sender, standings) = watch::channel(Standings::new());
    lookers.spawn(watch_alarms(session.clone(), tell.clone(), sender));
    Ok(standings)
}

fn introduce(page: &Server, endpoint: &Server, scoring: &Scoring, tell: &Teller) {
    let page = page.url();
    let (url, service) = (endpoint.url(), scoring.address());
    let stream = scoring.stream();
    tell.line(format_args!(
        "
  page          {page}
  AWS endpoint  {url}
  service       http://{service}
  log group     {group}, stream {stream}

In a second terminal:
  belfry query error-logs --since 10m
  AWS_ENDPOINT_URL={url} aws cloudwatch describe-alarms
  curl -s http://{service}/health

Ctrl-C stops everything. Times are UTC.
",
        group = super::options::LOG_GROUP
    ));
}

async fn count(answers: Arc<Answers>, tell: Teller) {
    let mut every = interval(COUNT_EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    every.tick().await;
    let mut before = 0;
    loop {
        every.tick().await;
        let now = answers.answered();
        let failed = answers.failed.load(Ordering::Relaxed);
        let new = now - before;
        tell.say(format_args!(
            "{now} requests answered (+{new}), {failed} failed"
        ));
        before = now;
    }
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count = |count: &std::sync::atomic::AtomicU64| count.load(Ordering::Relaxed);
        let (answers, shipped) = (&self.answers, &self.shipped);
        write!(
            f,
            "stopped: {} requests ({} scored, {} refused, {} failed, {} unanswered); \
             {} lines written, {} events stored, {} rejected, {} lost",
            answers.answered() + count(&answers.broken),
            count(&answers.scored),
            count(&answers.refused),
            count(&answers.failed),
            count(&answers.broken),
            shipped.lines,
            shipped.delivered,
            shipped.rejected,
            shipped.lost,
        )
    }
}
