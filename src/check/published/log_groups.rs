use super::{Published, Useful};

const NAMESPACE: &str = "AWS/Logs";

const FORWARDED: &[&[&str]] = &[&["DestinationType", "FilterName", "LogGroupName"]];

/// "Monitoring usage with CloudWatch metrics" (CloudWatch Logs user guide): for each metric its dimensions and its valid statistic. Account-wide
/// figures of incoming data have no dimensions. Metrics are sent each minute.
pub(super) const PUBLISHED: &[Published] = &[
    Published {
        namespace: NAMESPACE,
        names: &["IncomingBytes", "IncomingLogEvents"],
        dimensions: &[&[], &["LogGroupName"]],
        useful: Useful::Sum,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &[
            "DeliveryErrors",
            "DeliveryThrottling",
            "ForwardedBytes",
            "ForwardedLogEvents",
        ],
        dimensions: FORWARDED,
        useful: Useful::Sum,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["CallCount", "ErrorCount", "ThrottleCount"],
        dimensions: &[&["Class", "Resource", "Service", "Type"]],
        useful: Useful::Sum,
        every: 60,
    },
    Published {
        namespace: NAMESPACE,
        names: &["EMFParsingErrors", "EMFValidationErrors"],
        dimensions: &[&["LogGroupName"]],
        useful: Useful::Sum,
        every: 60,
    },
];
