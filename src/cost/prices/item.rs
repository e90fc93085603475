//! The rows of the price list that are counted with.

use rust_decimal::Decimal;

/// A row of the price list as calculators ask for it: by service and item, in a unit, with the allowance of a month
/// where that is not among the tiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// As in the list.
    pub service: &'static str,
    /// As in the list.
    pub name: &'static str,
    /// The unit that is counted with.
    pub unit: &'static str,
    /// How much of it is free, and how the list begins to say so.
    pub free: Option<(i64, &'static str)>,
}

impl Item {
    /// An item without allowance.
    pub const fn new(service: &'static str, name: &'static str, unit: &'static str) -> Self {
        Self {
            service,
            name,
            unit,
            free: None,
        }
    }

    /// With what is free a month.
    #[must_use]
    pub const fn free(mut self, amount: i64, words: &'static str) -> Self {
        self.free = Some((amount, words));
        self
    }

    /// What is free a month, where it is not among the tiers.
    pub fn allowance(&self) -> Option<Decimal> {
        self.free.map(|(amount, _)| amount.into())
    }
}

/// `NAME: service, item, unit;` and, where a month's allowance is not among the tiers, `free amount, words;`.
macro_rules! items {
    ($($name:ident: $service:literal, $item:literal, $unit:literal $(, free $amount:literal, $words:literal)?;)*) => {
        $(
            #[doc = concat!($service, ": ", $item, ".")]
            pub const $name: Item = Item::new($service, $item, $unit)$(.free($amount, $words))?;
        )*

        /// Every item, for the test that holds them against the list.
        pub const ALL: &[Item] = &[$($name),*];
    };
}

items! {
    METRIC: "CloudWatch", "Custom or detailed-monitoring metric", "metric-month, prorated by the hour", free 10, "10 metrics a month";
    GET_METRIC_WIDGET_IMAGE: "CloudWatch", "GetMetricWidgetImage", "1,000 metrics requested";
    CLOUDWATCH_REQUESTS: "CloudWatch", "PutMetricData, GetMetricStatistics, ListMetrics and the dashboard calls", "1,000 requests", free 1_000_000, "1,000,000 requests a month";
    METRIC_STREAM: "CloudWatch", "Metric stream", "1,000 metric updates";
    ALARM: "CloudWatch", "Alarm, standard resolution", "alarm metric-month, prorated by the hour", free 10, "10 alarm metrics a month";
    ALARM_HIGH_RESOLUTION: "CloudWatch", "Alarm, high resolution (10 s or 30 s)", "alarm metric-month";
    ALARM_ANOMALY: "CloudWatch", "Alarm, anomaly detection, standard", "alarm-month";
    ALARM_ANOMALY_HIGH_RESOLUTION: "CloudWatch", "Alarm, anomaly detection, high resolution", "alarm-month";
    ALARM_COMPOSITE: "CloudWatch", "Alarm, composite", "alarm-month";
    ALARM_METRICS_INSIGHTS: "CloudWatch", "Alarm on a Metrics Insights query", "metric analysed-month";
    ALARM_LOG: "CloudWatch", "Log alarm (PutLogAlarm, June 2026), the alarm itself", "alarm-month";
    ALARM_LOG_SCAN: "CloudWatch", "Log alarm, its scheduled query", "GB scanned on every run", free 5, "shares the 5 GB";
    LOG_INGESTION: "CloudWatch Logs", "Ingestion, Standard class, custom logs (PutLogEvents)", "GB ingested", free 5, "5 GB a month";
    LOG_INGESTION_INFREQUENT: "CloudWatch Logs", "Ingestion, Infrequent Access class, custom logs", "GB ingested", free 5, "5 GB a month";
    VENDED_LOGS: "CloudWatch Logs", "Vended logs to CloudWatch Logs, Standard class", "GB delivered", free 5, "5 GB a month";
    VENDED_LOGS_INFREQUENT: "CloudWatch Logs", "Vended logs to CloudWatch Logs, Infrequent Access class", "GB delivered";
    VENDED_LOGS_TO_S3: "CloudWatch Logs", "Vended logs delivered to S3", "GB delivered";
    VENDED_LOGS_TO_FIREHOSE: "CloudWatch Logs", "Vended logs delivered to Firehose", "GB delivered";
    VENDED_LOGS_PARQUET: "CloudWatch Logs", "Parquet conversion of logs delivered to S3", "GB converted";
    LOG_STORAGE: "CloudWatch Logs", "Storage (archive), Standard tier", "GB-month of compressed data", free 5, "5 GB a month";
    LOG_STORAGE_INFREQUENT_TIER: "CloudWatch Logs", "Storage, Intelligent Tiering, Infrequent Access tier", "GB-month";
    LOG_STORAGE_ARCHIVE_TIER: "CloudWatch Logs", "Storage, Intelligent Tiering, Archive Instant Access tier", "GB-month";
    LOG_SCAN: "CloudWatch Logs", "Logs Insights query", "GB of uncompressed data scanned", free 5, "5 GB a month";
    SCHEDULED_QUERY: "CloudWatch Logs", "Scheduled query", "GB scanned on every run", free 5, "shares the 5 GB";
    LIVE_TAIL: "CloudWatch Logs", "Live Tail", "session-minute", free 1_800, "1,800 minutes a month";
    DATA_PROTECTION: "CloudWatch Logs", "Data protection (detect and mask)", "GB scanned";
    METRIC_FILTER: "CloudWatch Logs", "Metric filter", "filter";
    CONTRIBUTOR_RULE: "CloudWatch", "Contributor Insights rule on logs", "rule-month", free 1, "1 rule a month";
    CONTRIBUTOR_EVENTS: "CloudWatch", "Contributor Insights matched log events", "1,000,000 events", free 1_000_000, "first 1,000,000 a month";
    CONTAINER_INSIGHTS_ENHANCED: "CloudWatch", "Container Insights, ECS, enhanced observability", "metric-month";
    ATHENA_SCAN: "Athena", "SQL query, per-query billing", "TB scanned";
    S3_STORAGE: "S3", "Standard storage", "GB-month (2^30 bytes)";
    S3_WRITES: "S3", "PUT, COPY, POST, LIST", "1,000 requests";
    S3_READS: "S3", "GET and other reads", "1,000 requests";
    S3_TRANSITION_INFREQUENT: "S3", "Lifecycle transition into Standard-IA, One Zone-IA or Intelligent-Tiering", "1,000 transitions";
    S3_TRANSITION_GLACIER: "S3", "Lifecycle transition into Glacier Flexible Retrieval", "1,000 transitions";
    S3_TRANSITION_DEEP_ARCHIVE: "S3", "Lifecycle transition into Glacier Deep Archive", "1,000 transitions";
    S3_STORAGE_INFREQUENT: "S3", "Standard-IA storage", "GB-month";
    LOAD_BALANCER: "Application Load Balancer", "Load balancer", "hour or part of one";
    LCU: "Application Load Balancer", "LCU", "LCU-hour";
    TRUST_STORE: "Application Load Balancer", "Mutual TLS trust store", "trust-store-hour";
    FARGATE_VCPU_X86: "Fargate", "vCPU, Linux x86", "vCPU-hour";
    FARGATE_MEMORY_X86: "Fargate", "Memory, Linux x86", "GB-hour";
    FARGATE_VCPU_ARM: "Fargate", "vCPU, Linux ARM", "vCPU-hour";
    FARGATE_MEMORY_ARM: "Fargate", "Memory, Linux ARM", "GB-hour";
    FARGATE_STORAGE: "Fargate", "Ephemeral storage above the free part", "GB-hour";
    TRANSFER_OUT: "Network", "Data transfer out to the internet", "GB";
    TRANSFER_IN: "Network", "Data transfer in from the internet", "GB";
    TRANSFER_ZONES: "Network", "Between Availability Zones", "GB, each direction", free 1, "1 GB a month";
    TRANSFER_REGIONS: "Network", "To another region", "GB";
    NAT_GATEWAY: "Network", "NAT gateway", "hour";
    NAT_GATEWAY_PROCESSING: "Network", "NAT gateway processing", "GB";
    PUBLIC_ADDRESS: "Network", "Public IPv4 address, in use or idle", "address-hour";
    ECR_STORAGE: "ECR", "Private storage", "GB-month";
    SNS_REQUESTS: "SNS", "Standard topic, API requests (64 KB each)", "1,000,000 requests";
    SNS_HTTP: "SNS", "Delivery by HTTP or HTTPS", "100,000 notifications";
    SNS_EMAIL: "SNS", "Delivery by e-mail", "100,000 notifications";
    SNS_INTERNAL: "SNS", "Delivery to SQS or Lambda", "1,000,000 notifications";
    BUDGET: "AWS Budgets", "Budget without actions (alerts only)", "budget-day";
    BUDGET_WITH_ACTIONS: "AWS Budgets", "Budget with actions", "budget-day";
    BUDGET_REPORT: "AWS Budgets", "Budget report", "report delivered";
    COST_EXPLORER_REQUEST: "Cost Explorer", "API request", "request";
    ANOMALY_MONITOR: "Cost Anomaly Detection", "Monitor or alert", "each";
    SECRET: "Secrets Manager", "Secret", "secret-month";
    SECRET_CALLS: "Secrets Manager", "API calls", "10,000 calls";
    KEY: "KMS", "Customer-managed key", "key-month, prorated by the hour";
    KEY_REQUESTS: "KMS", "Symmetric requests", "10,000 requests";
    GET_METRIC_DATA: "CloudWatch", "GetMetricData", "1,000 metrics requested";
    DASHBOARD: "CloudWatch", "Dashboard", "dashboard-month", free 3, "3 custom dashboards";
    CANARY_RUN: "CloudWatch", "Synthetics canary run", "run", free 100, "100 runs a month";
    FARGATE_SPOT_VCPU_X86: "Fargate", "Spot vCPU, Linux x86", "vCPU-hour, floating";
    FARGATE_SPOT_MEMORY_X86: "Fargate", "Spot memory, Linux x86", "GB-hour, floating";
    FARGATE_SPOT_VCPU_ARM: "Fargate", "Spot vCPU, Linux ARM", "vCPU-hour, floating";
    FARGATE_SPOT_MEMORY_ARM: "Fargate", "Spot memory, Linux ARM", "GB-hour, floating";
    INTERFACE_ENDPOINT: "Network", "Interface VPC endpoint", "endpoint-zone-hour";
}
