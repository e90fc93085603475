use super::{Published, Useful};

const NAMESPACE: &str = "AWS/ApplicationELB";

/// By load balancer, whole or by zone.
const BALANCER: &[&[&str]] = &[&["LoadBalancer"], &["AvailabilityZone", "LoadBalancer"]];
/// By load balancer as a whole alone.
const WHOLE: &[&[&str]] = &[&["LoadBalancer"]];
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
/// By target group, behind a load balancer or not.
const ANY_GROUP: &[&[&str]] = &[
    &["TargetGroup"],
    &["AvailabilityZone", "TargetGroup"],
    &["LoadBalancer", "TargetGroup"],
    &["AvailabilityZone", "LoadBalancer", "TargetGroup"],
];
/// By Lambda function, which is a target group.
const FUNCTION: &[&[&str]] = &[&["TargetGroup"], &["LoadBalancer", "TargetGroup"]];

/// "CloudWatch metrics for your Application Load Balancer" (Elastic Load Balancing user guide), held against the page of 2026 name by
/// name: dimensions, and under "Statistics" what is "only meaningful" or "returns 1" otherwise. Metrics are sent each minute.
pub(super) const PUBLISHED: &[Published] = &[
    Published {
        namespace: NAMESPACE,
        names: &[
            "ActiveConnectionCount",
            "AppCookieNonStickinessCount",
            "ClientTLSNegotiationErrorCount",
            "DesyncMitigationMode_NonCompliant_Request_Count",
            "ELBAuthError",
            "ELBAuthFailure",
            "ELBAuthRefreshTokenSuccess",
            "ELBAuthSuccess",
            "ELBAuthUserClaimsSizeExceeded",
            "ExcessiveLowReputationPackets",
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
            "NonStickyRequestCount",
            "ProcessedBytes",
            "RejectedConnectionCount",
            "TargetControlActiveChannelCount",
            "TargetControlChannelErrorCount",
            "TargetControlNewChannelCount",
            "TargetControlProcessedBytes",
            "TargetControlRequestCount",
            "TargetControlRequestRejectCount",
            "TargetControlWorkQueueLength",
        ],
        dimensions: BALANCER,
        useful: Useful::Sum,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &[
            "DroppedInvalidHeaderRequestCount",
            "ELBAuthLatency",
            "ForwardedInvalidHeaderRequestCount",
        ],
        dimensions: BALANCER,
        useful: Useful::All,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["LambdaTargetProcessedBytes", "RuleEvaluations"],
        dimensions: WHOLE,
        useful: Useful::Sum,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["ConsumedLCUs", "PeakLCUs", "ReservedLCUs"],
        dimensions: WHOLE,
        useful: Useful::All,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["CapacityUtilization"],
        dimensions: WHOLE,
        useful: Useful::Level,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["BYoIPUtilPercentage"],
        dimensions: GROUP,
        useful: Useful::Level,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &[
            "HTTPCode_Target_2XX_Count",
            "HTTPCode_Target_3XX_Count",
            "HTTPCode_Target_4XX_Count",
            "HTTPCode_Target_5XX_Count",
            "RequestCount",
            "TargetConnectionErrorCount",
            "TargetTLSNegotiationErrorCount",
        ],
        dimensions: BOTH,
        useful: Useful::Sum,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["TargetResponseTime"],
        dimensions: BOTH,
        useful: Useful::Level,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &[
            "AnomalousHostCount",
            "HealthyHostCount",
            "HealthyStateDNS",
            "HealthyStateRouting",
            "MitigatedHostCount",
            "UnHealthyHostCount",
            "UnhealthyStateDNS",
            "UnhealthyStateRouting",
        ],
        dimensions: GROUP,
        useful: Useful::Level,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["ActiveZonalShiftHostCount", "UnhealthyRoutingRequestCount"],
        dimensions: GROUP,
        useful: Useful::Sum,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["GrpcRequestCount", "RequestCountPerTarget"],
        dimensions: ANY_GROUP,
        useful: Useful::Sum,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["LambdaInternalError", "LambdaUserError"],
        dimensions: FUNCTION,
        useful: Useful::Sum,
        every: 60,
    },
];
