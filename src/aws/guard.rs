use super::CloudError;
use super::cloud::AwsCloud;
use crate::provision::resources::{
    DatabaseResource, QueryResource, TopicResource, WorkgroupResource,
};
use crate::provision::{Change, Desired, Observed, ObservedResource, Resource, Scope};

/// Whether a change is still to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// What is there is what the plan saw.
    AsPlanned,
    /// It is already as it should be, or was to be deleted and is gone.
    Done,
}

impl AwsCloud {
    /// Looks once more at what a change is about to write over. Most of AWS's puts replace whatever has the
    /// name, so without this a resource that somebody made, tagged or edited between plan and apply would be
    /// lost. What is left of the window is the time of one call.
    pub(super) async fn check(&self, change: &Change) -> Result<Standing, CloudError> {
        let Some(resource) = change.after.as_ref().or(change.before.as_ref()) else {
            return Ok(Standing::AsPlanned);
        };
        if !is_guarded(resource) {
            return Ok(Standing::AsPlanned);
        }
        let now = self.current(resource, change.handle.as_deref()).await?;
        let refuse = |reason: &str| {
            let name = change.address.to_string();
            let error = CloudError::local("the last look", name, reason);
            Err(error.with_hint("run the command again: it plans from what is there now"))
        };
        let Some(now) = now else {
            return match (&change.before, &change.after) {
                (Some(_), Some(_)) => refuse("it is gone since the plan was made"),
                (Some(_), None) => Ok(Standing::Done),
                (None, _) => Ok(Standing::AsPlanned),
            };
        };
        if let Some(objection) = now.ownership.objection() {
            return refuse(&format!(
                "since the plan was made it became somebody else's: {objection}"
            ));
        }
        let is_now = |side: &Resource| side.attributes() == now.resource.attributes();
        match (&change.before, &change.after) {
            (_, Some(after)) if is_now(after) => Ok(Standing::Done),
            (None, _) => refuse("it was made since the plan was made"),
            (Some(before), _) if !is_now(before) => {
                refuse("it was changed since the plan was made")
            }
            (Some(_), _) => Ok(Standing::AsPlanned),
        }
    }

    /// What the account has now at the address of a guarded resource; of several saved queries of one name the one
    /// with that `handle`.
    pub(super) async fn current(
        &self,
        resource: &Resource,
        handle: Option<&str>,
    ) -> Result<Option<ObservedResource>, CloudError> {
        let mut observed = Observed::default();
        match resource {
            Resource::Topic(topic) => self.observe_topic_now(topic, &mut observed).await?,
            Resource::Bucket(bucket) => {
                if let Some((found, ownership)) = self.bucket(bucket).await? {
                    observed.insert(Resource::Bucket(found), ownership, None);
                }
            }
            Resource::LoadBalancer(balancer) => {
                if let Some((found, ownership)) = self.load_balancer(balancer).await? {
                    observed.insert(Resource::LoadBalancer(found), ownership, None);
                }
            }
            Resource::LogGroup(group) => self.observe_group(group, &mut observed).await?,
            Resource::MetricFilter(filter) => self.observe_filter(filter, &mut observed).await?,
            Resource::Query(query) => {
                return self.query_now(query, handle).await;
            }
            Resource::Alarm(alarm) => {
                let there = self.at(alarm.region.as_deref());
                there
                    .observe_alarm_now(&alarm.name, resource, &mut observed)
                    .await?;
            }
            Resource::CompositeAlarm(alarm) => {
                self.observe_alarm_now(&alarm.name, resource, &mut observed)
                    .await?;
            }
            Resource::LogAlarm(alarm) => {
                self.observe_alarm_now(&alarm.name, resource, &mut observed)
                    .await?;
            }
            Resource::MuteRule(rule) => self.observe_mute_rule(&rule.name, &mut observed).await?,
            Resource::Dashboard(dashboard) => {
                if let Some((found, ownership)) = self.dashboard(&dashboard.name).await? {
                    observed.insert(Resource::Dashboard(found), ownership, None);
                }
            }
            // Subscribing again is the same subscription.
            Resource::Subscription(_) => {}
            Resource::Budget(_) => {
                let desired: Desired = [resource.clone()].into_iter().collect();
                let scope = Scope {
                    suite: &self.suite,
                    prefix: &resource.address().name,
                    desired: &desired,
                };
                self.observe_budgets(&scope, &mut observed).await?;
            }
            Resource::Workgroup(_)
            | Resource::Database(_)
            | Resource::Table(_)
            | Resource::NamedQuery(_) => {
                let desired = Self::around(resource);
                let scope = Scope {
                    suite: &self.suite,
                    prefix: "",
                    desired: &desired,
                };
                self.observe_athena(&scope, &mut observed).await?;
            }
        }
        Ok(observed.resources.remove(&resource.address()))
    }

    async fn query_now(
        &self,
        query: &QueryResource,
        handle: Option<&str>,
    ) -> Result<Option<ObservedResource>, CloudError> {
        // The second query of a name has its id behind it in plans.
        let suffix = handle.map(|id| format!(" ({id})")).unwrap_or_default();
        let name = query.name.strip_suffix(&suffix).unwrap_or(&query.name);
        let mut observed = Observed::default();
        self.observe_queries_named(name, &mut observed).await?;
        let mut found = observed.resources.into_values();
        Ok(found.find(|found| match handle {
            Some(_) => found.handle.as_deref() == handle,
            None => found.resource.address().name == query.name,
        }))
    }

    /// What must be asked for to see a resource of Athena: its workgroup or its database.
    fn around(resource: &Resource) -> Desired {
        let mut all = vec![resource.clone()];
        match resource {
            Resource::Table(table) => all.push(Resource::Database(DatabaseResource {
                name: table.database.clone(),
                workgroup: table.workgroup.clone(),
            })),
            Resource::NamedQuery(query) => {
                all.push(Resource::Workgroup(WorkgroupResource::named(
                    &query.workgroup,
                )));
            }
            _ => {}
        }
        all.into_iter().collect()
    }

    async fn observe_topic_now(
        &self,
        topic: &TopicResource,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let there = self.at(topic.region.as_deref());
        let arn = there.place.topic_arn(&topic.name);
        let desired = Desired::default();
        let scope = Scope {
            suite: &self.suite,
            prefix: &topic.name,
            desired: &desired,
        };
        match there.observe_topic(arn, topic.clone(), &scope).await {
            Err(error) if error.is_not_found() => Ok(()),
            found => {
                observed.resources.extend(found?.resources);
                Ok(())
            }
        }
    }
}

/// Whether what has the name now is looked at before it is written.
fn is_guarded(resource: &Resource) -> bool {
    matches!(
        resource,
        Resource::Topic(_)
            | Resource::Bucket(_)
            | Resource::LoadBalancer(_)
            | Resource::LogGroup(_)
            | Resource::MetricFilter(_)
            | Resource::Query(_)
            | Resource::Alarm(_)
            | Resource::LogAlarm(_)
            | Resource::CompositeAlarm(_)
            | Resource::MuteRule(_)
            | Resource::Dashboard(_)
            | Resource::Workgroup(_)
            | Resource::Database(_)
            | Resource::Table(_)
            | Resource::Budget(_)
    )
}
