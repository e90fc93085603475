use belfry_engine::base::Millis;

use super::refusals::invalid;
use crate::endpoint::{Document, Fault, Input};

/// The engine that runs queries now; `AUTO` chooses it.
pub(super) const ENGINE: &str = "Athena engine version 3";

/// A workgroup.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WorkGroup {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) is_enabled: bool,
    pub(super) created: Millis,
    pub(super) result: ResultConfiguration,
    /// Whether what callers say about results does not count.
    pub(super) is_enforced: bool,
    pub(super) publishes_metrics: bool,
    pub(super) bytes_scanned_cutoff: Option<i64>,
    pub(super) requester_pays: bool,
    pub(super) engine: String,
}

/// Where results go, and how. The members beside the location are kept and come back; they mean nothing here.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ResultConfiguration {
    pub(super) location: Option<String>,
    pub(super) encryption: Option<Document>,
    pub(super) expected_owner: Option<String>,
    pub(super) acl: Option<Document>,
}

impl WorkGroup {
    /// The workgroup that every account has.
    pub(super) fn primary(created: Millis) -> Self {
        Self {
            is_enforced: false,
            ..Self::new("primary", created)
        }
    }

    /// With Athena's defaults.
    pub(super) fn new(name: &str, created: Millis) -> Self {
        Self {
            name: name.to_owned(),
            description: None,
            is_enabled: true,
            created,
            result: ResultConfiguration::default(),
            is_enforced: true,
            publishes_metrics: false,
            bytes_scanned_cutoff: None,
            requester_pays: false,
            engine: "AUTO".to_owned(),
        }
    }

    /// Takes the members that `Configuration` and `ConfigurationUpdates` share.
    pub(super) fn configure(&mut self, input: &Input<'_>) -> Result<(), Fault> {
        if let Some(value) = input.optional_bool("EnforceWorkGroupConfiguration")? {
            self.is_enforced = value;
        }
        if let Some(value) = input.optional_bool("PublishCloudWatchMetricsEnabled")? {
            self.publishes_metrics = value;
        }
        if let Some(value) = input.optional_bool("RequesterPaysEnabled")? {
            self.requester_pays = value;
        }
        if let Some(cutoff) = input.optional_i64("BytesScannedCutoffPerQuery")? {
            if cutoff < 10_000_000 {
                let least = "Member must have value greater than or equal to 10000000";
                return Err(input.constraint(
                    "BytesScannedCutoffPerQuery",
                    &cutoff.to_string(),
                    least,
                ));
            }
            self.bytes_scanned_cutoff = Some(cutoff);
        }
        if let Some(engine) = input.structure("EngineVersion")? {
            engine.only(&["SelectedEngineVersion", "EffectiveEngineVersion"])?;
            let selected = engine
                .optional_str("SelectedEngineVersion")?
                .unwrap_or("AUTO");
            if !matches!(selected, "AUTO" | ENGINE) {
                return Err(invalid(format!(
                    "the engine version `{selected}` is not supported by this endpoint; supported here: AUTO, {ENGINE}"
                )));
            }
            selected.clone_into(&mut self.engine);
        }
        Ok(())
    }

    /// As GetWorkGroup shows it.
    pub(super) fn show(&self) -> Document {
        let configuration = Document::structure([
            ("ResultConfiguration", self.result.show()),
            ("EnforceWorkGroupConfiguration", self.is_enforced.into()),
            (
                "PublishCloudWatchMetricsEnabled",
                self.publishes_metrics.into(),
            ),
            (
                "BytesScannedCutoffPerQuery",
                self.bytes_scanned_cutoff.into(),
            ),
            ("RequesterPaysEnabled", self.requester_pays.into()),
            ("EngineVersion", self.engine_version()),
        ]);
        Document::structure([
            ("Name", Document::from(&self.name)),
            ("State", self.state().into()),
            ("Configuration", configuration),
            ("Description", self.description.clone().into()),
            ("CreationTime", self.created.into()),
        ])
    }

    /// As ListWorkGroups shows it.
    pub(super) fn summary(&self) -> Document {
        Document::structure([
            ("Name", Document::from(&self.name)),
            ("State", self.state().into()),
            ("Description", self.description.clone().into()),
            ("CreationTime", self.created.into()),
            ("EngineVersion", self.engine_version()),
        ])
    }

    pub(super) fn engine_version(&self) -> Document {
        Document::structure([
            ("SelectedEngineVersion", Document::from(&self.engine)),
            ("EffectiveEngineVersion", ENGINE.into()),
        ])
    }

    fn state(&self) -> &'static str {
        if self.is_enabled {
            "ENABLED"
        } else {
            "DISABLED"
        }
    }
}

/// What a request may say about results.
pub(super) const RESULT_MEMBERS: &[&str] = &[
    "OutputLocation",
    "EncryptionConfiguration",
    "ExpectedBucketOwner",
    "AclConfiguration",
];

impl ResultConfiguration {
    /// Reads `ResultConfiguration`; its members' names are checked by the caller.
    pub(super) fn read(&mut self, input: &Input<'_>) -> Result<(), Fault> {
        if let Some(location) = input.optional_str("OutputLocation")? {
            check_location(location)?;
            self.location = Some(location.to_owned());
        }
        if let Some(encryption) = input.structure("EncryptionConfiguration")? {
            encryption.only(&["EncryptionOption", "KmsKey"])?;
            let option = encryption.required_str("EncryptionOption")?;
            let has_key = encryption.optional_str("KmsKey")?.is_some();
            match option {
                "SSE_S3" if has_key => return Err(invalid("KmsKey is not a matter of SSE_S3")),
                "SSE_KMS" | "CSE_KMS" if !has_key => {
                    return Err(invalid(format!("{option} needs KmsKey")));
                }
                "SSE_S3" | "SSE_KMS" | "CSE_KMS" => {}
                other => {
                    let set = "Member must satisfy enum value set: [SSE_KMS, SSE_S3, CSE_KMS]";
                    return Err(encryption.constraint("EncryptionOption", other, set));
                }
            }
            self.encryption = input.get("EncryptionConfiguration").cloned();
        }
        if let Some(owner) = input.optional_str("ExpectedBucketOwner")? {
            self.expected_owner = Some(owner.to_owned());
        }
        if let Some(acl) = input.structure("AclConfiguration")? {
            acl.only(&["S3AclOption"])?;
            acl.required_str("S3AclOption")?;
            self.acl = input.get("AclConfiguration").cloned();
        }
        Ok(())
    }

    pub(super) fn show(&self) -> Document {
        Document::structure([
            ("OutputLocation", Document::from(self.location.clone())),
            (
                "EncryptionConfiguration",
                self.encryption.clone().unwrap_or(Document::Null),
            ),
            ("ExpectedBucketOwner", self.expected_owner.clone().into()),
            (
                "AclConfiguration",
                self.acl.clone().unwrap_or(Document::Null),
            ),
        ])
    }
}

/// `s3://bucket/…`.
pub(super) fn check_location(location: &str) -> Result<(), Fault> {
    let bucket = location
        .strip_prefix("s3://")
        .and_then(|rest| rest.split('/').next());
    match bucket {
        Some(bucket) if bucket.len() >= 3 => Ok(()),
        _ => Err(invalid("outputLocation is not a valid S3 path.")),
    }
}
