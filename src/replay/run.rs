use belfry_engine::account::Account;
use belfry_engine::base::Millis;
use belfry_engine::events::{InputLogEvent, RejectedLogEvents};
use belfry_engine::metrics::{
    MetricDataRequest, MetricDataResult, MetricDatum, MetricError, get_metric_data,
};

use super::stage::endpoint_at;
use super::{Happening, ReplayError};
use crate::aws::Session;

/// The stream of events that were given without one.
const STREAM: &str = "replay";
/// History is looked through at least this often: AWS keeps it for 30 days.
const LOOK: i64 = 86_400_000;

/// A suite under whatever it is fed, from the moment of its stage on.
#[derive(Debug)]
pub struct Replay {
    account: Account,
    now: Millis,
    keeps_events: bool,
    /// Up to which moment the history was looked through.
    looked: Option<Millis>,
    happenings: Vec<Happening>,
}

impl Replay {
    pub(super) fn new(account: Account, now: Millis) -> Self {
        Self {
            account,
            now,
            keeps_events: true,
            looked: None,
            happenings: Vec::new(),
        }
    }

    /// Log events become metrics and are forgotten: memory does not grow with the log. Queries then find
    /// nothing, and no batch is refused for its size or age.
    pub fn discard_events(&mut self) {
        self.keeps_events = false;
    }

    /// Drops every datapoint before `moment`: what no alarm looks at any more need not be kept.
    pub fn forget_before(&mut self, moment: Millis) {
        self.account.metrics.forget_before(moment);
    }

    /// The moment reached.
    pub fn now(&self) -> Millis {
        self.now
    }

    /// The account as it stands.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Lets time pass up to `now`: alarms that become due are evaluated in order. An earlier moment changes
    /// nothing.
    pub fn advance(&mut self, now: Millis) {
        while self.now.plus(LOOK) < now {
            let next = self.now.plus(LOOK);
            self.pass(next);
            self.look();
        }
        self.pass(now);
    }

    fn pass(&mut self, now: Millis) {
        self.account.advance(now);
        self.now = self.now.max(now);
    }

    /// PutLogEvents at `now`: what the group's metric filters and embedded metrics publish is there at once. The
    /// events stand in the order of their timestamps.
    pub fn log(
        &mut self,
        group: &str,
        events: &[InputLogEvent],
        now: Millis,
    ) -> Result<RejectedLogEvents, ReplayError> {
        self.advance(now);
        let now = self.now;
        if !self.keeps_events {
            self.account.publish_metrics(group, events, now);
            return Ok(RejectedLogEvents::default());
        }
        let refused = |source| ReplayError::Log {
            group: group.to_owned(),
            source,
        };
        let logs = &mut self.account.logs;
        if logs.group(group).map_err(refused)?.stream(STREAM).is_err() {
            logs.create_stream(group, STREAM, now).map_err(refused)?;
        }
        let put = self.account.put_log_events(group, STREAM, events, now);
        put.map_err(refused)
    }

    /// PutMetricData at `now`; unlike there, namespaces of AWS are taken.
    pub fn put(&mut self, datum: &MetricDatum, now: Millis) -> Result<(), ReplayError> {
        self.advance(now);
        Ok(self.account.metrics.put(datum, self.now)?)
    }

    /// What happened since the last time this was asked, in order of time; of one moment in the order of AWS's
    /// history.
    pub fn take_happenings(&mut self) -> Vec<Happening> {
        self.look();
        std::mem::take(&mut self.happenings)
    }

    /// GetMetricData, now.
    pub fn metric_data(
        &self,
        request: &MetricDataRequest,
    ) -> Result<Vec<MetricDataResult>, MetricError> {
        get_metric_data(&self.account.metrics, request, self.now)
    }

    /// SDK clients over a copy of the account, at the moment reached: for queries and dashboards. What is written
    /// through them does not come back here.
    pub fn session(&self) -> Session {
        let endpoint = endpoint_at(self.now, self.account.clone());
        Session::in_process(&endpoint, &self.account.region)
    }

    /// Nothing is ever evaluated for a moment that has passed, so what was looked through need not be again.
    fn look(&mut self) {
        let looked = self.looked;
        let history = self.account.alarms.history();
        let new = history
            .into_iter()
            .take_while(|item| looked.is_none_or(|looked| item.timestamp > looked));
        let from = self.happenings.len();
        self.happenings.extend(new.filter_map(Happening::of));
        if let Some(new) = self.happenings.get_mut(from..) {
            new.reverse();
        }
        self.looked = Some(self.now);
    }
}
