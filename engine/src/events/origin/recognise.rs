use std::net::IpAddr;
use std::sync::OnceLock;

use super::layout::{ROUTE_53, VPC_FLOW, VPC_FLOW_HEADER};
use crate::alb::{ACCESS_COLUMNS, CONNECTION_COLUMNS, Columns, Entry, HEALTH_CHECK_COLUMNS};
use crate::base::{Millis, TimeRange};
use crate::events::{EventRef, EventSource, FieldReader, FieldScanner, Wanted};

/// Whether a line is a flow record of the default format, or the header of a file of such records.
pub(super) fn is_vpc_flow(line: &str) -> bool {
    let line = line.trim_end_matches(['\r', '\n', ' ']);
    if line == VPC_FLOW_HEADER {
        return true;
    }
    let values: Vec<&str> = line.split(' ').collect();
    let [
        "2",
        _,
        interface,
        source,
        destination,
        numbers @ ..,
        action,
        status,
    ] = values.as_slice()
    else {
        return false;
    };
    let address = |text: &&str| *text == "-" || text.parse::<IpAddr>().is_ok();
    let number = |text: &&str| *text == "-" || text.bytes().all(|byte| byte.is_ascii_digit());
    values.len() == VPC_FLOW.len()
        && (interface.starts_with("eni-") || *interface == "-")
        && address(source)
        && address(destination)
        && numbers.iter().all(number)
        && ["ACCEPT", "REJECT", "-"].contains(action)
        && ["OK", "NODATA", "SKIPDATA"].contains(status)
}

/// Whether a line is a query log of Route 53.
pub(super) fn is_route_53(line: &str) -> bool {
    let values: Vec<&str> = line
        .trim_end_matches(['\r', '\n', ' '])
        .split(' ')
        .collect();
    let [_, moment, zone, _, _, _, protocol, ..] = values.as_slice() else {
        return false;
    };
    let version = values.first().and_then(|version| version.split_once('.'));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    values.len() == ROUTE_53.len()
        && version.is_some_and(|(major, minor)| digits(major) && digits(minor))
        && Millis::parse_rfc3339(moment).is_some()
        && zone.starts_with('Z')
        && ["UDP", "TCP"].contains(protocol)
}

/// The logs of load balancers, with the column of the entry's time.
const LOAD_BALANCER_LOGS: &[(&Columns, &str)] = &[
    (&ACCESS_COLUMNS, "time"),
    (&CONNECTION_COLUMNS, "timestamp"),
    (&HEALTH_CHECK_COLUMNS, "time"),
];

/// The columns of the load balancer's log that a line belongs to.
pub(super) fn load_balancer_log(line: &str) -> Option<&'static Columns> {
    entry_of_load_balancer(line).map(|(columns, ..)| columns)
}

/// The moment of a load balancer's line: when it answered, the client connected, or the target was checked. Where
/// `column` names another one, the moment in that.
pub(in crate::events) fn load_balancer_time(line: &str, column: Option<&str>) -> Option<Millis> {
    let (columns, entry, own) = entry_of_load_balancer(line)?;
    Millis::parse_rfc3339(columns.value(&entry, column.unwrap_or(own))?)
}

/// Every such line has its moment in the first or the second place, so that other lines are not read further.
fn entry_of_load_balancer(line: &str) -> Option<(&'static Columns, Entry<'_>, &'static str)> {
    let mut start = line.trim_ascii_start().splitn(3, ' ').take(2);
    start.find(|text| Millis::parse_rfc3339(text).is_some())?;
    LOAD_BALANCER_LOGS.iter().find_map(|(columns, time)| {
        let entry = Entry::parse(columns.layout, line).ok()?;
        Some((*columns, entry, *time))
    })
}

/// The first message of a source, which is not read further than its first part.
pub fn first_message(source: &dyn EventSource) -> Option<String> {
    let scanner = FieldScanner::new([], 0);
    let wanted = Wanted {
        range: TimeRange::ALL,
        times: false,
        literal: None,
        fields: &scanner,
    };
    let first = OnceLock::new();
    let mut visit = |event: EventRef<'_>, _: &mut FieldReader<'_>| {
        first.get_or_init(|| event.message.to_owned());
        false
    };
    match source.pieces() {
        Some(mut pieces) => {
            pieces.next()?.scan(&wanted, &mut visit);
        }
        None if source.chunks() > 0 => {
            source.scan_wanted(0, &wanted, &mut visit);
        }
        None => {}
    }
    first.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flow_records_of_the_default_format_are_recognised() {
        let good = "2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK";
        assert!(is_vpc_flow(good));
        assert!(is_vpc_flow(&format!("{good}\n")));
        assert!(is_vpc_flow(&good.replace("172.31.16.139", "2001:db8::1")));
        assert!(is_vpc_flow(VPC_FLOW_HEADER));
        for bad in [
            good.replacen('2', "3", 1),
            format!("{good} vpc-1"),
            good.replace("ACCEPT", "accept"),
            good.replace("20641", "x"),
            good.replace("172.31.16.21", "host"),
            String::new(),
        ] {
            assert!(!is_vpc_flow(&bad), "{bad}");
        }
    }

    #[test]
    fn query_logs_of_route_53_are_recognised() {
        let good = "1.0 2017-12-13T08:16:02.130Z Z123412341234 example.com A NOERROR UDP IAD12 192.168.3.1 -";
        assert!(is_route_53(good));
        assert!(!is_route_53(&good.replace("UDP", "ICMP")));
        assert!(!is_route_53(
            &good.replace("2017-12-13T08:16:02.130Z", "yesterday")
        ));
    }
}
