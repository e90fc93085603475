use super::refusals::not_found;
use crate::endpoint::{Context, Fault, Input};

/// The ARN of a budget.
pub(super) fn arn(cx: &Context<'_>, name: &str) -> String {
    format!("arn:aws:budgets::{}:budget/{name}", cx.account_id)
}

/// The ARN that the request names, of a budget that is there.
pub(super) fn resource<'a>(cx: &Context<'_>, input: &Input<'a>) -> Result<&'a str, Fault> {
    let wanted = input.required_str("ResourceARN")?;
    let name = wanted.strip_prefix(&arn(cx, ""));
    match name.is_some_and(|name| cx.stores.budgets.budgets.contains_key(name)) {
        true => Ok(wanted),
        false => Err(not_found(format!("the resource {wanted} doesn't exist."))),
    }
}
