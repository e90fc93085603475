use std::collections::BTreeMap;

use aws_sdk_resourcegroupstagging::types::TagFilter;

use super::CloudError;
use super::actions::LISTS;
use super::cloud::{AwsCloud, SUITE_TAG};
use crate::iam::{Action, On, PLAN};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[Action::new(
    "get_resources",
    "tag:GetResources",
    On::Everything(LISTS),
    PLAN,
)];

/// The most resources of one page.
const PAGE: i32 = 100;

/// What AWS's index of tags says is the suite's, by ARN, with all its tags. The index knows every kind of resource, also
/// those that no file declares any more, and answers for hundreds in one call; but it follows what is written after seconds
/// to minutes. So what it names is looked at where it is before it counts as there, and its tag is read there before it is
/// written ([`AwsCloud::check`]); of what it does not name the tag is read there at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Claims {
    tags: BTreeMap<String, BTreeMap<String, String>>,
}

impl Claims {
    /// Whether the resource is the suite's, as far as the index knows.
    pub(super) fn has(&self, arn: &str) -> bool {
        self.tags.contains_key(arn)
    }

    /// The tags of a resource of the suite.
    pub(super) fn tags(&self, arn: &str) -> Option<&BTreeMap<String, String>> {
        self.tags.get(arn)
    }

    /// What follows `start` in the ARNs that begin with it.
    pub(super) fn below<'c>(&'c self, start: &'c str) -> impl Iterator<Item = &'c str> {
        let from = self.tags.range(start.to_owned()..);
        from.map_while(move |(arn, _)| arn.strip_prefix(start))
    }

    fn extend(&mut self, other: Self) {
        self.tags.extend(other.tags);
    }
}

impl AwsCloud {
    /// What the index says, of the environment's region and of the one where resources without a region are indexed.
    pub(super) async fn look_up_claims(&self) -> Result<Claims, CloudError> {
        let mut claims = self.claims_here().await?;
        if let Some(billing) = self.place.billing() {
            let there = self.at(Some(&billing.region));
            claims.extend(there.claims_here().await?);
        }
        Ok(claims)
    }

    async fn claims_here(&self) -> Result<Claims, CloudError> {
        let filter = TagFilter::builder().key(SUITE_TAG).values(&self.suite);
        let tagging = self.session.tagging();
        let request = tagging.get_resources().resources_per_page(PAGE);
        let request = request.tag_filters(filter.build());
        let mut found = request.into_paginator().items().send();
        let mut claims = Claims::default();
        while let Some(resource) = found.next().await {
            let about = format!("{SUITE_TAG}={}", self.suite);
            let resource =
                resource.map_err(|e| denied(CloudError::from_sdk("GetResources", &about, &e)))?;
            let tags = resource.tags.unwrap_or_default();
            let tags: BTreeMap<String, String> =
                tags.into_iter().map(|tag| (tag.key, tag.value)).collect();
            // The index shows what was tagged once, too.
            if tags.get(SUITE_TAG) == Some(&self.suite) {
                let arn = resource.resource_arn.unwrap_or_default();
                let arn = arn.strip_suffix(":*").unwrap_or(&arn).to_owned();
                claims.tags.insert(arn, tags);
            }
        }
        Ok(claims)
    }
}

/// Without the index nobody knows what left the suite, so there is no plan without it.
fn denied(error: CloudError) -> CloudError {
    if !error.is_denied() {
        return error;
    }
    error.with_hint(
        "a plan finds what the suite owns by its tag, with the action tag:GetResources; `belfry iam plan` prints the policy",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_follows_in_arns_that_begin_so() {
        let arns = [
            "arn:aws:cloudwatch:r:1:alarm:a",
            "arn:aws:cloudwatch:r:1:alarm:b:c",
            "arn:aws:cloudwatch:r:1:alarm-mute-rule:a",
            "arn:aws:cloudwatch:s:1:alarm:d",
        ];
        let tags = arns.map(|arn| (arn.to_owned(), BTreeMap::new()));
        let claims = Claims {
            tags: tags.into_iter().collect(),
        };
        let names: Vec<&str> = claims.below("arn:aws:cloudwatch:r:1:alarm:").collect();
        assert_eq!(names, ["a", "b:c"]);
        assert!(claims.has(arns[3]) && !claims.has("arn:aws:cloudwatch:s:1:alarm:"));
    }
}
