use super::refusals::{invalid, no_groups, unsupported};
use super::store::{ElbStore, Listener};
use crate::endpoint::{Document, Fault, Input};

/// Target groups of one action.
const MOST_GROUPS: usize = 5;

/// The target groups and weights of `DefaultActions`: one action, which forwards.
pub(super) fn forward(input: &Input<'_>) -> Result<Vec<(String, i64)>, Fault> {
    let actions = input.structures("DefaultActions")?;
    let [action] = actions.as_slice() else {
        return Err(match actions.len() {
            0 => input.missing("DefaultActions"),
            _ => unsupported("more than one default action"),
        });
    };
    action.only(&["Type", "TargetGroupArn", "Order", "ForwardConfig"])?;
    match action.required_str("Type")? {
        "forward" => {}
        other => return Err(unsupported(&format!("the action type '{other}'"))),
    }
    let single = action.optional_str("TargetGroupArn")?;
    let groups = match action.structure("ForwardConfig")? {
        None => Vec::new(),
        Some(config) => weighted(&config)?,
    };
    match (single, groups.as_slice()) {
        (Some(arn), []) => Ok(vec![(arn.to_owned(), 1)]),
        (Some(arn), [(only, _)]) if arn == only => Ok(groups),
        (Some(_), _) => Err(invalid(
            "You cannot specify both a target group ARN and a different forward configuration",
        )),
        (None, []) => Err(invalid(
            "A target group must be specified for a forward action",
        )),
        (None, _) => Ok(groups),
    }
}

fn weighted(config: &Input<'_>) -> Result<Vec<(String, i64)>, Fault> {
    config.only(&["TargetGroups", "TargetGroupStickinessConfig"])?;
    if let Some(stickiness) = config.structure("TargetGroupStickinessConfig")? {
        stickiness.only(&["Enabled", "DurationSeconds"])?;
        if stickiness.optional_bool("Enabled")? == Some(true) {
            return Err(unsupported("stickiness of target groups"));
        }
    }
    let mut groups: Vec<(String, i64)> = Vec::new();
    for group in config.structures("TargetGroups")? {
        group.only(&["TargetGroupArn", "Weight"])?;
        let arn = group.required_str("TargetGroupArn")?;
        let weight = group.optional_i64("Weight")?.unwrap_or(1);
        if !(0..=999).contains(&weight) {
            return Err(invalid(format!(
                "The weight '{weight}' of the target group '{arn}' must be between 0 and 999"
            )));
        }
        if groups.iter().any(|(other, _)| other == arn) {
            return Err(invalid(format!(
                "The target group '{arn}' is specified more than once"
            )));
        }
        groups.push((arn.to_owned(), weight));
    }
    if groups.len() > MOST_GROUPS {
        return Err(invalid(format!(
            "A forward action can have at most {MOST_GROUPS} target groups"
        )));
    }
    Ok(groups)
}

/// Refuses groups that are not there, or that another load balancer uses: a group belongs to one.
pub(super) fn check_groups(
    store: &ElbStore,
    balancer: &str,
    forward: &[(String, i64)],
) -> Result<(), Fault> {
    for (arn, _) in forward {
        let group = store.group(arn).ok_or_else(no_groups)?;
        if group.protocol != "HTTP" || group.check.protocol != "HTTP" {
            let what = format!("forwarding to the target group '{arn}' over HTTPS");
            return Err(unsupported(&what));
        }
        if store.users(arn).iter().any(|user| *user != balancer) {
            let message = format!(
                "The following target groups cannot be associated with more than one load balancer: {arn}"
            );
            return Err(Fault::new("TargetGroupAssociationLimit", message));
        }
    }
    Ok(())
}

/// `Port`, which no other listener of the load balancer has.
pub(super) fn port(
    store: &ElbStore,
    input: &Input<'_>,
    balancer: &str,
    own: Option<&str>,
) -> Result<Option<i64>, Fault> {
    match input.optional_str("Protocol")? {
        None | Some("HTTP") => {}
        Some(other) => return Err(unsupported(&format!("the listener protocol '{other}'"))),
    }
    let Some(port) = input.optional_i64("Port")? else {
        return Ok(None);
    };
    if !(1..=65_535).contains(&port) {
        let constraint = "Member must have value between 1 and 65535";
        return Err(input.constraint("Port", &port.to_string(), constraint));
    }
    let is_taken = store.listeners.values().any(|listener| {
        listener.balancer == balancer
            && listener.port == port
            && own.is_none_or(|own| listener.arn != own)
    });
    if is_taken {
        let message = "A listener already exists on this port for this load balancer";
        return Err(Fault::new("DuplicateListener", message));
    }
    Ok(Some(port))
}

/// A listener that is not there.
pub(super) fn no_listener(arn: &str) -> Fault {
    Fault::new(
        "ListenerNotFound",
        format!("One or more listeners not found: {arn}"),
    )
}

/// As answers have it.
pub(super) fn show(listener: &Listener) -> Document {
    let groups = listener.forward.iter().map(|(arn, weight)| {
        Document::structure([
            ("TargetGroupArn", Document::from(arn)),
            ("Weight", (*weight).into()),
        ])
    });
    let stickiness = Document::structure([("Enabled", Document::from(false))]);
    let config = Document::structure([
        ("TargetGroups", Document::List(groups.collect())),
        ("TargetGroupStickinessConfig", stickiness),
    ]);
    let single = match listener.forward.as_slice() {
        [(only, _)] => Some(only.clone()),
        _ => None,
    };
    let action = Document::structure([
        ("Type", Document::from("forward")),
        ("TargetGroupArn", single.into()),
        ("ForwardConfig", config),
    ]);
    Document::structure([
        ("ListenerArn", Document::from(&listener.arn)),
        ("LoadBalancerArn", (&listener.balancer).into()),
        ("Port", listener.port.into()),
        ("Protocol", "HTTP".into()),
        ("DefaultActions", Document::List(vec![action])),
    ])
}

/// An answer of listeners.
pub(super) fn answer(listeners: Vec<Document>) -> Document {
    Document::structure([("Listeners", Document::List(listeners))])
}
