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
/// A function whose pattern, format or zone is written in the query, so that it is read once.
pub(in crate::insights) type Prepare = fn(&Given<'_>) -> Result<Prepared, Mistake>;
/// A function of the run.
pub(in crate::insights) type OfQuery = fn(&RunOptions) -> Value<'static>;

/// The kinds of functions.
#[derive(Clone, Copy)]
pub(in crate::insights) enum Call {
    /// Of its arguments' values.
    Values(OfValues),
    /// Of a moment and a written period.
    Moment(Moment),
    /// Of its arguments' values, after some of them were read from the query's text.
    Prepared(Prepare),
    /// Of the run.
    Query(OfQuery),
    /// `bin(period)`, which reads `@timestamp`.
    Bin,
}

/// The arguments of a call as they are written.
pub(in crate::insights) struct Given<'q> {
    /// The text of each argument that is a string.
    pub(in crate::insights) texts: Vec<Option<&'q str>>,
}

/// Why an argument is not accepted.
#[derive(Debug)]
pub(in crate::insights) struct Mistake {
    /// Which argument, from zero.
    pub(in crate::insights) argument: usize,
    /// What is wrong with it.
    pub(in crate::insights) reason: String,
}

impl Given<'_> {
    /// How many arguments are written.
    pub(super) fn count(&self) -> usize {
        self.texts.len()
    }

    /// An argument that must be a string in the query.
    pub(super) fn text(&self, argument: usize) -> Result<&str, Mistake> {
        let text = self.texts.get(argument).copied().flatten();
        text.ok_or_else(|| self.mistake(argument, "must be a string written in the query"))
    }

    /// A mistake in an argument.
    pub(super) fn mistake(&self, argument: usize, reason: impl Into<String>) -> Mistake {
        let reason = reason.into();
        Mistake { argument, reason }
    }
}

type Computation = dyn for<'a> Fn(&[Value<'a>]) -> Value<'a> + Send + Sync;

/// What is left to compute once the written arguments are read.
pub(in crate::insights) struct Prepared(Box<Computation>);

impl Prepared {
    pub(in crate::insights) fn new(
        compute: impl for<'a> Fn(&[Value<'a>]) -> Value<'a> + Send + Sync + 'static,
    ) -> Self {
        Self(Box::new(compute))
    }

    /// The result for one row's arguments.
    pub(in crate::insights) fn call<'a>(&self, arguments: &[Value<'a>]) -> Value<'a> {
        (self.0)(arguments)
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Prepared")
    }
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
