use belfry_engine::base::Millis;
use belfry_engine::metrics;

use super::mutant::{Changed, Mutant};
use super::place::of_key;
use crate::suite::{MetricFilter, Suite};
use crate::testing::coverage::filter_subject;

/// A changed filter: the key, what it becomes, and what it was.
struct Variant {
    key: &'static str,
    becomes: String,
    was: String,
    filter: MetricFilter,
}

/// The ways to change a metric filter.
const WAYS: &[fn(&MetricFilter, &mut Vec<Variant>)] = &[pattern, value, default, dimensions];

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
        variants.retain(|variant| is_valid(&variant.filter));
        mutants.extend(variants.into_iter().map(|variant| Mutant {
            name: format!("{subject}: {} {}", variant.key, variant.becomes),
            at: of_key(source, "metric_filter", filter.place(), variant.key),
            subject_at: filter.place(),
            change: format!(
                "`{}` {} instead of {}",
                variant.key, variant.becomes, variant.was
            ),
            changed: Changed::Filter(number, Box::new(variant.filter)),
        }));
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
const PIECES: &[(&str, &str)] = &[
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
fn pattern(filter: &MetricFilter, variants: &mut Vec<Variant>) {
    let mut patterns = vec![String::new()];
    for (piece, other) in PIECES {
        for (at, _) in filter.pattern.match_indices(piece) {
            let (before, after) = filter.pattern.split_at(at);
            let after = after.get(piece.len()..).unwrap_or_default();
            patterns.push(format!("{before}{other}{after}"));
        }
    }
    for pattern in patterns {
        if pattern != filter.pattern {
            variants.push(Variant {
                key: "pattern",
                becomes: format!("'{pattern}'"),
                was: format!("'{}'", filter.pattern),
                filter: MetricFilter {
                    pattern,
                    ..filter.clone()
                },
            });
        }
    }
}

/// One more, or a fixed one for a field.
fn value(filter: &MetricFilter, variants: &mut Vec<Variant>) {
    let value = match filter.value.parse::<f64>() {
        Ok(number) => (number + 1.0).to_string(),
        Err(_) => "1".to_owned(),
    };
    variants.push(Variant {
        key: "value",
        becomes: value.clone(),
        was: filter.value.clone(),
        filter: MetricFilter {
            value,
            ..filter.clone()
        },
    });
}

/// None, one more, or one where there is none.
fn default(filter: &MetricFilter, variants: &mut Vec<Variant>) {
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
            filter: MetricFilter {
                default,
                ..filter.clone()
            },
        });
    }
}

fn dimensions(filter: &MetricFilter, variants: &mut Vec<Variant>) {
    for name in filter.dimensions.keys() {
        let mut changed = filter.clone();
        changed.dimensions.remove(name);
        variants.push(Variant {
            key: "dimensions",
            becomes: format!("without {name}"),
            was: "with it".to_owned(),
            filter: changed,
        });
    }
}
