use belfry_engine::events::LogError;
use belfry_engine::pattern::FilterPattern;

use super::fault::{limit_exceeded, unsupported};
use super::read;
use super::subscription_filters::{MOST, SubscriptionFilter};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutSubscriptionFilter`: creates or replaces a filter. It is kept and listed, so that drift is found; nothing is
/// delivered, and AWS's test message to the destination is not sent.
pub(super) const OPERATION: Operation = Operation {
    name: "PutSubscriptionFilter",
    mutates: true,
    members: &[
        "logGroupName",
        "filterName",
        "filterPattern",
        "destinationArn",
        "roleArn",
        "distribution",
        "applyOnTransformedLogs",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = input.required_str("logGroupName")?;
    let name = read::required_text(input, "filterName", 1..=512)?;
    let pattern = read::required_text(input, "filterPattern", 0..=1024)?;
    let destination = read::required_text(input, "destinationArn", 1..=usize::MAX)?;
    let role = read::text(input, "roleArn", 1..=usize::MAX)?;
    let distribution = read::word(input, "distribution", &["Random", "ByLogStream"])?;
    if input.optional_bool("applyOnTransformedLogs")? == Some(true) {
        return Err(unsupported("applyOnTransformedLogs", "true", "false"));
    }
    check_destination(destination, role)?;
    FilterPattern::parse(pattern)?;
    read::standard_group(cx, group)?;
    let filters = cx.stores.subscription_filters.of(cx.region);
    let (others, mut created) = (filters.of_group(group), cx.now);
    let mut count = 0;
    for (other, filter) in others {
        match other == name {
            true => created = filter.created,
            false => count += 1,
        }
    }
    if count >= MOST {
        return Err(limit_exceeded());
    }
    let filter = SubscriptionFilter {
        pattern: pattern.to_owned(),
        destination: destination.to_owned(),
        role: role.map(str::to_owned),
        distribution: distribution.unwrap_or("ByLogStream").to_owned(),
        created,
    };
    filters.put(group, name, filter);
    Ok(Document::empty())
}

/// Which services take events, and which of them under a role (API reference, `destinationArn` and `roleArn`).
fn check_destination(arn: &str, role: Option<&str>) -> Result<(), Fault> {
    let mut parts = arn.split(':');
    let (prefix, vendor) = (parts.next(), parts.nth(1).unwrap_or_default());
    let invalid = |message: String| Err(Fault::from(LogError::invalid(message)));
    if prefix != Some("arn") || !["kinesis", "firehose", "lambda", "logs"].contains(&vendor) {
        return invalid(format!(
            "destinationArn {arn} is not an ARN of a Kinesis or Firehose stream, a Lambda function or a logical destination"
        ));
    }
    match (vendor, role) {
        ("kinesis" | "firehose", None) => invalid(format!(
            "destinationArn for vendor {vendor} cannot be used without roleArn"
        )),
        ("lambda", Some(_)) => {
            invalid("destinationArn for vendor lambda cannot be used with roleArn".to_owned())
        }
        _ => Ok(()),
    }
}
