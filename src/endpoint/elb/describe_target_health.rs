use super::refusals::group;
use super::store::{ElbStore, Registration, TargetGroup};
use super::targets;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeTargetHealth`: what the load balancer of this process says of its targets. Where none says anything, targets
/// of a group that a listener forwards to stay in registration; without a listener they are not in use.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeTargetHealth",
    mutates: false,
    members: &["TargetGroupArn", "Targets"],
    call,
};

type Told = (&'static str, Option<(&'static str, String)>);

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let now = cx.now;
    let group = group(cx, input)?;
    let asked = targets::read(input, group)?;
    let mut group = group.clone();
    let is_over =
        |target: &Registration| matches!(target, Registration::Draining(until) if *until <= now);
    group.targets.retain(|_, target| !is_over(target));
    let asked = if asked.is_empty() {
        group.targets.keys().cloned().collect()
    } else {
        asked
    };
    let store = cx.stores.elb.of(cx.region);
    let health = asked
        .iter()
        .map(|target| show(&group, target, state(store, &group, target)));
    let health = Document::List(health.collect());
    Ok(Document::structure([("TargetHealthDescriptions", health)]))
}

fn state(store: &ElbStore, group: &TargetGroup, target: &(String, i64)) -> Told {
    let because = |state, reason, text: &str| (state, Some((reason, text.to_owned())));
    match group.targets.get(target) {
        None => because(
            "unused",
            "Target.NotRegistered",
            "Target is not registered to the target group",
        ),
        Some(Registration::Draining(_)) => because(
            "draining",
            "Target.DeregistrationInProgress",
            "Target deregistration is in progress",
        ),
        Some(Registration::Registered) if store.users(&group.arn).is_empty() => because(
            "unused",
            "Target.NotInUse",
            "Target group is not configured to receive traffic from the load balancer",
        ),
        Some(Registration::Registered) => reported(store, group, target),
    }
}

fn reported(store: &ElbStore, group: &TargetGroup, (id, port): &(String, i64)) -> Told {
    let key = (group.arn.clone(), id.clone(), *port);
    let Some(known) = store.reported.get(&key) else {
        let reason = (
            "Elb.RegistrationInProgress",
            "Target registration is in progress".to_owned(),
        );
        return ("initial", Some(reason));
    };
    let reason = known.reason.map(|(code, status)| {
        let text = match (code, status) {
            ("Elb.InitialHealthChecking", _) => "Initial health checks in progress".to_owned(),
            ("Target.ResponseCodeMismatch", Some(status)) => {
                format!("Health checks failed with these codes: [{status}]")
            }
            ("Target.Timeout", _) => "Request timed out".to_owned(),
            _ => "Health checks failed".to_owned(),
        };
        (code, text)
    });
    (known.state, reason)
}

fn show(group: &TargetGroup, (id, port): &(String, i64), (state, reason): Told) -> Document {
    let check_port = match group.check.port.as_str() {
        "traffic-port" => port.to_string(),
        port => port.to_owned(),
    };
    let target = [("Id", Document::from(id)), ("Port", (*port).into())];
    let (code, text) = reason.unzip();
    let health = [
        ("State", Document::from(state)),
        ("Reason", code.map(str::to_owned).into()),
        ("Description", text.into()),
    ];
    Document::structure([
        ("Target", Document::structure(target)),
        ("HealthCheckPort", check_port.into()),
        ("TargetHealth", Document::structure(health)),
    ])
}
