use belfry_engine::base::Millis;
use belfry_engine::metrics;

use super::alarm_metric::beside;
use super::mutant::{Changed, Mutant};
use super::pieces::{Pieces, turned};
use super::variant::{Subject, Variant};
use crate::suite::{MetricFilter, Suite};
use crate::testing::coverage::filter_subject;

type Variants = Vec<Variant<MetricFilter>>;

/// The ways to change a metric filter.
const WAYS: &[fn(&MetricFilter, &mut Variants)] = &[pattern, value, default, dimensions, unit];

pub(super) fn mutants(suite: &Suite, source: &str) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (number, filter) in suite.metric_filters.iter().enumerate() {
        let subject = filter_subject(suite, filter);
        mutants.push(Mutant {
            name: format!("{subject}: dropped"),
            at: filter.place(),
            subject_at: filter.place(),
            change: "no such metric filter".to_owned(),
            changed: Changed::NoFilter(number),
        });
        let mut variants = Vec::new();
        for way in WAYS {
            way(filter, &mut variants);
        }
        variants.retain(|variant| is_valid(&variant.changed));
        let subject = Subject {
            name: &subject,
            list: "metric_filter",
            at: filter.place(),
            source,
        };
        let of = |filter| Changed::Filter(number, Box::new(filter));
        mutants.extend(variants.into_iter().map(|v| subject.mutant(v, of)));
    }
    mutants
}

/// Whether PutMetricFilter would take it.
fn is_valid(filter: &MetricFilter) -> bool {
    let transformation = metrics::MetricTransformation {
        name: filter.metric.clone(),
        namespace: filter.namespace.clone(),
        value: filter.value.clone(),
        default_value: filter.default,
        dimensions: filter.dimensions.clone(),
        unit: None,
    };
    metrics::MetricFilter::try_new(&filter.name, &filter.pattern, transformation, Millis(0)).is_ok()
}

/// What a piece of a pattern is mistaken for, both ways; a piece that is part of a longer one stands behind it.
const PIECES: Pieces = &[
    (" != ", " = "),
    (" = ", " != "),
    (" >= ", " > "),
    (" > ", " >= "),
    (" <= ", " < "),
    (" < ", " <= "),
    (" && ", " || "),
    (" || ", " && "),
    (" IS TRUE", " IS FALSE"),
    (" IS FALSE", " IS TRUE"),
    (" NOT EXISTS", " IS NULL"),
];

/// Everything, and each piece for its opposite.
fn pattern(filter: &MetricFilter, variants: &mut Variants) {
    let mut patterns = vec![String::new()];
    patterns.extend(turned(&filter.pattern, PIECES));
    for pattern in patterns {
        if pattern != filter.pattern {
            variants.push(Variant {
                key: "pattern",
                becomes: format!("'{pattern}'"),
                was: format!("'{}'", filter.pattern),
                changed: MetricFilter {
                    pattern,
                    ..filter.clone()
                },
            });
        }
    }
}

/// One more, or a fixed one for a field.
fn value(filter: &MetricFilter, variants: &mut Variants) {
    let value = match filter.value.parse::<f64>() {
        Ok(number) => (number + 1.0).to_string(),
        Err(_) => "1".to_owned(),
    };
    variants.push(Variant {
        key: "value",
        becomes: value.clone(),
        was: filter.value.clone(),
        changed: MetricFilter {
            value,
            ..filter.clone()
        },
    });
}

/// None, one more, or one where there is none.
fn default(filter: &MetricFilter, variants: &mut Variants) {
    let shown = |default: Option<f64>| default.map_or("none".to_owned(), |d| d.to_string());
    let others = match filter.default {
        Some(default) => vec![None, Some(default + 1.0)],
        None => vec![Some(0.0)],
    };
    for default in others {
        variants.push(Variant {
            key: "default",
            becomes: shown(default),
            was: shown(filter.default),
            changed: MetricFilter {
                default,
                ..filter.clone()
            },
        });
    }
}

fn dimensions(filter: &MetricFilter, variants: &mut Variants) {
    for name in filter.dimensions.keys() {
        let mut changed = filter.clone();
        changed.dimensions.remove(name);
        variants.push(Variant {
            key: "dimensions",
            becomes: format!("without {name}"),
            was: "with it".to_owned(),
            changed,
        });
    }
}

/// None, and another one of its kind. (Where there is none, one more would be no mistake of a letter but a decision.)
fn unit(filter: &MetricFilter, variants: &mut Variants) {
    if filter.unit == "None" {
        return;
    }
    let mut others = vec!["None", beside(&filter.unit)];
    others.retain(|other| *other != filter.unit);
    others.dedup();
    for other in others {
        variants.push(Variant {
            key: "unit",
            becomes: other.to_owned(),
            was: filter.unit.clone(),
            changed: MetricFilter {
                unit: other.to_owned(),
                ..filter.clone()
            },
        });
    }
}
