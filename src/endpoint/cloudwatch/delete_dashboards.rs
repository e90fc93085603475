use super::dashboard_name;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteDashboards`: up to 100; those that are there are deleted even where another name is of none.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteDashboards",
    mutates: true,
    members: &["DashboardNames"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let names = input.strings("DashboardNames")?;
    if names.is_empty() {
        return Err(input.missing("DashboardNames"));
    }
    if names.len() > 100 {
        return Err(
            input.invalid("The collection DashboardNames must not have a size greater than 100.")
        );
    }
    let mut unknown = Vec::new();
    for name in names {
        if cx.account.dashboards.delete(name) {
            let arn = dashboard_name::arn(name, cx.account_id);
            cx.account.tags.forget(&arn);
        } else {
            unknown.push(name);
        }
    }
    if unknown.is_empty() {
        Ok(Document::empty())
    } else {
        Err(dashboard_name::not_found(&unknown))
    }
}
