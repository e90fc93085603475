use super::address::Address;
use super::entry::Entry;
use super::layout::{ACCESS, CONNECTION, HEALTH_CHECK, Layout};
use super::request::RequestLine;

/// The columns that tables and queries have for the lines of a layout.
#[derive(Debug)]
pub struct Columns {
    /// Where the fields come from.
    pub layout: &'static Layout,
    /// The columns' names, in order.
    pub names: &'static [&'static str],
    /// Columns that are no whole field of the layout, or have another name.
    parts: &'static [(&'static str, Part, &'static str)],
}

/// What part of a field a column holds.
#[derive(Clone, Copy, Debug)]
enum Part {
    Whole,
    Host,
    Port,
    Verb,
    Url,
    Protocol,
}

/// The columns of AWS's Athena table for access logs, then newer fields by the names of the documentation, then what
/// Athena's table divides or renames (`request`, `error_reason`), then places of fields to come.
pub static ACCESS_COLUMNS: Columns = Columns {
    layout: &ACCESS,
    names: &[
        "type",
        "time",
        "elb",
        "client_ip",
        "client_port",
        "target_ip",
        "target_port",
        "request_processing_time",
        "target_processing_time",
        "response_processing_time",
        "elb_status_code",
        "target_status_code",
        "received_bytes",
        "sent_bytes",
        "request_verb",
        "request_url",
        "request_proto",
        "user_agent",
        "ssl_cipher",
        "ssl_protocol",
        "target_group_arn",
        "trace_id",
        "domain_name",
        "chosen_cert_arn",
        "matched_rule_priority",
        "request_creation_time",
        "actions_executed",
        "redirect_url",
        "lambda_error_reason",
        "target_port_list",
        "target_status_code_list",
        "classification",
        "classification_reason",
        "conn_trace_id",
        "transformed_host",
        "transformed_uri",
        "request_transform_status",
        "ip_address",
        "request",
        "error_reason",
        "field_35",
        "field_36",
        "field_37",
        "field_38",
        "field_39",
        "field_40",
    ],
    parts: &[
        ("client_ip", Part::Host, "client:port"),
        ("client_port", Part::Port, "client:port"),
        ("target_ip", Part::Host, "target:port"),
        ("target_port", Part::Port, "target:port"),
        ("request_verb", Part::Verb, "request"),
        ("request_url", Part::Url, "request"),
        ("request_proto", Part::Protocol, "request"),
        ("lambda_error_reason", Part::Whole, "error_reason"),
        ("target_port_list", Part::Whole, "target:port_list"),
    ],
};

/// The fields of connection logs by the names of the documentation; `time` is `timestamp`, as other logs call it.
pub static CONNECTION_COLUMNS: Columns = Columns {
    layout: &CONNECTION,
    names: &[
        "timestamp",
        "client_ip",
        "client_port",
        "listener_port",
        "tls_protocol",
        "tls_cipher",
        "tls_handshake_latency",
        "leaf_client_cert_subject",
        "leaf_client_cert_validity",
        "leaf_client_cert_serial_number",
        "tls_verify_status",
        "conn_trace_id",
        "tls_keyexchange",
        "elb",
        "ip_address",
        "time",
        "field_16",
        "field_17",
        "field_18",
    ],
    parts: &[("time", Part::Whole, "timestamp")],
};

/// The fields of health-check logs by the names of the documentation.
pub static HEALTH_CHECK_COLUMNS: Columns = Columns {
    layout: &HEALTH_CHECK,
    names: &[
        "type",
        "time",
        "latency",
        "target_addr",
        "target_group_id",
        "status",
        "status_code",
        "reason_code",
        "elb",
        "ip_address",
        "field_11",
        "field_12",
        "field_13",
    ],
    parts: &[],
};

impl Columns {
    /// The text of a column as it stands in the line; `None` where it is missing, `-`, or empty, and for columns that
    /// are none of these.
    pub fn value<'l>(&self, entry: &Entry<'l>, column: &str) -> Option<&'l str> {
        if !self.names.contains(&column) {
            return None;
        }
        let of_column = self.parts.iter().find(|(name, ..)| *name == column);
        let (part, field) =
            of_column.map_or((Part::Whole, column), |(_, part, field)| (*part, field));
        let text = entry.value(field)?;
        part.of(text).filter(|text| !text.is_empty())
    }

    /// The texts of all columns, in their order.
    pub fn values<'l>(&self, entry: &Entry<'l>) -> impl Iterator<Item = Option<&'l str>> {
        self.names.iter().map(|name| self.value(entry, name))
    }
}

impl Part {
    fn of(self, text: &str) -> Option<&str> {
        match self {
            Self::Whole => Some(text),
            Self::Host => Address::split(text).map(|(host, _)| host),
            Self::Port => Address::split(text).map(|(_, port)| port),
            Self::Verb => RequestLine::split(text).verb,
            Self::Url => RequestLine::split(text).url,
            Self::Protocol => RequestLine::split(text).protocol,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_field_has_columns_and_every_column_a_field() {
        for columns in [&ACCESS_COLUMNS, &CONNECTION_COLUMNS, &HEALTH_CHECK_COLUMNS] {
            let field_of = |column: &&str| {
                let part = columns.parts.iter().find(|(name, ..)| name == column);
                part.map_or(*column, |(.., field)| *field).to_owned()
            };
            let fields: Vec<String> = columns.names.iter().map(field_of).collect();
            for name in columns.layout.names() {
                assert!(fields.iter().any(|field| field == name), "{name}");
            }
            for field in fields.iter().filter(|field| !field.starts_with("field_")) {
                assert!(columns.layout.names().any(|name| name == field), "{field}");
            }
        }
    }

    #[test]
    fn columns_are_parts_of_fields() {
        let line = "http 2026-04-20T10:00:00.186641Z app/lb/1 ::1:2817 - -1 -1 -1 502 - 34 366 \"- http://a:80- -\" \"-\" - -";
        let entry = Entry::parse(&ACCESS, line).unwrap();
        let value = |column| ACCESS_COLUMNS.value(&entry, column);
        assert_eq!(
            (value("client_ip"), value("client_port")),
            (Some("::1"), Some("2817"))
        );
        assert_eq!((value("target_ip"), value("target_port")), (None, None));
        assert_eq!(
            (value("request_verb"), value("request_url")),
            (None, Some("http://a:80-"))
        );
        assert_eq!(value("request"), Some("- http://a:80- -"));
        assert_eq!(value("client:port"), None);
        assert_eq!(
            ACCESS_COLUMNS.values(&entry).count(),
            ACCESS_COLUMNS.names.len()
        );
    }
}
