use belfry_engine::alarms::{
    AlarmEvaluation, AlarmStore, DueRun, Evaluation, LogAlarm, StateValue, TreatMissingData,
};
use belfry_engine::base::Millis;
use belfry_engine::insights::QueryResults;
use belfry_engine::metrics::MetricStore;

use super::verdict::{Ruled, branch, decided, part};
use super::words::{number, sign};
use super::{Bucket, Evaluated};

/// The runs that decide about a log alarm at a moment, to be made again.
#[derive(Debug)]
pub struct LogReading {
    store: AlarmStore,
    name: String,
    due: Vec<DueRun>,
    /// When the newest of them ran.
    pub moment: Millis,
}

impl LogReading {
    /// The N newest runs up to `at`. The error is the engine's refusal.
    pub fn of(alarm: &LogAlarm, at: Millis) -> Result<Self, String> {
        let interval = alarm.query.schedule.interval();
        let moment = at.floor_to(interval);
        let count = i64::try_from(alarm.query_results_to_evaluate).unwrap_or(i64::MAX);
        let run = |age: i64| moment.plus(-interval.saturating_mul(age));
        let mut store = AlarmStore::default();
        // A warm-up is the service's to tell; the question here is what the logs say.
        let alarm = LogAlarm {
            warm_up: None,
            ..alarm.clone()
        };
        let name = alarm.name.clone();
        let put = store.put_log(alarm, run(count));
        put.map_err(|error| error.message)?;
        let due = (0..count).rev().flat_map(|age| store.due_runs(run(age)));
        Ok(Self {
            due: due.collect(),
            store,
            name,
            moment,
        })
    }

    /// What is to be asked, oldest first.
    pub fn due(&self) -> Vec<DueRun> {
        self.due.clone()
    }

    /// The answer of a run, or why it has none.
    pub fn take(&mut self, run: &DueRun, results: Result<QueryResults, String>) {
        let id = run.at.to_rfc3339();
        self.store.take_run(run, id, results);
    }

    /// The engine's evaluation of what was taken.
    pub fn judge(&self) -> Option<AlarmEvaluation> {
        let metrics = MetricStore::default();
        self.store.explain(&self.name, &metrics, self.moment)
    }
}

/// The rule in one line.
pub fn log_rule_in_words(alarm: &LogAlarm) -> String {
    let query = &alarm.query;
    format!(
        "{} of `{}` {} in {} of {} results, {} over {} s; missing results: {}",
        query.aggregation.text(),
        query.query_string,
        limit(alarm),
        alarm.query_results_to_alarm,
        alarm.query_results_to_evaluate,
        query.schedule.expression,
        query.schedule.start_offset - query.schedule.end_offset.unwrap_or_default(),
        treatment(alarm),
    )
}

impl Ruled {
    /// Of a log alarm.
    pub fn of_log(alarm: &LogAlarm) -> Self {
        Self {
            subject: alarm.query.aggregation.text().to_owned(),
            limit: limit(alarm),
            looks_up: sign(alarm.comparison_operator).starts_with('>'),
            treatment: treatment(alarm),
            bucket: "run",
        }
    }
}

fn limit(alarm: &LogAlarm) -> String {
    let sign = sign(alarm.comparison_operator);
    format!("{sign} {}", number(alarm.threshold))
}

fn treatment(alarm: &LogAlarm) -> &'static str {
    let treatment = alarm.treat_missing_data;
    treatment.unwrap_or(TreatMissingData::Missing).as_str()
}

/// The evaluation, run by run, newest first; each over the time that it looked at.
pub fn evaluated_runs(alarm: &LogAlarm, moment: Millis, evaluation: &Evaluation) -> Evaluated {
    let schedule = &alarm.query.schedule;
    let before = |at: Millis, seconds: i64| at.plus(-seconds.saturating_mul(1000)).to_rfc3339();
    let judged = evaluation.datapoints.iter().rev();
    let buckets = judged.map(|judged| {
        let at = judged.point.start;
        Bucket {
            start: before(at, schedule.start_offset),
            end: before(at, schedule.end_offset.unwrap_or_default()),
            value: judged.point.datapoint.map(|point| point.value),
            samples: None,
            part: part(judged.part),
        }
    });
    Evaluated {
        moment: moment.to_rfc3339(),
        state: evaluation.state.map(StateValue::as_str),
        branch: branch(evaluation.because),
        decided: decided(&Ruled::of_log(alarm), evaluation),
        needed: evaluation.rule.needed(),
        periods: evaluation.rule.evaluation_periods,
        buckets: buckets.collect(),
    }
}

#[cfg(test)]
mod tests {
    use belfry_engine::alarms::{Aggregation, ComparisonOperator, Schedule, ScheduledQuery};
    use belfry_engine::insights::{ResultRow, Statistics};

    use super::*;

    fn alarm() -> LogAlarm {
        LogAlarm {
            name: "a".to_owned(),
            description: None,
            actions_enabled: true,
            ok_actions: Vec::new(),
            alarm_actions: Vec::new(),
            insufficient_data_actions: Vec::new(),
            query: ScheduledQuery {
                query_string: "fields host".to_owned(),
                log_groups: vec!["g".to_owned()],
                role_arn: "arn:aws:iam::000000000000:role/r".to_owned(),
                schedule: Schedule::read("rate(5 minutes)", 600, None).unwrap(),
                aggregation: Aggregation::parse("count(*) by host").unwrap(),
                tags: Default::default(),
            },
            query_results_to_evaluate: 2,
            query_results_to_alarm: 2,
            threshold: 1.0,
            comparison_operator: ComparisonOperator::parse("GreaterThanThreshold").unwrap(),
            treat_missing_data: None,
            warm_up: None,
            tags_propagation: None,
        }
    }

    fn rows(hosts: &[&str]) -> QueryResults {
        let row = |host: &&str| ResultRow {
            cells: vec![Some((*host).to_owned())],
            position: None,
        };
        QueryResults {
            columns: vec!["host".to_owned()],
            rows: hosts.iter().map(row).collect(),
            statistics: Statistics::default(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn the_runs_that_decide_are_asked_again_and_judged_by_group() {
        let at = Millis::parse_rfc3339("2026-06-10T12:07:30Z").unwrap();
        let mut reading = LogReading::of(&alarm(), at).unwrap();
        let due = reading.due();
        let times: Vec<_> = due.iter().map(|run| run.at.to_rfc3339()).collect();
        assert_eq!(
            times,
            ["2026-06-10T12:00:00.000Z", "2026-06-10T12:05:00.000Z"]
        );
        assert_eq!(due[1].range.start.to_rfc3339(), "2026-06-10T11:55:00.000Z");
        reading.take(&due[0], Ok(rows(&["a", "a", "b", "b"])));
        reading.take(&due[1], Ok(rows(&["a", "a", "a", "b"])));
        let Some(AlarmEvaluation::Contributors { series, .. }) = reading.judge() else {
            panic!("contributors were expected");
        };
        let states: Vec<_> = series.iter().map(|one| one.evaluation.state).collect();
        assert_eq!(states, [Some(StateValue::Alarm), Some(StateValue::Ok)]);
    }
}
