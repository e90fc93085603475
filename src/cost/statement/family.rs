/// What a cost belongs to, as the service's owners think of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Tasks.
    Fargate,
    /// Hours and capacity units.
    LoadBalancer,
    /// Bytes that cross a border.
    DataTransfer,
    /// Ingestion, storage and scans of logs.
    Logs,
    /// Custom metrics and requests for them.
    Metrics,
    /// Dashboards.
    Dashboards,
    /// Alarms.
    Alarms,
    /// Everything else of CloudWatch.
    CloudWatch,
    /// Scans.
    Athena,
    /// Objects.
    S3,
    /// The rest.
    Other,
}

/// Family, what reports call it, its value of the dimension `Service` in `FraudDetection/Cost`.
const FAMILIES: &[(Family, &str, &str)] = &[
    (Family::Fargate, "Fargate", "Fargate"),
    (Family::LoadBalancer, "load balancer", "LoadBalancer"),
    (Family::DataTransfer, "data transfer", "DataTransfer"),
    (Family::Logs, "CloudWatch logs", "CloudWatchLogs"),
    (Family::Metrics, "CloudWatch metrics", "CloudWatchMetrics"),
    (
        Family::Dashboards,
        "CloudWatch dashboards",
        "CloudWatchDashboards",
    ),
    (Family::Alarms, "CloudWatch alarms", "CloudWatchAlarms"),
    (Family::CloudWatch, "CloudWatch, other", "CloudWatchOther"),
    (Family::Athena, "Athena", "Athena"),
    (Family::S3, "S3", "S3"),
    (Family::Other, "other", "Other"),
];

/// Part of the service's name, part of the usage type, family; the first row that fits counts. Usage types begin with
/// a region (`USE1-`, `EUW1-`) or with nothing, so that only their ends tell them apart.
const RULES: &[(&str, &str, Family)] = &[
    ("", "DataTransfer", Family::DataTransfer),
    ("", "AWS-Out-Bytes", Family::DataTransfer),
    ("", "AWS-In-Bytes", Family::DataTransfer),
    ("", "NatGateway-Bytes", Family::DataTransfer),
    ("", "Fargate", Family::Fargate),
    ("CloudWatch", "DataProcessing", Family::Logs),
    ("CloudWatch", "DataProcessingIA", Family::Logs),
    ("CloudWatch", "VendedLog", Family::Logs),
    ("CloudWatch", "S3-Egress", Family::Logs),
    ("CloudWatch", "TimedStorage", Family::Logs),
    ("CloudWatch", "DataScanned", Family::Logs),
    ("CloudWatch", "Logs", Family::Logs),
    ("CloudWatch", "AlarmMonitorUsage", Family::Alarms),
    ("CloudWatch", "Alarm", Family::Alarms),
    ("CloudWatch", "Dashboards", Family::Dashboards),
    ("CloudWatch", "MetricMonitorUsage", Family::Metrics),
    ("CloudWatch", "GMD-Metrics", Family::Metrics),
    ("CloudWatch", "Requests", Family::Metrics),
    ("CloudWatch", "", Family::CloudWatch),
    ("Load Balancing", "", Family::LoadBalancer),
    ("", "LoadBalancerUsage", Family::LoadBalancer),
    ("", "LCUUsage", Family::LoadBalancer),
    ("Athena", "", Family::Athena),
    ("Simple Storage Service", "", Family::S3),
];

impl Family {
    /// Of a line of Cost Explorer.
    pub fn of(service: &str, usage_type: &str) -> Self {
        let fits = |part: &str, text: &str| part.is_empty() || text.contains(part);
        let found = RULES
            .iter()
            .find(|(one, other, _)| fits(one, service) && fits(other, usage_type));
        found.map_or(Self::Other, |(.., family)| *family)
    }

    /// All, in the order in which they are shown.
    pub fn all() -> impl Iterator<Item = Self> {
        FAMILIES.iter().map(|(family, ..)| *family)
    }

    /// What reports call it.
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    /// Its value of the dimension `Service`.
    pub fn dimension(self) -> &'static str {
        self.entry().2
    }

    /// Whether it is a part of CloudWatch's bill.
    pub fn is_cloudwatch(self) -> bool {
        self.dimension().starts_with("CloudWatch")
    }

    fn entry(self) -> &'static (Self, &'static str, &'static str) {
        let found = FAMILIES.iter().find(|entry| entry.0 == self);
        found.unwrap_or(&FAMILIES[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usage_types_tell_the_parts_of_a_bill() {
        let of = Family::of;
        assert_eq!(
            of(
                "Amazon Elastic Container Service",
                "USE1-Fargate-vCPU-Hours:perCPU"
            ),
            Family::Fargate
        );
        assert_eq!(of("AmazonCloudWatch", "DataProcessing-Bytes"), Family::Logs);
        assert_eq!(
            of("AmazonCloudWatch", "EUW1-TimedStorage-ByteHrs"),
            Family::Logs
        );
        assert_eq!(
            of("AmazonCloudWatch", "CW:MetricMonitorUsage"),
            Family::Metrics
        );
        assert_eq!(
            of("AmazonCloudWatch", "CW:AlarmMonitorUsage"),
            Family::Alarms
        );
        assert_eq!(
            of("AmazonCloudWatch", "DashboardsUsageHour"),
            Family::Dashboards
        );
        assert_eq!(
            of("Amazon Elastic Load Balancing", "LCUUsage"),
            Family::LoadBalancer
        );
        assert_eq!(
            of("Amazon Elastic Load Balancing", "DataTransfer-Out-Bytes"),
            Family::DataTransfer
        );
        assert_eq!(of("Amazon Route 53", "DNS-Queries"), Family::Other);
    }
}
