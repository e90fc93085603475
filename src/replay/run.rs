use std::collections::{BTreeMap, BTreeSet};

use belfry_engine::account::{Account, DimensionPairsWarning};
use belfry_engine::base::Millis;
use belfry_engine::events::{InputLogEvent, RETENTION_DAYS, RejectedLogEvents};
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
    keeps: Keeps,
    /// Up to which moment the history was looked through.
    looked: Option<Millis>,
    happenings: Vec<Happening>,
}

/// Which log events are kept.
#[derive(Debug)]
enum Keeps {
    Everything,
    /// Those of some log groups.
    Groups(BTreeSet<String>),
}

/// The log groups that log alarms ask, with the days that they look back at most.
fn groups_of_log_alarms(account: &Account) -> BTreeMap<String, i64> {
    let mut groups = BTreeMap::new();
    for stored in account.alarms.log_alarms().values() {
        let query = &stored.alarm.query;
        let mut allowed = RETENTION_DAYS.into_iter();
        let days = allowed.find(|days| days * 86_400 > query.schedule.start_offset);
        for group in &query.log_groups {
            let name = group.rsplit(":log-group:").next().unwrap_or(group);
            let name = name.strip_suffix(":*").unwrap_or(name).to_owned();
            let kept = groups.entry(name).or_insert(1);
            *kept = days.unwrap_or(1).max(*kept);
        }
    }
    groups
}

impl Replay {
    pub(super) fn new(account: Account, now: Millis) -> Self {
        Self {
            account,
            now,
            keeps: Keeps::Everything,
            looked: None,
            happenings: Vec::new(),
        }
    }

    /// Log events become metrics and are forgotten: memory does not grow with the log. Queries then find
    /// nothing, and no batch is refused for its size or age. Only what the queries of log alarms look back at is kept.
    pub fn discard_events(&mut self) {
        let asked = groups_of_log_alarms(&self.account);
        for (group, days) in &asked {
            // A group that is gone is found missing by the query.
            let _ = self.account.logs.set_retention(group, Some(*days));
        }
        self.keeps = Keeps::Groups(asked.into_keys().collect());
    }

    /// Drops every datapoint before `moment`: what no alarm looks at any more need not be kept.
    pub fn forget_before(&mut self, moment: Millis) {
        self.account.metrics.forget_before(moment);
    }

    /// The moment reached.
    pub fn now(&self) -> Millis {
        self.now
    }

    /// Filters that made too many dimension values, since this was last asked.
    pub fn take_dimension_warnings(&mut self) -> Vec<DimensionPairsWarning> {
        self.account.dimension_pairs.take_warnings()
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
        if let Keeps::Groups(kept) = &self.keeps {
            if kept.contains(group) {
                self.keep(group, events, now)?;
            }
            self.account.publish_metrics(group, events, now);
            return Ok(RejectedLogEvents::default());
        }
        self.stream(group, now)?;
        let refused = |source| ReplayError::Log {
            group: group.to_owned(),
            source,
        };
        let put = self.account.put_log_events(group, STREAM, events, now);
        put.map_err(refused)
    }

    /// Keeps events for queries, however many and old they are: one by one they make no batch that is refused.
    fn keep(
        &mut self,
        group: &str,
        events: &[InputLogEvent],
        now: Millis,
    ) -> Result<(), ReplayError> {
        self.stream(group, now)?;
        for event in events {
            // An event that is too old, empty or too long for the group is found by no query.
            let _ = self
                .account
                .logs
                .put(group, STREAM, std::slice::from_ref(event), now);
        }
        Ok(())
    }

    fn stream(&mut self, group: &str, now: Millis) -> Result<(), ReplayError> {
        let refused = |source| ReplayError::Log {
            group: group.to_owned(),
            source,
        };
        let logs = &mut self.account.logs;
        if logs.group(group).map_err(refused)?.stream(STREAM).is_err() {
            logs.create_stream(group, STREAM, now).map_err(refused)?;
        }
        Ok(())
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
