use super::{Dimensions, MetricError, MetricId, Unit};
use crate::pattern::FilterPattern;

const MOST_DIMENSIONS: usize = 3;

/// What a metric filter publishes.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricTransformation {
    /// Metric name.
    pub name: String,
    /// Namespace.
    pub namespace: String,
    /// A number, `$.path`, `$name` or `$3`.
    pub value: String,
    /// Published for every event that does not match.
    pub default_value: Option<f64>,
    /// Name → selector, at most three.
    pub dimensions: Dimensions,
    /// Unit, `None` where it is left out; DescribeMetricFilters tells the two apart.
    pub unit: Option<Unit>,
}

impl MetricTransformation {
    /// The rules of PutMetricFilter for a filter with this pattern and `system` dimensions beside its own.
    pub(super) fn check(&self, pattern: &FilterPattern, system: usize) -> Result<(), MetricError> {
        check_name(&self.name, "metricName")?;
        check_name(&self.namespace, "metricNamespace")?;
        self.check_identity()?;
        check_length(&self.value, "metricValue", 100)?;
        self.check_value(pattern)?;
        self.check_dimensions(pattern, system)?;
        if self.default_value.is_some() && !self.dimensions.is_empty() {
            return Err(invalid(
                "dimensions and default value are mutually exclusive.",
            ));
        }
        match self.default_value {
            Some(value) if !value.is_finite() => Err(invalid(&format!(
                "default value {value} must be a valid number"
            ))),
            _ => Ok(()),
        }
    }

    /// CloudWatch Logs takes more characters in a namespace than the metric store does; what happens to such
    /// metrics is not documented, so they are refused.
    fn check_identity(&self) -> Result<(), MetricError> {
        MetricId::new(&self.namespace, &self.name, Dimensions::new())
            .map(|_| ())
            .map_err(|error| MetricError::invalid_parameter(error.message))
    }

    fn check_value(&self, pattern: &FilterPattern) -> Result<(), MetricError> {
        let is_number = self.literal().is_some();
        if is_number || pattern.accepts_selector(&self.value) {
            return Ok(());
        }
        Err(invalid(&format!(
            "metric value {} must be a valid number",
            self.value
        )))
    }

    fn check_dimensions(&self, pattern: &FilterPattern, system: usize) -> Result<(), MetricError> {
        if self.dimensions.len() + system > MOST_DIMENSIONS {
            let message = format!("more than {MOST_DIMENSIONS} dimensions, system fields counted");
            return Err(invalid(&message));
        }
        if !self.dimensions.is_empty() && !pattern.has_fields() {
            return Err(invalid(
                "dimensions need a JSON or space-delimited filter pattern",
            ));
        }
        for (key, selector) in &self.dimensions {
            check_length(key, "dimensions key", 255)?;
            check_length(selector, "dimensions value", 255)?;
            if !pattern.accepts_selector(selector) {
                return Err(invalid(&format!(
                    "dimension value {selector} must be a valid field"
                )));
            }
        }
        Ok(())
    }

    /// The value where it is a number and not a selector.
    pub(super) fn literal(&self) -> Option<f64> {
        self.value
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }
}

fn invalid(message: &str) -> MetricError {
    MetricError::invalid_parameter(format!("Invalid metric transformation: {message}"))
}

fn check_name(text: &str, member: &str) -> Result<(), MetricError> {
    check_length(text, member, 255)?;
    check_characters(text, member, ":*$")
}

/// A constraint of the API's model, in the words of its validation.
pub(super) fn check_length(text: &str, member: &str, most: usize) -> Result<(), MetricError> {
    let bound = match text.chars().count() {
        0 => "greater than or equal to 1".to_owned(),
        length if length > most => format!("less than or equal to {most}"),
        _ => return Ok(()),
    };
    Err(constraint(
        text,
        member,
        &format!("Member must have length {bound}"),
    ))
}

pub(super) fn check_characters(text: &str, member: &str, bad: &str) -> Result<(), MetricError> {
    if !text.contains(|c| bad.contains(c)) {
        return Ok(());
    }
    let rule = format!("Member must satisfy regular expression pattern: [^{bad}]*");
    Err(constraint(text, member, &rule))
}

fn constraint(text: &str, member: &str, rule: &str) -> MetricError {
    MetricError::invalid_parameter(format!(
        "1 validation error detected: Value '{text}' at '{member}' failed to satisfy constraint: {rule}"
    ))
}
