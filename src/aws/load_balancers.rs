use std::collections::BTreeMap;

use aws_sdk_elasticloadbalancingv2::types::{LoadBalancerAttribute, Tag};

use super::actions::LISTS;
use super::cloud::{AwsCloud, SUITE_TAG};
use super::side_by_side::side_by_side;
use super::{CloudError, Session};
use crate::iam::{APPLY, Action, On, PLAN, READERS};
use crate::provision::resources::LoadBalancerResource;
use crate::provision::{Observed, Ownership, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "describe_load_balancers",
        "elasticloadbalancing:DescribeLoadBalancers",
        On::Everything(LISTS),
        READERS,
    ),
    Action::new(
        "describe_load_balancer_attributes",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        On::Everything(LISTS),
        READERS,
    ),
    Action::new(
        "describe_tags",
        "elasticloadbalancing:DescribeTags",
        On::Everything(LISTS),
        PLAN,
    ),
    Action::new(
        "modify_load_balancer_attributes",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        On::LoadBalancers,
        APPLY,
    ),
    Action::new(
        "add_tags",
        "elasticloadbalancing:AddTags",
        On::LoadBalancers,
        APPLY,
    ),
];

impl AwsCloud {
    /// The load balancers that the suite names. One that is not there is waited for, since others make it.
    pub(super) async fn observe_load_balancers(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let declared = scope.desired.resources.values();
        let wanted = declared.filter_map(|resource| match resource {
            Resource::LoadBalancer(balancer) => Some(balancer),
            _ => None,
        });
        let wanted: Vec<_> = wanted.collect();
        let found = wanted
            .iter()
            .map(|wanted| self.load_balancer(wanted))
            .collect();
        for (wanted, found) in wanted.iter().zip(side_by_side(found).await?) {
            match found {
                Some((resource, ownership)) => {
                    observed.insert(Resource::LoadBalancer(resource), ownership, None);
                }
                None => {
                    let reason = format!(
                        "there is no load balancer `{}` in {}; it is made outside of Belfry",
                        wanted.name, self.place.region
                    );
                    let address = Resource::LoadBalancer((*wanted).clone()).address();
                    observed.waiting.insert(address, reason);
                }
            }
        }
        self.observe_left_balancers(scope, observed).await
    }

    /// Those whose attributes the suite once kept: it left its tag on them.
    async fn observe_left_balancers(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let start = self.place.load_balancer_arn("");
        // `app/NAME/ID`.
        let names = self
            .claims
            .below(&start)
            .filter_map(|path| path.split('/').nth(1));
        let left = names.map(|name| LoadBalancerResource {
            name: name.to_owned(),
            attributes: BTreeMap::new(),
        });
        for bare in left.filter(|bare| !scope.declares(&bare.address())) {
            if let Some((found, ownership)) = self.load_balancer(&bare).await? {
                observed.insert(Resource::LoadBalancer(found), ownership, None);
            }
        }
        Ok(())
    }

    /// The attributes that `wanted` names, as they are now; nothing where the load balancer is not there. The suite names
    /// it in its file, so that it need not carry the suite's tag; but where it carries another's, it is that one's.
    pub(super) async fn load_balancer(
        &self,
        wanted: &LoadBalancerResource,
    ) -> Result<Option<(LoadBalancerResource, Ownership)>, CloudError> {
        let Some(arn) = self.session.load_balancer_arn(&wanted.name).await? else {
            return Ok(None);
        };
        let elb = self.session.elb();
        let name = wanted.name.as_str();
        let all = elb
            .describe_load_balancer_attributes()
            .load_balancer_arn(&arn);
        let tags = elb.describe_tags().resource_arns(&arn);
        let (all, tags) = tokio::join!(all.send(), tags.send());
        let all =
            all.map_err(|e| CloudError::from_sdk("DescribeLoadBalancerAttributes", name, &e))?;
        let tags = tags.map_err(|e| CloudError::from_sdk("DescribeTags", name, &e))?;
        let mut found = BTreeMap::new();
        for attribute in all.attributes() {
            if let (Some(key), Some(value)) = (attribute.key(), attribute.value())
                && wanted.attributes.contains_key(key)
            {
                found.insert(key.to_owned(), value.to_owned());
            }
        }
        let tags = tags
            .tag_descriptions()
            .iter()
            .flat_map(|of_one| of_one.tags());
        let owner = tags.into_iter().find(|tag| tag.key() == Some(SUITE_TAG));
        let ownership = match owner.and_then(|tag| tag.value()) {
            None => Ownership::Ours,
            owner => self.ownership(owner),
        };
        let resource = LoadBalancerResource {
            name: name.to_owned(),
            attributes: found,
        };
        Ok(Some((resource, ownership)))
    }

    pub(super) async fn put_load_balancer(
        &self,
        wanted: &LoadBalancerResource,
    ) -> Result<(), CloudError> {
        let name = wanted.name.as_str();
        let arn = self.session.load_balancer_arn(name).await?.ok_or_else(|| {
            let reason = "there is no such load balancer any more";
            CloudError::local("ModifyLoadBalancerAttributes", name, reason)
        })?;
        self.claim_load_balancer(name, &arn).await?;
        let attributes = wanted.attributes.iter().map(|(key, value)| {
            LoadBalancerAttribute::builder()
                .key(key)
                .value(value)
                .build()
        });
        let request = self.session.elb().modify_load_balancer_attributes();
        let request = request
            .load_balancer_arn(arn)
            .set_attributes(Some(attributes.collect()));
        let answer = request.send().await;
        answer.map_err(|e| CloudError::from_sdk("ModifyLoadBalancerAttributes", name, &e))?;
        Ok(())
    }

    /// Marks a load balancer as one whose attributes the suite keeps, before it changes any.
    pub(super) async fn adopt_load_balancer(&self, name: &str) -> Result<(), CloudError> {
        match self.session.load_balancer_arn(name).await? {
            Some(arn) => self.claim_load_balancer(name, &arn).await,
            None => Ok(()),
        }
    }

    /// The suite's tag, by which a plan knows the load balancer again after it left the suite.
    async fn claim_load_balancer(&self, name: &str, arn: &str) -> Result<(), CloudError> {
        let tag = Tag::builder().key(SUITE_TAG).value(&self.suite).build();
        let request = self.session.elb().add_tags().resource_arns(arn).tags(tag);
        let answer = request.send().await;
        answer.map_err(|e| CloudError::from_sdk("AddTags", name, &e))?;
        Ok(())
    }
}

impl Session {
    pub(super) async fn load_balancer_arn(&self, name: &str) -> Result<Option<String>, CloudError> {
        let request = self.elb().describe_load_balancers().names(name);
        match request.send().await {
            Ok(answer) => {
                let found = answer.load_balancers.unwrap_or_default().into_iter().next();
                Ok(found.and_then(|found| found.load_balancer_arn))
            }
            Err(error) => {
                let error = CloudError::from_sdk("DescribeLoadBalancers", name, &error);
                match error.code.as_deref() {
                    Some("LoadBalancerNotFound" | "LoadBalancerNotFoundException") => Ok(None),
                    _ => Err(error),
                }
            }
        }
    }

    /// Where the load balancer with this name delivers its access logs: bucket and prefix; nothing where it does not.
    pub async fn access_logs(&self, name: &str) -> Result<Option<(String, String)>, CloudError> {
        let Some(arn) = self.load_balancer_arn(name).await? else {
            return Ok(None);
        };
        let request = self.elb().describe_load_balancer_attributes();
        let answer = request.load_balancer_arn(arn).send().await;
        let answer =
            answer.map_err(|e| CloudError::from_sdk("DescribeLoadBalancerAttributes", name, &e))?;
        let value = |part: &str| {
            let key = format!("access_logs.s3.{part}");
            let mut all = answer.attributes().iter();
            let found = all.find(|attribute| attribute.key() == Some(key.as_str()));
            found
                .and_then(|found| found.value())
                .unwrap_or_default()
                .to_owned()
        };
        let is_on = value("enabled") == "true";
        Ok(is_on.then(|| (value("bucket"), value("prefix"))))
    }
}
