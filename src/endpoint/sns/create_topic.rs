use std::collections::BTreeMap;

use belfry_engine::account::Topic;

use super::refusals::invalid;
use super::{attributes, tags};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateTopic`: idempotent by name; standard topics only.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateTopic",
    mutates: true,
    members: &["Name", "Attributes", "Tags"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("Name")?;
    if !is_topic_name(name) {
        return Err(invalid("Topic Name"));
    }
    let attributes = input.string_map("Attributes")?;
    let arn = format!("arn:aws:sns:{}:{}:{name}", cx.region, cx.account_id);
    for (attribute, value) in &attributes {
        attributes::check(attribute, value, &arn)?;
    }
    let tags = tags::read(cx, input, &arn)?;
    match cx.account.topics.get(&arn) {
        Some(topic) => same(cx, topic, &attributes, &tags)?,
        None => {
            cx.account.topics.put(Topic {
                arn: arn.clone(),
                name: name.to_owned(),
                attributes,
                subscriptions: Vec::new(),
            });
            cx.account.tags.add(&arn, tags);
        }
    }
    Ok(Document::structure([("TopicArn", arn.into())]))
}

/// Creating a topic that exists is refused where it would change it.
fn same(
    cx: &Context<'_>,
    topic: &Topic,
    attributes: &BTreeMap<String, String>,
    tags: &[(String, String)],
) -> Result<(), Fault> {
    let now = attributes::of(topic, cx.account_id);
    let differs = |(name, value): (&String, &String)| now.get(name) != Some(value);
    if attributes.iter().any(differs) {
        return Err(invalid(
            "Attributes Reason: Topic already exists with different attributes",
        ));
    }
    let tags: BTreeMap<String, String> = tags.iter().cloned().collect();
    if !tags.is_empty() && tags != cx.account.tags.of(&topic.arn) {
        return Err(invalid(
            "Tags Reason: Topic already exists with different tags",
        ));
    }
    Ok(())
}

/// 1 to 256 letters, digits, `-` and `_`.
fn is_topic_name(name: &str) -> bool {
    (1..=256).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
