use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_cloudwatchlogs::types::{LogGroup, LogGroupClass};

use super::CloudError;
use super::actions::LISTS;
use super::buckets::kept_tags;
use super::cloud::{AwsCloud, SUITE_TAG};
use super::side_by_side::side_by_side;
use crate::iam::{APPLY, Action, On, PLAN};
use crate::provision::resources::LogGroupResource;
use crate::provision::{Address, Kind, Observed, Ownership, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "describe_log_groups",
        "logs:DescribeLogGroups",
        On::Everything(LISTS),
        PLAN,
    ),
    Action::new(
        "list_tags_for_resource",
        "logs:ListTagsForResource",
        On::LogGroupsBeside,
        PLAN,
    ),
    Action::new(
        "create_log_group",
        "logs:CreateLogGroup",
        On::LogGroups,
        APPLY,
    ),
    // With tags.
    Action::new("create_log_group", "logs:TagResource", On::LogGroups, APPLY),
    Action::new("untag_resource", "logs:UntagResource", On::LogGroups, APPLY),
    Action::new("tag_resource", "logs:TagResource", On::LogGroups, APPLY),
    Action::new(
        "put_retention_policy",
        "logs:PutRetentionPolicy",
        On::LogGroups,
        APPLY,
    ),
    Action::new(
        "delete_retention_policy",
        "logs:DeleteRetentionPolicy",
        On::LogGroups,
        APPLY,
    ),
];

/// The log groups that were looked at, by name.
pub(super) type Groups = BTreeMap<String, GroupTags>;

/// The tags of a log group.
pub(super) struct GroupTags {
    /// By key.
    pub(super) tags: BTreeMap<String, String>,
    /// Whether they come from the index, which may lack the newest.
    pub(super) are_claims: bool,
    /// Whether the group left the suite.
    pub(super) is_left: bool,
}

impl AwsCloud {
    /// The suite's groups: those that it declares, and those that carry its tag.
    pub(super) async fn observe_log_groups(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<Groups, CloudError> {
        let start = self.place.log_group_arn("");
        let ours: BTreeSet<&str> = self.claims.below(&start).collect();
        let declared = scope.desired.resources.keys();
        let declared = declared.filter(|address| address.kind == Kind::LogGroup);
        let mut names: BTreeSet<&str> = declared.map(|address| address.name.as_str()).collect();
        names.extend(ours);
        let lists = folders(&names).into_iter();
        let lists = lists.map(|folder| async move { self.groups_named(&folder).await });
        let lists = side_by_side(lists.collect()).await?;
        let found = lists.into_iter().flatten();
        let found = found.filter(|group| names.contains(group.name.as_str()));
        let found: BTreeMap<String, LogGroupResource> =
            found.map(|group| (group.name.clone(), group)).collect();
        let tags = found.keys().map(|name| self.group_tags(name, scope));
        let tags = side_by_side(tags.collect()).await?;
        let mut groups = Groups::new();
        for ((name, mut resource), tags) in found.into_iter().zip(tags) {
            if keeps_tags(scope, &name) {
                resource.tags = Some(kept_tags(&tags.tags));
            }
            let ownership = self.ownership(tags.tags.get(SUITE_TAG).map(String::as_str));
            observed.insert(Resource::LogGroup(resource), ownership, None);
            groups.insert(name, tags);
        }
        Ok(groups)
    }

    /// The index's tags where they say enough: tags that the suite keeps are compared, so these are read.
    async fn group_tags(&self, name: &str, scope: &Scope<'_>) -> Result<GroupTags, CloudError> {
        let claimed = self.claims.tags(&self.place.log_group_arn(name));
        let is_left = !scope.declares(&Address::new(Kind::LogGroup, name));
        Ok(match claimed.filter(|_| !keeps_tags(scope, name)) {
            Some(tags) => GroupTags {
                tags: tags.clone(),
                are_claims: true,
                is_left,
            },
            None => GroupTags {
                tags: self.log_group_tags(name).await?,
                are_claims: false,
                is_left,
            },
        })
    }

    /// The group of that name and those whose names begin with it.
    async fn groups_named(&self, prefix: &str) -> Result<Vec<LogGroupResource>, CloudError> {
        let client = self.session.logs();
        let request = client.describe_log_groups().log_group_name_prefix(prefix);
        let mut groups = request.into_paginator().items().send();
        let mut found = Vec::new();
        while let Some(group) = groups.next().await {
            let group = group.map_err(|e| CloudError::from_sdk("DescribeLogGroups", prefix, &e))?;
            found.push(resource(&group));
        }
        Ok(found)
    }

    /// One group as it is now.
    pub(super) async fn observe_group(
        &self,
        wanted: &LogGroupResource,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let name = wanted.name.as_str();
        let groups = self.groups_named(name).await?;
        let Some(mut group) = groups.into_iter().find(|group| group.name == name) else {
            return Ok(());
        };
        let tags = self.log_group_tags(name).await?;
        group.tags = wanted.tags.as_ref().map(|_| kept_tags(&tags));
        let ownership = self.ownership(tags.get(SUITE_TAG).map(String::as_str));
        observed.insert(Resource::LogGroup(group), ownership, None);
        Ok(())
    }

    pub(super) async fn log_group_tags(
        &self,
        name: &str,
    ) -> Result<BTreeMap<String, String>, CloudError> {
        let answer = self
            .session
            .logs()
            .list_tags_for_resource()
            .resource_arn(self.place.log_group_arn(name))
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("ListTagsForResource", name, &e))?;
        let tags = answer.tags.unwrap_or_default();
        Ok(tags.into_iter().collect())
    }

    pub(super) async fn put_log_group(
        &self,
        group: &LogGroupResource,
        before: Option<&Resource>,
    ) -> Result<(), CloudError> {
        let is_new = before.is_none();
        match before {
            Some(Resource::LogGroup(before)) if before.class != group.class => {
                return Err(other_class(before, group));
            }
            Some(_) => {}
            None => self.create_log_group(group).await?,
        }
        if group.tags.is_some() {
            self.put_tags(group).await?;
        }
        match group.retention_days {
            Some(days) => self.put_retention(&group.name, days).await,
            None if is_new => Ok(()),
            None => self.delete_retention(&group.name).await,
        }
    }

    /// A group that is there already and carries the suite's tag is one whose creation was not heard of: the
    /// answer was lost on its way, and the SDK asked again.
    async fn create_log_group(&self, group: &LogGroupResource) -> Result<(), CloudError> {
        let name = group.name.as_str();
        let request = self.session.logs().create_log_group();
        let request = request.log_group_name(name).tags(SUITE_TAG, &self.suite);
        let request = request.log_group_class(LogGroupClass::from(group.class.as_str()));
        let answer = request.send().await;
        let Err(error) = answer.map_err(|e| CloudError::from_sdk("CreateLogGroup", name, &e))
        else {
            return Ok(());
        };
        if error.code.as_deref() != Some("ResourceAlreadyExistsException") {
            return Err(error);
        }
        let tags = self.log_group_tags(name).await?;
        match self.ownership(tags.get(SUITE_TAG).map(String::as_str)) {
            Ownership::Ours => Ok(()),
            Ownership::Unclaimed(_) | Ownership::Foreign(_) => Err(error),
        }
    }

    /// The group's tags become those of the suite; Belfry's and AWS's own stay.
    async fn put_tags(&self, group: &LogGroupResource) -> Result<(), CloudError> {
        let name = group.name.as_str();
        let wanted = group.tags.clone().unwrap_or_default();
        let there = kept_tags(&self.log_group_tags(name).await?);
        let logs = self.session.logs();
        let arn = self.place.log_group_arn(name);
        let gone: Vec<String> = there
            .keys()
            .filter(|key| !wanted.contains_key(*key))
            .cloned()
            .collect();
        if !gone.is_empty() {
            let request = logs.untag_resource().resource_arn(&arn);
            let answer = request.set_tag_keys(Some(gone)).send().await;
            answer.map_err(|e| CloudError::from_sdk("UntagResource", name, &e))?;
        }
        if wanted
            .iter()
            .any(|(key, value)| there.get(key) != Some(value))
        {
            let request = logs.tag_resource().resource_arn(&arn);
            let answer = request
                .set_tags(Some(wanted.into_iter().collect()))
                .send()
                .await;
            answer.map_err(|e| CloudError::from_sdk("TagResource", name, &e))?;
        }
        Ok(())
    }

    async fn put_retention(&self, name: &str, days: i64) -> Result<(), CloudError> {
        self.session
            .logs()
            .put_retention_policy()
            .log_group_name(name)
            .retention_in_days(super::number::to_i32("PutRetentionPolicy", name, days)?)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("PutRetentionPolicy", name, &e))?;
        Ok(())
    }

    async fn delete_retention(&self, name: &str) -> Result<(), CloudError> {
        self.session
            .logs()
            .delete_retention_policy()
            .log_group_name(name)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("DeleteRetentionPolicy", name, &e))?;
        Ok(())
    }
}

fn resource(group: &LogGroup) -> LogGroupResource {
    LogGroupResource {
        name: group.log_group_name().unwrap_or_default().to_owned(),
        retention_days: group.retention_in_days().map(i64::from),
        class: group
            .log_group_class()
            .map_or("STANDARD", LogGroupClass::as_str)
            .to_owned(),
        tags: None,
    }
}

fn keeps_tags(scope: &Scope<'_>, name: &str) -> bool {
    let address = Address::new(Kind::LogGroup, name);
    let wanted = scope.desired.resources.get(&address);
    matches!(wanted, Some(Resource::LogGroup(group)) if group.tags.is_some())
}

fn other_class(before: &LogGroupResource, wanted: &LogGroupResource) -> CloudError {
    let reason = format!(
        "its class is {} and AWS never changes the class of a log group, here to {}",
        before.class, wanted.class
    );
    CloudError::local("CreateLogGroup", &wanted.name, reason).with_hint(
        "declare the class that it has, or delete the group with its events and apply again",
    )
}

/// The names up to the last slash: the groups of a folder are listed at once.
fn folders(names: &BTreeSet<&str>) -> BTreeSet<String> {
    let folders = names.iter().map(|name| match name.rfind('/') {
        Some(slash) if slash > 0 => name.get(..=slash).unwrap_or_default(),
        _ => name,
    });
    folders.map(str::to_owned).collect()
}
