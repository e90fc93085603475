use super::refusals::group;
use super::targets;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeTargetHealth`. There are no listeners here, so that no target is in use: that is what AWS says of one whose
/// group no listener forwards to.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeTargetHealth",
    mutates: false,
    members: &["TargetGroupArn", "Targets"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = group(cx, input)?;
    let asked = targets::read(input, group)?;
    let asked = if asked.is_empty() {
        group.targets.keys().cloned().collect()
    } else {
        asked
    };
    let health = asked.iter().map(|target| {
        let (reason, description) = if group.targets.contains_key(target) {
            (
                "Target.NotInUse",
                "Target group is not configured to receive traffic from the load balancer",
            )
        } else {
            (
                "Target.NotRegistered",
                "Target is not registered to the target group",
            )
        };
        let (id, port) = target;
        let check_port = match group.check.port.as_str() {
            "traffic-port" => port.to_string(),
            port => port.to_owned(),
        };
        let target = [("Id", Document::from(id)), ("Port", (*port).into())];
        let state = [
            ("State", Document::from("unused")),
            ("Reason", reason.into()),
            ("Description", description.into()),
        ];
        Document::structure([
            ("Target", Document::structure(target)),
            ("HealthCheckPort", check_port.into()),
            ("TargetHealth", Document::structure(state)),
        ])
    });
    let health = Document::List(health.collect());
    Ok(Document::structure([("TargetHealthDescriptions", health)]))
}
