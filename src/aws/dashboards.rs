use aws_sdk_cloudwatch::types::Tag;

use super::CloudError;
use super::actions::LISTS;
use super::cloud::{AwsCloud, SUITE_TAG};
use super::side_by_side::side_by_side;
use crate::iam::{APPLY, Action, On, PLAN};
use crate::provision::resources::DashboardResource;
use crate::provision::{Observed, Ownership, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "list_dashboards",
        "cloudwatch:ListDashboards",
        On::Everything(LISTS),
        PLAN,
    ),
    Action::new(
        "get_dashboard",
        "cloudwatch:GetDashboard",
        On::Dashboards,
        PLAN,
    ),
    Action::new(
        "list_tags_for_resource",
        "cloudwatch:ListTagsForResource",
        On::AlarmsAndDashboards,
        PLAN,
    ),
    Action::new(
        "put_dashboard",
        "cloudwatch:PutDashboard",
        On::Dashboards,
        APPLY,
    ),
    // With tags.
    Action::new(
        "put_dashboard",
        "cloudwatch:TagResource",
        On::AlarmsAndDashboards,
        APPLY,
    ),
    Action::new(
        "delete_dashboards",
        "cloudwatch:DeleteDashboards",
        On::Dashboards,
        APPLY,
    ),
];

impl AwsCloud {
    pub(super) async fn observe_dashboards(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let client = self.session.cloudwatch();
        let mut entries = client
            .list_dashboards()
            .dashboard_name_prefix(scope.prefix)
            .into_paginator()
            .items()
            .send();
        let mut names = Vec::new();
        while let Some(entry) = entries.next().await {
            let entry =
                entry.map_err(|e| CloudError::from_sdk("ListDashboards", scope.prefix, &e))?;
            names.push(entry.dashboard_name().unwrap_or_default().to_owned());
        }
        let start = self.place.dashboard_arn("");
        let ours = self.claims.below(&start);
        let elsewhere = ours.filter(|name| !name.starts_with(scope.prefix));
        names.extend(elsewhere.map(str::to_owned));
        let found = names.iter().map(|name| self.dashboard(name)).collect();
        for (dashboard, ownership) in side_by_side(found).await?.into_iter().flatten() {
            observed.insert(Resource::Dashboard(dashboard), ownership, None);
        }
        Ok(())
    }

    /// The dashboard of that name and whose it is; nothing where there is none (any more).
    pub(super) async fn dashboard(
        &self,
        name: &str,
    ) -> Result<Option<(DashboardResource, Ownership)>, CloudError> {
        let client = self.session.cloudwatch();
        let answer = client.get_dashboard().dashboard_name(name).send().await;
        let answer = answer.map_err(|e| CloudError::from_sdk("GetDashboard", name, &e));
        let answer = match answer {
            Err(error) if error.is_not_found() => return Ok(None),
            answer => answer?,
        };
        let body = answer.dashboard_body().unwrap_or_default();
        let owner = self
            .cloudwatch_owner(&self.place.dashboard_arn(name))
            .await?;
        Ok(Some((DashboardResource::new(name, body), owner)))
    }

    /// Whose an alarm, a mute rule or a dashboard is.
    pub(super) async fn cloudwatch_owner(&self, arn: &str) -> Result<Ownership, CloudError> {
        if self.claims.has(arn) {
            return Ok(Ownership::Ours);
        }
        let answer = self
            .session
            .cloudwatch()
            .list_tags_for_resource()
            .resource_arn(arn)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("ListTagsForResource", arn, &e))?;
        let tag = answer.tags().iter().find(|t| t.key() == Some(SUITE_TAG));
        Ok(self.ownership(tag.and_then(Tag::value)))
    }

    /// The tag that marks what CloudWatch keeps for the suite.
    pub(super) fn suite_tag(&self) -> Tag {
        Tag::builder().key(SUITE_TAG).value(&self.suite).build()
    }

    /// PutDashboard takes tags for a new dashboard only and ignores them otherwise.
    pub(super) async fn put_dashboard(
        &self,
        dashboard: &DashboardResource,
        is_new: bool,
    ) -> Result<(), CloudError> {
        self.session
            .cloudwatch()
            .put_dashboard()
            .dashboard_name(&dashboard.name)
            .dashboard_body(&dashboard.text)
            .set_tags(is_new.then(|| vec![self.suite_tag()]))
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("PutDashboard", &dashboard.name, &e))?;
        Ok(())
    }

    pub(super) async fn delete_dashboard(
        &self,
        dashboard: &DashboardResource,
    ) -> Result<(), CloudError> {
        self.session
            .cloudwatch()
            .delete_dashboards()
            .dashboard_names(&dashboard.name)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("DeleteDashboards", &dashboard.name, &e))?;
        Ok(())
    }
}
