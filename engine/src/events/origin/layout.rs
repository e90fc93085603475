/// The default format of VPC flow logs, version 2, by the names that Logs Insights gives its fields.
pub(super) const VPC_FLOW: &[&str] = &[
    "version",
    "accountId",
    "interfaceId",
    "srcAddr",
    "dstAddr",
    "srcPort",
    "dstPort",
    "protocol",
    "packets",
    "bytes",
    "startTime",
    "endTime",
    "action",
    "logStatus",
];

/// The first line of flow log files in that format, as they lie in S3.
pub(super) const VPC_FLOW_HEADER: &str = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

/// The format of Route 53's public DNS query logs, version 1.0.
pub(super) const ROUTE_53: &[&str] = &[
    "version",
    "queryTimestamp",
    "hostZoneId",
    "queryName",
    "queryType",
    "responseCode",
    "protocol",
    "edgeLocation",
    "resolverIp",
    "ednsClientSubnet",
];
