use super::alarm;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteAlarms`: those that are there are deleted even where another name is of no alarm; none where a
/// composite alarm needs one of them.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteAlarms",
    mutates: true,
    members: &["AlarmNames"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let mut unknown = Vec::new();
    let names = alarm::names(input)?;
    cx.account.alarms.check_delete(&names)?;
    for name in names {
        if cx.account.alarms.delete(name, cx.now) {
            let arn = alarm::arn(name, cx.region, cx.account_id);
            cx.account.tags.forget(&arn);
        } else {
            unknown.push(name);
        }
    }
    if unknown.is_empty() {
        return Ok(Document::empty());
    }
    let message = format!("Unable to find alarms: [{}]", unknown.join(", "));
    Err(Fault::new("ResourceNotFound", message).with_status(404))
}
