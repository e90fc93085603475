use std::sync::Arc;

use crate::provision::{Change, Cloud, Observed, Ownership, Place, Resource, Scope};

use super::claims::Claims;
use super::guard::Standing;
use super::{CloudError, Session};

/// The tag that says to which suite a resource belongs.
pub(super) const SUITE_TAG: &str = "belfry:suite";

/// An account that answers the AWS API, as planning and applying see it.
#[derive(Clone, Debug)]
pub struct AwsCloud {
    pub(super) session: Session,
    pub(super) place: Place,
    pub(super) suite: String,
    /// The region, where this is a view of another one than the environment's.
    pub(super) abroad: Option<String>,
    /// What is the suite's without asking further; nothing where each tag is read.
    pub(super) claims: Arc<Claims>,
}

impl AwsCloud {
    /// Asks who calls, and refuses an account that is not the one the environment names. So neither a
    /// plan nor a change can be made against a wrong account.
    pub async fn open(session: Session, suite: &str) -> Result<Self, CloudError> {
        let identity = session.guard_account().await?;
        let partition = identity.arn.split(':').nth(1).unwrap_or("aws").to_owned();
        let place = Place {
            partition,
            region: session.region().to_owned(),
            account: identity.account,
        };
        Ok(Self {
            session,
            place,
            suite: suite.to_owned(),
            abroad: None,
            claims: Arc::default(),
        })
    }

    /// Where the resources live.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The name of the suite whose resources are changed.
    pub fn suite(&self) -> &str {
        &self.suite
    }

    /// The same account where a resource lives: `region`, or the environment's own.
    pub(super) fn at(&self, region: Option<&str>) -> Self {
        let Some(region) = region else {
            return self.clone();
        };
        Self {
            session: self.session.in_region(region),
            place: Place {
                region: region.to_owned(),
                ..self.place.clone()
            },
            suite: self.suite.clone(),
            abroad: Some(region.to_owned()),
            claims: Arc::clone(&self.claims),
        }
    }

    /// Whose a resource with this value of the suite's tag is.
    pub(super) fn ownership(&self, tag: Option<&str>) -> Ownership {
        match tag {
            Some(suite) if suite == self.suite => Ownership::Ours,
            Some(other) => Ownership::Foreign(format!("its tag `{SUITE_TAG}` names `{other}`")),
            None => Ownership::Unclaimed(format!("it carries no tag `{SUITE_TAG}`")),
        }
    }
}

impl Cloud for AwsCloud {
    type Error = CloudError;

    async fn observe(&self, scope: &Scope<'_>) -> Result<Observed, CloudError> {
        let looking = Self {
            claims: Arc::new(self.look_up_claims().await?),
            ..self.clone()
        };
        // Side by side; each part is by itself, so that the order of answers does not matter.
        let mut parts: [Observed; 11] = Default::default();
        let [
            topics,
            logs,
            queries,
            alarms,
            mute_rules,
            dashboards,
            athena,
            budgets,
            abroad,
            buckets,
            balancers,
        ] = &mut parts;
        tokio::try_join!(
            looking.observe_topics(scope, topics),
            looking.observe_logs(scope, logs),
            looking.observe_queries(scope, queries),
            looking.observe_alarms(scope, alarms),
            looking.observe_mute_rules(scope, mute_rules),
            looking.observe_dashboards(scope, dashboards),
            Box::pin(looking.observe_buckets(scope, buckets)),
            Box::pin(looking.observe_load_balancers(scope, balancers)),
            Box::pin(looking.observe_athena(scope, athena)),
            Box::pin(looking.observe_budgets(scope, budgets)),
            Box::pin(looking.observe_abroad(scope, abroad)),
        )?;
        let mut all = Observed::default();
        for part in parts {
            all.extend(part);
        }
        Ok(all)
    }

    async fn change(&self, change: &Change) -> Result<(), CloudError> {
        if self.check(change).await? == Standing::Done {
            return Ok(());
        }
        match (&change.before, &change.after) {
            (before, Some(after)) => {
                self.put(after, before.as_ref(), change.handle.as_deref())
                    .await
            }
            (Some(before), None) => self.delete(before, change.handle.as_deref()).await,
            (None, None) => Ok(()),
        }
    }
}

impl AwsCloud {
    /// Billing alarms and their topics, where these live in another region than the environment's.
    async fn observe_abroad(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let Some(billing) = self.place.billing() else {
            return Ok(());
        };
        let there = self.at(Some(&billing.region));
        there.observe_topics(scope, observed).await?;
        there.observe_alarms(scope, observed).await
    }

    /// Log groups, then what belongs to them.
    async fn observe_logs(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let groups = self.observe_log_groups(scope, observed).await?;
        self.observe_metric_filters(&groups, observed).await
    }

    async fn put(
        &self,
        wanted: &Resource,
        before: Option<&Resource>,
        handle: Option<&str>,
    ) -> Result<(), CloudError> {
        let is_new = before.is_none();
        match wanted {
            Resource::Topic(topic) => {
                let there = self.at(topic.region.as_deref());
                there.put_topic(topic, is_new).await
            }
            Resource::Subscription(subscription) => {
                let there = self.at(subscription.region.as_deref());
                there.subscribe(subscription).await
            }
            Resource::Bucket(bucket) => self.put_bucket(bucket, is_new).await,
            Resource::LoadBalancer(balancer) => self.put_load_balancer(balancer).await,
            Resource::LogGroup(log_group) => self.put_log_group(log_group, before).await,
            Resource::MetricFilter(filter) => self.put_metric_filter(filter).await,
            Resource::Query(query) => self.put_query(query, handle).await,
            Resource::Workgroup(workgroup) => self.put_workgroup(workgroup, is_new).await,
            Resource::Database(database) => self.put_database(database).await,
            Resource::Table(table) => Box::pin(self.put_table(table, before)).await,
            Resource::NamedQuery(query) => self.put_named_query(query, before, handle).await,
            Resource::Budget(budget) => Box::pin(self.put_budget(budget, before)).await,
            Resource::Alarm(alarm) => {
                let there = self.at(alarm.region.as_deref());
                there.put_alarm(alarm, is_new).await
            }
            Resource::LogAlarm(alarm) => self.put_log_alarm(alarm, is_new).await,
            Resource::CompositeAlarm(alarm) => self.put_composite_alarm(alarm, is_new).await,
            Resource::MuteRule(rule) => self.put_mute_rule(rule, is_new).await,
            Resource::Dashboard(dashboard) => self.put_dashboard(dashboard, is_new).await,
        }
    }

    async fn delete(&self, found: &Resource, handle: Option<&str>) -> Result<(), CloudError> {
        match found {
            Resource::Topic(topic) => {
                let there = self.at(topic.region.as_deref());
                there.delete_topic(&topic.name).await
            }
            Resource::Bucket(bucket) => self.delete_bucket(&bucket.name).await,
            Resource::LoadBalancer(balancer) => Err(CloudError::local(
                "DeleteLoadBalancer",
                &balancer.name,
                "load balancers are made outside of Belfry, and stay",
            )),
            Resource::LogGroup(group) => self.delete_log_group(&group.name).await,
            Resource::Subscription(subscription) => {
                let there = self.at(subscription.region.as_deref());
                there.end_subscription(subscription, handle).await
            }
            Resource::MetricFilter(filter) => self.delete_metric_filter(filter).await,
            Resource::Query(query) => self.delete_query(query, handle).await,
            Resource::Workgroup(workgroup) => self.delete_workgroup(&workgroup.name).await,
            Resource::Database(database) => self.drop_database(database).await,
            Resource::Table(table) => self.drop_table(table).await,
            Resource::NamedQuery(query) => self.delete_named_query(&query.name, handle).await,
            Resource::Budget(budget) => self.delete_budget(&budget.name).await,
            Resource::Alarm(alarm) => {
                let there = self.at(alarm.region.as_deref());
                there.delete_alarm(&alarm.name).await
            }
            Resource::LogAlarm(alarm) => self.delete_alarm(&alarm.name).await,
            Resource::CompositeAlarm(alarm) => self.delete_alarm(&alarm.name).await,
            Resource::MuteRule(rule) => self.delete_mute_rule(rule).await,
            Resource::Dashboard(dashboard) => self.delete_dashboard(dashboard).await,
        }
    }
}
