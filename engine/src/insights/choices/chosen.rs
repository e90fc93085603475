use thiserror::Error;

use super::CHOICES;
use crate::diag::nearest;

/// What is chosen where AWS is silent. The default is what the engine takes for most likely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    pub(in crate::insights) missing_is_not_equal: bool,
    pub(in crate::insights) row_of_nothing: bool,
    pub(in crate::insights) percentile_of_nothing_is_missing: bool,
    pub(in crate::insights) group_order: GroupOrder,
    pub(in crate::insights) drops_missing_keys: bool,
    pub(in crate::insights) deviation_of_sample: bool,
    pub(in crate::insights) latest_keeps_moments: bool,
    pub(in crate::insights) rate_over_period: bool,
    pub(in crate::insights) unnest_keeps_missing: bool,
    pub(in crate::insights) expand_drops_missing: bool,
    pub(in crate::insights) fills_whole_range: bool,
    pub(in crate::insights) accum_skips_missing: bool,
    pub(in crate::insights) appends_to_columns: bool,
    pub(in crate::insights) offset_looks_ahead: bool,
    pub(in crate::insights) path_numbers_are_keys: bool,
    pub(in crate::insights) refuses_sort_by_gone_time: bool,
    pub(in crate::insights) shows_parsed_alone: bool,
    pub(in crate::insights) numbers_as_java: bool,
    pub(in crate::insights) default_limit: usize,
    pub(in crate::insights) fields_per_event: usize,
}

/// The order of rows of a `stats` without `sort`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::insights) enum GroupOrder {
    /// By the first key that is a moment, greatest first; else as first seen.
    NewestFirst,
    OldestFirst,
    FirstSeen,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            missing_is_not_equal: false,
            row_of_nothing: false,
            percentile_of_nothing_is_missing: false,
            group_order: GroupOrder::NewestFirst,
            drops_missing_keys: false,
            deviation_of_sample: false,
            latest_keeps_moments: false,
            rate_over_period: false,
            unnest_keeps_missing: false,
            expand_drops_missing: false,
            fills_whole_range: false,
            accum_skips_missing: false,
            appends_to_columns: false,
            offset_looks_ahead: false,
            path_numbers_are_keys: false,
            refuses_sort_by_gone_time: false,
            shows_parsed_alone: false,
            numbers_as_java: false,
            default_limit: 10_000,
            fields_per_event: super::FIELDS_PER_EVENT,
        }
    }
}

/// Why a choice cannot be made.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ChoiceError {
    /// There is no `=`.
    #[error("a choice is written `name=value`, found `{0}`")]
    Form(String),
    /// No choice has the name.
    #[error("unknown choice `{name}`; {hint}")]
    Name {
        /// What was written.
        name: String,
        /// A name nearby, or all names.
        hint: String,
    },
    /// The choice has no such value.
    #[error("`{name}` has no value `{found}`; its values are {values}")]
    Value {
        /// The choice.
        name: &'static str,
        /// What was written.
        found: String,
        /// What could be written.
        values: String,
    },
}

impl Choices {
    /// Makes one choice, written `name=value`.
    pub fn set(&mut self, written: &str) -> Result<(), ChoiceError> {
        let Some((name, value)) = written.split_once('=') else {
            return Err(ChoiceError::Form(written.to_owned()));
        };
        let Some(choice) = CHOICES.iter().find(|choice| choice.name == name) else {
            let names = || CHOICES.iter().map(|choice| choice.name);
            let all: Vec<_> = names().collect();
            let hint = match nearest(name, names()) {
                Some(near) => format!("a choice with a similar name exists: `{near}`"),
                None => format!("the choices are {}", all.join(", ")),
            };
            let name = name.to_owned();
            return Err(ChoiceError::Name { name, hint });
        };
        let Some(alternative) = choice.values.iter().find(|known| known.value == value) else {
            let values: Vec<_> = choice.values.iter().map(|known| known.value).collect();
            return Err(ChoiceError::Value {
                name: choice.name,
                found: value.to_owned(),
                values: values.join(", "),
            });
        };
        (alternative.choose)(self);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_of_every_choice_is_the_default_and_the_others_are_not() {
        for choice in CHOICES {
            for (at, alternative) in choice.values.iter().enumerate() {
                let mut choices = Choices::default();
                let written = format!("{}={}", choice.name, alternative.value);
                choices.set(&written).unwrap();
                assert_eq!(choices == Choices::default(), at == 0, "{written}");
            }
        }
    }

    #[test]
    fn a_wrong_choice_is_named_with_what_would_work() {
        let wrong = |written: &str| Choices::default().set(written).unwrap_err().to_string();
        assert!(wrong("limit").contains("name=value"));
        assert!(wrong("default-limits=1").contains("`default-limit`"));
        assert!(wrong("default-limit=1").contains("10000, 1000"));
    }
}
