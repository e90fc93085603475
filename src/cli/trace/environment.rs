use std::collections::BTreeSet;
use std::future::pending;
use std::io::{BufRead, BufReader};

use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::insights::ResultRow;
use flate2::read::MultiGzDecoder;

use super::files::{Found, sort};
use super::window::{around, folders, may_hold};
use crate::aws::{QueryRequest, Ran, Session};
use crate::cli::CommandError;
use crate::suite::Suite;
use crate::trace::{Id, ServiceLine};

/// The most files of access logs that are read for one request.
const MOST_FILES: usize = 200;

/// The most lines of the service that are asked for.
const MOST_LINES: usize = 1000;

/// Where and when an id is looked for.
pub(super) struct Search<'a> {
    pub(super) session: &'a Session,
    pub(super) suite: &'a Suite,
    pub(super) log_groups: &'a [String],
    pub(super) range: TimeRange,
    pub(super) id: &'a Id,
}

impl Search<'_> {
    /// The lines of both sides.
    pub(super) async fn run(&self) -> Result<Found, CommandError> {
        let mut found = Found {
            service: self.service().await?,
            ..Found::default()
        };
        let mut ids: Vec<Id> = found
            .traces()
            .iter()
            .filter_map(|trace| Id::parse(trace).ok())
            .collect();
        if let Id::Trace(_) = self.id {
            ids.push(self.id.clone());
        }
        if ids.is_empty() {
            let note = "no line of the service names a trace, so that the access log has nothing to be found by";
            found.notes.push(note.to_owned());
        } else {
            self.access(&ids, &mut found).await?;
        }
        Ok(found)
    }

    /// The service's lines, through Logs Insights.
    async fn service(&self) -> Result<Vec<ServiceLine>, CommandError> {
        let text = self.id.text();
        // `Id::parse` takes no text that could end the quotes.
        let query = format!(
            "fields @timestamp, @message, @log | filter request_id = '{text}' or trace_id like '{text}' \
             | sort @timestamp asc | limit {MOST_LINES}"
        );
        let request = QueryRequest {
            text: &query,
            log_groups: self.log_groups,
            range: self.range,
            limit: None,
        };
        let ran = self
            .session
            .run_query(&request, &mut |_| true, pending())
            .await?;
        let Ran::Complete(results) = ran else {
            return Ok(Vec::new());
        };
        let lines = results.rows.iter().filter_map(line);
        Ok(lines.filter(|line| line.has(self.id)).collect())
    }

    /// The load balancer's lines, from the objects of its bucket.
    async fn access(&self, ids: &[Id], found: &mut Found) -> Result<(), CommandError> {
        let variable = self.suite.environment.variables.get("load_balancer");
        let Some(name) = variable.and_then(|dimension| dimension.split('/').nth(1)) else {
            let note =
                "belfry.toml has no variable `load_balancer`, so that no access log is known";
            found.notes.push(note.to_owned());
            return Ok(());
        };
        let Some((bucket, prefix)) = self.session.access_logs(name).await? else {
            let note = format!("no load balancer {name} is there, or its access logs are off");
            found.notes.push(note);
            return Ok(());
        };
        let range = self.near(ids, found);
        let keys = self
            .keys((&bucket, &prefix), name, range, &mut found.notes)
            .await?;
        for key in &keys {
            let bytes = self.session.object(&bucket, key).await?;
            read(&bytes, &format!("s3://{bucket}/{key}"), ids, found)?;
        }
        if found.access.is_empty() {
            found.notes.push(format!(
                "none of {} files of access logs holds the request; a file is delivered after its interval has ended, \
                 5 minutes on AWS and one with `belfry up`",
                keys.len()
            ));
        }
        Ok(())
    }

    /// The time of the request, as narrow as its ids and lines make it.
    fn near(&self, ids: &[Id], found: &Found) -> TimeRange {
        let made = ids.iter().filter_map(Id::made);
        let seen = found.service.iter().map(|line| line.at);
        // The root of a trace may be somebody else's and old.
        let moments: BTreeSet<Millis> = match found.service.is_empty() {
            true => made.collect(),
            false => seen.collect(),
        };
        match (moments.first(), moments.last()) {
            (Some(first), Some(last)) => TimeRange {
                start: around(*first).start,
                end: around(*last).end,
            },
            _ => self.range,
        }
    }

    async fn keys(
        &self,
        (bucket, prefix): (&str, &str),
        name: &str,
        range: TimeRange,
        notes: &mut Vec<String>,
    ) -> Result<Vec<String>, CommandError> {
        let environment = &self.suite.environment;
        let (account, region) = (&environment.account, &environment.region);
        let mut keys = Vec::new();
        for folder in folders(prefix, account, region, range) {
            let all = self.session.object_keys(bucket, &folder).await?;
            keys.extend(all.into_iter().filter(|key| may_hold(key, name, range)));
        }
        if keys.len() > MOST_FILES {
            notes.push(format!(
                "{} files of access logs may hold the request, {MOST_FILES} were read: narrow the time with --since",
                keys.len()
            ));
            keys.truncate(MOST_FILES);
        }
        Ok(keys)
    }
}

/// A row of the query: time, message, log group.
fn line(row: &ResultRow) -> Option<ServiceLine> {
    let cell = |at: usize| row.cells.get(at)?.as_deref();
    let at = Millis::parse_rfc3339(&format!("{}Z", cell(0)?.replacen(' ', "T", 1)));
    let group = cell(2).map_or("", |log| log.rsplit(':').next().unwrap_or(log));
    ServiceLine::parse(cell(1)?, at, group)
}

fn read(bytes: &[u8], from: &str, ids: &[Id], found: &mut Found) -> Result<(), CommandError> {
    let lines = BufReader::new(MultiGzDecoder::new(bytes)).split(b'\n');
    for (number, line) in lines.enumerate() {
        let line =
            line.map_err(|error| CommandError::user(format!("cannot read {from}: {error}")))?;
        sort(&line, number + 1, from, ids, found);
    }
    Ok(())
}
