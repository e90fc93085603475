use super::refusals::group;
use super::store::TargetGroup;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeTargetGroupAttributes`.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeTargetGroupAttributes",
    mutates: false,
    members: &["TargetGroupArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    group(cx, input).map(|group| show(group))
}

pub(super) fn show(group: &TargetGroup) -> Document {
    let attributes = group.attributes.iter().map(|(key, value)| {
        Document::structure([("Key", Document::from(*key)), ("Value", value.into())])
    });
    Document::structure([("Attributes", Document::List(attributes.collect()))])
}
