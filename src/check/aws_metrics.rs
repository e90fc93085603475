use std::collections::BTreeSet;

/// Metrics of one namespace of AWS that have the same sets of dimensions.
pub(super) struct Published {
    pub(super) namespace: &'static str,
    pub(super) names: &'static [&'static str],
    /// Each set of dimension names under which they are published.
    pub(super) dimensions: &'static [&'static [&'static str]],
}

impl Published {
    /// Whether they are published with exactly these dimensions.
    pub(super) fn has(&self, dimensions: &BTreeSet<String>) -> bool {
        self.dimensions.iter().any(|set| {
            set.len() == dimensions.len() && set.iter().all(|name| dimensions.contains(*name))
        })
    }
}

/// By load balancer, whole or by zone.
const BALANCER: &[&[&str]] = &[&["LoadBalancer"], &["AvailabilityZone", "LoadBalancer"]];
/// By target group behind a load balancer.
const GROUP: &[&[&str]] = &[
    &["LoadBalancer", "TargetGroup"],
    &["AvailabilityZone", "LoadBalancer", "TargetGroup"],
];
/// By load balancer, and by target group behind it.
const BOTH: &[&[&str]] = &[
    &["LoadBalancer"],
    &["AvailabilityZone", "LoadBalancer"],
    &["LoadBalancer", "TargetGroup"],
    &["AvailabilityZone", "LoadBalancer", "TargetGroup"],
];

/// What AWS publishes in the namespaces that suites of a service on ECS use, from the pages "CloudWatch metrics for
/// your Application Load Balancer", "Amazon ECS CloudWatch metrics" and "Monitor estimated charges". Namespaces that
/// are not here are not judged.
pub(super) const PUBLISHED: &[Published] = &[
    Published {
        namespace: "AWS/ApplicationELB",
        names: &[
            "ActiveConnectionCount",
            "ClientTLSNegotiationErrorCount",
            "ConsumedLCUs",
            "DesyncMitigationMode_NonCompliant_Request_Count",
            "DroppedInvalidHeaderRequestCount",
            "ELBAuthError",
            "ELBAuthFailure",
            "ELBAuthLatency",
            "ELBAuthRefreshTokenSuccess",
            "ELBAuthSuccess",
            "ELBAuthUserClaimsSizeExceeded",
            "ForwardedInvalidHeaderRequestCount",
            "GrpcRequestCount",
            "HTTPCode_ELB_3XX_Count",
            "HTTPCode_ELB_4XX_Count",
            "HTTPCode_ELB_500_Count",
            "HTTPCode_ELB_502_Count",
            "HTTPCode_ELB_503_Count",
            "HTTPCode_ELB_504_Count",
            "HTTPCode_ELB_5XX_Count",
            "HTTP_Fixed_Response_Count",
            "HTTP_Redirect_Count",
            "HTTP_Redirect_Url_Limit_Exceeded_Count",
            "IPv6ProcessedBytes",
            "IPv6RequestCount",
            "LowReputationPacketsDropped",
            "LowReputationRequestsDenied",
            "NewConnectionCount",
            "PeakLCUs",
            "ProcessedBytes",
            "RejectedConnectionCount",
            "RuleEvaluations",
        ],
        dimensions: BALANCER,
    },
    Published {
        namespace: "AWS/ApplicationELB",
        names: &[
            "HTTPCode_Target_2XX_Count",
            "HTTPCode_Target_3XX_Count",
            "HTTPCode_Target_4XX_Count",
            "HTTPCode_Target_5XX_Count",
            "NonStickyRequestCount",
            "RequestCount",
            "TargetConnectionErrorCount",
            "TargetResponseTime",
            "TargetTLSNegotiationErrorCount",
        ],
        dimensions: BOTH,
    },
    Published {
        namespace: "AWS/ApplicationELB",
        names: &[
            "AnomalousHostCount",
            "HealthyHostCount",
            "HealthyStateDNS",
            "HealthyStateRouting",
            "MitigatedHostCount",
            "UnHealthyHostCount",
            "UnhealthyRoutingRequestCount",
            "UnhealthyStateDNS",
            "UnhealthyStateRouting",
        ],
        dimensions: GROUP,
    },
    Published {
        namespace: "AWS/ApplicationELB",
        names: &[
            "LambdaInternalError",
            "LambdaTargetProcessedBytes",
            "LambdaUserError",
        ],
        dimensions: &[
            &["LoadBalancer"],
            &["TargetGroup"],
            &["LoadBalancer", "TargetGroup"],
        ],
    },
    Published {
        namespace: "AWS/ApplicationELB",
        names: &["RequestCountPerTarget"],
        dimensions: &[
            &["TargetGroup"],
            &["AvailabilityZone", "TargetGroup"],
            &["LoadBalancer", "TargetGroup"],
            &["AvailabilityZone", "LoadBalancer", "TargetGroup"],
        ],
    },
    Published {
        namespace: "AWS/ECS",
        names: &[
            "CPUUtilization",
            "EBSFilesystemUtilization",
            "MemoryUtilization",
        ],
        dimensions: &[&["ClusterName"], &["ClusterName", "ServiceName"]],
    },
    Published {
        namespace: "AWS/ECS",
        names: &["CPUReservation", "GPUReservation", "MemoryReservation"],
        dimensions: &[&["ClusterName"]],
    },
    // Those of Service Connect.
    Published {
        namespace: "AWS/ECS",
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
        dimensions: &[
            &["DiscoveryName"],
            &["ClusterName", "DiscoveryName", "ServiceName"],
            &["TargetDiscoveryName"],
            &["ClusterName", "ServiceName", "TargetDiscoveryName"],
        ],
    },
    Published {
        namespace: "AWS/Billing",
        names: &["EstimatedCharges"],
        dimensions: &[
            &["Currency"],
            &["Currency", "ServiceName"],
            &["Currency", "LinkedAccount"],
            &["Currency", "LinkedAccount", "ServiceName"],
        ],
    },
];
