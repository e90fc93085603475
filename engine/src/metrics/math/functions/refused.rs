/// What CloudWatch has and this engine refuses, with the reason.
const REFUSED: &[(&str, &str)] = &[
    (
        "ANOMALY_DETECTION_BAND",
        "the model behind it is AWS's own and not published",
    ),
    (
        "INSIGHT_RULE_METRIC",
        "there are no Contributor Insights rules on this machine",
    ),
    (
        "SERVICE_QUOTA",
        "the quotas of an AWS account do not exist on this machine",
    ),
    (
        "DB_PERF_INSIGHTS",
        "there are no databases with Performance Insights on this machine",
    ),
    ("LAMBDA", "there are no custom data sources on this machine"),
];

/// Why `name` is refused, where CloudWatch knows it.
pub(in crate::metrics::math) fn refusal(name: &str) -> Option<&'static str> {
    REFUSED
        .iter()
        .find(|(refused, _)| *refused == name)
        .map(|(_, reason)| *reason)
}
