use std::collections::BTreeMap;

use ::regex::Regex;

use super::cursor::{Cursor, is_blank};
use super::decimal::Decimal;
use super::delimited::{Captured, Delimited};
use super::error::{PatternError, Result};
use super::json::JsonPattern;
use super::json_value::Json;
use super::operand::Scalar;
use super::regex::parse_expression;
use super::selector::{Found, Selector};
use super::terms::Terms;
use crate::diag::Span;

const LONGEST: usize = 1024;
const TOO_LONG: &str = "1 validation error detected: Value at 'filterPattern' failed to satisfy constraint: \
     Member must have length less than or equal to 1024";

/// What a selector finds in an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Extracted {
    /// Nothing there, or JSON null.
    Missing,
    /// A number, or text that is one.
    Number(f64),
    /// Text.
    Text(String),
    /// Anything else: a boolean, an object, an array, a number beyond the range of a double.
    Other,
}

/// A parsed filter pattern.
#[derive(Clone, Debug)]
pub struct FilterPattern(Kind);

/// The four kinds of pattern, and the one that takes everything.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Everything,
    Terms(Terms),
    Expression(Regex),
    Json(JsonPattern),
    Delimited(Delimited),
}

impl FilterPattern {
    /// Parses `text`.
    pub fn parse(text: &str) -> Result<Self> {
        if text.chars().count() > LONGEST {
            return Err(PatternError::limit(TOO_LONG, Span::new(0, text.len())));
        }
        let end = text.trim_end_matches(is_blank).len();
        let start = end - text[..end].trim_start_matches(is_blank).len();
        let inner = |open, close| {
            let whole = text.get(start..end).unwrap_or_default();
            match whole.len() > 1 && whole.ends_with(close) {
                true => Ok(Cursor::new(text, start + 1, end - 1)),
                false => Err(PatternError::unclosed(open, close, Span::new(start, end))),
            }
        };
        let kind = match text[start..end].chars().next() {
            None => Kind::Everything,
            Some('{') => Kind::Json(JsonPattern::parse(inner('{', '}')?)?),
            Some('[') => Kind::Delimited(Delimited::parse(inner('[', ']')?)?),
            Some('%') => {
                inner('%', '%')?;
                Kind::Expression(whole_expression(Cursor::new(text, start, end))?)
            }
            Some(_) => Kind::Terms(Terms::parse(Cursor::new(text, start, end))?),
        };
        Ok(Self(kind))
    }

    pub(super) fn kind(&self) -> &Kind {
        &self.0
    }

    /// Whether `message` matches.
    pub fn matches(&self, message: &str) -> bool {
        match &self.0 {
            Kind::Everything => true,
            Kind::Terms(terms) => terms.matches(message),
            Kind::Expression(expression) => expression.is_match(message),
            Kind::Json(pattern) => pattern.matches(message),
            Kind::Delimited(pattern) => pattern.capture(message).is_some(),
        }
    }

    /// What TestMetricFilter returns as `extractedValues` for a matching message; `None` where it does not
    /// match. Only space-delimited patterns extract: `$name`, or `$3` by position for fields without a name.
    pub fn extract(&self, message: &str) -> Option<BTreeMap<String, String>> {
        let Kind::Delimited(pattern) = &self.0 else {
            return self.matches(message).then(BTreeMap::new);
        };
        let captured = pattern.capture(message)?;
        Some(
            (1..)
                .zip(captured)
                .map(|(position, c)| (c.key(position), c.text.to_owned()))
                .collect(),
        )
    }

    /// The value that `selector` (`$.path` for JSON, `$name` or `$3` for space-delimited) has in `message`.
    pub fn select(&self, message: &str, selector: &str) -> Extracted {
        match &self.0 {
            Kind::Json(_) => select_json(message, selector),
            Kind::Delimited(pattern) => pattern
                .capture(message)
                .and_then(|fields| find_captured(&fields, selector))
                .map_or(Extracted::Missing, from_text),
            Kind::Everything | Kind::Terms(_) | Kind::Expression(_) => Extracted::Missing,
        }
    }

    /// The same value as text, as a dimension carries it: a string as it is, a number in its canonical form;
    /// `None` for all else.
    pub fn select_text(&self, message: &str, selector: &str) -> Option<String> {
        match &self.0 {
            Kind::Json(_) => match find_json(message, selector)?.scalar()? {
                Scalar::Number(number) if number.decimal.is_none() => None,
                scalar => Some(scalar.as_text().to_owned()),
            },
            Kind::Delimited(pattern) => {
                find_captured(&pattern.capture(message)?, selector).map(str::to_owned)
            }
            Kind::Everything | Kind::Terms(_) | Kind::Expression(_) => None,
        }
    }

    /// Whether `selector` can be read under this pattern: `$.path` without a wildcard for JSON patterns (the path
    /// need not occur in the pattern), a field's name or a position for space-delimited ones.
    pub fn accepts_selector(&self, selector: &str) -> bool {
        match &self.0 {
            Kind::Json(_) => Selector::parse_whole(selector).is_some_and(|s| !s.has_wildcard()),
            Kind::Delimited(pattern) => selector
                .strip_prefix('$')
                .is_some_and(|name| is_position(name) || name != "..." && pattern.has_field(name)),
            Kind::Everything | Kind::Terms(_) | Kind::Expression(_) => false,
        }
    }

    /// The members of a JSON event that a JSON pattern looks at, by the first key of each selector.
    pub fn members(&self) -> Vec<&str> {
        let Kind::Json(pattern) = &self.0 else {
            return Vec::new();
        };
        let conditions = pattern.conditions.each().into_iter();
        let members = conditions.filter_map(|condition| condition.selector.root_member());
        members.collect()
    }

    /// Whether its events have fields to take dimensions from: JSON and space-delimited patterns.
    pub fn has_fields(&self) -> bool {
        matches!(self.0, Kind::Json(_) | Kind::Delimited(_))
    }

    /// How many regular expressions the pattern holds. A log group takes five filters that hold any.
    pub fn regular_expressions(&self) -> usize {
        match &self.0 {
            Kind::Everything | Kind::Terms(_) => 0,
            Kind::Expression(_) => 1,
            Kind::Json(pattern) => pattern.expressions,
            Kind::Delimited(pattern) => pattern.expressions,
        }
    }
}

/// A regular expression on its own takes the whole pattern.
fn whole_expression(mut cursor: Cursor<'_>) -> Result<Regex> {
    let expression = parse_expression(&mut cursor)?;
    if cursor.is_done() {
        return Ok(expression);
    }
    Err(cursor.invalid_from(cursor.at()))
}

fn find_json<'m>(message: &'m str, selector: &str) -> Option<Json<'m>> {
    let selector = Selector::parse_whole(selector)?;
    match selector.find(Json::object(message)?) {
        Found::One(value) => value,
        Found::Many { .. } => None,
    }
}

fn select_json(message: &str, selector: &str) -> Extracted {
    let Some(value) = find_json(message, selector).filter(|v| !v.is_null()) else {
        return Extracted::Missing;
    };
    match value.scalar() {
        Some(Scalar::Number(number)) if number.decimal.is_none() => Extracted::Other,
        Some(scalar) => from_text(scalar.as_text()),
        None => Extracted::Other,
    }
}

fn from_text(text: &str) -> Extracted {
    let number = Decimal::parse(text).and_then(|_| text.parse::<f64>().ok());
    match number.filter(|n| n.is_finite()) {
        Some(number) => Extracted::Number(number),
        None => Extracted::Text(text.to_owned()),
    }
}

fn is_position(name: &str) -> bool {
    !name.starts_with('0') && name.parse::<usize>().is_ok()
}

fn find_captured<'m>(fields: &[Captured<'_, 'm>], selector: &str) -> Option<&'m str> {
    let name = selector.strip_prefix('$')?;
    let named = fields.iter().find(|f| f.name == Some(name));
    let found = named.or_else(|| fields.get(name.parse::<usize>().ok()?.checked_sub(1)?));
    found.map(|f| f.text)
}

impl Captured<'_, '_> {
    fn key(&self, position: usize) -> String {
        match self.name {
            Some(name) => format!("${name}"),
            None => format!("${position}"),
        }
    }
}
