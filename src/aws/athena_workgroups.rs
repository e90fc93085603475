use aws_sdk_athena::types::{
    ResultConfiguration, ResultConfigurationUpdates, Tag, WorkGroup, WorkGroupConfiguration,
    WorkGroupConfigurationUpdates, WorkGroupState,
};

use super::CloudError;
use super::cloud::{AwsCloud, SUITE_TAG};
use crate::iam::{APPLY, Action, On, PLAN};
use crate::provision::resources::WorkgroupResource;
use crate::provision::{Observed, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new("get_work_group", "athena:GetWorkGroup", On::Workgroup, PLAN),
    Action::new(
        "list_tags_for_resource",
        "athena:ListTagsForResource",
        On::Workgroup,
        PLAN,
    ),
    Action::new(
        "create_work_group",
        "athena:CreateWorkGroup",
        On::Workgroup,
        APPLY,
    ),
    // With tags.
    Action::new(
        "create_work_group",
        "athena:TagResource",
        On::Workgroup,
        APPLY,
    ),
    Action::new(
        "update_work_group",
        "athena:UpdateWorkGroup",
        On::Workgroup,
        APPLY,
    ),
    Action::new(
        "delete_work_group",
        "athena:DeleteWorkGroup",
        On::Workgroup,
        APPLY,
    ),
];

impl AwsCloud {
    /// The workgroup that the suite declares and those that carry its tag, with what belongs to them, and the databases.
    /// Nothing is asked where there is neither.
    pub(super) async fn observe_athena(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let mut home = None;
        for resource in scope.desired.resources.values() {
            if let Resource::Workgroup(workgroup) = resource {
                home.get_or_insert_with(|| workgroup.name.clone());
                if self.observe_workgroup(&workgroup.name, observed).await? {
                    self.observe_named_queries(&workgroup.name, scope, observed)
                        .await?;
                }
            }
        }
        let start = self.place.workgroup_arn("");
        for name in self.claims.below(&start) {
            let bare = WorkgroupResource::named(name);
            if scope.declares(&bare.address()) {
                continue;
            }
            home.get_or_insert_with(|| name.to_owned());
            match self.observe_left_workgroup(name, scope, observed).await {
                Err(error) if error.is_denied() => {
                    observed.insert_unread(Resource::Workgroup(bare), error.to_string());
                }
                looked => looked?,
            }
        }
        match self
            .observe_databases(home.as_deref(), scope, observed)
            .await
        {
            // Nothing of it is declared, and what may not be read was said above.
            Err(error) if error.is_denied() && !observed.unread.is_empty() => Ok(()),
            looked => looked,
        }
    }

    /// A workgroup that left the suite.
    async fn observe_left_workgroup(
        &self,
        name: &str,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        if self.observe_workgroup(name, observed).await? {
            self.observe_named_queries(name, scope, observed).await?;
        }
        Ok(())
    }

    /// Whether it is there.
    pub(super) async fn observe_workgroup(
        &self,
        name: &str,
        observed: &mut Observed,
    ) -> Result<bool, CloudError> {
        let athena = self.session.athena();
        let answer = athena.get_work_group().work_group(name).send().await;
        let answer = answer.map_err(|e| CloudError::from_sdk("GetWorkGroup", name, &e));
        let found = match answer {
            // Athena has no code of its own for it: `WorkGroup x is not found.`
            Err(error) if error.message.contains("is not found") => return Ok(false),
            answer => answer?.work_group,
        };
        let Some(found) = found else {
            return Ok(false);
        };
        let arn = self.place.workgroup_arn(name);
        let tags = athena
            .list_tags_for_resource()
            .resource_arn(arn)
            .send()
            .await;
        let tags = tags.map_err(|e| CloudError::from_sdk("ListTagsForResource", name, &e))?;
        let tag = tags.tags().iter().find(|tag| tag.key() == Some(SUITE_TAG));
        let ownership = self.ownership(tag.and_then(Tag::value));
        observed.insert(Resource::Workgroup(resource(&found)), ownership, None);
        Ok(true)
    }

    pub(super) async fn put_workgroup(
        &self,
        wanted: &WorkgroupResource,
        is_new: bool,
    ) -> Result<(), CloudError> {
        let athena = self.session.athena();
        if is_new {
            let result = ResultConfiguration::builder().set_output_location(wanted.results.clone());
            let configuration = WorkGroupConfiguration::builder()
                .result_configuration(result.build())
                .enforce_work_group_configuration(wanted.is_enforced)
                .publish_cloud_watch_metrics_enabled(wanted.publishes_metrics)
                .set_bytes_scanned_cutoff_per_query(wanted.bytes_scanned_limit);
            let tag = Tag::builder().key(SUITE_TAG).value(&self.suite).build();
            let request = athena.create_work_group().name(&wanted.name).tags(tag);
            let made = request.configuration(configuration.build()).send().await;
            made.map_err(|e| CloudError::from_sdk("CreateWorkGroup", &wanted.name, &e))?;
            return Ok(());
        }
        let result = ResultConfigurationUpdates::builder()
            .set_output_location(wanted.results.clone())
            .set_remove_output_location(wanted.results.is_none().then_some(true));
        let limit = wanted.bytes_scanned_limit;
        let updates = WorkGroupConfigurationUpdates::builder()
            .result_configuration_updates(result.build())
            .enforce_work_group_configuration(wanted.is_enforced)
            .publish_cloud_watch_metrics_enabled(wanted.publishes_metrics)
            .set_bytes_scanned_cutoff_per_query(limit)
            .set_remove_bytes_scanned_cutoff_per_query(limit.is_none().then_some(true));
        let state = match wanted.is_enabled {
            true => WorkGroupState::Enabled,
            false => WorkGroupState::Disabled,
        };
        let request = athena
            .update_work_group()
            .work_group(&wanted.name)
            .state(state);
        let changed = request.configuration_updates(updates.build()).send().await;
        changed.map_err(|e| CloudError::from_sdk("UpdateWorkGroup", &wanted.name, &e))?;
        Ok(())
    }

    /// With its queries and its history. Only a destruction that names it comes here.
    pub(super) async fn delete_workgroup(&self, name: &str) -> Result<(), CloudError> {
        let athena = self.session.athena();
        let request = athena
            .delete_work_group()
            .work_group(name)
            .recursive_delete_option(true);
        let gone = request.send().await;
        gone.map_err(|e| CloudError::from_sdk("DeleteWorkGroup", name, &e))?;
        Ok(())
    }
}

fn resource(found: &WorkGroup) -> WorkgroupResource {
    let configuration = found.configuration();
    let flag = |read: fn(&WorkGroupConfiguration) -> Option<bool>| {
        configuration.and_then(read).unwrap_or_default()
    };
    let results = configuration.and_then(|c| c.result_configuration()?.output_location());
    WorkgroupResource {
        name: found.name().to_owned(),
        results: results.map(str::to_owned),
        bytes_scanned_limit: configuration
            .and_then(WorkGroupConfiguration::bytes_scanned_cutoff_per_query),
        is_enforced: flag(WorkGroupConfiguration::enforce_work_group_configuration),
        publishes_metrics: flag(WorkGroupConfiguration::publish_cloud_watch_metrics_enabled),
        is_enabled: found.state() != Some(&WorkGroupState::Disabled),
    }
}
