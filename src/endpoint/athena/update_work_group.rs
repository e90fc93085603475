use super::refusals::{store, workgroup};
use super::workgroup::WorkGroup;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `UpdateWorkGroup`: what is not said stays.
pub(super) const OPERATION: Operation = Operation {
    name: "UpdateWorkGroup",
    mutates: true,
    members: &["WorkGroup", "Description", "ConfigurationUpdates", "State"],
    call,
};

/// The members of `ConfigurationUpdates` that have a meaning here.
const UPDATES: &[&str] = &[
    "EnforceWorkGroupConfiguration",
    "ResultConfigurationUpdates",
    "PublishCloudWatchMetricsEnabled",
    "BytesScannedCutoffPerQuery",
    "RemoveBytesScannedCutoffPerQuery",
    "RequesterPaysEnabled",
    "EngineVersion",
];
const RESULT_UPDATES: &[&str] = &[
    "OutputLocation",
    "RemoveOutputLocation",
    "EncryptionConfiguration",
    "RemoveEncryptionConfiguration",
    "ExpectedBucketOwner",
    "RemoveExpectedBucketOwner",
    "AclConfiguration",
    "RemoveAclConfiguration",
];

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    input.required_str("WorkGroup")?;
    let store = store(cx);
    let mut updated = workgroup(store, input)?.clone();
    if let Some(description) = input.optional_str("Description")? {
        updated.description = (!description.is_empty()).then(|| description.to_owned());
    }
    match input.optional_str("State")? {
        None => {}
        Some("ENABLED") => updated.is_enabled = true,
        Some("DISABLED") => updated.is_enabled = false,
        Some(other) => {
            let set = "Member must satisfy enum value set: [DISABLED, ENABLED]";
            return Err(input.constraint("State", other, set));
        }
    }
    if let Some(updates) = input.structure("ConfigurationUpdates")? {
        updates.only(UPDATES)?;
        configure(&mut updated, &updates)?;
    }
    store.workgroups.insert(updated.name.clone(), updated);
    Ok(Document::empty())
}

fn configure(workgroup: &mut WorkGroup, updates: &Input<'_>) -> Result<(), Fault> {
    if updates.optional_bool("RemoveBytesScannedCutoffPerQuery")? == Some(true) {
        workgroup.bytes_scanned_cutoff = None;
    }
    workgroup.configure(updates)?;
    let Some(result) = updates.structure("ResultConfigurationUpdates")? else {
        return Ok(());
    };
    result.only(RESULT_UPDATES)?;
    if result.optional_bool("RemoveOutputLocation")? == Some(true) {
        workgroup.result.location = None;
    }
    if result.optional_bool("RemoveEncryptionConfiguration")? == Some(true) {
        workgroup.result.encryption = None;
    }
    if result.optional_bool("RemoveExpectedBucketOwner")? == Some(true) {
        workgroup.result.expected_owner = None;
    }
    if result.optional_bool("RemoveAclConfiguration")? == Some(true) {
        workgroup.result.acl = None;
    }
    workgroup.result.read(&result)
}
