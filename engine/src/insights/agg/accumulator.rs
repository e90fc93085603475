use std::any::Any;
use std::fmt;

use crate::base::Millis;
use crate::insights::value::{Number, Value};

/// One aggregate of the language.
pub struct Aggregate {
    /// Its name.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// What it computes, in one line.
    pub summary: &'static str,
    /// How it is written.
    pub signature: &'static str,
    /// What AWS leaves open about its result, said with every answer that uses it.
    pub(in crate::insights) note: Option<&'static str>,
    /// What stands between the brackets.
    pub(in crate::insights) arguments: Arguments,
    /// Begins with no values; the number is the written one among the arguments, a period in milliseconds.
    pub(in crate::insights) start: fn(f64) -> Box<dyn Accumulator>,
}

/// What an aggregate takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::insights) enum Arguments {
    /// Nothing, `*` or one expression.
    StarOrOne,
    /// One expression.
    One,
    /// One expression and a number from 0 to 100.
    OneAndPercent,
    /// One expression; `@timestamp` must exist.
    OneInTime,
    /// One expression and a period; `@timestamp` must exist.
    OneAndPeriodInTime,
    /// One expression and a whole number.
    OneAndCount,
    /// A whole number and one expression.
    CountAndOne,
}

impl fmt::Debug for Aggregate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Aggregate").field(&self.name).finish()
    }
}

impl Aggregate {
    pub(in crate::insights) fn is_named(&self, word: &str) -> bool {
        self.name.eq_ignore_ascii_case(word)
            || self
                .aliases
                .iter()
                .any(|alias| alias.eq_ignore_ascii_case(word))
    }
}

/// A running aggregate of one group.
pub(in crate::insights) trait Accumulator: Send + Any {
    /// Takes one present value; `at` is the row's `@timestamp`.
    fn add(&mut self, value: &Value<'_>, at: Millis);
    /// Whether nothing but the numbers among the values matters, so that they may be given as such.
    fn takes_numbers(&self) -> bool {
        false
    }
    /// Takes the number of one value; only where numbers are taken.
    fn add_number(&mut self, _number: Number) {}
    /// Takes what another one of the same kind has seen, all of it later in the input
    /// unless any order fits.
    fn merge(&mut self, other: Box<dyn Any>);
    /// Whether the result is the same in whatever order values are taken and merged.
    fn fits_any_order(&self) -> bool {
        false
    }
    /// The result.
    fn finish(self: Box<Self>) -> Value<'static>;
    /// For [`Accumulator::merge`].
    fn into_any(self: Box<Self>) -> Box<dyn Any>;
}

/// The other side of a merge, as the type it is.
pub(super) fn same<T: 'static>(other: Box<dyn Any>) -> Option<T> {
    let other = other.downcast::<T>().ok().map(|boxed| *boxed);
    debug_assert!(other.is_some(), "only accumulators of one kind are merged");
    other
}

/// A whole number that was kept as a float.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "floats saturate, and NaN is zero"
)]
pub(super) fn whole(count: f64) -> usize {
    count as usize
}
