use std::fmt;

/// Why a message is no embedded metric document: it stays a plain log event, and CloudWatch counts no error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotEmbedded {
    /// It has no text `_aws`.
    NoMetadata,
    /// It is not one JSON object and nothing else: the parser's words, with the place.
    NotOneObject(String),
    /// `_aws` does not stand at the root, or is no object.
    MetadataIsNoObject,
    /// `_aws.CloudWatchMetrics` is missing, or is no list.
    DirectivesAreNoList,
}

/// A part of an embedded metric document that gives no metric. CloudWatch drops it silently and adds one to
/// `EMFValidationErrors` of the log group, or to `EMFParsingErrors` ([`EmbeddedRule::is_of_form`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// What is dropped: ``the metric `Latency` ``.
    pub part: String,
    /// Which rule it does not keep.
    pub rule: EmbeddedRule,
    /// What was found, what was expected.
    pub reason: String,
}

/// The rules of the embedded metric format that a part may not keep ("Specification: Embedded metric format").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EmbeddedRule {
    /// `_aws.Timestamp` is whole milliseconds since 1970.
    Timestamp,
    /// The time lies within two weeks back and two hours ahead.
    TimeWindow,
    /// A directive has `Namespace`, `Dimensions` and `Metrics`.
    Directive,
    /// The namespace is one that the metric store takes.
    Namespace,
    /// There is at least one dimension set, each a list of names.
    DimensionSets,
    /// A set has at most 30 names.
    DimensionCount,
    /// A dimension's name has 1 to 250 characters.
    DimensionName,
    /// A dimension's target is there.
    DimensionTarget,
    /// A dimension's target is text of 1 to 1,024 characters.
    DimensionValue,
    /// A directive has at most 100 metrics.
    MetricCount,
    /// A metric definition has a `Name`, a known `Unit`, and 1 or 60 as `StorageResolution`.
    MetricDefinition,
    /// A metric's target is there.
    MetricTarget,
    /// A metric's target is a number, a list of at most 100 numbers, a distribution or a statistic set.
    MetricValue,
    /// The metric store takes the datum.
    Store,
}

impl EmbeddedRule {
    /// Whether CloudWatch counts a part that breaks it in `EMFParsingErrors` (the document is recognised and badly formed) and
    /// not in `EMFValidationErrors` (a definition does not fit). The user guide tells the two apart by these words only; here the
    /// document's own time is its form, and everything in its directives is a definition.
    pub fn is_of_form(self) -> bool {
        matches!(self, Self::Timestamp)
    }
}

impl Dropped {
    pub(super) fn new(part: String, rule: EmbeddedRule, reason: impl Into<String>) -> Self {
        Self {
            part,
            rule,
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.part, self.reason)
    }
}

impl fmt::Display for NotEmbedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMetadata => f.write_str("no `_aws`: a plain log event"),
            Self::NotOneObject(words) => write!(
                f,
                "not one JSON object with nothing before or after it ({words}): a plain log event"
            ),
            Self::MetadataIsNoObject => {
                f.write_str("`_aws` is no object at the root: a plain log event")
            }
            Self::DirectivesAreNoList => {
                f.write_str("`_aws.CloudWatchMetrics` is no list: a plain log event")
            }
        }
    }
}
