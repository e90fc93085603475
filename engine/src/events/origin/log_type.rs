use super::layout::{ROUTE_53, VPC_FLOW, VPC_FLOW_HEADER};
use super::recognise;

/// What kind of lines a log holds. CloudWatch knows it from the service that delivers the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogType {
    /// VPC flow logs in their default format (version 2).
    VpcFlow,
    /// Query logs of Route 53's public zones.
    Route53,
    /// Logs of Lambda functions.
    Lambda,
    /// Anything else: fields are found in JSON only.
    Other,
}

impl LogType {
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
            Self::Lambda => "Lambda logs",
            Self::Other => "other logs",
        }
    }

    /// The names of the fields of a line by their place in it, where spaces divide it (user guide, "Supported
    /// logs and discovered fields"); empty for types whose lines are not of this kind.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::VpcFlow => VPC_FLOW,
            Self::Route53 => ROUTE_53,
            Self::Lambda | Self::Other => &[],
        }
    }

    /// The values of such a line in the order of [`LogType::columns`]; `None` where the line is of another
    /// format. A value of `-` is missing.
    pub fn values(self, line: &str) -> Option<impl Iterator<Item = Option<&str>>> {
        let line = line.trim_matches([' ', '\t', '\r', '\n']);
        let is_record = line != VPC_FLOW_HEADER && Self::of_line(line) == Some(self);
        let fits = is_record && !self.columns().is_empty();
        fits.then(|| line.split(' ').map(|value| (value != "-").then_some(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_record_has_its_values_by_place_and_a_dash_is_missing() {
        let line = "2 123456789010 eni-1a - - - - - - - 1431280876 1431280934 - NODATA\n";
        let values: Vec<_> = LogType::VpcFlow.values(line).unwrap().collect();
        let named = |name| {
            let columns = LogType::VpcFlow.columns();
            values[columns.iter().position(|column| *column == name).unwrap()]
        };
        assert_eq!(values.len(), LogType::VpcFlow.columns().len());
        assert_eq!(named("interfaceId"), Some("eni-1a"));
        assert_eq!(named("startTime"), Some("1431280876"));
        assert_eq!(named("logStatus"), Some("NODATA"));
        assert_eq!(named("srcAddr"), None);
    }

    #[test]
    fn a_line_of_another_type_has_no_values() {
        assert!(LogType::VpcFlow.values("{\"a\":1}").is_none());
        assert!(LogType::VpcFlow.values(VPC_FLOW_HEADER).is_none());
        assert!(LogType::Lambda.values("START RequestId: x").is_none());
    }
}
