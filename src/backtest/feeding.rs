use std::collections::BTreeMap;

use belfry_engine::alarms::MetricAlarm;
use belfry_engine::base::Millis;
use belfry_engine::events::InputLogEvent;
use belfry_engine::metrics::MetricDatum;

use super::fed::Tally;
use super::{Course, Fed, Trial};
use crate::replay::ReplayError;

/// Events of so many milliseconds are fed together: alarms are evaluated no more often.
const SLOT: i64 = 10_000;
const MINUTE: i64 = 60_000;

/// Feeds one recording to every trial.
#[derive(Debug)]
pub struct Backtest {
    trials: Vec<Trial>,
    fed: Fed,
    tally: Tally,
    /// The slot that is being filled.
    slot: Option<Slot>,
    /// The least and the greatest time of what was fed.
    ends: Option<(Millis, Millis)>,
}

#[derive(Debug)]
struct Slot {
    start: Millis,
    newest: Millis,
    events: BTreeMap<String, Vec<InputLogEvent>>,
    data: Vec<MetricDatum>,
}

impl Backtest {
    /// Over these trials, which all begin before the recording does.
    pub fn new(trials: Vec<Trial>) -> Self {
        Self {
            trials,
            fed: Fed::default(),
            tally: Tally::default(),
            slot: None,
            ends: None,
        }
    }

    /// A log event of `group`. The clock never runs backwards: an event that is older than one before it is fed at
    /// the clock's time with its own timestamp, as CloudWatch takes late events.
    pub fn log(&mut self, group: &str, event: InputLogEvent) -> Result<(), ReplayError> {
        self.fed.events += 1;
        self.fed.bytes += u64::try_from(event.message.len()).unwrap_or(u64::MAX);
        let slot = self.slot_at(event.timestamp, group)?;
        match slot.events.get_mut(group) {
            Some(events) => events.push(event),
            None => {
                slot.events.insert(group.to_owned(), vec![event]);
            }
        }
        Ok(())
    }

    /// A datum of a metric.
    pub fn put(&mut self, datum: MetricDatum) -> Result<(), ReplayError> {
        self.fed.data += 1;
        let slot = self.slot_at(datum.timestamp, "the metrics")?;
        slot.data.push(datum);
        Ok(())
    }

    /// Says that something of the recording was not fed.
    pub fn leave_out(&mut self, what: impl Into<String>, count: u64) {
        self.tally.add(what, count);
    }

    /// The metric alarms of all versions.
    pub fn metric_alarms(&self) -> impl Iterator<Item = &MetricAlarm> {
        self.trials.iter().flat_map(Trial::metric_alarms)
    }

    /// What was fed until now.
    pub fn fed(&self) -> &Fed {
        &self.fed
    }

    /// The least and the greatest time of what was fed.
    pub fn ends(&self) -> Option<(Millis, Millis)> {
        self.ends
    }

    fn slot_at(&mut self, at: Millis, from: &str) -> Result<&mut Slot, ReplayError> {
        let (first, last) = self.ends.unwrap_or((at, at));
        self.ends = Some((first.min(at), last.max(at)));
        let start = at.floor_to(SLOT);
        let is_over = self.slot.as_ref().is_some_and(|slot| start > slot.start);
        if is_over {
            self.flush()?;
        }
        let slot = self.slot.get_or_insert_with(|| Slot {
            start,
            newest: at,
            events: BTreeMap::new(),
            data: Vec::new(),
        });
        if at.floor_to(MINUTE) < slot.start.floor_to(MINUTE) {
            let what = format!(
                "events of {from} came after their minute had been judged, as late events do; they count, but later"
            );
            self.tally.add(what, 1);
        }
        slot.newest = slot.newest.max(at);
        Ok(slot)
    }

    fn flush(&mut self) -> Result<(), ReplayError> {
        let Some(slot) = self.slot.take() else {
            return Ok(());
        };
        for trial in &mut self.trials {
            for (group, events) in &slot.events {
                trial.log(group, events, slot.newest)?;
            }
            for datum in &slot.data {
                if let Err(error) = trial.put(datum, slot.newest) {
                    let what = format!("data were refused: {error}");
                    self.tally.add(what, 1);
                }
            }
        }
        Ok(())
    }

    /// Lets the clock run to `end` and says what happened.
    pub fn finish(mut self, end: Millis) -> Result<(Vec<Course>, Fed), ReplayError> {
        self.flush()?;
        for trial in &mut self.trials {
            for warning in trial.crowded() {
                self.tally.add(format!("{warning} ({})", trial.name), 1);
            }
            let what = format!(
                "values that metric filters gave were refused by the metric store, too late or out of range ({})",
                trial.name
            );
            self.tally.add(what, trial.refused());
            for alarm in trial.unevaluated() {
                let what = format!(
                    "the alarm `{alarm}` is not evaluated: it compares with an anomaly detection band, whose model CloudWatch \
                     does not publish"
                );
                self.tally.add(what, 1);
            }
            let silent = trial.log_alarms().filter(|_| self.fed.events == 0);
            for alarm in silent {
                let what = format!("the log alarm `{alarm}` asks log events, and none were fed");
                self.tally.add(what, 1);
            }
        }
        let courses = self
            .trials
            .into_iter()
            .map(|trial| trial.finish(end))
            .collect();
        self.fed.not_fed = self.tally.into_list();
        Ok((courses, self.fed))
    }
}
