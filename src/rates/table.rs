/// Calls a second of one operation, in an account and a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The service's name in signatures: `monitoring`, `logs`, `sns`.
    pub service: &'static str,
    /// `PutMetricAlarm`.
    pub operation: &'static str,
    /// How many calls a second.
    pub per_second: u32,
}

/// "Amazon CloudWatch endpoints and quotas" of the AWS General Reference, table "Service quotas" (`Rate of … requests`).
const MONITORING: &[(&str, u32)] = &[
    ("DeleteAlarmMuteRule", 3),
    ("DeleteAlarms", 3),
    ("DeleteDashboards", 10),
    ("DescribeAlarmContributors", 9),
    ("DescribeAlarmHistory", 20),
    ("DescribeAlarms", 9),
    ("DescribeAlarmsForMetric", 9),
    ("GetAlarmMuteRule", 20),
    ("GetDashboard", 10),
    ("ListAlarmMuteRules", 50),
    ("ListDashboards", 10),
    ("ListMetrics", 25),
    ("ListTagsForResource", 10),
    ("PutAlarmMuteRule", 3),
    ("PutCompositeAlarm", 3),
    ("PutDashboard", 10),
    ("PutLogAlarm", 3),
    ("PutMetricAlarm", 3),
    ("SetAlarmState", 3),
    ("TagResource", 20),
    ("UntagResource", 20),
];

/// "CloudWatch Logs quotas" of its User Guide (`… throttle limit in transactions per second`). The page names no rate
/// for saved queries; they are taken as often as the service's other writes and lists.
const LOGS: &[(&str, u32)] = &[
    ("CreateLogGroup", 10),
    ("DeleteLogGroup", 10),
    ("DeleteMetricFilter", 5),
    ("DeleteQueryDefinition", 5),
    ("DeleteRetentionPolicy", 5),
    ("DescribeLogGroups", 10),
    ("DescribeMetricFilters", 5),
    ("DescribeQueryDefinitions", 5),
    ("DescribeSubscriptionFilters", 5),
    ("ListTagsForResource", 5),
    ("PutMetricFilter", 5),
    ("PutQueryDefinition", 5),
    ("PutRetentionPolicy", 5),
    ("TagResource", 5),
    ("UntagResource", 5),
];

/// "Amazon Simple Notification Service endpoints and quotas" of the AWS General Reference, "Amazon SNS API throttling": the hard
/// quotas; and of those that differ by region (30 to 3,000), the 30 of the slowest, since it is no operation of which there are many.
const SNS: &[(&str, u32)] = &[
    ("ConfirmSubscription", 30),
    ("CreateTopic", 30),
    ("DeleteTopic", 30),
    ("GetSubscriptionAttributes", 30),
    ("GetTopicAttributes", 30),
    ("ListSubscriptions", 30),
    ("ListSubscriptionsByTopic", 30),
    ("ListTagsForResource", 10),
    ("ListTopics", 30),
    ("SetTopicAttributes", 30),
    ("Subscribe", 100),
    ("TagResource", 10),
    ("Unsubscribe", 100),
    ("UntagResource", 10),
];

/// "Service quotas" of the Tag Editor User Guide.
const TAGGING: &[(&str, u32)] = &[("GetResources", 15)];

/// All rates, by service.
pub const RATES: &[(&str, &[(&str, u32)])] = &[
    ("monitoring", MONITORING),
    ("logs", LOGS),
    ("sns", SNS),
    ("tagging", TAGGING),
];

/// The rate of an operation; none where AWS publishes none.
pub fn rate(service: &str, operation: &str) -> Option<Rate> {
    let (service, operations) = RATES.iter().find(|(name, _)| *name == service)?;
    let mut operations = operations.iter();
    let (operation, per_second) = operations.find(|(name, _)| *name == operation)?;
    Some(Rate {
        service,
        operation,
        per_second: *per_second,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_stands_once_and_in_order() {
        for (service, operations) in RATES {
            let names: Vec<&str> = operations.iter().map(|(name, _)| *name).collect();
            assert!(names.is_sorted(), "{service}");
            assert!(operations.iter().all(|(_, rate)| *rate > 0), "{service}");
        }
        assert_eq!(rate("monitoring", "PutMetricAlarm").unwrap().per_second, 3);
        assert_eq!(rate("logs", "PutMetricAlarm"), None);
    }
}
