use super::refusals::invalid_configuration;
use super::store::LoadBalancer;
use crate::endpoint::s3::{Asked, Facts, Policy};
use crate::endpoint::{Context, Fault};

/// Logs that a load balancer delivers.
#[derive(Clone, Copy, Debug)]
pub(super) struct LogKind {
    /// `access_logs`
    attribute: &'static str,
    /// `AccessLog`, as the test object's name and text have it.
    name: &'static str,
}

/// All of them.
pub(super) const KINDS: &[LogKind] = &[
    LogKind {
        attribute: "access_logs",
        name: "AccessLog",
    },
    LogKind {
        attribute: "connection_logs",
        name: "ConnectionLog",
    },
    LogKind {
        attribute: "health_check_logs",
        name: "HealthCheckLog",
    },
];

impl LogKind {
    pub(super) fn enabled(self) -> String {
        format!("{}.s3.enabled", self.attribute)
    }

    /// The keys of its attributes.
    pub(super) fn attributes(self) -> [String; 3] {
        ["enabled", "bucket", "prefix"].map(|part| format!("{}.s3.{part}", self.attribute))
    }
}

/// Where logs go.
#[derive(Debug)]
pub(super) struct LogDelivery {
    bucket: String,
    key: String,
}

/// Who delivers, where a bucket's policy names an account: those of Elastic Load Balancing in the regions that were opened
/// before August 2022 ("Enable access logs for your Application Load Balancer").
const ACCOUNTS: &[(&str, &str)] = &[
    ("af-south-1", "098369216593"),
    ("ap-east-1", "754344448648"),
    ("ap-northeast-1", "582318560864"),
    ("ap-northeast-2", "600734575887"),
    ("ap-northeast-3", "383597477331"),
    ("ap-south-1", "718504428378"),
    ("ap-southeast-1", "114774131450"),
    ("ap-southeast-2", "783225319266"),
    ("ap-southeast-3", "589379963580"),
    ("ca-central-1", "985666609251"),
    ("eu-central-1", "054676820928"),
    ("eu-north-1", "897822967062"),
    ("eu-south-1", "635631232127"),
    ("eu-west-1", "156460612806"),
    ("eu-west-2", "652711504416"),
    ("eu-west-3", "009996457667"),
    ("me-south-1", "076674570225"),
    ("sa-east-1", "507241528517"),
    ("us-east-1", "127311923021"),
    ("us-east-2", "033677994240"),
    ("us-gov-east-1", "190560391635"),
    ("us-gov-west-1", "048591011584"),
    ("us-west-1", "027434742980"),
    ("us-west-2", "797873946194"),
];

/// Checks that the bucket takes the logs, as enabling them does: it is there, in the same region, and its policy lets the
/// delivery write.
pub(super) fn check(
    cx: &Context<'_>,
    balancer: &LoadBalancer,
    kind: &LogKind,
) -> Result<LogDelivery, Fault> {
    let [_, bucket, prefix] = kind.attributes();
    let (name, prefix) = (balancer.attribute(&bucket), balancer.attribute(&prefix));
    if name.is_empty() {
        return Err(invalid_configuration(format!(
            "The attribute {bucket} must be specified where {} is true",
            kind.enabled()
        )));
    }
    let denied = || {
        invalid_configuration(format!(
            "Access Denied for bucket: {name}. Please check S3bucket permission"
        ))
    };
    let Some(bucket) = cx.stores.s3.bucket(name) else {
        return Err(invalid_configuration(format!(
            "S3Bucket: {name} does not exist"
        )));
    };
    if bucket.region != cx.region {
        return Err(invalid_configuration(format!(
            "The bucket {name} is not in the region of the load balancer, {}",
            cx.region
        )));
    }
    let slash = if prefix.is_empty() { "" } else { "/" };
    let key = format!(
        "{prefix}{slash}AWSLogs/{}/ELB{}TestFile",
        cx.account_id, kind.name
    );
    let policy = bucket.policy.as_deref().ok_or_else(denied)?;
    let policy = Policy::parse(policy, name)?;
    if !is_allowed(cx, balancer, &policy, &format!("arn:aws:s3:::{name}/{key}"))? {
        return Err(denied());
    }
    Ok(LogDelivery {
        bucket: name.to_owned(),
        key,
    })
}

fn is_allowed(
    cx: &Context<'_>,
    balancer: &LoadBalancer,
    policy: &Policy,
    resource: &str,
) -> Result<bool, Fault> {
    let account = ACCOUNTS.iter().find(|(region, _)| *region == cx.region);
    let root = account.map(|(_, account)| format!("arn:aws:iam::{account}:root"));
    let mut principals = vec![("Service", "logdelivery.elasticloadbalancing.amazonaws.com")];
    principals.extend(root.as_deref().map(|root| ("AWS", root)));
    let facts = [
        ("aws:sourceaccount", cx.account_id),
        ("aws:sourcearn", balancer.arn.as_str()),
        ("aws:securetransport", "true"),
        ("s3:x-amz-acl", "bucket-owner-full-control"),
    ];
    let asked = Asked {
        principals: &principals,
        action: "s3:PutObject",
        resource,
        facts: Facts(&facts),
    };
    policy.allows(&asked).map_err(invalid_configuration)
}

/// Writes the object that shows that logs get through.
pub(super) fn write_test_object(
    cx: &mut Context<'_>,
    balancer: &LoadBalancer,
    kind: &LogKind,
    delivery: &LogDelivery,
) -> Result<(), Fault> {
    let text = format!(
        "Enable {} for ELB: {} at {}",
        kind.name,
        balancer.full_name(),
        cx.now.to_rfc3339()
    );
    cx.stores
        .s3
        .deliver(&delivery.bucket, &delivery.key, text.as_bytes(), cx.now)
}
