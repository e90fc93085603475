//! Apply against an account whose answers fail, stay out or come late, and with the process killed at any
//! point: run again, it always comes to an empty plan.

use std::fmt;
use std::future::{Future, poll_fn};
use std::ops::Add;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::thread;
use std::time::Duration;

use belfry::aws::{AwsCloud, CloudError, LocalFleet, Session};
use belfry::endpoint::{Endpoint, Faults, Settings};
use belfry::provision::resources::{AlarmResource, TopicResource};
use belfry::provision::{Cloud, Desired, Observed, Place, Plan, Resource, Scope, Silent, apply};
use belfry::suite::HealthCheck;

use super::Fixture;

/// How many schedules of faults and kills are run.
const SCHEDULES: u64 = 500;
/// How often apply is run under faults before they end; then one more run must do.
const RUNS: u64 = 3;
/// About how often a whole run is polled: a run is killed at any point up to this, or ends before.
const POLLS: u64 = 170;
/// Schedules run beside each other.
const THREADS: u64 = 2;

/// An account in which requests can go wrong.
struct Account {
    endpoint: Arc<Endpoint>,
    ours: AwsCloud,
    /// The same, soon out of patience.
    hasty: AwsCloud,
    theirs: AwsCloud,
}

impl Account {
    async fn open() -> Self {
        let endpoint = Endpoint::open(Settings::default()).unwrap();
        let session = || Session::in_process(&endpoint, "us-east-1");
        for balancer in ["fraud-detection-alb", "of-others"] {
            let made = session();
            let check = HealthCheck::default();
            let fleet = LocalFleet::make(&made, balancer, &[], &check);
            fleet.await.unwrap();
        }
        let ours = AwsCloud::open(session(), "fraud-detection").await.unwrap();
        let session_of_hasty =
            session().with_patience(Duration::from_millis(200), Duration::from_millis(1));
        let hasty = AwsCloud::open(session_of_hasty, "fraud-detection")
            .await
            .unwrap();
        let theirs = AwsCloud::open(session(), "others").await.unwrap();
        Self {
            endpoint,
            ours,
            hasty,
            theirs,
        }
    }
}

/// One run of `belfry apply`; whether everything was made.
async fn run(cloud: &AwsCloud, desired: &Desired) -> bool {
    let Ok(observed) = observe(cloud, desired).await else {
        return false;
    };
    let plan = Plan::new(desired, &observed);
    apply(cloud, &plan, &mut Silent).await.is_complete()
}

async fn observe(cloud: &AwsCloud, desired: &Desired) -> Result<Observed, CloudError> {
    let scope = Scope {
        suite: cloud.suite(),
        prefix: "fraud-",
        desired,
    };
    cloud.observe(&scope).await
}

/// What became of the runs under faults.
#[derive(Clone, Debug, Default)]
struct Tally {
    killed: u64,
    failed: u64,
    succeeded: u64,
    /// What the endpoint was asked meanwhile.
    asked: belfry::endpoint::Tally,
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            killed: self.killed + other.killed,
            failed: self.failed + other.failed,
            succeeded: self.succeeded + other.succeeded,
            asked: self.asked.plus(&other.asked),
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let runs = self.killed + self.failed + self.succeeded;
        let (calls, retries) = (self.asked.requests, self.asked.retries);
        writeln!(
            f,
            "{SCHEDULES} schedules, {runs} runs under faults and {SCHEDULES} without"
        )?;
        writeln!(
            f,
            "runs: {} killed, {} failed, {} succeeded",
            self.killed, self.failed, self.succeeded
        )?;
        writeln!(f, "calls: {calls}, {retries} of them retries of the SDK")?;
        let faults: Vec<String> = self
            .asked
            .faults
            .iter()
            .map(|(name, n)| format!("{name} {n}"))
            .collect();
        write!(f, "faults: {}", faults.join(", "))
    }
}

/// Runs `work` until it was polled `polls` times; then it is dropped where it stands, as a killed process is.
async fn killed_after<F: Future>(polls: u64, work: F) -> Option<F::Output> {
    let mut work = pin!(work);
    let mut left = polls;
    poll_fn(move |cx| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        work.as_mut().poll(cx).map(Some)
    })
    .await
}

/// One resource of every kind, and what these need.
fn small(desired: &Desired) -> Desired {
    let mut kinds = Vec::new();
    let firsts = desired.resources.values().filter(|resource| {
        let kind = resource.address().kind;
        let is_first = !kinds.contains(&kind);
        kinds.push(kind);
        is_first
    });
    let mut kept: Vec<&Resource> = firsts.collect();
    let mut at = 0;
    while let Some(next) = kept.get(at).copied() {
        at += 1;
        for need in next.references() {
            let found = desired.resources.get(&need);
            kept.extend(found.filter(|need| !kept.contains(need)));
        }
    }
    kept.into_iter().cloned().collect()
}

/// The same suite later: its alarm has another threshold, its saved query and its dashboard are gone.
fn later(desired: &Desired) -> Desired {
    let kept = desired
        .resources
        .values()
        .filter(|resource| !matches!(resource, Resource::Query(_) | Resource::Dashboard(_)));
    let changed = kept.cloned().map(|resource| match resource {
        Resource::Alarm(alarm) => Resource::Alarm(AlarmResource {
            threshold: alarm.threshold.map(|threshold| threshold + 1.0),
            ..alarm
        }),
        other => other,
    });
    changed.collect()
}

/// What somebody else keeps in the same account under names like ours.
#[expect(clippy::too_many_lines, reason = "an arm for each kind of resource")]
fn of_others(desired: &Desired, place: &Place) -> Desired {
    let renamed = desired.resources.values().cloned().map(|resource| {
        let name = |name: &str| format!("{name}-of-others");
        match resource {
            Resource::Alarm(mut alarm) => {
                alarm.name = name(&alarm.name);
                Resource::Alarm(alarm)
            }
            Resource::CompositeAlarm(mut alarm) => {
                alarm.name = name(&alarm.name);
                alarm.rule = alarm.rule.replace("\")", "-of-others\")");
                if let Some((suppressor, ..)) = &mut alarm.suppressor {
                    *suppressor = name(suppressor);
                }
                Resource::CompositeAlarm(alarm)
            }
            Resource::LogAlarm(mut alarm) => {
                alarm.name = name(&alarm.name);
                alarm.log_groups = alarm.log_groups.iter().map(|group| name(group)).collect();
                Resource::LogAlarm(alarm)
            }
            Resource::MuteRule(mut rule) => {
                rule.name = name(&rule.name);
                rule.alarms = rule.alarms.iter().map(|alarm| name(alarm)).collect();
                Resource::MuteRule(rule)
            }
            Resource::Dashboard(mut dashboard) => {
                dashboard.name = name(&dashboard.name);
                Resource::Dashboard(dashboard)
            }
            Resource::Bucket(mut bucket) => {
                bucket.name = name(&bucket.name);
                bucket.policy = serde_json::Value::Null;
                Resource::Bucket(bucket)
            }
            Resource::LoadBalancer(mut balancer) => {
                balancer.name = "of-others".to_owned();
                let idle = "idle_timeout.timeout_seconds".to_owned();
                balancer.attributes = [(idle, "30".to_owned())].into();
                Resource::LoadBalancer(balancer)
            }
            Resource::LogGroup(mut group) => {
                group.name = name(&group.name);
                Resource::LogGroup(group)
            }
            Resource::Query(mut query) => {
                query.name = query.name.replace("fraud-detection/", "others/");
                Resource::Query(query)
            }
            Resource::MetricFilter(mut filter) => {
                filter.log_group = name(&filter.log_group);
                Resource::MetricFilter(filter)
            }
            Resource::Topic(topic) => {
                Resource::Topic(TopicResource::desired(&name(&topic.name), None, place))
            }
            Resource::Budget(mut budget) => {
                budget.name = name(&budget.name);
                Resource::Budget(budget)
            }
            Resource::Workgroup(mut workgroup) => {
                workgroup.name = name(&workgroup.name);
                let results = workgroup.results.as_deref().unwrap_or_default();
                let (bucket, folder) = results.trim_start_matches("s3://").split_once('/').unwrap();
                workgroup.results = Some(format!("s3://{}/{folder}", name(bucket)));
                Resource::Workgroup(workgroup)
            }
            Resource::Database(mut database) => {
                database.name = format!("{}_of_others", database.name);
                database.workgroup = name(&database.workgroup);
                Resource::Database(database)
            }
            Resource::Table(mut table) => {
                table.database = format!("{}_of_others", table.database);
                table.workgroup = name(&table.workgroup);
                Resource::Table(table)
            }
            Resource::NamedQuery(mut query) => {
                query.name = query.name.replace("fraud-detection/", "others/");
                query.workgroup = name(&query.workgroup);
                query.database = format!("{}_of_others", query.database);
                Resource::NamedQuery(query)
            }
            Resource::Subscription(mut subscription) => {
                subscription.topic = name(&subscription.topic);
                Resource::Subscription(subscription)
            }
        }
    });
    renamed.collect()
}

fn faults(seed: u64) -> Faults {
    let text = "throttle=8%,error=5%,drop=4%,reset=4%,timeout=0.05%,slow=5%,delay=1ms,silence=1s";
    Faults {
        seed,
        ..text.parse().unwrap()
    }
}

/// Applies under faults, killed at random points, until the faults end; then once without.
async fn converges(account: &Account, desired: &Desired, seed: u64) -> Tally {
    let mut tally = Tally::default();
    account.endpoint.inject(Some(faults(seed)));
    for attempt in 1..=RUNS {
        let polls = (seed + 1) * attempt * 7919 % POLLS;
        match killed_after(polls, Box::pin(run(&account.hasty, desired))).await {
            None => tally.killed += 1,
            Some(false) => tally.failed += 1,
            Some(true) => tally.succeeded += 1,
        }
    }
    account.endpoint.inject(None);
    let is_made = run(&account.ours, desired).await;
    assert!(is_made, "seed {seed}");
    let observed = observe(&account.ours, desired).await.unwrap();
    let plan = Plan::new(desired, &observed);
    assert!(plan.is_empty(), "seed {seed}: {plan:#?}");
    nothing_twice(desired, &observed, seed);
    tally
}

/// What is the suite's is what it declares, each once; what is kept was there before.
fn nothing_twice(desired: &Desired, observed: &Observed, seed: u64) {
    let ours = observed.resources.iter();
    let ours = ours.filter(|(_, found)| found.ownership.objection().is_none());
    let extra: Vec<_> = ours
        .filter(|(address, _)| !desired.resources.contains_key(address))
        .filter(|(address, _)| address.kind.is_deleted())
        .collect();
    assert!(extra.is_empty(), "seed {seed}: {extra:#?}");
}

/// Makes a suite, or with an odd seed its later version where the first stands already, under the faults of
/// `seed` and beside the resources of somebody else.
async fn schedule(full: &Desired, seed: u64) -> Tally {
    let account = Account::open().await;
    let (first, foreign) = (small(full), of_others(&small(full), account.theirs.place()));
    make(&account.theirs, &foreign).await;
    let before = observe(&account.theirs, &foreign).await.unwrap();
    let wanted = if seed.is_multiple_of(2) {
        first
    } else {
        make(&account.ours, &first).await;
        later(&first)
    };
    let tally = Box::pin(converges(&account, &wanted, seed)).await;
    let mut after = observe(&account.theirs, &foreign).await.unwrap();
    after
        .resources
        .retain(|address, _| before.resources.contains_key(address));
    assert_eq!(after, before, "seed {seed}: somebody else's resources");
    Tally {
        asked: account.endpoint.tally(),
        ..tally
    }
}

/// Makes what nothing stands in the way of.
async fn make(cloud: &AwsCloud, desired: &Desired) {
    let plan = Plan::new(desired, &observe(cloud, desired).await.unwrap());
    let made = apply(cloud, &plan, &mut Silent).await;
    assert!(made.is_complete(), "{made:#?}");
}

fn schedules(full: &Desired, thread: u64) -> Tally {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let seeds = (0..SCHEDULES).filter(|seed| seed % THREADS == thread);
    let tallies = seeds.map(|seed| runtime.block_on(schedule(full, seed)));
    tallies.fold(Tally::default(), Add::add)
}

#[test]
fn every_schedule_of_faults_and_kills_ends_in_an_empty_plan_and_harms_nothing() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let full = runtime.block_on(Fixture::new()).desired;
    let tally = thread::scope(|scope| {
        let full = &full;
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| scope.spawn(move || schedules(full, thread)))
            .collect();
        let tallies = threads.into_iter().map(|thread| thread.join().unwrap());
        tallies.fold(Tally::default(), Add::add)
    });
    println!("{tally}");
    // Runs of every kind were among them.
    assert!(tally.killed > SCHEDULES / 2, "{tally:?}");
    assert!(tally.failed > SCHEDULES / 10, "{tally:?}");
    assert!(tally.succeeded > SCHEDULES / 10, "{tally:?}");
}
