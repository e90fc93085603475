use super::{Published, Useful};

const NAMESPACE: &str = "AWS/Billing";

/// "Create a billing alarm to monitor your estimated AWS charges" (CloudWatch user guide): worldwide amounts of the month to date, in us-east-1 alone,
/// several times a day; the guide's alarm has a period of six hours.
pub(super) const PUBLISHED: &[Published] = &[Published {
    namespace: NAMESPACE,
    names: &["EstimatedCharges"],
    dimensions: &[
        &["Currency"],
        &["Currency", "ServiceName"],
        &["Currency", "LinkedAccount"],
        &["Currency", "LinkedAccount", "ServiceName"],
    ],
    useful: Useful::Level,
    every: 21600,
}];
