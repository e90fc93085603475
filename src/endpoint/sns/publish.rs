use super::refusals::{invalid, topic};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `Publish`: to a topic; to all its confirmed subscriptions.
pub(super) const OPERATION: Operation = Operation {
    name: "Publish",
    mutates: true,
    members: &["TopicArn", "TargetArn", "Message", "Subject"],
    call,
};

/// 256 KiB, SNS's limit.
const MOST_BYTES: usize = 262_144;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arns = (
        input.optional_str("TopicArn")?,
        input.optional_str("TargetArn")?,
    );
    let ((Some(arn), None) | (None, Some(arn))) = arns else {
        return Err(invalid(
            "TopicArn or TargetArn Reason: no value for required parameter",
        ));
    };
    topic(cx, arn)?;
    let message = input.required_str("Message")?;
    if message.is_empty() {
        return Err(invalid("Empty message"));
    }
    let subject = input.optional_str("Subject")?;
    if !subject.is_none_or(is_subject) {
        return Err(invalid("Subject"));
    }
    if message.len() + subject.map_or(0, str::len) > MOST_BYTES {
        return Err(invalid("Message too long"));
    }
    let id = cx.account.publish(arn, subject, message, cx.now);
    Ok(Document::structure([("MessageId", id.into())]))
}

/// 1 to 100 ASCII characters without line breaks and control characters, the first no blank.
fn is_subject(subject: &str) -> bool {
    (1..=100).contains(&subject.len())
        && !subject.starts_with(' ')
        && subject.bytes().all(|b| (0x20..0x7f).contains(&b))
}
