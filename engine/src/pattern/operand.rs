use std::borrow::Cow;
use std::cmp::Ordering;

use ::regex::Regex;

use super::cursor::{Cursor, is_word};
use super::decimal::{Decimal, number_length};
use super::error::{PatternError, Result};
use super::glob::Glob;
use super::number::Number;
use super::regex::parse_expression;

const TOO_MANY_EXPRESSIONS: &str =
    "Your input has exceeded the maximum of 2 regular expressions per filter pattern.";

/// How a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// Longer signs first.
const COMPARISONS: &[(&str, Comparison)] = &[
    ("!=", Comparison::NotEqual),
    (">=", Comparison::GreaterOrEqual),
    ("<=", Comparison::LessOrEqual),
    ("=", Comparison::Equal),
    (">", Comparison::Greater),
    ("<", Comparison::Less),
];

impl Comparison {
    pub(super) fn parse(cursor: &mut Cursor<'_>) -> Option<Self> {
        COMPARISONS
            .iter()
            .find(|(sign, _)| cursor.eat(sign))
            .map(|(_, comparison)| *comparison)
    }

    pub(super) fn is_ordering(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }

    fn accepts(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
        }
    }
}

/// The right side of a comparison.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    /// A bare number, and the text it was typed as.
    Number(Decimal, String),
    /// Bare or quoted text; `*` is a wildcard in both.
    Text { glob: Glob, quoted: bool },
    /// `%…%`.
    Expression(Regex),
}

/// What a condition compares with its operand.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar<'a> {
    /// A JSON string.
    Text(Cow<'a, str>),
    /// A JSON number.
    Number(Number),
    /// A field of a space-delimited message: text that counts as a number where it is one.
    Field(&'a str),
}

impl Operand {
    /// Reads an operand; `expressions` counts the regular expressions of the pattern.
    pub(super) fn parse(cursor: &mut Cursor<'_>, expressions: &mut usize) -> Result<Self> {
        match cursor.peek() {
            Some('"') => Self::quoted(cursor),
            Some('%') => Self::expression(cursor, expressions),
            _ => Self::bare(cursor),
        }
    }

    fn quoted(cursor: &mut Cursor<'_>) -> Result<Self> {
        let open = cursor.at();
        cursor.next();
        let glob = Glob::new(cursor.take_until("\"", open)?);
        Ok(Self::Text { glob, quoted: true })
    }

    fn expression(cursor: &mut Cursor<'_>, expressions: &mut usize) -> Result<Self> {
        let start = cursor.at();
        let expression = parse_expression(cursor)?;
        *expressions += 1;
        if *expressions > 2 {
            return Err(PatternError::limit(
                TOO_MANY_EXPRESSIONS,
                cursor.span_from(start),
            ));
        }
        Ok(Self::Expression(expression))
    }

    fn bare(cursor: &mut Cursor<'_>) -> Result<Self> {
        let start = cursor.at();
        if let Some(length) = number_length(cursor.rest())
            && !cursor.rest()[length..].starts_with(is_bare)
        {
            let text = &cursor.rest()[..length];
            cursor.skip(length);
            let number = Decimal::parse(text)
                .ok_or_else(|| PatternError::pattern(cursor.span_from(start)))?;
            return Ok(Self::Number(number, text.to_owned()));
        }
        let word = cursor.take_while(is_bare);
        if word.is_empty() {
            return Err(cursor.unexpected());
        }
        if word.eq_ignore_ascii_case("null") {
            return Err(PatternError::pattern(cursor.span_from(start)));
        }
        Ok(Self::Text {
            glob: Glob::new(word),
            quoted: false,
        })
    }

    /// Whether `scalar` stands to the operand as `comparison` says.
    pub(super) fn test(&self, comparison: Comparison, scalar: &Scalar<'_>) -> bool {
        if let (Self::Number(operand, _), Some(number)) = (self, scalar.as_number()) {
            return number.is_some_and(|n| comparison.accepts(n.as_ref().cmp(operand)));
        }
        match comparison {
            Comparison::Equal => self.equals_text(scalar.as_text()),
            Comparison::NotEqual => !self.equals_text(scalar.as_text()),
            _ => false,
        }
    }

    /// Texts that stand in every string that equals the operand. What may also be the canonical text of a number is left
    /// out, because the number may be written otherwise.
    pub(super) fn words(&self) -> Vec<&str> {
        let in_numbers = |c: char| c.is_ascii_digit() || ".+-eEInfity".contains(c);
        match self {
            Self::Text { glob, .. } => glob
                .pieces()
                .filter(|p| !p.chars().all(in_numbers))
                .collect(),
            Self::Number(..) | Self::Expression(_) => Vec::new(),
        }
    }

    fn equals_text(&self, text: &str) -> bool {
        match self {
            Self::Number(_, typed) => typed == text,
            Self::Text { glob, .. } => glob.matches(text),
            Self::Expression(expression) => expression.is_match(text),
        }
    }
}

impl Scalar<'_> {
    /// The number to compare with a number: `None` where the scalar is text; `Some(None)` where it is a number
    /// beyond all comparison.
    fn as_number(&self) -> Option<Option<Cow<'_, Decimal>>> {
        match self {
            Self::Text(_) => None,
            Self::Number(number) => Some(number.decimal.as_ref().map(Cow::Borrowed)),
            Self::Field(text) => Decimal::parse(text).map(|n| Some(Cow::Owned(n))),
        }
    }

    pub(super) fn as_text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => &number.text,
            Self::Field(text) => text,
        }
    }
}

fn is_bare(c: char) -> bool {
    is_word(c) || c == '*'
}
