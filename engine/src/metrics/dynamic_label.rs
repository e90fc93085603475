use super::MetricError;

/// A label holds so many dynamic values at most, and the default label once ("Using dynamic labels").
const MOST_VALUES: usize = 6;

/// A label with dynamic values: `[max: ${MAX}] ${LABEL}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DynamicLabel {
    pub(super) parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Text(String),
    Value(LabelValue),
}

/// What stands in a label between `${` and `}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LabelValue {
    /// The default label.
    Label,
    /// How many points.
    DatapointCount,
    Sum,
    Avg,
    /// The value of one point.
    Of(Place),
    /// When that point is.
    TimeOf(Place),
    /// How long ago that was.
    AgeOf(Place),
    /// From one point's value to another's.
    Range(Place, Place),
    /// From one point's time to another's.
    TimeRange(Place, Place),
    /// A property of the metric.
    Property(Property),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    First,
    Last,
    Min,
    Max,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Property {
    AccountId,
    MetricName,
    Namespace,
    Period,
    Region,
    Stat,
    Dimension(String),
}

const VALUES: &[(&str, LabelValue)] = &[
    ("AVG", LabelValue::Avg),
    ("DATAPOINT_COUNT", LabelValue::DatapointCount),
    ("FIRST", LabelValue::Of(Place::First)),
    (
        "FIRST_LAST_RANGE",
        LabelValue::Range(Place::First, Place::Last),
    ),
    (
        "FIRST_LAST_TIME_RANGE",
        LabelValue::TimeRange(Place::First, Place::Last),
    ),
    ("FIRST_TIME", LabelValue::TimeOf(Place::First)),
    ("FIRST_TIME_RELATIVE", LabelValue::AgeOf(Place::First)),
    ("LABEL", LabelValue::Label),
    ("LAST", LabelValue::Of(Place::Last)),
    ("LAST_TIME", LabelValue::TimeOf(Place::Last)),
    ("LAST_TIME_RELATIVE", LabelValue::AgeOf(Place::Last)),
    ("MAX", LabelValue::Of(Place::Max)),
    ("MAX_TIME", LabelValue::TimeOf(Place::Max)),
    ("MAX_TIME_RELATIVE", LabelValue::AgeOf(Place::Max)),
    ("MIN", LabelValue::Of(Place::Min)),
    ("MIN_MAX_RANGE", LabelValue::Range(Place::Min, Place::Max)),
    (
        "MIN_MAX_TIME_RANGE",
        LabelValue::TimeRange(Place::Min, Place::Max),
    ),
    ("MIN_TIME", LabelValue::TimeOf(Place::Min)),
    ("MIN_TIME_RELATIVE", LabelValue::AgeOf(Place::Min)),
    ("SUM", LabelValue::Sum),
];

const PROPERTIES: &[(&str, Property)] = &[
    ("AccountId", Property::AccountId),
    ("MetricName", Property::MetricName),
    ("Namespace", Property::Namespace),
    ("Period", Property::Period),
    ("Region", Property::Region),
    ("Stat", Property::Stat),
];

impl DynamicLabel {
    /// Reads a label. Names as in "Using dynamic labels" of the user guide.
    pub(super) fn parse(label: &str) -> Result<Self, MetricError> {
        let mut parts = Vec::new();
        let mut rest = label;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((inside, behind)) = after.split_once('}') else {
                return Err(refused(label, &format!("`${{{after}` has no closing `}}`")));
            };
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Value(value(label, inside)?));
            rest = behind;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        let label_of = Self { parts };
        label_of.check(label)?;
        Ok(label_of)
    }

    /// Whether it has a dynamic value.
    pub(super) fn is_dynamic(&self) -> bool {
        self.values().next().is_some()
    }

    fn values(&self) -> impl Iterator<Item = &LabelValue> {
        self.parts.iter().filter_map(|part| match part {
            Part::Value(value) => Some(value),
            Part::Text(_) => None,
        })
    }

    fn check(&self, label: &str) -> Result<(), MetricError> {
        let count = self.values().count();
        if count > MOST_VALUES {
            let message = format!("{count} dynamic values, at most {MOST_VALUES}");
            return Err(refused(label, &message));
        }
        if self.values().filter(|v| **v == LabelValue::Label).count() > 1 {
            return Err(refused(label, "`${LABEL}` stands twice"));
        }
        Ok(())
    }
}

fn value(label: &str, inside: &str) -> Result<LabelValue, MetricError> {
    if let Some((_, value)) = VALUES.iter().find(|(name, _)| *name == inside) {
        return Ok(value.clone());
    }
    let property = inside
        .strip_prefix("PROP('")
        .and_then(|rest| rest.strip_suffix("')"));
    match property {
        Some(name) => property_named(label, name).map(LabelValue::Property),
        None => {
            let near = crate::diag::nearest(inside, VALUES.iter().map(|(name, _)| *name));
            let hint =
                near.map_or_else(String::new, |near| format!("; did you mean `${{{near}}}`?"));
            Err(refused(
                label,
                &format!("`${{{inside}}}` is no dynamic value{hint}"),
            ))
        }
    }
}

fn property_named(label: &str, name: &str) -> Result<Property, MetricError> {
    if let Some(dimension) = name.strip_prefix("Dim.").filter(|name| !name.is_empty()) {
        return Ok(Property::Dimension(dimension.to_owned()));
    }
    if let Some((_, property)) = PROPERTIES.iter().find(|(known, _)| *known == name) {
        return Ok(property.clone());
    }
    let message = match name {
        "AccountLabel" => "`AccountLabel` is known in monitoring accounts only".to_owned(),
        _ => {
            let names: Vec<_> = PROPERTIES.iter().map(|(name, _)| *name).collect();
            format!(
                "`{name}` is no property: expected {} or Dim.NAME",
                names.join(", ")
            )
        }
    };
    Err(refused(label, &message))
}

fn refused(label: &str, message: &str) -> MetricError {
    MetricError::validation(format!(
        "The value {label} for parameter Label is invalid: {message}."
    ))
}
