use std::collections::BTreeMap;

use belfry_engine::catalog::{
    Table, access_log_table, connection_log_table, health_check_log_table,
};
use belfry_engine::diag::{Diagnostic, suite as codes};

use super::names::spelling;
use super::section::{Section, Text};
use super::variables::substitute;

/// `[athena]`: where load balancers' logs are asked with SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Athena {
    /// `fraud-detection`.
    pub workgroup: String,
    /// `s3://bucket/folder/`: where results go.
    pub results: String,
    /// Bytes after which a query is cancelled.
    pub bytes_scanned_limit: Option<i64>,
    /// `fraud_detection`.
    pub database: String,
    /// The table of access logs.
    pub access_logs: Option<LogTable>,
    /// The table of connection logs.
    pub connection_logs: Option<LogTable>,
    /// The table of health-check logs.
    pub health_check_logs: Option<LogTable>,
}

/// A table over logs of load balancers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogTable {
    /// `alb_access_logs`.
    pub table: String,
    /// `s3://bucket/AWSLogs/ACCOUNT/elasticloadbalancing/REGION/`.
    pub location: String,
    /// The first day that is asked: `2026/01/01`.
    pub since: String,
}

/// The least limit that Athena takes, in bytes.
const LEAST_LIMIT: i64 = 10_000_000;

impl Athena {
    /// The tables that it declares, by day.
    pub fn tables(&self) -> Vec<Table> {
        type Maker = fn(&str, &str) -> Table;
        let makers: [(_, Maker); 3] = [
            (&self.access_logs, access_log_table),
            (&self.connection_logs, connection_log_table),
            (&self.health_check_logs, health_check_log_table),
        ];
        let declared = makers.iter().filter_map(|(logs, make)| {
            let logs = logs.as_ref()?;
            Some(make(&logs.table, &logs.location).by_day(&logs.since))
        });
        declared.collect()
    }

    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        variables: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let workgroup = section.required_string(cx, "workgroup");
        let results = section.required_string(cx, "results");
        let limit = section.integer(cx, "bytes_scanned_limit");
        let database = section.required_string(cx, "database");
        let mut table = |cx: &mut Vec<Diagnostic>, key| {
            let section = section.table(cx, key)?;
            LogTable::read(cx, section, variables)
        };
        let access_logs = table(cx, "access_logs");
        let connection_logs = table(cx, "connection_logs");
        let health_check_logs = table(cx, "health_check_logs");
        section.finish(cx);
        if let Some((limit, at)) = limit
            && limit < LEAST_LIMIT
        {
            let message =
                format!("`bytes_scanned_limit` is {limit}, expected {LEAST_LIMIT} or more");
            cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, at, message));
        }
        let (workgroup, database) = (workgroup?, database?);
        spelling(cx, "workgroup", &workgroup, "._-", 128);
        name(cx, "database", &database);
        let results = location(cx, &results?, variables);
        Some(Self {
            workgroup: workgroup.value,
            results,
            bytes_scanned_limit: limit.map(|(limit, _)| limit),
            database: database.value,
            access_logs,
            connection_logs,
            health_check_logs,
        })
    }
}

impl LogTable {
    fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        variables: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let table = section.required_string(cx, "table");
        let place = section.required_string(cx, "location");
        let since = section.required_string(cx, "since");
        section.finish(cx);
        let (table, place, since) = (table?, place?, since?);
        name(cx, "table", &table);
        if !is_day(&since.value) {
            let message = format!("`{}` is no day", since.value);
            let diagnostic = Diagnostic::error(&codes::WRONG_VALUE, since.at, message);
            cx.push(diagnostic.help("write it as `2026/01/01`"));
        }
        Some(Self {
            location: location(cx, &place, variables),
            table: table.value,
            since: since.value,
        })
    }
}

/// Athena keeps names in small letters, so others would differ for ever.
fn name(cx: &mut Vec<Diagnostic>, kind: &str, name: &Text) {
    spelling(cx, kind, name, "_", 128);
    if name.value.chars().any(|c| c.is_ascii_uppercase()) {
        let message = format!("the name of a {kind} is in small letters");
        cx.push(Diagnostic::error(&codes::NAME, name.at, message));
    }
}

fn location(cx: &mut Vec<Diagnostic>, text: &Text, variables: &BTreeMap<String, String>) -> String {
    let written = substitute(cx, &text.value, text.at.start + 1, variables, str::to_owned);
    let bucket = written
        .strip_prefix("s3://")
        .and_then(|rest| rest.split('/').next());
    if bucket.is_none_or(|bucket| bucket.len() < 3) {
        let message = format!("`{written}` is no folder of S3");
        let diagnostic = Diagnostic::error(&codes::WRONG_VALUE, text.at, message);
        cx.push(diagnostic.help("write `s3://BUCKET/FOLDER/`"));
    }
    format!("{}/", written.trim_end_matches('/'))
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('/').collect();
    let is_number = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
    };
    matches!(parts[..], [year, month, day] if is_number(year, 4) && is_number(month, 2) && is_number(day, 2))
}
