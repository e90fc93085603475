use std::fmt;

use crate::base::Millis;
use crate::insights::RunOptions;
use crate::insights::period::Period;
use crate::insights::value::Value;

/// One scalar function of the language.
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// What it computes, in one line.
    pub summary: &'static str,
    /// How it is written.
    pub signature: &'static str,
    /// Calls with the text of their results, `None` where the result is missing.
    pub examples: &'static [(&'static str, Option<&'static str>)],
    /// The least and the greatest number of arguments.
    pub(in crate::insights) arguments: (usize, usize),
    /// How it is computed.
    pub(in crate::insights) call: Call,
}

/// As many arguments as are written.
pub(in crate::insights) const MANY: usize = usize::MAX;

/// A function of values.
pub(in crate::insights) type OfValues = for<'a> fn(&[Value<'a>]) -> Value<'a>;
/// A function of a moment and a period.
pub(in crate::insights) type Moment = fn(Millis, Period) -> Millis;
/// A function of the run.
pub(in crate::insights) type OfQuery = fn(&RunOptions) -> Value<'static>;

/// The kinds of functions.
#[derive(Clone, Copy)]
pub(in crate::insights) enum Call {
    /// Of its arguments' values.
    Values(OfValues),
    /// Of a moment and a written period.
    Moment(Moment),
    /// Of the run.
    Query(OfQuery),
    /// `bin(period)`, which reads `@timestamp`.
    Bin,
}

impl Function {
    pub(in crate::insights) fn is_named(&self, word: &str) -> bool {
        self.name.eq_ignore_ascii_case(word)
            || self
                .aliases
                .iter()
                .any(|alias| alias.eq_ignore_ascii_case(word))
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Function").field(&self.name).finish()
    }
}
