use super::column_type::ColumnType;
use super::table::{Column, Table};

/// The SerDe that divides lines by a regular expression.
pub const REGEX_SERDE: &str = "org.apache.hadoop.hive.serde2.RegexSerDe";
const INPUT: &str = "org.apache.hadoop.mapred.TextInputFormat";
const OUTPUT: &str = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

/// The pattern that AWS publishes for access logs ("Create the table for ALB access logs"), as the SerDe sees it: without
/// the escapes of the statement's quotes. For tables that somebody else made.
pub const PUBLISHED_ACCESS_LOG_PATTERN: &str = r#"([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-.0-9]*) (|[-0-9]*) (-|[-0-9]*) ([-0-9]*) ([-0-9]*) "([^ ]*) (.*) (- |[^ ]*)" "([^"]*)" ([A-Z0-9-_]+) ([A-Za-z0-9.-]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^"]*)" ([-.0-9]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^ ]*)" "([^\s]+?)" "([^\s]+)" "([^ ]*)" "([^ ]*)" ?([^ ]*)? ?( .*)?"#;

/// AWS's pattern up to the 30th field ("Create the table for ALB access logs"), then one group for each of the fields 31
/// to 34, which older lines lack and which hold a bare `-` before a feature is released, then what may come later.
pub const ACCESS_LOG_PATTERN: &str = concat!(
    r#"([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-.0-9]*) (|[-0-9]*) "#,
    r#"(-|[-0-9]*) ([-0-9]*) ([-0-9]*) "([^ ]*) (.*) (- |[^ ]*)" "([^"]*)" ([A-Z0-9-_]+) ([A-Za-z0-9.-]*) ([^ ]*) "#,
    r#""([^"]*)" "([^"]*)" "([^"]*)" ([-.0-9]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^ ]*)" "([^\s]+?)" "([^\s]+)" "#,
    r#""([^ ]*)" "([^ ]*)"(?: ([^ ]*))?(?: (?:"([^"]*)"|-))?(?: (?:"([^"]*)"|-))?(?: (?:"([^"]*)"|-))?"#,
    r#"(?: "?([^ "]*)"?)?( .*)?"#,
);
/// AWS's pattern ("Connection log entries"), then the fields 13 to 15 and what may come later.
const CONNECTION: &str = concat!(
    r#"([^ ]*) ([^ ]*) ([0-9]*) ([0-9]*) ([A-Za-z0-9.-]*) ([^ ]*) ([-.0-9]*) "([^"]*)" ([^ ]*) ([^ ]*) ([^ ]*)"#,
    r#"(?: ([^ ]*))?(?: ([^ ]*))?(?: ([^ ]*))?(?: "?([^ "]*)"?)?( .*)?"#,
);
/// By the documentation ("Health check log entries"); AWS publishes no pattern for a table.
const HEALTH_CHECK: &str = concat!(
    r#"([^ ]*) ([^ ]*) ([-.0-9]*) ([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*)"#,
    r#"(?: ([^ ]*))?(?: "?([^ "]*)"?)?( .*)?"#,
);

/// Name and type of every column; those without a type are texts.
const ACCESS_COLUMNS: &str = "type time elb client_ip client_port:int target_ip target_port:int \
    request_processing_time:double target_processing_time:double response_processing_time:double \
    elb_status_code:int target_status_code received_bytes:bigint sent_bytes:bigint request_verb request_url \
    request_proto user_agent ssl_cipher ssl_protocol target_group_arn trace_id domain_name chosen_cert_arn \
    matched_rule_priority request_creation_time actions_executed redirect_url lambda_error_reason target_port_list \
    target_status_code_list classification classification_reason conn_trace_id transformed_host transformed_uri \
    request_transform_status ip_address";
const CONNECTION_COLUMNS: &str = "time client_ip client_port:int listener_port:int tls_protocol tls_cipher \
    tls_handshake_latency:double leaf_client_cert_subject leaf_client_cert_validity leaf_client_cert_serial_number \
    tls_verify_status conn_trace_id tls_keyexchange elb ip_address";
const HEALTH_CHECK_COLUMNS: &str = "type time latency:double target_addr target_group_id status status_code reason_code elb ip_address";

/// The table of access logs under `location` (`s3://…/elasticloadbalancing/REGION/`), all of it one partition.
pub fn access_log_table(name: &str, location: &str) -> Table {
    table(name, location, (ACCESS_COLUMNS, ACCESS_LOG_PATTERN))
}

/// The table of connection logs.
pub fn connection_log_table(name: &str, location: &str) -> Table {
    table(name, location, (CONNECTION_COLUMNS, CONNECTION))
}

/// The table of health-check logs.
pub fn health_check_log_table(name: &str, location: &str) -> Table {
    table(name, location, (HEALTH_CHECK_COLUMNS, HEALTH_CHECK))
}

impl Table {
    /// The table with a partition for each day, of which its location has folders (`2026/01/01/`): from `since` on.
    #[must_use]
    pub fn by_day(mut self, since: &str) -> Self {
        let projection = [
            ("projection.enabled", "true".to_owned()),
            ("projection.day.type", "date".to_owned()),
            ("projection.day.range", format!("{since},NOW")),
            ("projection.day.format", "yyyy/MM/dd".to_owned()),
            ("projection.day.interval", "1".to_owned()),
            ("projection.day.interval.unit", "DAYS".to_owned()),
            (
                "storage.location.template",
                format!("{}${{day}}", self.location),
            ),
        ];
        let projection = projection.map(|(key, value)| (key.to_owned(), value));
        self.properties.extend(projection);
        self.partition_columns = vec![column("day")];
        self
    }
}

fn table(name: &str, location: &str, (columns, regex): (&str, &str)) -> Table {
    let serde = [("serialization.format", "1"), ("input.regex", regex)];
    Table {
        name: name.to_owned(),
        columns: columns.split_whitespace().map(column).collect(),
        serde: REGEX_SERDE.to_owned(),
        serde_properties: serde
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into(),
        input_format: INPUT.to_owned(),
        output_format: OUTPUT.to_owned(),
        location: format!("{}/", location.trim_end_matches('/')),
        ..Table::default()
    }
}

fn column(text: &str) -> Column {
    let (name, kind) = text.split_once(':').unwrap_or((text, "string"));
    let plain = ColumnType::PLAIN.iter().find(|plain| **plain == kind);
    Column {
        name: name.to_owned(),
        kind: plain.map_or(ColumnType::STRING, |plain| ColumnType::Plain(plain)),
        comment: None,
    }
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;
    use crate::catalog::Statement;

    #[test]
    fn every_column_has_its_group() {
        for table in [
            access_log_table("t", "s3://b/x"),
            connection_log_table("t", "s3://b/x"),
            health_check_log_table("t", "s3://b/x"),
        ] {
            let regex = Regex::new(&table.serde_properties["input.regex"]).unwrap();
            // And the whole match, and what may come later.
            assert_eq!(regex.captures_len(), table.columns.len() + 2);
        }
    }

    #[test]
    fn lines_of_every_age_match_as_a_whole() {
        let regex = Regex::new(&format!("^(?:{ACCESS_LOG_PATTERN})$")).unwrap();
        let begin = r#"https 2026-01-01T00:00:00.000000Z app/a/1 192.0.2.1:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://a:443/x y HTTP/1.1" "curl/7 (x)" ECDHE-RSA TLSv1.2 arn:aws:x "Root=1" "a.example" "arn:aws:y" 1 2026-01-01T00:00:00.000000Z "waf,forward" "-" "-" "10.0.0.1:80" "200" "Acceptable" "-""#;
        let group = |line: &str, number: usize| {
            let captures = regex.captures(line).unwrap_or_else(|| panic!("{line}"));
            captures.get(number).map(|found| found.as_str().to_owned())
        };
        assert_eq!(group(begin, 34), None);
        assert_eq!(group(begin, 16).as_deref(), Some("https://a:443/x y"));
        let old = format!("{begin} TID_1");
        assert_eq!(group(&old, 34).as_deref(), Some("TID_1"));
        let new =
            format!(r#"{begin} TID_1 "h.example" "/u" "TransformSuccess" 10.0.0.9 "later" x"#);
        assert_eq!(group(&new, 35).as_deref(), Some("h.example"));
        assert_eq!(group(&new, 37).as_deref(), Some("TransformSuccess"));
        assert_eq!(group(&new, 38).as_deref(), Some("10.0.0.9"));
        assert_eq!(group(&new, 39).as_deref(), Some(r#" "later" x"#));
        let unreleased = format!("{begin} TID_1 - - - -");
        assert_eq!(group(&unreleased, 36), None);
        assert_eq!(group(&unreleased, 38).as_deref(), Some("-"));
        let quoted = format!(r#"{begin} TID_1 "-" "-" "-" "10.0.0.9""#);
        assert_eq!(group(&quoted, 38).as_deref(), Some("10.0.0.9"));
    }

    #[test]
    fn the_table_is_a_statement_that_makes_it() {
        let table = access_log_table("alb_access_logs", "s3://logs/AWSLogs/1/");
        let table = Table {
            database: "d".to_owned(),
            ..table.by_day("2026/01/01")
        };
        assert_eq!(
            table.properties["storage.location.template"],
            "s3://logs/AWSLogs/1/${day}"
        );
        let text = crate::catalog::printed::create(&table).rows.join("\n");
        let Ok(Some(Statement::CreateTable { table: again, .. })) = Statement::parse(&text) else {
            panic!("{text}");
        };
        assert_eq!(*again, table);
    }
}
