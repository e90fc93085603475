use super::conditions::Conditions;
use super::cursor::{Cursor, is_word};
use super::error::{PatternError, Result};
use super::json_value::Json;
use super::operand::{Comparison, Operand};
use super::selector::{Found, Selector};

/// AWS documents the limit, not its words.
const TOO_MANY_WILDCARDS: &str =
    "Your filter pattern exceeds the maximum of 3 wildcard selectors allowed per filter pattern.";

/// A JSON pattern: conditions on selectors.
#[derive(Clone, Debug)]
pub(super) struct JsonPattern {
    conditions: Conditions<Condition>,
    /// How many regular expressions it holds.
    pub(super) expressions: usize,
}

#[derive(Clone, Debug)]
struct Condition {
    selector: Selector,
    test: Test,
}

#[derive(Clone, Debug)]
enum Test {
    Compare(Comparison, Operand),
    IsBoolean(bool),
    IsNull,
    NotExists,
}

/// What has been counted against the pattern's limits.
#[derive(Default)]
struct Counts {
    expressions: usize,
    wildcards: usize,
}

impl JsonPattern {
    /// Reads what stands between the braces.
    pub(super) fn parse(mut cursor: Cursor<'_>) -> Result<Self> {
        let mut counts = Counts::default();
        let conditions = Conditions::parse(&mut cursor, &mut |c| condition(c, &mut counts))?;
        cursor.skip_blanks();
        if !cursor.is_done() {
            return Err(cursor.unexpected());
        }
        Ok(Self {
            conditions,
            expressions: counts.expressions,
        })
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        let root = Json::object(message);
        root.is_some_and(|root| self.conditions.holds(&|c| c.holds(root)))
    }
}

fn condition(cursor: &mut Cursor<'_>, counts: &mut Counts) -> Result<Condition> {
    let start = cursor.at();
    let selector = Selector::parse(cursor)?;
    counts.wildcards += usize::from(selector.has_wildcard());
    if counts.wildcards > 3 {
        return Err(PatternError::limit(
            TOO_MANY_WILDCARDS,
            cursor.span_from(start),
        ));
    }
    cursor.skip_blanks();
    let test = match Comparison::parse(cursor) {
        Some(comparison) => compare(cursor, comparison, &mut counts.expressions)?,
        None => keyword(cursor)?,
    };
    Ok(Condition { selector, test })
}

fn compare(
    cursor: &mut Cursor<'_>,
    comparison: Comparison,
    expressions: &mut usize,
) -> Result<Test> {
    cursor.skip_blanks();
    let start = cursor.at();
    let operand = Operand::parse(cursor, expressions)?;
    match operand {
        Operand::Text { quoted: true, .. } if comparison.is_ordering() => {
            Err(cursor.invalid_term(start, cursor.at()))
        }
        Operand::Text { .. } | Operand::Expression(_) if comparison.is_ordering() => {
            Err(PatternError::pattern(cursor.span_from(start)))
        }
        operand => Ok(Test::Compare(comparison, operand)),
    }
}

/// `IS TRUE`, `IS FALSE`, `IS NULL`, `NOT EXISTS`, in any letter case.
fn keyword(cursor: &mut Cursor<'_>) -> Result<Test> {
    let start = cursor.at();
    let first = cursor.take_while(is_word).to_ascii_uppercase();
    if first.is_empty() {
        return Err(cursor.unexpected());
    }
    let first_end = cursor.at();
    cursor.skip_blanks();
    let second_start = cursor.at();
    let second = cursor.take_while(is_word).to_ascii_uppercase();
    match (first.as_str(), second.as_str()) {
        ("IS", "TRUE") => Ok(Test::IsBoolean(true)),
        ("IS", "FALSE") => Ok(Test::IsBoolean(false)),
        ("IS", "NULL") => Ok(Test::IsNull),
        ("NOT", "EXISTS") => Ok(Test::NotExists),
        ("IS", "NOT") => Err(cursor.invalid_term(second_start, cursor.at())),
        ("NOT", _) => Err(cursor.invalid_term(start, first_end)),
        _ => Err(PatternError::pattern(cursor.span_from(start))),
    }
}

impl Condition {
    fn holds(&self, root: Json<'_>) -> bool {
        match self.selector.find(root) {
            Found::One(value) => self.test.holds_for_one(value),
            Found::Many {
                parent_exists,
                values,
            } => self.test.holds_for_many(parent_exists, &values),
        }
    }
}

impl Test {
    fn holds_for_one(&self, value: Option<Json<'_>>) -> bool {
        let Some(value) = value else {
            return matches!(self, Self::NotExists);
        };
        match self {
            Self::NotExists => false,
            Self::IsNull => value.is_null() || has_null_element(value),
            Self::IsBoolean(boolean) => value.is_boolean(*boolean),
            Self::Compare(comparison, operand) => passes(value, *comparison, operand),
        }
    }

    /// A wildcard asks whether some value passes; but `!=` asks that none equals, and that the parent is there.
    fn holds_for_many(&self, parent_exists: bool, values: &[Json<'_>]) -> bool {
        match self {
            Self::NotExists => values.is_empty(),
            Self::IsNull => values.iter().any(|v| v.is_null()),
            Self::IsBoolean(boolean) => values.iter().any(|v| v.is_boolean(*boolean)),
            Self::Compare(Comparison::NotEqual, operand) => {
                parent_exists
                    && !values
                        .iter()
                        .any(|v| passes(*v, Comparison::Equal, operand))
            }
            Self::Compare(comparison, operand) => {
                values.iter().any(|v| passes(*v, *comparison, operand))
            }
        }
    }
}

/// Without a wildcard an array with a null among its direct elements counts as null (recorded from AWS).
fn has_null_element(value: Json<'_>) -> bool {
    value.is_array() && value.children().iter().any(|v| v.is_null())
}

fn passes(value: Json<'_>, comparison: Comparison, operand: &Operand) -> bool {
    value
        .scalar()
        .is_some_and(|scalar| operand.test(comparison, &scalar))
}
