/// Where resources live, for their ARNs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: String,
    /// `us-east-1`.
    pub region: String,
    /// Twelve digits.
    pub account: String,
}

/// The one region of AWS's commercial partition that has the metrics of `AWS/Billing`.
const BILLING_REGION: &str = "us-east-1";

impl Place {
    /// Where billing metrics, their alarms and these alarms' topics live, if that is not here.
    pub fn billing(&self) -> Option<Self> {
        let is_elsewhere = self.partition == "aws" && self.region != BILLING_REGION;
        is_elsewhere.then(|| Self {
            region: BILLING_REGION.to_owned(),
            ..self.clone()
        })
    }

    /// The ARN of a topic.
    pub fn topic_arn(&self, name: &str) -> String {
        format!(
            "arn:{}:sns:{}:{}:{name}",
            self.partition, self.region, self.account
        )
    }

    /// The ARN of a log group, without the `:*` that stands for its streams.
    pub fn log_group_arn(&self, name: &str) -> String {
        format!(
            "arn:{}:logs:{}:{}:log-group:{name}",
            self.partition, self.region, self.account
        )
    }

    /// The ARN of a bucket.
    pub fn bucket_arn(&self, name: &str) -> String {
        format!("arn:{}:s3:::{name}", self.partition)
    }

    /// The ARN of a workgroup of Athena.
    pub fn workgroup_arn(&self, name: &str) -> String {
        format!(
            "arn:{}:athena:{}:{}:workgroup/{name}",
            self.partition, self.region, self.account
        )
    }

    /// The ARN of a budget; budgets belong to no region.
    pub fn budget_arn(&self, name: &str) -> String {
        format!(
            "arn:{}:budgets::{}:budget/{name}",
            self.partition, self.account
        )
    }

    /// The ARN of an Application Load Balancer: its name and id, or a pattern.
    pub fn load_balancer_arn(&self, name: &str) -> String {
        format!(
            "arn:{}:elasticloadbalancing:{}:{}:loadbalancer/{name}",
            self.partition, self.region, self.account
        )
    }

    /// The ARN of an alarm.
    pub fn alarm_arn(&self, name: &str) -> String {
        format!(
            "arn:{}:cloudwatch:{}:{}:alarm:{name}",
            self.partition, self.region, self.account
        )
    }

    /// The ARN of a mute rule.
    pub fn mute_rule_arn(&self, name: &str) -> String {
        format!(
            "arn:{}:cloudwatch:{}:{}:alarm-mute-rule:{name}",
            self.partition, self.region, self.account
        )
    }

    /// The ARN of a dashboard; dashboards belong to no region.
    pub fn dashboard_arn(&self, name: &str) -> String {
        format!(
            "arn:{}:cloudwatch::{}:dashboard/{name}",
            self.partition, self.account
        )
    }
}
