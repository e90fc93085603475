use super::store::{LoadBalancer, TargetGroup};
use crate::endpoint::{Context, Fault, Input};

/// A value that the operation does not take.
pub(super) fn invalid(message: impl Into<String>) -> Fault {
    Fault::new("ValidationError", message)
}

/// What AWS would do and this endpoint does not.
pub(super) fn unsupported(what: &str) -> Fault {
    invalid(format!("{what} is not supported by this endpoint"))
}

/// A configuration that cannot work.
pub(super) fn invalid_configuration(message: impl Into<String>) -> Fault {
    Fault::new("InvalidConfigurationRequest", message)
}

/// Load balancers that are not there.
pub(super) fn no_balancers(names: &[&str]) -> Fault {
    Fault::new(
        "LoadBalancerNotFound",
        format!("Load balancers '[{}]' not found", names.join(", ")),
    )
}

/// Target groups that are not there.
pub(super) fn no_groups() -> Fault {
    Fault::new("TargetGroupNotFound", "One or more target groups not found")
}

/// The load balancer of `LoadBalancerArn`.
pub(super) fn balancer<'a>(
    cx: &'a mut Context<'_>,
    input: &Input<'_>,
) -> Result<&'a mut LoadBalancer, Fault> {
    let arn = input.required_str("LoadBalancerArn")?;
    check_arn(arn)?;
    let store = cx.stores.elb.of(cx.region);
    let found = store
        .balancers
        .values_mut()
        .find(|balancer| balancer.arn == arn);
    found.ok_or_else(|| no_balancers(&[arn]))
}

/// The target group of `TargetGroupArn`.
pub(super) fn group<'a>(
    cx: &'a mut Context<'_>,
    input: &Input<'_>,
) -> Result<&'a mut TargetGroup, Fault> {
    let arn = input.required_str("TargetGroupArn")?;
    check_arn(arn)?;
    let found = cx.stores.elb.of(cx.region).group_mut(arn);
    found.ok_or_else(no_groups)
}

/// Refuses what is no ARN of this service.
pub(super) fn check_arn(arn: &str) -> Result<(), Fault> {
    let mut parts = arn.split(':');
    let is_arn = parts.next() == Some("arn") && parts.nth(1) == Some("elasticloadbalancing");
    if is_arn {
        return Ok(());
    }
    Err(invalid(format!("'{arn}' is not a valid load balancer ARN")))
}

/// Refuses a name that AWS refuses: at most 32 letters, digits and hyphens, none at the ends.
pub(super) fn check_name(what: &str, name: &str) -> Result<(), Fault> {
    let refused = |reason: &str| Err(invalid(format!("{what} name '{name}' {reason}")));
    if name.is_empty() || name.chars().count() > 32 {
        return refused("cannot be longer than '32' characters");
    }
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return refused(
            "can only contain characters that are alphanumeric characters and hyphens(-)",
        );
    }
    if name.starts_with('-') || name.ends_with('-') {
        return refused("cannot begin or end with a hyphen(-)");
    }
    if name.starts_with("internal-") {
        return refused("cannot begin with 'internal-'");
    }
    Ok(())
}
