use super::budget::Budget;
use super::notification::Notification;
use crate::endpoint::{Context, Fault, Input, Page};

/// Notifications of one budget. AWS's texts say five, the list's bound and the shape's text ten.
pub(super) const MOST_NOTIFICATIONS: usize = 10;

/// `InvalidParameterException`.
pub(super) fn invalid(message: impl Into<String>) -> Fault {
    Fault::new("InvalidParameterException", message)
}

/// `NotFoundException`.
pub(super) fn not_found(message: impl Into<String>) -> Fault {
    Fault::new("NotFoundException", message)
}

/// `DuplicateRecordException`.
pub(super) fn duplicate(message: impl Into<String>) -> Fault {
    Fault::new("DuplicateRecordException", message)
}

/// `AccountId`: twelve digits, the caller's own.
pub(super) fn account(cx: &Context<'_>, input: &Input<'_>) -> Result<(), Fault> {
    let account = input.required_str("AccountId")?;
    if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
        let pattern = "Member must satisfy regular expression pattern: \\d{12}";
        return Err(input.constraint("AccountId", account, pattern));
    }
    match account == cx.account_id {
        true => Ok(()),
        false => Err(Fault::new(
            "AccessDeniedException",
            format!(
                "Account {} is not authorized to access budgets of account {account}.",
                cx.account_id
            ),
        )),
    }
}

/// The budget that the request names; `to` is what is tried, for the refusal.
pub(super) fn budget<'a>(
    cx: &'a mut Context<'_>,
    name: &str,
    to: &str,
) -> Result<&'a mut Budget, Fault> {
    let found = cx.stores.budgets.budgets.get_mut(name);
    found.ok_or_else(|| {
        not_found(format!(
            "Unable to {to}: {name} - the budget doesn't exist."
        ))
    })
}

/// The notification `wanted` of a budget.
pub(super) fn notification<'a>(
    budget: &'a mut Budget,
    wanted: &Notification,
) -> Result<&'a mut Notification, Fault> {
    let name = budget.name.clone();
    let found = budget.notifications.iter_mut().find(|n| n.is_same(wanted));
    found.ok_or_else(|| not_found(format!("the budget {name} has no such notification")))
}

/// A structure that must be there.
pub(super) fn required<'a>(input: &Input<'a>, name: &str) -> Result<Input<'a>, Fault> {
    input.structure(name)?.ok_or_else(|| input.missing(name))
}

/// A page of a list, at most `most` items of it, 100 where the request does not say.
pub(super) fn page<T>(
    input: &Input<'_>,
    all: Vec<(String, T)>,
    most: i64,
) -> Result<Page<T>, Fault> {
    let limit = input.optional_i64("MaxResults")?.unwrap_or(100);
    if !(1..=most).contains(&limit) {
        let range = format!("Member must have value between 1 and {most}");
        return Err(input.constraint("MaxResults", &limit.to_string(), &range));
    }
    let limit = usize::try_from(limit).unwrap_or(100);
    let page = Page::of(all, input.optional_str("NextToken")?, limit);
    page.ok_or_else(|| Fault::new("InvalidNextTokenException", "the NextToken is not valid"))
}
