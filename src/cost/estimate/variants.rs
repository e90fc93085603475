use rust_decimal::Decimal;

use super::Assumptions;

/// Another way to run the same suite.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// What is done.
    pub name: &'static str,
    /// What it takes away.
    pub loses: &'static str,
    /// The assumptions with it.
    pub apply: fn(Assumptions) -> Assumptions,
}

/// What brings the bill down, each by itself and then together.
pub const VARIANTS: &[Variant] = &[
    Variant {
        name: "one line in ten below WARN",
        loses: "queries see a tenth of the successes, and metrics in those lines go with them",
        apply: |assumed| assumed.with("sampled", Decimal::new(1, 1)),
    },
    Variant {
        name: "metrics in lines of their own",
        loses: "percentiles of single requests: a task writes its metrics once a minute",
        apply: |mut assumed| {
            assumed.metrics_apart = true;
            assumed
        },
    },
    Variant {
        name: "7 days of retention",
        loses: "what is older than a week",
        apply: |mut assumed| {
            assumed.retention_days = Some(7);
            assumed
        },
    },
    Variant {
        name: "Infrequent Access class",
        loses: "metric filters, embedded metrics, Live Tail: the Standard class alone has them",
        apply: |mut assumed| {
            assumed.infrequent = true;
            assumed
        },
    },
    Variant {
        name: "metrics apart, one line in a hundred below WARN",
        loses: "queries see one success in a hundred; errors stay whole",
        apply: |assumed| {
            let mut assumed = assumed.with("sampled", Decimal::new(1, 2));
            assumed.metrics_apart = true;
            assumed
        },
    },
];
