use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use super::dynamic_label::{DynamicLabel, LabelValue, Part, Place, Property};
use super::query::MetricStat;
use super::{MetricError, MetricStore};
use crate::base::Millis;

/// What a label without a point shows in the place of a value.
const NO_VALUE: &str = "--";

/// What a label may show of one series.
pub(super) struct LabelFacts<'a> {
    /// The default label.
    pub(super) label: &'a str,
    /// The points shown, oldest first.
    pub(super) points: &'a [(Millis, f64)],
    /// The metric that the series is; none where it was calculated.
    pub(super) source: Option<&'a MetricStat>,
    /// Whose account and region.
    pub(super) store: &'a MetricStore,
    /// When it is shown.
    pub(super) now: Millis,
    /// `LabelOptions.Timezone`, in seconds east of UTC.
    pub(super) offset: i32,
}

impl DynamicLabel {
    /// The label with its values. AWS does not say how numbers, times and durations are written: here as the shortest
    /// decimal, `2026-11-22T01:30:00+0130`, and `1h 5m 3s`.
    pub(super) fn text(&self, facts: &LabelFacts<'_>) -> Result<String, MetricError> {
        let part = |part: &Part| match part {
            Part::Text(text) => Ok(text.clone()),
            Part::Value(value) => facts.value(value),
        };
        self.parts.iter().map(part).collect()
    }
}

impl LabelFacts<'_> {
    fn value(&self, value: &LabelValue) -> Result<String, MetricError> {
        let shown = match value {
            LabelValue::Label => Some(self.label.to_owned()),
            LabelValue::DatapointCount => Some(self.points.len().to_string()),
            LabelValue::Sum => self.sum().map(number),
            LabelValue::Avg => self.average().map(number),
            LabelValue::Of(place) => self.point(*place).map(|(_, value)| number(value)),
            LabelValue::TimeOf(place) => self.point(*place).map(|(at, _)| self.time(at)),
            LabelValue::AgeOf(place) => self.point(*place).map(|(at, _)| duration(at, self.now)),
            LabelValue::Range(from, to) => self.pair(*from, *to).map(|(a, b)| number(b.1 - a.1)),
            LabelValue::TimeRange(from, to) => {
                self.pair(*from, *to).map(|(a, b)| duration(a.0, b.0))
            }
            LabelValue::Property(property) => return self.property(property),
        };
        Ok(shown.unwrap_or_else(|| NO_VALUE.to_owned()))
    }

    fn sum(&self) -> Option<f64> {
        let values = self.points.iter().map(|(_, value)| value);
        (!self.points.is_empty()).then(|| values.sum())
    }

    fn average(&self) -> Option<f64> {
        let count = u32::try_from(self.points.len()).ok()?;
        self.sum().map(|sum| sum / f64::from(count))
    }

    /// Of several least or greatest points the first.
    fn point(&self, place: Place) -> Option<(Millis, f64)> {
        let points = self.points.iter().copied();
        match place {
            Place::First => self.points.first().copied(),
            Place::Last => self.points.last().copied(),
            Place::Min => points.min_by(|a, b| a.1.total_cmp(&b.1)),
            Place::Max => points.reduce(|a, b| if b.1 > a.1 { b } else { a }),
        }
    }

    fn pair(&self, from: Place, to: Place) -> Option<((Millis, f64), (Millis, f64))> {
        Some((self.point(from)?, self.point(to)?))
    }

    fn time(&self, at: Millis) -> String {
        let offset = Offset::from_seconds(self.offset).unwrap_or(Offset::UTC);
        let zoned = Timestamp::from_millisecond(at.0).map(|t| t.to_zoned(TimeZone::fixed(offset)));
        zoned.map_or_else(
            |_| NO_VALUE.to_owned(),
            |zoned| zoned.strftime("%Y-%m-%dT%H:%M:%S%z").to_string(),
        )
    }

    fn property(&self, property: &Property) -> Result<String, MetricError> {
        let Some(stat) = self.source else {
            return Err(MetricError::validation(format!(
                "The label of '{}' asks for a property of a metric, and the series is calculated.",
                self.label
            )));
        };
        Ok(match property {
            Property::AccountId => self.store.account().to_owned(),
            Property::Region => self.store.region().to_owned(),
            Property::MetricName => stat.id.name.to_string(),
            Property::Namespace => stat.id.namespace.to_string(),
            Property::Period => stat.period.to_string(),
            Property::Stat => stat.statistic.to_string(),
            Property::Dimension(name) => {
                let value = stat.id.dimensions.get(name);
                value.map_or_else(|| NO_VALUE.to_owned(), Clone::clone)
            }
        })
    }
}

fn number(value: f64) -> String {
    value.to_string()
}

/// `1d 2h`, without parts that are zero.
fn duration(from: Millis, to: Millis) -> String {
    let mut seconds = (to.0.saturating_sub(from.0)).abs() / 1000;
    let mut parts = Vec::new();
    for (width, unit) in [(86_400, 'd'), (3600, 'h'), (60, 'm'), (1, 's')] {
        if seconds >= width {
            parts.push(format!("{}{unit}", seconds / width));
            seconds %= width;
        }
    }
    if parts.is_empty() {
        return "0s".to_owned();
    }
    parts.join(" ")
}
