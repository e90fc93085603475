use super::refusals::{invalid, optional_text, store};
use super::tags;
use super::workgroup::{RESULT_MEMBERS, WorkGroup};
use crate::endpoint::read_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateWorkGroup`: what is not said of its configuration is Athena's default.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateWorkGroup",
    mutates: true,
    members: &["Name", "Configuration", "Description", "Tags"],
    call,
};

/// The members of `Configuration` that have a meaning here.
const CONFIGURATION: &[&str] = &[
    "ResultConfiguration",
    "EnforceWorkGroupConfiguration",
    "PublishCloudWatchMetricsEnabled",
    "BytesScannedCutoffPerQuery",
    "RequesterPaysEnabled",
    "EngineVersion",
];

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("Name")?;
    if !is_name(name) {
        let pattern = "Member must satisfy regular expression pattern: [a-zA-Z0-9._-]{1,128}";
        return Err(input.constraint("Name", name, pattern));
    }
    let mut workgroup = WorkGroup::new(name, cx.now);
    workgroup.description = optional_text(input, "Description", 1024)?.map(str::to_owned);
    if let Some(configuration) = input.structure("Configuration")? {
        configuration.only(CONFIGURATION)?;
        workgroup.configure(&configuration)?;
        if let Some(result) = configuration.structure("ResultConfiguration")? {
            result.only(RESULT_MEMBERS)?;
            workgroup.result.read(&result)?;
        }
    }
    let tags = read_tags(input, "Tags")?;
    let arn = tags::workgroup_arn(cx, name);
    let workgroups = &mut store(cx).workgroups;
    if workgroups.contains_key(name) {
        return Err(invalid("WorkGroup is already created"));
    }
    workgroups.insert(name.to_owned(), workgroup);
    cx.account.tags.add(&arn, tags);
    Ok(Document::empty())
}

fn is_name(name: &str) -> bool {
    (1..=128).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}
