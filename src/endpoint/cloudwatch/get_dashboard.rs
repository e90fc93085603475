use super::dashboard_name;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetDashboard`: the body byte for byte as it was put.
pub(super) const OPERATION: Operation = Operation {
    name: "GetDashboard",
    mutates: false,
    members: &["DashboardName"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = dashboard_name::read(input)?;
    let stored = cx
        .account
        .dashboards
        .get(name)
        .ok_or_else(|| dashboard_name::not_found(&[name]))?;
    Ok(Document::structure([
        (
            "DashboardArn",
            Document::from(dashboard_name::arn(name, cx.account_id)),
        ),
        ("DashboardBody", (&stored.body).into()),
        ("DashboardName", name.into()),
    ]))
}
