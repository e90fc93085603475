use super::Account;
use crate::alarms::DueRun;
use crate::base::Millis;
use crate::insights::{QueryResults, RunOptions, compile};

impl Account {
    /// Runs the queries of log alarms that are due at `at`; the next evaluation of alarms follows their answers.
    pub(super) fn run_log_alarms(&mut self, at: Millis) {
        for due in self.alarms.due_runs(at) {
            let id = self.ids.next("scheduled-query", due.at);
            let results = self.run_scheduled(&due);
            self.alarms.take_run(&due, id, results);
        }
    }

    /// The error is why the run failed.
    fn run_scheduled(&self, due: &DueRun) -> Result<QueryResults, String> {
        let head = format!("arn:aws:logs:{}:{}:log-group:", self.region, self.id);
        let name = |identifier| match str::strip_prefix(identifier, head.as_str()) {
            Some(name) => name.strip_suffix(":*").unwrap_or(name),
            None => identifier,
        };
        let names: Vec<&str> = due.log_groups.iter().map(|group| name(group)).collect();
        let missing = names.iter().find(|name| self.logs.group(name).is_err());
        if let Some(missing) = missing {
            return Err(format!("the log group {missing} does not exist"));
        }
        let source = self.logs.query_source(&names, due.at);
        let source = source.map_err(|error| error.message)?;
        let (query, _) = compile(&due.text).map_err(|found| {
            let first = found.first().map(|d| d.message.clone());
            first.unwrap_or_default()
        })?;
        let options = RunOptions {
            range: due.range,
            now: due.at,
            limit: None,
        };
        query
            .run(&source, &options)
            .map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alarms::{
        Aggregation, ComparisonOperator, LogAlarm, Schedule, ScheduledQuery, StateValue,
    };
    use crate::events::InputLogEvent;

    const NOW: Millis = Millis(1_776_679_200_000);

    fn alarm(query: &str, aggregation: &str, group: &str) -> LogAlarm {
        LogAlarm {
            name: "slow".into(),
            description: None,
            actions_enabled: true,
            ok_actions: Vec::new(),
            alarm_actions: Vec::new(),
            insufficient_data_actions: Vec::new(),
            query: ScheduledQuery {
                query_string: query.into(),
                log_groups: vec![group.into()],
                role_arn: "arn:aws:iam::000000000000:role/query".into(),
                schedule: Schedule::read("rate(1 minute)", 60, None).unwrap(),
                aggregation: Aggregation::parse(aggregation).unwrap(),
                tags: Default::default(),
            },
            query_results_to_evaluate: 1,
            query_results_to_alarm: 1,
            threshold: 1.0,
            comparison_operator: ComparisonOperator::GreaterThanThreshold,
            treat_missing_data: None,
            warm_up: None,
            tags_propagation: None,
        }
    }

    fn account(alarm: LogAlarm) -> Account {
        let mut account = Account::new("000000000000", "us-east-1");
        account.advance(NOW);
        account.logs.create_group("g", NOW).unwrap();
        account.logs.create_stream("g", "s", NOW).unwrap();
        account.alarms.put_log(alarm, NOW).unwrap();
        account
    }

    fn put(account: &mut Account, seconds: i64, messages: &[&str]) {
        let at = NOW.plus(seconds * 1000);
        let event = |message: &&str| InputLogEvent {
            timestamp: at,
            message: (*message).into(),
        };
        let events: Vec<_> = messages.iter().map(event).collect();
        account.advance(at);
        account.put_log_events("g", "s", &events, at).unwrap();
    }

    #[test]
    fn the_rows_of_a_query_raise_a_log_alarm_and_their_end_clears_it() {
        let mut account = account(alarm(r#"filter level = "ERROR""#, "count(*)", "g"));
        account.alarms.keep_timeline();
        put(
            &mut account,
            10,
            &[r#"{"level":"ERROR"}"#, r#"{"level":"INFO"}"#],
        );
        put(&mut account, 70, &[r#"{"level":"ERROR"}"#; 2]);
        account.advance(NOW.plus(300_000));
        let timeline = account.alarms.timeline().iter();
        let states: Vec<_> = timeline
            .map(|c| ((c.new.transitioned.0 - NOW.0) / 60_000, c.new.value))
            .collect();
        assert_eq!(
            states,
            [
                (1, StateValue::Ok),
                (2, StateValue::Alarm),
                (3, StateValue::Ok)
            ]
        );
    }

    #[test]
    fn groups_of_a_query_are_contributors() {
        let query = "fields host, ms | filter ispresent(ms)";
        let mut account = account(alarm(query, "avg(ms) by host", "g"));
        put(
            &mut account,
            10,
            &[r#"{"host":"a","ms":1}"#, r#"{"host":"b","ms":3}"#],
        );
        account.advance(NOW.plus(60_000));
        let stored = &account.alarms.log_alarms()["slow"];
        assert_eq!(
            stored.state.reason,
            "1 out of 2 time series evaluated to ALARM"
        );
        let hosts: Vec<_> = stored.contributors.in_alarm().collect();
        assert_eq!(hosts[0].0.attributes["host"], "b");
    }

    #[test]
    fn a_run_over_a_log_group_that_is_gone_fails() {
        let arn = "arn:aws:logs:us-east-1:000000000000:log-group:gone:*";
        let mut account = account(alarm("fields @message", "count(*)", arn));
        account.advance(NOW.plus(60_000));
        assert_eq!(
            account.alarms.log_alarms()["slow"].state.reason,
            "Insufficient Data: 1 out of the last 1 query results failed: the log group gone does not exist"
        );
    }
}
