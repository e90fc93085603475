use super::refusals::{invalid, not_found, store};
use crate::endpoint::{Context, Fault, Input};

/// The ARN of a workgroup.
pub(super) fn workgroup_arn(cx: &Context<'_>, name: &str) -> String {
    format!(
        "arn:aws:athena:{}:{}:workgroup/{name}",
        cx.region, cx.account_id
    )
}

/// The ARN that the request names, of a workgroup that is there.
pub(super) fn resource(cx: &mut Context<'_>, input: &Input<'_>) -> Result<String, Fault> {
    let arn = input.required_str("ResourceARN")?;
    let begin = workgroup_arn(cx, "");
    let Some(name) = arn.strip_prefix(&begin) else {
        return Err(invalid(format!(
            "the resource `{arn}` has no tags at this endpoint; workgroups of its account and region have: {begin}NAME"
        )));
    };
    match store(cx).workgroups.contains_key(name) {
        true => Ok(arn.to_owned()),
        false => Err(not_found(format!("WorkGroup {name} is not found."), arn)),
    }
}
