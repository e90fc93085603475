use super::{arrays, calendar, change, conditional, fill, pointwise, search, statistics};
use crate::diag::{Diagnostic, Span, metric_math as codes};
use crate::metrics::math::calculate::{Environment, MathError};
use crate::metrics::math::value::{Series, Value};

/// One function.
pub(in crate::metrics::math) struct Function {
    pub(in crate::metrics::math) name: &'static str,
    /// How it is written.
    pub(in crate::metrics::math) usage: &'static str,
    pub(in crate::metrics::math) summary: &'static str,
    /// The fewest arguments.
    pub(in crate::metrics::math) least: usize,
    /// The most arguments.
    pub(in crate::metrics::math) most: usize,
    pub(in crate::metrics::math) call: fn(&Call<'_>) -> Result<Value, MathError>,
}

/// A call with its arguments worked out; their number has been checked.
pub(in crate::metrics::math) struct Call<'a> {
    pub(in crate::metrics::math) name: &'static str,
    pub(in crate::metrics::math) arguments: Vec<Argument>,
    pub(in crate::metrics::math) span: Span,
    pub(in crate::metrics::math) environment: &'a dyn Environment,
}

/// An argument and its place.
pub(in crate::metrics::math) struct Argument {
    pub(in crate::metrics::math) value: Value,
    pub(in crate::metrics::math) span: Span,
}

const FAMILIES: &[&[Function]] = &[
    pointwise::FUNCTIONS,
    statistics::FUNCTIONS,
    change::FUNCTIONS,
    fill::FUNCTIONS,
    arrays::FUNCTIONS,
    calendar::FUNCTIONS,
    conditional::FUNCTIONS,
    search::FUNCTIONS,
];

/// The function of that name, letter case included.
pub(in crate::metrics::math) fn find(name: &str) -> Option<&'static Function> {
    FAMILIES
        .iter()
        .flat_map(|family| family.iter())
        .find(|function| function.name == name)
}

/// All names.
pub(in crate::metrics::math) fn names() -> impl Iterator<Item = &'static str> {
    FAMILIES
        .iter()
        .flat_map(|family| family.iter())
        .map(|function| function.name)
}

impl Call<'_> {
    pub(super) fn argument(&self, place: usize) -> Option<&Value> {
        self.arguments.get(place).map(|argument| &argument.value)
    }

    /// The argument at `place` as a scalar.
    pub(super) fn scalar(&self, place: usize) -> Result<f64, MathError> {
        match self.argument(place) {
            Some(Value::Scalar(number)) => Ok(*number),
            _ => self.wrong(place, "a scalar"),
        }
    }

    /// The argument at `place` as a time series.
    pub(super) fn series(&self, place: usize) -> Result<&Series, MathError> {
        match self.argument(place) {
            Some(Value::Series(series)) => Ok(series),
            _ => self.wrong(place, "a time series"),
        }
    }

    /// The argument at `place` as an array.
    pub(super) fn array(&self, place: usize) -> Result<&[Series], MathError> {
        match self.argument(place) {
            Some(Value::Array(array)) => Ok(array),
            _ => self.wrong(place, "an array of time series"),
        }
    }

    /// Changes the series of the first argument, or each series of the array that it is.
    pub(super) fn each(&self, change: impl Fn(&Series) -> Series) -> Result<Value, MathError> {
        match self.argument(0) {
            Some(Value::Series(series)) => Ok(Value::Series(change(series))),
            Some(Value::Array(array)) => Ok(Value::Array(array.iter().map(change).collect())),
            _ => self.wrong(0, "a time series or an array of time series"),
        }
    }

    /// The argument at `place` as one of `words`.
    pub(super) fn keyword(&self, place: usize, words: &str) -> Result<&'static str, MathError> {
        match self.argument(place) {
            Some(Value::Keyword(word)) if words.split(' ').any(|w| w == *word) => Ok(word),
            _ => self.wrong(place, &format!("one of {words}")),
        }
    }

    /// The complaint that the argument at `place` is not what was expected.
    pub(super) fn wrong<T>(&self, place: usize, expected: &str) -> Result<T, MathError> {
        let (span, found) = match self.arguments.get(place) {
            Some(argument) => (argument.span, argument.value.kind()),
            None => (self.span, "nothing"),
        };
        let message = format!("`{}` takes {expected} here, found {found}", self.name);
        Err(Diagnostic::error(&codes::WRONG_TYPE, span, message).into())
    }
}
