//! The registry of codes, one table per language: `Q` Logs Insights, `P` filter patterns, `M` metric
//! math, `N` Metrics Insights, `S` suite files, `D` dashboard bodies, `R` rules of composite alarms, `C` checks of a whole
//! suite, `T` test files and what tests find.

pub mod alarm_rule;
pub mod check;
pub mod dashboard;
pub mod metric_math;
pub mod metrics_insights;
pub mod pattern;
pub mod query;
pub mod suite;
pub mod test;

/// One kind of mistake, with its page in the reference.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `Q0301`: never reused once released.
    pub name: &'static str,
    /// A lower-case fragment: `unknown function`.
    pub title: &'static str,
    /// What it means, why it matters and what would work; shown by `belfry explain`.
    pub explanation: &'static str,
}

/// Every table, for `belfry explain` and the reference.
pub const ALL_CODES: &[&[&Code]] = &[
    query::CODES,
    pattern::CODES,
    metric_math::CODES,
    metrics_insights::CODES,
    suite::CODES,
    dashboard::CODES,
    check::CODES,
    alarm_rule::CODES,
    test::CODES,
];

/// Declares the codes of one language and the table that lists them.
macro_rules! codes {
    ($($constant:ident = $name:literal, $title:literal, $explanation:literal;)*) => {
        $(
            #[doc = concat!($name, ": ", $title, ".")]
            pub static $constant: $crate::diag::Code = $crate::diag::Code {
                name: $name,
                title: $title,
                explanation: $explanation,
            };
        )*
        /// All codes of this language, in order.
        pub const CODES: &[&$crate::diag::Code] = &[$(&$constant),*];
    };
}
use codes;

#[cfg(test)]
mod tests {
    use super::ALL_CODES;

    #[test]
    fn no_code_is_used_twice() {
        let mut names: Vec<_> = ALL_CODES
            .iter()
            .flat_map(|t| t.iter())
            .map(|c| c.name)
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
