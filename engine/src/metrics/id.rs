use std::collections::BTreeMap;
use std::sync::Arc;

use super::MetricError;

/// Dimension names and values, sorted by name.
pub type Dimensions = BTreeMap<String, String>;

const MOST_DIMENSIONS: usize = 30;

/// What tells one metric from another: the exact set of dimensions belongs to it, the unit does not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MetricId {
    /// `FraudDetection`, `AWS/ECS`.
    pub namespace: Arc<str>,
    /// `ErrorCount`.
    pub name: Arc<str>,
    /// The exact set.
    pub dimensions: Dimensions,
}

impl MetricId {
    /// Checks the limits of the `Metric` and `Dimension` types of the CloudWatch API: a namespace of 1 to 255
    /// characters of `0-9A-Za-z.-_/#:` and blank, a name of 1 to 255, at most 30 dimensions of ASCII.
    pub fn new(namespace: &str, name: &str, dimensions: Dimensions) -> Result<Self, MetricError> {
        let id = Self {
            namespace: namespace.into(),
            name: name.into(),
            dimensions,
        };
        id.check()?;
        Ok(id)
    }

    /// The limits of [`MetricId::new`], for an id built field by field.
    pub fn check(&self) -> Result<(), MetricError> {
        check_namespace(&self.namespace)?;
        if !has_length(&self.name, 255) || is_blank(&self.name) {
            return Err(MetricError::value(
                &self.name,
                "MetricData.member.1.MetricName",
            ));
        }
        if self.dimensions.len() > MOST_DIMENSIONS {
            return Err(MetricError::size(
                "MetricData.member.1.Dimensions",
                MOST_DIMENSIONS,
            ));
        }
        self.dimensions
            .iter()
            .try_for_each(|(name, value)| check_dimension(name, value))
    }
}

fn check_namespace(namespace: &str) -> Result<(), MetricError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_/#: ".contains(c);
    let fits = has_length(namespace, 255) && namespace.chars().all(allowed);
    if fits && !namespace.starts_with(':') && !is_blank(namespace) {
        return Ok(());
    }
    Err(MetricError::value(namespace, "Namespace"))
}

fn check_dimension(name: &str, value: &str) -> Result<(), MetricError> {
    if !has_length(name, 255) || !is_printed(name) || name.starts_with(':') || is_blank(name) {
        return Err(MetricError::value(
            name,
            "MetricData.member.1.Dimensions.member.Name",
        ));
    }
    if !has_length(value, 1024) || !is_printed(value) || is_blank(value) {
        return Err(MetricError::value(
            value,
            "MetricData.member.1.Dimensions.member.Value",
        ));
    }
    Ok(())
}

/// ASCII without control characters (the `Dimension` type of the API reference).
fn is_printed(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii() && !c.is_ascii_control())
}

/// PutMetricData's own rule beside the limits of [`MetricId`]: namespaces that begin with `AWS/` are AWS's.
pub fn check_custom_namespace(namespace: &str) -> Result<(), MetricError> {
    if namespace.starts_with("AWS/") {
        return Err(MetricError::value(namespace, "Namespace"));
    }
    check_namespace(namespace)
}

fn has_length(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().count() <= most
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dimensions(count: usize) -> Dimensions {
        (0..count)
            .map(|n| (format!("d{n}"), "v".to_owned()))
            .collect()
    }

    #[test]
    fn limits_of_a_metric_are_kept() {
        assert!(MetricId::new("shop/api #1", "Höhe", dimensions(30)).is_ok());
        assert!(MetricId::new("shop", "x", dimensions(31)).is_err());
        for namespace in ["", " ", ":x", "a*b", "é", &"x".repeat(256)] {
            assert!(
                MetricId::new(namespace, "x", Dimensions::new()).is_err(),
                "{namespace}"
            );
        }
        let pair =
            |name: &str, value: &str| Dimensions::from([(name.to_owned(), value.to_owned())]);
        for (name, value) in [
            ("", "v"),
            (":a", "v"),
            ("a", ""),
            ("a", " "),
            ("é", "v"),
            ("a", "é"),
            ("a\u{1}", "v"),
            ("a", "v\n"),
        ] {
            assert!(
                MetricId::new("shop", "x", pair(name, value)).is_err(),
                "{name}={value}"
            );
        }
    }

    #[test]
    fn namespaces_of_aws_are_for_aws_to_write() {
        assert!(check_custom_namespace("AWS/ECS").is_err());
        assert!(check_custom_namespace("Awsome").is_ok());
    }
}
