use super::{Published, Useful};

const NAMESPACE: &str = "AWS/ECS";

/// Service Connect: by the name that is called, and by the service that answers or calls.
const CONNECT: &[&[&str]] = &[
    &["DiscoveryName"],
    &["ClusterName", "DiscoveryName", "ServiceName"],
    &["TargetDiscoveryName"],
    &["ClusterName", "ServiceName", "TargetDiscoveryName"],
];

/// "Amazon ECS CloudWatch metrics" (developer guide): utilisation of a service on any capacity and of a cluster on EC2, reservations of a
/// cluster on EC2 (held against the guide's text and its published copies), and those of Service Connect, whose dimensions the guide lists
/// per metric; here each is taken with either side's sets, as accounts show them. Metrics are sent each minute.
pub(super) const PUBLISHED: &[Published] = &[
    Published {
        namespace: NAMESPACE,
        names: &[
            "CPUUtilization",
            "EBSFilesystemUtilization",
            "MemoryUtilization",
        ],
        dimensions: &[&["ClusterName"], &["ClusterName", "ServiceName"]],
        useful: Useful::Level,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["CPUReservation", "GPUReservation", "MemoryReservation"],
        dimensions: &[&["ClusterName"]],
        useful: Useful::Level,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &[
            "ActiveConnectionCount",
            "ClientTLSNegotiationErrorCount",
            "GrpcRequestCount",
            "HTTPCode_Target_2XX_Count",
            "HTTPCode_Target_3XX_Count",
            "HTTPCode_Target_4XX_Count",
            "HTTPCode_Target_5XX_Count",
            "NewConnectionCount",
            "ProcessedBytes",
            "RequestCount",
            "RequestCountPerTarget",
            "TargetProcessedBytes",
            "TargetResponseTime",
            "TargetTLSNegotiationErrorCount",
        ],
        dimensions: CONNECT,
        useful: Useful::All,
        every: 60,
    },
];
