use super::column::Column;
use super::hive_type::HiveType;
use super::table::Table;

/// The SerDe that divides lines by a regular expression.
pub const REGEX_SERDE: &str = "org.apache.hadoop.hive.serde2.RegexSerDe";

/// The pattern that AWS publishes for access logs (Athena user guide, "Create the table for ALB access logs"), as
/// the SerDe sees it: without the escapes of the DDL's quotes.
pub const ACCESS_LOG_REGEX: &str = r#"([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-.0-9]*) (|[-0-9]*) (-|[-0-9]*) ([-0-9]*) ([-0-9]*) "([^ ]*) (.*) (- |[^ ]*)" "([^"]*)" ([A-Z0-9-_]+) ([A-Za-z0-9.-]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^"]*)" ([-.0-9]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^ ]*)" "([^\s]+?)" "([^\s]+)" "([^ ]*)" "([^ ]*)" ?([^ ]*)? ?( .*)?"#;

/// The pattern that AWS publishes for connection logs.
pub const CONNECTION_LOG_REGEX: &str = r#"([^ ]*) ([^ ]*) ([0-9]*) ([0-9]*) ([A-Za-z0-9.-]*) ([^ ]*) ([-.0-9]*) "([^"]*)" ([^ ]*) ([^ ]*) ([^ ]*) ?([^ ]*)?( .*)?"#;

/// A pattern for health-check logs; AWS publishes none. Ten fields by the documentation, more are left alone.
pub const HEALTH_CHECK_LOG_REGEX: &str =
    r"([^ ]*) ([^ ]*) ([-.0-9]*) ([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*) ?([^ ]*)? ?([^ ]*)?( .*)?";

const ACCESS_LOG_COLUMNS: &str = "type time elb client_ip client_port target_ip target_port request_processing_time target_processing_time response_processing_time elb_status_code target_status_code received_bytes sent_bytes request_verb request_url request_proto user_agent ssl_cipher ssl_protocol target_group_arn trace_id domain_name chosen_cert_arn matched_rule_priority request_creation_time actions_executed redirect_url lambda_error_reason target_port_list target_status_code_list classification classification_reason conn_trace_id";
const CONNECTION_LOG_COLUMNS: &str = "time client_ip client_port listener_port tls_protocol tls_cipher tls_handshake_latency leaf_client_cert_subject leaf_client_cert_validity leaf_client_cert_serial_number tls_verify_status conn_trace_id";
const HEALTH_CHECK_LOG_COLUMNS: &str =
    "type time latency target_addr target_group_id status status_code reason_code elb ip_address";

/// The table of access logs with the columns, types and pattern that AWS publishes, without partitions.
pub fn access_log_table(database: &str, name: &str, location: &str) -> Table {
    let types = [
        ("client_port", HiveType::Int),
        ("target_port", HiveType::Int),
        ("request_processing_time", HiveType::Double),
        ("target_processing_time", HiveType::Double),
        ("response_processing_time", HiveType::Double),
        ("elb_status_code", HiveType::Int),
        ("received_bytes", HiveType::BigInt),
        ("sent_bytes", HiveType::BigInt),
    ];
    let columns = Table::columns_of(ACCESS_LOG_COLUMNS, &types);
    regex_table(database, name, location, columns, ACCESS_LOG_REGEX)
}

/// The table of connection logs as AWS publishes it, without partitions.
pub fn connection_log_table(database: &str, name: &str, location: &str) -> Table {
    let types = [
        ("client_port", HiveType::Int),
        ("listener_port", HiveType::Int),
        ("tls_handshake_latency", HiveType::Double),
    ];
    let columns = Table::columns_of(CONNECTION_LOG_COLUMNS, &types);
    regex_table(database, name, location, columns, CONNECTION_LOG_REGEX)
}

/// A table of health-check logs: AWS publishes none; the columns are named as the documentation names the fields.
pub fn health_check_log_table(database: &str, name: &str, location: &str) -> Table {
    let columns = Table::columns_of(HEALTH_CHECK_LOG_COLUMNS, &[("latency", HiveType::Double)]);
    regex_table(database, name, location, columns, HEALTH_CHECK_LOG_REGEX)
}

fn regex_table(
    database: &str,
    name: &str,
    location: &str,
    columns: Vec<Column>,
    regex: &str,
) -> Table {
    let properties = [("input.regex", regex), ("serialization.format", "1")];
    let properties = properties.map(|(key, value)| (key.to_owned(), value.to_owned()));
    Table {
        database: database.to_ascii_lowercase(),
        name: name.to_ascii_lowercase(),
        columns,
        serde: REGEX_SERDE.to_owned(),
        serde_properties: properties.into_iter().collect(),
        location: location.to_owned(),
        ..Table::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_tables_have_as_many_columns_as_aws_publishes() {
        assert_eq!(access_log_table("d", "T", "s3://b/").columns.len(), 34);
        assert_eq!(connection_log_table("d", "t", "s3://b/").columns.len(), 12);
        assert_eq!(
            health_check_log_table("d", "t", "s3://b/").columns.len(),
            10
        );
        assert_eq!(access_log_table("d", "T", "s3://b/").name, "t");
    }
}
