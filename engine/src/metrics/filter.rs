use super::filter_outcome::{FilterOutcome, MissingDimension, NoValue};
use super::transformation::{check_characters, check_length};
use super::{DatumValues, Dimensions, MetricDatum, MetricError, MetricId, MetricTransformation};
use crate::base::Millis;
use crate::pattern::{Extracted, FilterPattern, SelectionCriteria, SystemFields};

const SYSTEM_FIELDS: &[&str] = &["@aws.account", "@aws.region"];

/// A metric filter: events in, data out.
#[derive(Clone, Debug)]
pub struct MetricFilter {
    /// 1 to 512 characters.
    pub name: String,
    /// The pattern as given.
    pub pattern_text: String,
    /// The pattern, parsed.
    pub pattern: FilterPattern,
    /// What a match publishes.
    pub transformation: MetricTransformation,
    /// `emitSystemFieldDimensions` with their values: `@aws.account` and `@aws.region`.
    pub system_dimensions: Dimensions,
    /// `fieldSelectionCriteria`, as given.
    pub selection: Option<SelectionCriteria>,
    /// Whether the criteria take events of this account and region; without criteria all are taken.
    pub(super) is_selected: bool,
    /// When it was put.
    pub creation_time: Millis,
}

impl MetricFilter {
    /// Checks all of PutMetricFilter's rules (pattern, name, transformation); the error carries AWS's text.
    pub fn try_new(
        name: &str,
        pattern: &str,
        transformation: MetricTransformation,
        now: Millis,
    ) -> Result<Self, MetricError> {
        check_length(name, "filterName", 512)?;
        check_characters(name, "filterName", ":*")?;
        let parsed = FilterPattern::parse(pattern)
            .map_err(|error| MetricError::invalid_parameter(error.message))?;
        transformation.check(&parsed, 0)?;
        Ok(Self {
            name: name.to_owned(),
            pattern_text: pattern.to_owned(),
            pattern: parsed,
            transformation,
            system_dimensions: Dimensions::new(),
            selection: None,
            is_selected: true,
            creation_time: now,
        })
    }

    /// With `fieldSelectionCriteria`, for events of the account and region that `fields` names.
    #[must_use]
    pub fn with_selection(mut self, criteria: SelectionCriteria, fields: SystemFields<'_>) -> Self {
        self.is_selected = criteria.holds(fields);
        self.selection = Some(criteria);
        self
    }

    /// With `emitSystemFieldDimensions`: each field's name and the value it has here. A filter has at most three
    /// dimensions, these counted.
    pub fn with_system_dimensions(mut self, system: Dimensions) -> Result<Self, MetricError> {
        if let Some(unknown) = system
            .keys()
            .find(|name| !SYSTEM_FIELDS.contains(&name.as_str()))
        {
            let known = SYSTEM_FIELDS.join(", ");
            return Err(MetricError::invalid_parameter(format!(
                "emitSystemFieldDimensions knows {known}, not {unknown}"
            )));
        }
        self.transformation.check(&self.pattern, system.len())?;
        self.system_dimensions = system;
        Ok(self)
    }

    /// What becomes of `message`, stamped `timestamp`, ingested at `now`. The default value stands for each event that
    /// does not match, and for a match whose field is missing or null (recorded from AWS); it never carries
    /// dimensions.
    pub fn outcome(&self, message: &str, timestamp: Millis, now: Millis) -> FilterOutcome {
        self.outcome_of(message, || self.pattern.matches(message), timestamp, now)
    }

    /// The same, where something else tells whether the pattern matches: a set of the patterns of a log group.
    pub fn outcome_of(
        &self,
        message: &str,
        matches: impl FnOnce() -> bool,
        timestamp: Millis,
        now: Millis,
    ) -> FilterOutcome {
        if !self.is_selected {
            return FilterOutcome::Nothing(NoValue::NotSelected);
        }
        if !matches() {
            return self.default(NoValue::NoMatch, timestamp, now);
        }
        let selector = &self.transformation.value;
        let value = match self.transformation.literal() {
            Some(number) => number,
            None => match self.pattern.select(message, selector) {
                Extracted::Number(number) => number,
                Extracted::Missing => {
                    let missing = NoValue::Missing(selector.clone());
                    return self.default(missing, timestamp, now);
                }
                found @ (Extracted::Text(_) | Extracted::Other) => {
                    return FilterOutcome::Nothing(NoValue::NotANumber(selector.clone(), found));
                }
            },
        };
        let (dimensions, missing) = self.dimensions(message);
        let datum = self.datum(value, dimensions, timestamp);
        match datum.check(now) {
            Ok(()) => FilterOutcome::Value { datum, missing },
            Err(error) => FilterOutcome::Refused { datum, error },
        }
    }

    /// What `message` publishes: the datum of [`MetricFilter::outcome`], where the metric store takes it.
    pub fn publish(&self, message: &str, timestamp: Millis, now: Millis) -> Option<MetricDatum> {
        self.outcome(message, timestamp, now).into_datum()
    }

    fn default(&self, because: NoValue, timestamp: Millis, now: Millis) -> FilterOutcome {
        let Some(value) = self.transformation.default_value else {
            return FilterOutcome::Nothing(because);
        };
        let datum = self.datum(value, Dimensions::new(), timestamp);
        match datum.check(now) {
            Ok(()) => FilterOutcome::Default { datum, because },
            Err(error) => FilterOutcome::Refused { datum, error },
        }
    }

    /// All of its dimensions; none where one of its own is missing in `message`, with those that are.
    fn dimensions(&self, message: &str) -> (Dimensions, Vec<MissingDimension>) {
        let mut dimensions = self.system_dimensions.clone();
        let mut missing = Vec::new();
        for (name, selector) in &self.transformation.dimensions {
            let value = self.pattern.select_text(message, selector);
            match value.filter(|value| !value.is_empty()) {
                Some(value) => {
                    dimensions.insert(name.clone(), value);
                }
                None => missing.push(MissingDimension {
                    name: name.clone(),
                    selector: selector.clone(),
                }),
            }
        }
        if !missing.is_empty() {
            dimensions.clear();
        }
        (dimensions, missing)
    }

    fn datum(&self, value: f64, dimensions: Dimensions, timestamp: Millis) -> MetricDatum {
        MetricDatum {
            id: MetricId {
                namespace: self.transformation.namespace.as_str().into(),
                name: self.transformation.name.as_str().into(),
                dimensions,
            },
            values: DatumValues::Distribution(vec![(value, 1.0)]),
            unit: self.transformation.unit.unwrap_or_default(),
            timestamp,
            high_resolution: false,
        }
    }
}
