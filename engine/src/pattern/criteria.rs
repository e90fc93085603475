use std::fmt;

use super::conditions::Conditions;
use super::cursor::{Cursor, is_word};
use super::error::{PatternError, Result};
use crate::diag::Span;

/// The longest criteria (API reference, PutMetricFilter).
const LONGEST: usize = 2000;
/// Parentheses within parentheses.
const DEEPEST: usize = 64;

/// `fieldSelectionCriteria`: which events a filter looks at, by the account and region they come from.
#[derive(Clone, Debug)]
pub struct SelectionCriteria {
    text: String,
    /// `None` of an empty text, which takes all events.
    conditions: Option<Conditions<Test>>,
}

/// The system fields of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SystemFields<'a> {
    /// `@aws.account`.
    pub account: &'a str,
    /// `@aws.region`.
    pub region: &'a str,
}

#[derive(Clone, Debug)]
struct Test {
    field: Field,
    is_one_of: bool,
    values: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
enum Field {
    Account,
    Region,
}

impl SelectionCriteria {
    /// Parses `text`: tests of `@aws.account` and `@aws.region` by `=`, `!=`, `IN […]` and `NOT IN […]`, joined by `AND`,
    /// which binds tighter, and `OR`. The words stand in capitals, as in all of AWS's examples.
    pub fn parse(text: &str) -> Result<Self> {
        if text.chars().count() > LONGEST {
            let message = "1 validation error detected: Value at 'fieldSelectionCriteria' failed to satisfy constraint: \
                 Member must have length less than or equal to 2000";
            return Err(PatternError::limit(message, Span::new(0, text.len())));
        }
        if text.matches('(').count() > DEEPEST {
            let message = "Invalid field selection criteria: more than 64 parentheses";
            return Err(PatternError::limit(message, Span::new(0, text.len())));
        }
        let mut cursor = Cursor::new(text, 0, text.len());
        cursor.skip_blanks();
        if cursor.is_done() {
            return Ok(Self {
                text: text.to_owned(),
                conditions: None,
            });
        }
        let conditions = Conditions::parse_words(&mut cursor, &mut test)?;
        cursor.skip_blanks();
        if !cursor.is_done() {
            return Err(wrong(&cursor, "`AND`, `OR` or the end"));
        }
        Ok(Self {
            text: text.to_owned(),
            conditions: Some(conditions),
        })
    }

    /// As given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether events with these fields are taken.
    pub fn holds(&self, fields: SystemFields<'_>) -> bool {
        let conditions = self.conditions.as_ref();
        conditions.is_none_or(|conditions| conditions.holds(&|test| test.holds(fields)))
    }
}

impl Test {
    fn holds(&self, fields: SystemFields<'_>) -> bool {
        let found = match self.field {
            Field::Account => fields.account,
            Field::Region => fields.region,
        };
        self.values.iter().any(|value| value == found) == self.is_one_of
    }
}

fn test(cursor: &mut Cursor<'_>) -> Result<Test> {
    let field = field(cursor)?;
    cursor.skip_blanks();
    let (is_one_of, is_list) = match () {
        () if cursor.eat("!=") => (false, false),
        () if cursor.eat("=") => (true, false),
        () if eat_word(cursor, "IN") => (true, true),
        () if eat_word(cursor, "NOT") => {
            cursor.skip_blanks();
            if !eat_word(cursor, "IN") {
                return Err(wrong(cursor, "`IN`"));
            }
            (false, true)
        }
        () => return Err(wrong(cursor, "`=`, `!=`, `IN` or `NOT IN`")),
    };
    cursor.skip_blanks();
    let values = if is_list {
        list(cursor)?
    } else {
        vec![text(cursor)?]
    };
    Ok(Test {
        field,
        is_one_of,
        values,
    })
}

fn field(cursor: &mut Cursor<'_>) -> Result<Field> {
    let start = cursor.at();
    let name = cursor.take_while(|c| is_word(c) || c == '@');
    match name {
        "@aws.account" => Ok(Field::Account),
        "@aws.region" => Ok(Field::Region),
        "@source.log" => Err(PatternError::limit(
            "Invalid field selection criteria: the field @source.log is not supported here, its value is not documented",
            cursor.span_from(start),
        )),
        _ => {
            let mut back = cursor.clone();
            back.rewind(start);
            Err(wrong(&back, "`@aws.account` or `@aws.region`"))
        }
    }
}

fn list(cursor: &mut Cursor<'_>) -> Result<Vec<String>> {
    if !cursor.eat("[") {
        return Err(wrong(cursor, "`[`"));
    }
    let mut values = Vec::new();
    loop {
        cursor.skip_blanks();
        values.push(text(cursor)?);
        cursor.skip_blanks();
        if cursor.eat("]") {
            return Ok(values);
        }
        if !cursor.eat(",") {
            return Err(wrong(cursor, "`,` or `]`"));
        }
    }
}

/// Text in double quotes; no escape is documented.
fn text(cursor: &mut Cursor<'_>) -> Result<String> {
    if !cursor.eat("\"") {
        return Err(wrong(cursor, "text in double quotes"));
    }
    let value = cursor.take_while(|c| c != '"').to_owned();
    match cursor.eat("\"") {
        true => Ok(value),
        false => Err(wrong(cursor, "`\"`")),
    }
}

fn eat_word(cursor: &mut Cursor<'_>, word: &str) -> bool {
    let mut ahead = cursor.clone();
    let found = ahead.take_while(is_word) == word;
    if found {
        *cursor = ahead;
    }
    found
}

fn wrong(cursor: &Cursor<'_>, expected: impl fmt::Display) -> PatternError {
    let found = match cursor.peek() {
        Some(c) => format!("`{c}`"),
        None => "the end".to_owned(),
    };
    let message = format!("Invalid field selection criteria: expected {expected}, found {found}");
    PatternError::criteria(message, cursor.here())
}
