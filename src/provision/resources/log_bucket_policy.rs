//! The policy of a bucket for load balancers' logs.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::provision::Place;
use crate::suite::{Bucket, Suite};

/// Who delivers the logs of load balancers ("Enable access logs for your Application Load Balancer").
const DELIVERY: &str = "logdelivery.elasticloadbalancing.amazonaws.com";

/// What lets the load balancers of this account and region write their logs under the prefixes that the suite names, and
/// nobody else; nothing where no load balancer of the suite writes into the bucket.
pub(super) fn desired(bucket: &Bucket, suite: &Suite, place: &Place) -> Option<Value> {
    let logs = suite
        .load_balancers
        .iter()
        .flat_map(|balancer| &balancer.logs);
    let prefixes: BTreeSet<&str> = logs
        .filter(|logs| logs.bucket == bucket.name)
        .map(|logs| logs.prefix.as_str())
        .collect();
    if prefixes.is_empty() {
        return None;
    }
    let resources = prefixes.into_iter().map(|prefix| {
        let slash = if prefix.is_empty() { "" } else { "/" };
        format!(
            "arn:{}:s3:::{}/{prefix}{slash}AWSLogs/{}/*",
            place.partition, bucket.name, place.account
        )
    });
    let resources: Vec<String> = resources.collect();
    Some(json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Sid": "belfry-load-balancer-logs",
            "Effect": "Allow",
            "Principal": { "Service": DELIVERY },
            "Action": "s3:PutObject",
            "Resource": resources,
            "Condition": {
                "ArnLike": { "aws:SourceArn": place.load_balancer_arn("*") },
            },
        }],
    }))
}
