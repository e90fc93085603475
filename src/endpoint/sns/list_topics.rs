use super::refusals::invalid;
use crate::endpoint::Page;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListTopics`: by ARN, 100 a page.
pub(super) const OPERATION: Operation = Operation {
    name: "ListTopics",
    mutates: false,
    members: &["NextToken"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let topics = cx
        .account
        .topics
        .all()
        .map(|topic| (topic.arn.clone(), topic));
    let page = Page::of(topics.collect(), input.optional_str("NextToken")?, 100)
        .ok_or_else(|| invalid("NextToken"))?;
    let arns = page
        .items
        .iter()
        .map(|topic| Document::structure([("TopicArn", Document::from(&topic.arn))]));
    Ok(Document::structure([
        ("Topics", Document::List(arns.collect())),
        ("NextToken", page.next.into()),
    ]))
}
