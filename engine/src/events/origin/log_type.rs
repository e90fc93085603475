use super::layout::{ROUTE_53, VPC_FLOW};
use super::recognise;
use super::record::Record;
use crate::alb::{ACCESS_COLUMNS, CONNECTION_COLUMNS, Columns, Entry, HEALTH_CHECK_COLUMNS};

/// What kind of lines a log holds. CloudWatch knows it from the service that delivers the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogType {
    /// VPC flow logs in their default format (version 2).
    VpcFlow,
    /// Query logs of Route 53's public zones.
    Route53,
    /// Access logs of an Application Load Balancer.
    AlbAccess,
    /// Connection logs of an Application Load Balancer.
    AlbConnection,
    /// Health-check logs of an Application Load Balancer.
    AlbHealthCheck,
    /// Logs of Lambda functions.
    Lambda,
    /// Anything else: fields are found in JSON only.
    Other,
}

impl LogType {
    /// The types whose lines have fields by their places.
    pub const WITH_COLUMNS: &'static [Self] = &[
        Self::VpcFlow,
        Self::Route53,
        Self::AlbAccess,
        Self::AlbConnection,
        Self::AlbHealthCheck,
    ];

    /// The type that a group's name says: Lambda writes into groups named `/aws/lambda/…`.
    pub fn of_group(name: &str) -> Option<Self> {
        name.starts_with("/aws/lambda/").then_some(Self::Lambda)
    }

    /// The type that the shape of one line says. Lines of Lambda are too much like those of others, so that
    /// their shape says nothing.
    pub fn of_line(line: &str) -> Option<Self> {
        if recognise::is_vpc_flow(line) {
            Some(Self::VpcFlow)
        } else if recognise::is_route_53(line) {
            Some(Self::Route53)
        } else {
            None
        }
    }

    /// The type that the shape of a file's first line says. Logs of load balancers lie in files; into log groups
    /// CloudWatch writes them in a form of its own, so that there the shape of a line means nothing.
    pub fn of_file_line(line: &str) -> Option<Self> {
        let of_load_balancer = || {
            let columns = recognise::load_balancer_log(line)?;
            let mut types = Self::WITH_COLUMNS.iter().copied();
            types.find(|log_type| {
                let own = log_type.load_balancer_columns();
                own.is_some_and(|own| std::ptr::eq(own, columns))
            })
        };
        Self::of_line(line).or_else(of_load_balancer)
    }

    /// The type of what a data source delivers: name and type as CloudWatch Logs classifies its sources.
    pub fn of_data_source(name: &str, kind: &str) -> Option<Self> {
        match (name, kind) {
            ("amazon_vpc", "flow") => Some(Self::VpcFlow),
            _ => None,
        }
    }

    /// What people call it: `VPC flow logs`.
    pub fn title(self) -> &'static str {
        match self {
            Self::VpcFlow => "VPC flow logs",
            Self::Route53 => "Route 53 query logs",
            Self::AlbAccess => "access logs of load balancers",
            Self::AlbConnection => "connection logs of load balancers",
            Self::AlbHealthCheck => "health-check logs of load balancers",
            Self::Lambda => "Lambda logs",
            Self::Other => "other logs",
        }
    }

    /// The names of the fields of a line by their place in it, where spaces divide it (user guide, "Supported
    /// logs and discovered fields"), or the columns of a load balancer's line; empty for types whose lines are not
    /// of this kind.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::VpcFlow => VPC_FLOW,
            Self::Route53 => ROUTE_53,
            _ => self.load_balancer_columns().map_or(&[], |own| own.names),
        }
    }

    /// A line as a record with a value in each of the [`LogType::columns`]; `None` where the line is of another
    /// format. A value of `-` is missing.
    pub fn record(self, line: &str) -> Option<Record<'_>> {
        match self.load_balancer_columns() {
            Some(columns) => Record::of_load_balancer(columns, line),
            None => Record::divided(self, line),
        }
    }

    /// Why a line is no record of a load balancer's log: the byte and the reason. `None` where it is one, and for types whose
    /// lines are not read so.
    pub fn misfit(self, line: &str) -> Option<String> {
        let columns = self.load_balancer_columns()?;
        let error = Entry::parse(columns.layout, line).err()?;
        Some(error.to_string())
    }

    fn load_balancer_columns(self) -> Option<&'static Columns> {
        match self {
            Self::AlbAccess => Some(&ACCESS_COLUMNS),
            Self::AlbConnection => Some(&CONNECTION_COLUMNS),
            Self::AlbHealthCheck => Some(&HEALTH_CHECK_COLUMNS),
            Self::VpcFlow | Self::Route53 | Self::Lambda | Self::Other => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::layout::VPC_FLOW_HEADER;
    use super::*;

    const ACCESS: &str = "http 2026-04-20T10:00:00.186641Z app/lb/1 ::1:2817 - -1 -1 -1 502 - 34 366 \"GET http://a:80/ HTTP/1.1\" \"-\" - -";
    const CONNECTION: &str = "2026-04-20T10:00:00.186641Z 10.0.0.1 2817 443 TLSv1.3 TLS_AES_128_GCM_SHA256 0.008 \"-\" - - Failed:ClientCertUntrusted TID_1";
    const HEALTH_CHECK: &str =
        "http 2026-04-20T10:00:00.186641Z 0.0042 10.0.0.7:8000 blue PASS 200 -";

    #[test]
    fn lines_of_load_balancers_are_recognised_in_files_only() {
        for (line, log_type) in [
            (ACCESS, LogType::AlbAccess),
            (CONNECTION, LogType::AlbConnection),
            (HEALTH_CHECK, LogType::AlbHealthCheck),
        ] {
            assert_eq!(LogType::of_file_line(line), Some(log_type), "{line}");
            assert_eq!(LogType::of_line(line), None);
        }
        assert_eq!(LogType::of_file_line("http is not https"), None);
        assert_eq!(LogType::of_file_line("2026-04-20T10:00:00Z started"), None);
    }

    #[test]
    fn a_request_has_the_columns_of_athenas_table() {
        let record = LogType::AlbAccess.record(ACCESS).unwrap();
        let columns = LogType::AlbAccess.columns().iter().enumerate();
        let values = columns.filter_map(|(place, name)| Some((*name, record.value(place)?)));
        let values: Vec<_> = values.collect();
        assert!(values.contains(&("client_ip", "::1")));
        assert!(values.contains(&("request_url", "http://a:80/")));
        assert!(!values.iter().any(|(name, _)| *name == "target_ip"));
    }

    #[test]
    fn a_flow_record_has_its_values_by_place_and_a_dash_is_missing() {
        let line = "2 123456789010 eni-1a - - - - - - - 1431280876 1431280934 - NODATA\n";
        let record = LogType::VpcFlow.record(line).unwrap();
        let named = |name| {
            let columns = LogType::VpcFlow.columns();
            record.value(columns.iter().position(|column| *column == name).unwrap())
        };
        assert_eq!(named("interfaceId"), Some("eni-1a"));
        assert_eq!(named("startTime"), Some("1431280876"));
        assert_eq!(named("logStatus"), Some("NODATA"));
        assert_eq!(named("srcAddr"), None);
    }

    #[test]
    fn a_line_of_another_type_has_no_values() {
        assert!(LogType::VpcFlow.record("{\"a\":1}").is_none());
        assert!(LogType::VpcFlow.record(VPC_FLOW_HEADER).is_none());
        assert!(LogType::Lambda.record("START RequestId: x").is_none());
        assert!(LogType::AlbAccess.record("{\"a\":1}").is_none());
    }
}
