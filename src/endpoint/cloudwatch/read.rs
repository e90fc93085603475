use belfry_engine::metrics::{
    Dimensions, MetricDataQuery, MetricError, MetricId, MetricStat, QueryKind, Statistic, Unit,
};

use crate::endpoint::{Fault, Input};

impl From<MetricError> for Fault {
    fn from(error: MetricError) -> Self {
        let status = if error.code == "ResourceNotFound" {
            404
        } else {
            400
        };
        Self::new(error.code, error.message).with_status(status)
    }
}

/// `InvalidParameterValue`.
pub(super) fn invalid_value(message: impl Into<String>) -> Fault {
    Fault::new("InvalidParameterValue", message)
}

/// `InvalidParameterCombination`.
pub(super) fn invalid_combination(message: impl Into<String>) -> Fault {
    Fault::new("InvalidParameterCombination", message)
}

/// `MissingParameter`: `The parameter … is required.`
pub(super) fn missing_parameter(name: &str) -> Fault {
    Fault::new(
        "MissingParameter",
        format!("The parameter {name} is required."),
    )
}

/// The metric that `Namespace`, `MetricName` and `Dimensions` name; its limits are checked.
pub(super) fn metric_id(input: &Input<'_>) -> Result<MetricId, Fault> {
    let namespace = input.required_str("Namespace")?;
    let name = input.required_str("MetricName")?;
    Ok(MetricId::new(namespace, name, dimensions(input)?)?)
}

/// `Dimensions`: names are unique.
pub(super) fn dimensions(input: &Input<'_>) -> Result<Dimensions, Fault> {
    let mut dimensions = Dimensions::new();
    for dimension in input.structures("Dimensions")? {
        dimension.only(&["Name", "Value"])?;
        let name = dimension.required_str("Name")?;
        let value = dimension.required_str("Value")?;
        if dimensions
            .insert(name.to_owned(), value.to_owned())
            .is_some()
        {
            return Err(invalid_value(format!(
                "The dimension {name} is given twice in {}.",
                dimension.at("Name")
            )));
        }
    }
    Ok(dimensions)
}

/// `Unit`, or nothing.
pub(super) fn unit(input: &Input<'_>) -> Result<Option<Unit>, Fault> {
    let Some(name) = input.optional_str("Unit")? else {
        return Ok(None);
    };
    Unit::parse(name).map(Some).ok_or_else(|| {
        let names: Vec<&str> = Unit::all().map(Unit::as_str).collect();
        let constraint = format!("Member must satisfy enum value set: [{}]", names.join(", "));
        input.constraint("Unit", name, &constraint)
    })
}

/// A statistic by its name.
pub(super) fn statistic(name: &str, member: &str) -> Result<Statistic, Fault> {
    Statistic::parse(name).map_err(|wrong| {
        invalid_value(format!(
            "The value {name} for parameter {member} is not supported: {wrong}."
        ))
    })
}

/// `MetricDataQueries` or an alarm's `Metrics`.
pub(super) fn queries(input: &Input<'_>, name: &str) -> Result<Vec<MetricDataQuery>, Fault> {
    input.structures(name)?.iter().map(query).collect()
}

fn query(input: &Input<'_>) -> Result<MetricDataQuery, Fault> {
    input.only(&[
        "Id",
        "MetricStat",
        "Expression",
        "Label",
        "ReturnData",
        "Period",
    ])?;
    let id = input.required_str("Id")?.to_owned();
    let stat = input.structure("MetricStat")?;
    let period = input.optional_i64("Period")?;
    let kind = match (stat, input.optional_str("Expression")?) {
        (Some(stat), None) if period.is_none() => QueryKind::Metric(metric_stat(&stat)?),
        (Some(_), None) => {
            return Err(input.invalid(format!(
                "Period must not be set on the query '{id}' beside its MetricStat, which has one"
            )));
        }
        (None, Some(text)) => QueryKind::Expression {
            text: text.to_owned(),
            period,
        },
        _ => {
            return Err(input.invalid(format!(
                "The query '{id}' must have exactly one of MetricStat and Expression"
            )));
        }
    };
    Ok(MetricDataQuery {
        id,
        kind,
        label: input.optional_str("Label")?.map(str::to_owned),
        return_data: input.optional_bool("ReturnData")?.unwrap_or(true),
    })
}

fn metric_stat(input: &Input<'_>) -> Result<MetricStat, Fault> {
    input.only(&["Metric", "Period", "Stat", "Unit"])?;
    let metric = input
        .structure("Metric")?
        .ok_or_else(|| input.missing("Metric"))?;
    metric.only(&["Namespace", "MetricName", "Dimensions"])?;
    Ok(MetricStat {
        id: metric_id(&metric)?,
        period: input.required_i64("Period")?,
        statistic: statistic(input.required_str("Stat")?, &input.at("Stat"))?,
        unit: unit(input)?,
    })
}

/// Buckets of `seconds` exist: 1, 5, 10, 20, 30 or a multiple of 60, within the API's integer.
pub(super) fn is_period(seconds: i64) -> bool {
    [1, 5, 10, 20, 30].contains(&seconds)
        || (seconds > 0 && seconds <= i64::from(i32::MAX) && seconds % 60 == 0)
}

/// `ScanBy`; descending where it is absent.
pub(super) fn is_descending(input: &Input<'_>) -> Result<bool, Fault> {
    match input.optional_str("ScanBy")? {
        None | Some("TimestampDescending") => Ok(true),
        Some("TimestampAscending") => Ok(false),
        Some(other) => Err(input.constraint(
            "ScanBy",
            other,
            "Member must satisfy enum value set: [TimestampDescending, TimestampAscending]",
        )),
    }
}
