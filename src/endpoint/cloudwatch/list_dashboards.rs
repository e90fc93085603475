use super::{dashboard_name, page};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListDashboards`: by name, 1,000 a page.
pub(super) const OPERATION: Operation = Operation {
    name: "ListDashboards",
    mutates: false,
    members: &["DashboardNamePrefix", "NextToken"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let prefix = input
        .optional_str("DashboardNamePrefix")?
        .unwrap_or_default();
    let all = cx.account.dashboards.all().iter();
    let found = all
        .filter(|(name, _)| name.starts_with(prefix))
        .map(|(name, stored)| (name.clone(), (name, stored)));
    let page = page::of(found.collect(), input, 1000)?;
    let entries = page.items.iter().map(|(name, stored)| {
        Document::structure([
            ("DashboardName", Document::from(*name)),
            (
                "DashboardArn",
                dashboard_name::arn(name, cx.account_id).into(),
            ),
            ("LastModified", stored.last_modified.into()),
            ("Size", stored.body.len().into()),
        ])
    });
    Ok(Document::structure([
        ("DashboardEntries", Document::List(entries.collect())),
        ("NextToken", page.next.into()),
    ]))
}
