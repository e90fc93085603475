use super::tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation, write_tags};

/// `DescribeTags`: of up to 20 resources.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeTags",
    mutates: false,
    members: &["ResourceArns"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arns = tags::resources(cx, input)?;
    let described = arns.into_iter().map(|arn| {
        Document::structure([
            ("ResourceArn", Document::from(arn)),
            ("Tags", write_tags(&cx.account.tags.of(arn))),
        ])
    });
    let described = Document::List(described.collect());
    Ok(Document::structure([("TagDescriptions", described)]))
}
