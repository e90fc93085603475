use std::collections::BTreeMap;

use super::tagged::{page, tagged};
use crate::endpoint::{Context, Document, Fault, Input, Operation, write_tags};

/// `GetResources`: those that carry all the tags asked for, of the types asked for; or those that are named.
pub(super) const OPERATION: Operation = Operation {
    name: "GetResources",
    mutates: false,
    members: &[
        "PaginationToken",
        "TagFilters",
        "ResourcesPerPage",
        "ResourceTypeFilters",
        "ResourceARNList",
    ],
    call,
};

/// A page where nothing is said.
const PAGE: i64 = 50;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arns = input.strings("ResourceARNList")?;
    let filters = tag_filters(input)?;
    let types = types(input)?;
    let beside = [
        "TagFilters",
        "ResourceTypeFilters",
        "ResourcesPerPage",
        "PaginationToken",
    ];
    if let Some(other) = beside
        .into_iter()
        .find(|name| input.has(name) && input.has("ResourceARNList"))
    {
        let message = format!("ResourceARNList and {other} cannot be specified in one request");
        return Err(input.invalid(message));
    }
    let limit = limit(input)?;
    let found = tagged(cx).into_iter().filter(|(arn, tags)| {
        (arns.is_empty() || arns.contains(&arn.as_str()))
            && filters.iter().all(|filter| filter.takes(tags))
            && (types.is_empty() || types.iter().any(|wanted| is_of(arn, wanted)))
    });
    let shown = found.map(|(arn, tags)| {
        let shown = Document::structure([
            ("ResourceARN", Document::from(&arn)),
            ("Tags", write_tags(&tags)),
        ]);
        (arn, shown)
    });
    let (shown, next) = page(input, shown.collect(), limit)?;
    Ok(Document::structure([
        ("PaginationToken", next),
        ("ResourceTagMappingList", shown),
    ]))
}

fn limit(input: &Input<'_>) -> Result<usize, Fault> {
    if input.has("ResourceARNList") {
        return Ok(100);
    }
    let limit = input.optional_i64("ResourcesPerPage")?.unwrap_or(PAGE);
    match usize::try_from(limit) {
        Ok(limit @ 1..=100) => Ok(limit),
        _ => Err(input.constraint(
            "ResourcesPerPage",
            &limit.to_string(),
            "Member must have value between 1 and 100",
        )),
    }
}

/// A key, and the values of which one must be there; without values any is.
struct TagFilter<'a> {
    key: &'a str,
    values: Vec<&'a str>,
}

impl TagFilter<'_> {
    fn takes(&self, tags: &BTreeMap<String, String>) -> bool {
        let value = tags.get(self.key);
        value.is_some_and(|value| self.values.is_empty() || self.values.contains(&value.as_str()))
    }
}

fn tag_filters<'a>(input: &Input<'a>) -> Result<Vec<TagFilter<'a>>, Fault> {
    let filters = input.structures("TagFilters")?;
    if filters.len() > 50 {
        return Err(input.invalid("at most 50 TagFilters can be given"));
    }
    let filters = filters.iter().map(|filter| {
        filter.only(&["Key", "Values"])?;
        let values = filter.strings("Values")?;
        if values.len() > 20 {
            return Err(filter.invalid("a tag filter has at most 20 Values"));
        }
        let key = filter.required_str("Key")?;
        Ok(TagFilter { key, values })
    });
    filters.collect()
}

/// `service` or `service:type`, as they stand in ARNs. ARNs of buckets and topics name no type.
fn types<'a>(input: &Input<'a>) -> Result<Vec<&'a str>, Fault> {
    let types = input.strings("ResourceTypeFilters")?;
    let typeless = |wanted: &&&str| wanted.starts_with("s3:") || wanted.starts_with("sns:");
    if let Some(wanted) = types.iter().find(typeless) {
        let service = wanted.split(':').next().unwrap_or_default();
        let message = format!(
            "the resource type `{wanted}` is not supported by this endpoint: ARNs of {service} name no type, so ask for `{service}`"
        );
        return Err(input.invalid(message));
    }
    Ok(types)
}

/// Whether an ARN is of `wanted`: `cloudwatch:alarm` of `arn:aws:cloudwatch:us-east-1:…:alarm:name`.
fn is_of(arn: &str, wanted: &str) -> bool {
    let (service, kind) = match wanted.split_once(':') {
        Some((service, kind)) => (service, Some(kind)),
        None => (wanted, None),
    };
    let mut parts = arn.splitn(6, ':').skip(2);
    if parts.next() != Some(service) {
        return false;
    }
    let rest = parts.nth(2).unwrap_or_default();
    kind.is_none_or(|kind| {
        let rest = rest.strip_prefix(kind);
        rest.is_some_and(|rest| rest.starts_with([':', '/']))
    })
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn a_type_is_that_of_the_arn() {
        let alarm = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a";
        let balancer = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/a/1";
        for (arn, wanted) in [
            (alarm, "cloudwatch"),
            (alarm, "cloudwatch:alarm"),
            (balancer, "elasticloadbalancing:loadbalancer"),
            (balancer, "elasticloadbalancing:loadbalancer/app"),
            ("arn:aws:s3:::b", "s3"),
        ] {
            assert!(is_of(arn, wanted), "{wanted}");
        }
        for (arn, wanted) in [
            (alarm, "cloudwatch:alarm-mute-rule"),
            (alarm, "cloudwatch:al"),
            (alarm, "logs"),
            (balancer, "elasticloadbalancing:targetgroup"),
        ] {
            assert!(!is_of(arn, wanted), "{wanted}");
        }
    }
}
