use std::collections::BTreeMap;

use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration, Tag, Tagging};

use super::CloudError;
use super::cloud::{AwsCloud, SUITE_TAG};
use super::side_by_side::side_by_side;
use crate::iam::{APPLY, Action, BY_HAND, On, PLAN};
use crate::provision::resources::BucketResource;
use crate::provision::{Observed, Ownership, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new("head_bucket", "s3:ListBucket", On::Buckets, PLAN),
    Action::new(
        "get_bucket_tagging",
        "s3:GetBucketTagging",
        On::Buckets,
        PLAN,
    ),
    Action::new("create_bucket", "s3:CreateBucket", On::Buckets, APPLY),
    // With tags.
    Action::new("create_bucket", "s3:TagResource", On::Buckets, APPLY),
    Action::new(
        "put_bucket_tagging",
        "s3:PutBucketTagging",
        On::Buckets,
        APPLY,
    ),
    Action::new("delete_bucket", "s3:DeleteBucket", On::Buckets, BY_HAND),
    Action::new("list_objects_v2", "s3:ListBucket", On::Buckets, BY_HAND),
    Action::new(
        "delete_object",
        "s3:DeleteObject",
        On::ObjectsOfBuckets,
        BY_HAND,
    ),
];

/// Tags of a bucket or a log group that a suite keeps: all but Belfry's and AWS's own.
pub(super) fn kept_tags(tags: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let kept = tags
        .iter()
        .filter(|(key, _)| !key.starts_with("aws:") && !key.starts_with("belfry:"));
    kept.map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// The answer, or nothing where AWS says by `code` that there is none.
pub(super) fn absent<T, E>(
    operation: &'static str,
    bucket: &str,
    code: &str,
    answer: Result<T, SdkError<E>>,
) -> Result<Option<T>, CloudError>
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) => {
            let error = CloudError::from_sdk(operation, bucket, &error);
            if error.code.as_deref() == Some(code) {
                return Ok(None);
            }
            Err(error)
        }
    }
}

/// Where a name leads.
enum Found {
    Nothing,
    Ours,
    /// To a bucket that is not reached here, with the reason.
    Elsewhere(String),
}

impl AwsCloud {
    /// The buckets that the suite declares and those that carry its tag.
    pub(super) async fn observe_buckets(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let declared = scope.desired.resources.values();
        let buckets = declared.filter_map(|resource| match resource {
            Resource::Bucket(bucket) => Some(self.bucket(bucket)),
            _ => None,
        });
        for (resource, ownership) in side_by_side(buckets.collect()).await?.into_iter().flatten() {
            observed.insert(Resource::Bucket(resource), ownership, None);
        }
        let start = self.place.bucket_arn("");
        for name in self.claims.below(&start) {
            let bare = BucketResource::named(name);
            if !scope.declares(&bare.address()) {
                self.observe_left_bucket(bare, observed).await?;
            }
        }
        Ok(())
    }

    /// A bucket that left the suite. The index has it of this account, so what is not reached may not be read.
    async fn observe_left_bucket(
        &self,
        bare: BucketResource,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        if let Found::Elsewhere(reason) = self.find_bucket(&bare.name).await? {
            observed.insert_unread(Resource::Bucket(bare), reason);
            return Ok(());
        }
        match self.bucket(&bare).await {
            Err(error) if error.is_denied() => {
                observed.insert_unread(Resource::Bucket(bare), error.to_string());
            }
            found => {
                if let Some((found, ownership)) = found? {
                    observed.insert(Resource::Bucket(found), ownership, None);
                }
            }
        }
        Ok(())
    }

    /// The bucket with this name as it is now; nothing where there is none.
    pub(super) async fn bucket(
        &self,
        wanted: &BucketResource,
    ) -> Result<Option<(BucketResource, Ownership)>, CloudError> {
        let name = wanted.name.as_str();
        match self.find_bucket(name).await? {
            Found::Nothing => Ok(None),
            Found::Elsewhere(reason) => Ok(Some((wanted.clone(), Ownership::Foreign(reason)))),
            Found::Ours => {
                let tags = self.bucket_tags(name).await?;
                let ownership = self.ownership(tags.get(SUITE_TAG).map(String::as_str));
                let kept = wanted.tags.is_some().then(|| kept_tags(&tags));
                let found = Box::pin(self.bucket_configuration(name, kept)).await?;
                Ok(Some((found, ownership)))
            }
        }
    }

    /// AWS answers without a body, so the status tells: 403 is another account's bucket, 301 one in another region.
    async fn find_bucket(&self, name: &str) -> Result<Found, CloudError> {
        let Err(error) = self.session.s3().head_bucket().bucket(name).send().await else {
            return Ok(Found::Ours);
        };
        let status = error.raw_response().map(|answer| answer.status().as_u16());
        match status {
            Some(404) => Ok(Found::Nothing),
            Some(403) => Ok(Found::Elsewhere(
                "it belongs to another account, or may not be read".to_owned(),
            )),
            Some(301) => Ok(Found::Elsewhere(format!(
                "it is in another region than {}",
                self.place.region
            ))),
            _ => Err(CloudError::from_sdk("HeadBucket", name, &error)),
        }
    }

    async fn bucket_tags(&self, name: &str) -> Result<BTreeMap<String, String>, CloudError> {
        let answer = self
            .session
            .s3()
            .get_bucket_tagging()
            .bucket(name)
            .send()
            .await;
        let answer = absent("GetBucketTagging", name, "NoSuchTagSet", answer)?;
        let tags = answer.map(|answer| answer.tag_set).unwrap_or_default();
        Ok(tags.into_iter().map(|tag| (tag.key, tag.value)).collect())
    }

    pub(super) async fn put_bucket(
        &self,
        bucket: &BucketResource,
        is_new: bool,
    ) -> Result<(), CloudError> {
        let name = bucket.name.as_str();
        if is_new {
            self.create_bucket(name).await?;
        }
        if let Some(wanted) = &bucket.tags {
            let tags = self.bucket_tags(name).await?;
            let own = tags.iter().filter(|(key, _)| key.starts_with("belfry:"));
            let own: Vec<_> = own
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            let mut all = wanted.clone();
            all.extend(own);
            if all != tags {
                self.put_bucket_tags(name, &all).await?;
            }
        }
        self.configure_bucket(bucket).await
    }

    /// The bucket carries its tag from the first moment. One that is there already and carries it is one whose creation
    /// was not heard of: the answer was lost on its way.
    async fn create_bucket(&self, name: &str) -> Result<(), CloudError> {
        let tag = tag("CreateBucket", name, SUITE_TAG, &self.suite)?;
        let configuration = CreateBucketConfiguration::builder().tags(tag);
        let region = self.place.region.as_str();
        // The one region that is never named.
        let configuration = match region {
            "us-east-1" => configuration,
            region => configuration.location_constraint(BucketLocationConstraint::from(region)),
        };
        let request = self.session.s3().create_bucket().bucket(name);
        let request = request.create_bucket_configuration(configuration.build());
        let answer = request.send().await;
        let Err(error) = answer.map_err(|e| CloudError::from_sdk("CreateBucket", name, &e)) else {
            return Ok(());
        };
        if error.code.as_deref() != Some("BucketAlreadyOwnedByYou") {
            return Err(error);
        }
        let tags = self.bucket_tags(name).await?;
        match self.ownership(tags.get(SUITE_TAG).map(String::as_str)) {
            Ownership::Ours => Ok(()),
            Ownership::Unclaimed(_) | Ownership::Foreign(_) => Err(error),
        }
    }

    async fn put_bucket_tags(
        &self,
        name: &str,
        tags: &BTreeMap<String, String>,
    ) -> Result<(), CloudError> {
        let tags = tags
            .iter()
            .map(|(key, value)| tag("PutBucketTagging", name, key, value));
        let tags = tags.collect::<Result<Vec<_>, _>>()?;
        let tagging = Tagging::builder().set_tag_set(Some(tags)).build();
        let tagging =
            tagging.map_err(|e| CloudError::local("PutBucketTagging", name, e.to_string()))?;
        let request = self.session.s3().put_bucket_tagging().bucket(name);
        let answer = request.tagging(tagging).send().await;
        answer.map_err(|e| CloudError::from_sdk("PutBucketTagging", name, &e))?;
        Ok(())
    }

    /// The suite's tag beside those that are there.
    pub(super) async fn adopt_bucket(&self, name: &str) -> Result<(), CloudError> {
        let mut tags = self.bucket_tags(name).await?;
        tags.insert(SUITE_TAG.to_owned(), self.suite.clone());
        self.put_bucket_tags(name, &tags).await
    }

    /// With all its objects. Only a destruction that names the bucket comes here.
    pub(super) async fn delete_bucket(&self, name: &str) -> Result<(), CloudError> {
        let s3 = self.session.s3();
        let mut objects = s3.list_objects_v2().bucket(name).into_paginator().send();
        while let Some(page) = objects.next().await {
            let page = match page.map_err(|e| CloudError::from_sdk("ListObjectsV2", name, &e)) {
                Err(error) if error.code.as_deref() == Some("NoSuchBucket") => return Ok(()),
                page => page?,
            };
            let keys = page.contents().iter().filter_map(|object| object.key());
            let deletions = keys.map(|key| self.delete_object(name, key));
            side_by_side(deletions.collect()).await?;
        }
        let answer = s3.delete_bucket().bucket(name).send().await;
        absent("DeleteBucket", name, "NoSuchBucket", answer).map(drop)
    }

    async fn delete_object(&self, bucket: &str, key: &str) -> Result<(), CloudError> {
        let request = self.session.s3().delete_object().bucket(bucket).key(key);
        let answer = request.send().await;
        answer.map_err(|e| CloudError::from_sdk("DeleteObject", &format!("{bucket}/{key}"), &e))?;
        Ok(())
    }
}

fn tag(operation: &'static str, name: &str, key: &str, value: &str) -> Result<Tag, CloudError> {
    let tag = Tag::builder().key(key).value(value).build();
    tag.map_err(|error| CloudError::local(operation, name, error.to_string()))
}
