use std::collections::BTreeMap;

use aws_sdk_s3::types::{
    AbortIncompleteMultipartUpload, BucketLifecycleConfiguration, ExpirationStatus,
    LifecycleExpiration, LifecycleRule, LifecycleRuleFilter, ObjectOwnership, OwnershipControls,
    OwnershipControlsRule, PublicAccessBlockConfiguration, ServerSideEncryption,
    ServerSideEncryptionByDefault, ServerSideEncryptionConfiguration, ServerSideEncryptionRule,
};
use serde_json::{Value, json};

use super::CloudError;
use super::buckets::absent;
use super::cloud::AwsCloud;
use crate::iam::{APPLY, Action, On, PLAN};
use crate::provision::resources::{ABORT_DAYS, BucketResource, RULE, topic_policy};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new("get_bucket_policy", "s3:GetBucketPolicy", On::Buckets, PLAN),
    Action::new(
        "get_bucket_encryption",
        "s3:GetEncryptionConfiguration",
        On::Buckets,
        PLAN,
    ),
    Action::new(
        "get_public_access_block",
        "s3:GetBucketPublicAccessBlock",
        On::Buckets,
        PLAN,
    ),
    Action::new(
        "get_bucket_ownership_controls",
        "s3:GetBucketOwnershipControls",
        On::Buckets,
        PLAN,
    ),
    Action::new(
        "get_bucket_lifecycle_configuration",
        "s3:GetLifecycleConfiguration",
        On::Buckets,
        PLAN,
    ),
    Action::new(
        "put_bucket_policy",
        "s3:PutBucketPolicy",
        On::Buckets,
        APPLY,
    ),
    Action::new(
        "delete_bucket_policy",
        "s3:DeleteBucketPolicy",
        On::Buckets,
        APPLY,
    ),
    Action::new(
        "put_bucket_encryption",
        "s3:PutEncryptionConfiguration",
        On::Buckets,
        APPLY,
    ),
    Action::new(
        "put_public_access_block",
        "s3:PutBucketPublicAccessBlock",
        On::Buckets,
        APPLY,
    ),
    Action::new(
        "put_bucket_ownership_controls",
        "s3:PutBucketOwnershipControls",
        On::Buckets,
        APPLY,
    ),
    Action::new(
        "put_bucket_lifecycle_configuration",
        "s3:PutLifecycleConfiguration",
        On::Buckets,
        APPLY,
    ),
    Action::new(
        "delete_bucket_lifecycle",
        "s3:PutLifecycleConfiguration",
        On::Buckets,
        APPLY,
    ),
];

impl AwsCloud {
    /// What a bucket that is there is set to.
    pub(super) async fn bucket_configuration(
        &self,
        name: &str,
        tags: Option<BTreeMap<String, String>>,
    ) -> Result<BucketResource, CloudError> {
        let (policy, encryption, is_public_blocked, ownership, lifecycle) = tokio::try_join!(
            self.bucket_policy(name),
            self.bucket_encryption(name),
            self.is_public_blocked(name),
            self.bucket_ownership(name),
            self.bucket_lifecycle(name),
        )?;
        Ok(BucketResource {
            name: name.to_owned(),
            policy,
            encryption,
            is_public_blocked,
            ownership,
            lifecycle,
            tags,
        })
    }

    async fn bucket_policy(&self, name: &str) -> Result<Value, CloudError> {
        let answer = self
            .session
            .s3()
            .get_bucket_policy()
            .bucket(name)
            .send()
            .await;
        let answer = absent("GetBucketPolicy", name, "NoSuchBucketPolicy", answer)?;
        let text = answer.and_then(|answer| answer.policy);
        Ok(
            text.map_or(Value::Null, |text| match serde_json::from_str(&text) {
                Ok(policy) => topic_policy::normal(&policy),
                Err(_) => text.into(),
            }),
        )
    }

    async fn bucket_encryption(&self, name: &str) -> Result<Option<String>, CloudError> {
        let answer = self
            .session
            .s3()
            .get_bucket_encryption()
            .bucket(name)
            .send()
            .await;
        let code = "ServerSideEncryptionConfigurationNotFoundError";
        let answer = absent("GetBucketEncryption", name, code, answer)?;
        let chosen = answer.and_then(|answer| {
            let rule = answer
                .server_side_encryption_configuration?
                .rules
                .into_iter()
                .next()?;
            rule.apply_server_side_encryption_by_default
        });
        Ok(chosen.map(|chosen| chosen.sse_algorithm.as_str().to_owned()))
    }

    async fn is_public_blocked(&self, name: &str) -> Result<bool, CloudError> {
        let answer = self
            .session
            .s3()
            .get_public_access_block()
            .bucket(name)
            .send()
            .await;
        let code = "NoSuchPublicAccessBlockConfiguration";
        let answer = absent("GetPublicAccessBlock", name, code, answer)?;
        let block = answer.and_then(|answer| answer.public_access_block_configuration);
        Ok(block.is_some_and(|block| {
            let flags = [
                block.block_public_acls(),
                block.block_public_policy(),
                block.ignore_public_acls(),
                block.restrict_public_buckets(),
            ];
            flags.iter().all(|flag| *flag == Some(true))
        }))
    }

    async fn bucket_ownership(&self, name: &str) -> Result<Option<String>, CloudError> {
        let answer = self
            .session
            .s3()
            .get_bucket_ownership_controls()
            .bucket(name)
            .send()
            .await;
        let code = "OwnershipControlsNotFoundError";
        let answer = absent("GetBucketOwnershipControls", name, code, answer)?;
        let rule = answer.and_then(|answer| answer.ownership_controls?.rules.into_iter().next());
        Ok(rule.map(|rule| rule.object_ownership.as_str().to_owned()))
    }

    async fn bucket_lifecycle(&self, name: &str) -> Result<Value, CloudError> {
        let request = self.session.s3().get_bucket_lifecycle_configuration();
        let answer = request.bucket(name).send().await;
        let code = "NoSuchLifecycleConfiguration";
        let answer = absent("GetBucketLifecycleConfiguration", name, code, answer)?;
        Ok(answer.map_or(Value::Null, |answer| {
            answer.rules().iter().map(rule).collect()
        }))
    }

    /// Everything of it, whatever it was.
    pub(super) async fn configure_bucket(&self, bucket: &BucketResource) -> Result<(), CloudError> {
        let name = bucket.name.as_str();
        let s3 = self.session.s3();
        let block = PublicAccessBlockConfiguration::builder()
            .block_public_acls(bucket.is_public_blocked)
            .block_public_policy(bucket.is_public_blocked)
            .ignore_public_acls(bucket.is_public_blocked)
            .restrict_public_buckets(bucket.is_public_blocked);
        let request = s3.put_public_access_block().bucket(name);
        let request = request.public_access_block_configuration(block.build());
        let answer = request.send().await;
        answer.map_err(|e| CloudError::from_sdk("PutPublicAccessBlock", name, &e))?;
        self.put_ownership(bucket).await?;
        self.put_encryption(bucket).await?;
        if bucket.policy.is_null() {
            let answer = s3.delete_bucket_policy().bucket(name).send().await;
            answer.map_err(|e| CloudError::from_sdk("DeleteBucketPolicy", name, &e))?;
        } else {
            let request = s3.put_bucket_policy().bucket(name);
            // Compared in capitals, written as everybody writes it.
            let text = bucket.policy.to_string().replace("\"S3:", "\"s3:");
            let answer = request.policy(text).send().await;
            answer.map_err(|e| CloudError::from_sdk("PutBucketPolicy", name, &e))?;
        }
        self.put_lifecycle(bucket).await
    }

    async fn put_ownership(&self, bucket: &BucketResource) -> Result<(), CloudError> {
        let name = bucket.name.as_str();
        let Some(ownership) = bucket.ownership.as_deref() else {
            return Ok(());
        };
        let built = |e: &dyn std::fmt::Display| {
            CloudError::local("PutBucketOwnershipControls", name, e.to_string())
        };
        let rule =
            OwnershipControlsRule::builder().object_ownership(ObjectOwnership::from(ownership));
        let rule = rule.build().map_err(|e| built(&e))?;
        let controls = OwnershipControls::builder()
            .rules(rule)
            .build()
            .map_err(|e| built(&e))?;
        let request = self
            .session
            .s3()
            .put_bucket_ownership_controls()
            .bucket(name);
        let answer = request.ownership_controls(controls).send().await;
        answer.map_err(|e| CloudError::from_sdk("PutBucketOwnershipControls", name, &e))?;
        Ok(())
    }

    async fn put_encryption(&self, bucket: &BucketResource) -> Result<(), CloudError> {
        let name = bucket.name.as_str();
        let Some(method) = bucket.encryption.as_deref() else {
            return Ok(());
        };
        let built = |e: &dyn std::fmt::Display| {
            CloudError::local("PutBucketEncryption", name, e.to_string())
        };
        let chosen = ServerSideEncryptionByDefault::builder()
            .sse_algorithm(ServerSideEncryption::from(method))
            .build()
            .map_err(|e| built(&e))?;
        let rule =
            ServerSideEncryptionRule::builder().apply_server_side_encryption_by_default(chosen);
        let rules = ServerSideEncryptionConfiguration::builder().rules(rule.build());
        let rules = rules.build().map_err(|e| built(&e))?;
        let request = self.session.s3().put_bucket_encryption().bucket(name);
        let answer = request
            .server_side_encryption_configuration(rules)
            .send()
            .await;
        answer.map_err(|e| CloudError::from_sdk("PutBucketEncryption", name, &e))?;
        Ok(())
    }

    async fn put_lifecycle(&self, bucket: &BucketResource) -> Result<(), CloudError> {
        let name = bucket.name.as_str();
        let s3 = self.session.s3();
        let Some(days) = bucket.expire_days() else {
            let answer = s3.delete_bucket_lifecycle().bucket(name).send().await;
            answer.map_err(|e| CloudError::from_sdk("DeleteBucketLifecycle", name, &e))?;
            return Ok(());
        };
        let operation = "PutBucketLifecycleConfiguration";
        let days = super::number::to_i32(operation, name, days)?;
        let abort = super::number::to_i32(operation, name, ABORT_DAYS)?;
        let abort = AbortIncompleteMultipartUpload::builder().days_after_initiation(abort);
        let built = |e: &dyn std::fmt::Display| CloudError::local(operation, name, e.to_string());
        let rule = LifecycleRule::builder()
            .id(RULE)
            .status(ExpirationStatus::Enabled)
            .filter(LifecycleRuleFilter::builder().prefix("").build())
            .expiration(LifecycleExpiration::builder().days(days).build())
            .abort_incomplete_multipart_upload(abort.build())
            .build()
            .map_err(|e| built(&e))?;
        let rules = BucketLifecycleConfiguration::builder().rules(rule);
        let rules = rules.build().map_err(|e| built(&e))?;
        let request = s3.put_bucket_lifecycle_configuration().bucket(name);
        let answer = request.lifecycle_configuration(rules).send().await;
        answer.map_err(|e| CloudError::from_sdk(operation, name, &e))?;
        Ok(())
    }
}

/// A rule as plans compare it; one that a suite never writes has `other`, so that it differs.
fn rule(rule: &LifecycleRule) -> Value {
    let prefix = rule.filter().and_then(LifecycleRuleFilter::prefix);
    let days = rule.expiration().and_then(LifecycleExpiration::days);
    let abort = rule.abort_incomplete_multipart_upload();
    let abort = abort.and_then(AbortIncompleteMultipartUpload::days_after_initiation);
    let mut shown = json!({
        "id": rule.id(),
        "status": rule.status().as_str(),
        "prefix": prefix,
        "expire_days": days,
        "abort_uploads_days": abort,
    });
    let filter = rule.filter();
    let is_other = !rule.transitions().is_empty()
        || !rule.noncurrent_version_transitions().is_empty()
        || rule.noncurrent_version_expiration().is_some()
        || filter.is_some_and(|filter| filter.and().is_some() || filter.tag().is_some());
    if is_other {
        shown["other"] = "transitions, versions or tags".into();
    }
    shown
}
