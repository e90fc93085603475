use belfry_engine::account::MOST_METRIC_FILTERS;
use belfry_engine::events::LogError;
use belfry_engine::metrics::{Dimensions, MetricFilter, MetricTransformation, Unit};
use belfry_engine::pattern::{SelectionCriteria, SystemFields};

use super::fault::{limit_exceeded, unsupported};
use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutMetricFilter`: creates or replaces a filter; it applies to events that come afterwards.
pub(super) const OPERATION: Operation = Operation {
    name: "PutMetricFilter",
    mutates: true,
    members: &[
        "logGroupName",
        "filterName",
        "filterPattern",
        "metricTransformations",
        "applyOnTransformedLogs",
        "emitSystemFieldDimensions",
        "fieldSelectionCriteria",
    ],
    call,
};

/// So many filters of a group may hold regular expressions (recorded: the sixth is refused).
const MOST_WITH_REGULAR_EXPRESSIONS: usize = 5;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = input.required_str("logGroupName")?;
    let name = read::required_text(input, "filterName", 1..=512)?;
    let pattern = read::required_text(input, "filterPattern", 0..=1024)?;
    let transformation = transformation(input)?;
    if input.optional_bool("applyOnTransformedLogs")? == Some(true) {
        return Err(unsupported("applyOnTransformedLogs", "true", "false"));
    }
    read::standard_group(cx, group)?;
    let criteria = criteria(input)?;
    let system = system_dimensions(cx, input)?;
    let filter = MetricFilter::try_new(name, pattern, transformation, cx.now)
        .and_then(|filter| filter.with_system_dimensions(system))
        .map_err(|error| Fault::from(LogError::invalid(error.message)))?;
    let filter = match criteria {
        Some(criteria) => {
            let fields = SystemFields {
                account: cx.account_id,
                region: cx.region,
            };
            filter.with_selection(criteria, fields)
        }
        None => filter,
    };
    check_quotas(cx, group, &filter)?;
    cx.account.metric_filters.put(group, filter);
    Ok(Document::empty())
}

fn transformation(input: &Input<'_>) -> Result<MetricTransformation, Fault> {
    let transformations = input.structures("metricTransformations")?;
    let [transformation] = transformations.as_slice() else {
        let bound = if transformations.is_empty() {
            "greater"
        } else {
            "less"
        };
        return Err(input.invalid(format!(
            "1 validation error detected: Value at 'metricTransformations' failed to satisfy constraint: \
             Member must have length {bound} than or equal to 1"
        )));
    };
    transformation.only(&[
        "metricName",
        "metricNamespace",
        "metricValue",
        "defaultValue",
        "dimensions",
        "unit",
    ])?;
    Ok(MetricTransformation {
        name: transformation.required_str("metricName")?.to_owned(),
        namespace: transformation.required_str("metricNamespace")?.to_owned(),
        value: read::required_text(transformation, "metricValue", 0..=100)?.to_owned(),
        default_value: transformation.optional_f64("defaultValue")?,
        dimensions: transformation.string_map("dimensions")?,
        unit: unit(transformation)?,
    })
}

/// Which events the filter looks at. All events of this endpoint come from its own account and region.
fn criteria(input: &Input<'_>) -> Result<Option<SelectionCriteria>, Fault> {
    let Some(text) = read::text(input, "fieldSelectionCriteria", 0..=2000)? else {
        return Ok(None);
    };
    Ok(Some(SelectionCriteria::parse(text)?))
}

/// The system fields that the filter adds as dimensions, with what they are here.
fn system_dimensions(cx: &Context<'_>, input: &Input<'_>) -> Result<Dimensions, Fault> {
    let value = |field: &str| match field {
        "@aws.account" => cx.account_id.to_owned(),
        "@aws.region" => cx.region.to_owned(),
        _ => String::new(),
    };
    let fields = input.strings("emitSystemFieldDimensions")?;
    Ok(fields
        .into_iter()
        .map(|field| (field.to_owned(), value(field)))
        .collect())
}

fn unit(transformation: &Input<'_>) -> Result<Option<Unit>, Fault> {
    let Some(name) = transformation.optional_str("unit")? else {
        return Ok(None);
    };
    Unit::parse(name).map(Some).ok_or_else(|| {
        let known: Vec<_> = Unit::all().map(Unit::as_str).collect();
        let constraint = format!("Member must satisfy enum value set: [{}]", known.join(", "));
        transformation.constraint("unit", name, &constraint)
    })
}

fn check_quotas(cx: &Context<'_>, group: &str, filter: &MetricFilter) -> Result<(), Fault> {
    let others = || {
        let filters = cx.account.metric_filters.of_group(group);
        filters.filter(|other| other.name != filter.name)
    };
    let has_regular_expression = |filter: &MetricFilter| filter.pattern.regular_expressions() > 0;
    let with_regular_expressions = others()
        .filter(|other| has_regular_expression(other))
        .count();
    let full = others().count() >= MOST_METRIC_FILTERS;
    let one_too_many =
        has_regular_expression(filter) && with_regular_expressions >= MOST_WITH_REGULAR_EXPRESSIONS;
    if full || one_too_many {
        return Err(limit_exceeded());
    }
    Ok(())
}
