use std::sync::Arc;

use belfry_engine::base::Clock;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

use super::balancing::{Balancing, Surroundings};
use super::deploy::deploy;
use super::error::UpError;
use super::fleet::Fleet;
use super::green::SharedGreen;
use super::incident::Incident;
use super::meter::Meter;
use super::options::{Options, TOPIC};
use super::ports::{Server, listen};
use super::progress::{count, introduce};
use super::scenario::IncidentKind;
use super::scoring::Scoring;
use super::sender::{Answers, send};
use super::servers::{start_endpoint, start_page};
use super::stop::StopSignals;
use super::subscriber::Subscriber;
use super::summary::Summary;
use super::tasks::Tasks;
use super::tell::Teller;
use super::traffic::Traffic;
use super::watch::{Standings, watch_alarms};
use crate::aws::{AwsCloud, LocalState, Published, Session};

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
    green: SharedGreen,
    balancing: Balancing,
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
        let (endpoint, aws) = start_endpoint(options, clock, tell).await?;
        let page = listen("the page", options.ports.page, "--port").await?;
        let region = &options.suite.environment.region;
        let session = Session::at(&endpoint.url(), region);
        let cloud = AwsCloud::open(session.clone(), &options.suite.name).await?;
        let fleet = Fleet::of(&options.suite);
        let records = fleet.make(&session, &options.suite).await?;
        deploy(&cloud, cloud.place(), &options.suite, tell).await?;
        let published = LocalState::of(&options.folder)
            .publish(&endpoint.url())
            .map_err(UpError::system("say where the local environment is served"))?;
        let page = start_page(page, &session, clock);
        let topic = cloud.place().topic_arn(TOPIC);
        let mut lookers = JoinSet::new();
        let standings = start_watching(&mut lookers, &topic, &session, tell).await?;
        let tasks = Tasks::default();
        let around = Surroundings {
            options,
            fleet: &fleet,
            records: &records,
            endpoint: &aws,
            session: &session,
            tasks: &tasks,
            clock,
            tell,
        };
        let start = around.scoring(options.ports.service);
        let scoring = start.run().await?;
        tasks.add(scoring.task(), scoring.process_id());
        let balancing = Balancing::start(&around, scoring.address(), &mut lookers).await?;
        introduce(options, &page, &endpoint, &balancing, &scoring, tell);
        let answers = Arc::new(Answers::default());
        let (stop_traffic, stopping) = watch::channel(false);
        let traffic = tokio::spawn(send(
            Traffic::new(options.seed, options.rate, clock.now()),
            balancing.address(),
            Arc::clone(clock),
            Arc::clone(&answers),
            stopping,
        ));
        lookers.spawn(count(Arc::clone(&answers), tell.clone()));
        let meter = Meter::new(options, cloud.place(), &around, &answers);
        lookers.spawn(meter.run());
        let green = SharedGreen::default();
        if let Some(kind) = options.incident {
            let incident = match kind {
                IncidentKind::BadGreen => {
                    let deployment = around.deployment(&balancing, &green);
                    Incident::of_deployment(deployment, standings, tell.clone())
                }
                kind => Incident::of_service(kind, scoring.address(), standings, tell.clone()),
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
            green,
            balancing,
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
        self.balancing.stop().await?;
        let mut shipped = self.scoring.stop().await?;
        let mut green = self.green.lock().await;
        if let Some(scoring) = green.running.take() {
            shipped.join(&scoring.stop().await?);
        }
        shipped.join(&green.shipped);
        drop(green);
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
