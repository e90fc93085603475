use belfry_engine::dashboard::{ValidationMessage, load, refusal};

use super::dashboard_name;
use crate::endpoint::read_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutDashboard`: a body with errors is not saved; warnings come back with the success.
pub(super) const OPERATION: Operation = Operation {
    name: "PutDashboard",
    mutates: true,
    members: &["DashboardName", "DashboardBody", "Tags"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = dashboard_name::read(input)?;
    let body = input.required_str("DashboardBody")?;
    let tags = read_tags(input, "Tags")?;
    let loaded = load(body).map_err(|errors| refused(&errors))?;
    let arn = dashboard_name::arn(name, cx.account_id);
    let is_new = cx.account.dashboards.get(name).is_none();
    cx.account.dashboards.put(name, body, cx.now);
    if is_new {
        cx.account.tags.add(&arn, tags);
    }
    let messages = show(&loaded.warnings);
    Ok(Document::structure([(
        "DashboardValidationMessages",
        messages,
    )]))
}

fn refused(errors: &[ValidationMessage]) -> Fault {
    Fault::new("InvalidParameterInput", refusal(errors))
        .with_member("dashboardValidationMessages", show(errors))
}

fn show(messages: &[ValidationMessage]) -> Document {
    let message = |message: &ValidationMessage| {
        Document::structure([
            ("DataPath", Document::from(&message.data_path)),
            ("Message", Document::from(&message.message)),
        ])
    };
    Document::List(messages.iter().map(message).collect())
}
