use std::collections::BTreeSet;

use super::refusals::{malformed_xml, not_implemented};
use crate::endpoint::{Document, Fault, Input};

/// Rules of one configuration.
const MOST_RULES: usize = 1000;

/// Classes that objects can be moved to.
const CLASSES: &[&str] = &[
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
];

/// Days before which S3 moves nothing to a class of infrequent access.
const EARLIEST_INFREQUENT: i64 = 30;

/// Checks the rules of a lifecycle, and gives them back as they are shown. Rules by date and rules for older versions
/// are refused by name: nothing of a suite has them, and nothing here has versions.
pub(super) fn read_rules(configuration: &Input<'_>) -> Result<Document, Fault> {
    configuration.only(&["Rules"])?;
    let rules = configuration.structures("Rules")?;
    if !(1..=MOST_RULES).contains(&rules.len()) {
        return Err(malformed_xml());
    }
    let mut ids = BTreeSet::new();
    let mut read = Vec::new();
    for (number, rule) in rules.iter().enumerate() {
        let id = match rule.optional_str("ID")? {
            Some(id) if !id.is_empty() => id.to_owned(),
            // S3 makes one up; the same rules get the same one here.
            _ => format!("rule-{}", number + 1),
        };
        if id.chars().count() > 255 {
            return Err(invalid("ID length should not exceed allowed limit of 255"));
        }
        read.push(read_rule(rule, &id)?);
        if !ids.insert(id) {
            return Err(invalid(
                "Rule ID must be unique. Found same ID for more than one rule",
            ));
        }
    }
    Ok(Document::List(read))
}

fn read_rule(rule: &Input<'_>, id: &str) -> Result<Document, Fault> {
    for member in [
        "NoncurrentVersionExpiration",
        "NoncurrentVersionTransitions",
    ] {
        if rule.has(member) {
            return Err(not_implemented(&format!("a lifecycle rule with {member}")));
        }
    }
    rule.only(&[
        "ID",
        "Status",
        "Filter",
        "Prefix",
        "Expiration",
        "Transitions",
        "AbortIncompleteMultipartUpload",
    ])?;
    let status = rule.required_str("Status").map_err(|_| malformed_xml())?;
    if !["Enabled", "Disabled"].contains(&status) || rule.has("Filter") == rule.has("Prefix") {
        return Err(malformed_xml());
    }
    let expiration = expiration(rule)?;
    let transitions = transitions(rule)?;
    let abort = abort(rule)?;
    if expiration.is_none() && transitions.is_empty() && abort.is_none() {
        return Err(invalid(
            "At least one action needs to be specified in a rule",
        ));
    }
    let last = transitions.last().map_or(0, |(days, _)| *days);
    if expiration.is_some_and(|days| days <= last && !transitions.is_empty()) {
        return Err(invalid(
            "'Days' in the Expiration action for the rule must be greater than 'Days' in the Transition action",
        ));
    }
    let days = |days: i64| Document::structure([("Days", days.into())]);
    let transitions = transitions.into_iter().map(|(days, class)| {
        Document::structure([
            ("Days", Document::from(days)),
            ("StorageClass", class.into()),
        ])
    });
    let transitions: Vec<Document> = transitions.collect();
    let shown = (!transitions.is_empty()).then_some(Document::List(transitions));
    let abort = abort.map(|days| Document::structure([("DaysAfterInitiation", days.into())]));
    Ok(Document::structure([
        ("ID", Document::from(id)),
        ("Filter", filter(rule)?.unwrap_or(Document::Null)),
        ("Prefix", rule.optional_str("Prefix")?.into()),
        ("Status", status.into()),
        ("Transitions", shown.unwrap_or(Document::Null)),
        ("Expiration", expiration.map_or(Document::Null, days)),
        (
            "AbortIncompleteMultipartUpload",
            abort.unwrap_or(Document::Null),
        ),
    ]))
}

/// What a rule is for: everything, or what begins with a prefix.
fn filter(rule: &Input<'_>) -> Result<Option<Document>, Fault> {
    match rule.get("Filter") {
        None => Ok(None),
        // An empty element is a filter that lets everything through.
        Some(Document::String(text)) if text.trim().is_empty() => {
            Ok(Some(Document::structure([("Prefix", "".into())])))
        }
        Some(_) => {
            let Some(filter) = rule.structure("Filter").map_err(|_| malformed_xml())? else {
                return Ok(None);
            };
            for member in ["And", "Tags", "ObjectSizeGreaterThan", "ObjectSizeLessThan"] {
                if filter.has(member) {
                    return Err(not_implemented(&format!(
                        "a lifecycle filter with {member}"
                    )));
                }
            }
            filter.only(&["Prefix"])?;
            let prefix = filter.optional_str("Prefix")?.unwrap_or_default();
            Ok(Some(Document::structure([("Prefix", prefix.into())])))
        }
    }
}

fn expiration(rule: &Input<'_>) -> Result<Option<i64>, Fault> {
    let Some(expiration) = rule.structure("Expiration").map_err(|_| malformed_xml())? else {
        return Ok(None);
    };
    for member in ["Date", "ExpiredObjectDeleteMarker"] {
        if expiration.has(member) {
            return Err(not_implemented(&format!("an expiration with {member}")));
        }
    }
    expiration.only(&["Days"])?;
    let days = days(&expiration, "Days")?;
    if days < 1 {
        return Err(invalid(
            "'Days' for Expiration action must be a positive integer",
        ));
    }
    Ok(Some(days))
}

fn transitions(rule: &Input<'_>) -> Result<Vec<(i64, String)>, Fault> {
    let mut transitions = Vec::new();
    for transition in rule
        .structures("Transitions")
        .map_err(|_| malformed_xml())?
    {
        if transition.has("Date") {
            return Err(not_implemented("a transition with Date"));
        }
        transition.only(&["Days", "StorageClass"])?;
        let days = days(&transition, "Days")?;
        let class = transition
            .required_str("StorageClass")
            .map_err(|_| malformed_xml())?;
        if !CLASSES.contains(&class) {
            return Err(malformed_xml());
        }
        if days < 0 {
            return Err(invalid("'Days' for Transition action must be nonnegative"));
        }
        if ["STANDARD_IA", "ONEZONE_IA"].contains(&class) && days < EARLIEST_INFREQUENT {
            return Err(invalid(&format!(
                "'Days' in Transition action must be greater than or equal to 30 for storageClass '{class}'"
            )));
        }
        transitions.push((days, class.to_owned()));
    }
    transitions.sort();
    Ok(transitions)
}

fn abort(rule: &Input<'_>) -> Result<Option<i64>, Fault> {
    let abort = rule.structure("AbortIncompleteMultipartUpload");
    let Some(abort) = abort.map_err(|_| malformed_xml())? else {
        return Ok(None);
    };
    abort.only(&["DaysAfterInitiation"])?;
    let days = days(&abort, "DaysAfterInitiation")?;
    if days < 1 {
        return Err(invalid(
            "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
        ));
    }
    Ok(Some(days))
}

fn days(input: &Input<'_>, name: &str) -> Result<i64, Fault> {
    input.required_i64(name).map_err(|_| malformed_xml())
}

fn invalid(message: &str) -> Fault {
    Fault::new("InvalidArgument", message)
}
