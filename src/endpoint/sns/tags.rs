use super::refusals::invalid;
use crate::endpoint::{Context, Fault, Input, read_tags};

/// Tags on one topic.
const MOST_TAGS: usize = 50;

/// The topic that tags are asked for; SNS has another fault for it here than elsewhere.
pub(super) fn resource<'a>(cx: &Context<'_>, input: &Input<'a>) -> Result<&'a str, Fault> {
    let arn = input.required_str("ResourceArn")?;
    match cx.account.topics.get(arn) {
        Some(_) => Ok(arn),
        None => Err(Fault::new("ResourceNotFound", "Resource does not exist").with_status(404)),
    }
}

/// The tags of the request, checked; with those `arn` has they must not become too many.
pub(super) fn read(
    cx: &Context<'_>,
    input: &Input<'_>,
    arn: &str,
) -> Result<Vec<(String, String)>, Fault> {
    let tags = read_tags(input, "Tags")?;
    for (index, (key, _)) in tags.iter().enumerate() {
        if tags.iter().skip(index + 1).any(|(other, _)| other == key) {
            return Err(invalid("Duplicated keys are not allowed."));
        }
    }
    let mut all = cx.account.tags.of(arn);
    all.extend(tags.iter().cloned());
    if all.len() > MOST_TAGS {
        return Err(Fault::new(
            "TagLimitExceeded",
            "Could not complete request: tag quota of per resource exceeded",
        ));
    }
    Ok(tags)
}
