use super::conditions::Conditions;
use super::cursor::{Cursor, is_word};
use super::error::{PatternError, Result};
use super::json_value::Json;
use super::operand::{Comparison, Operand};
use super::root::{Leaf, Looked, Root};
use super::selector::Selector;

/// AWS documents the limit, not its words.
const TOO_MANY_WILDCARDS: &str =
    "Your filter pattern exceeds the maximum of 3 wildcard selectors allowed per filter pattern.";

/// A JSON pattern: conditions on selectors.
#[derive(Clone, Debug)]
pub(super) struct JsonPattern {
    pub(super) conditions: Conditions<Condition>,
    /// How many regular expressions it holds.
    pub(super) expressions: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) selector: Selector,
    pub(super) test: Test,
}

/// What a condition asks of what its selector finds.
#[derive(Clone, Debug)]
pub(super) enum Test {
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
        let root = Root::parse(message);
        root.is_some_and(|root| {
            self.conditions
                .holds(&|c| c.test.holds(&c.selector.find_from(&root).into()))
        })
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

impl Test {
    pub(super) fn holds(&self, looked: &Looked<'_>) -> bool {
        match looked {
            Looked::One(value) => self.holds_for_one(value.as_ref()),
            Looked::Many {
                parent_exists,
                values,
            } => self.holds_for_many(*parent_exists, values),
        }
    }

    /// Texts that a message without escapes must hold where this holds.
    pub(super) fn words(&self) -> Vec<&str> {
        match self {
            Self::Compare(Comparison::Equal, operand) => operand.words(),
            Self::IsBoolean(true) => vec!["true"],
            Self::IsBoolean(false) => vec!["false"],
            Self::IsNull => vec!["null"],
            Self::Compare(..) | Self::NotExists => Vec::new(),
        }
    }

    fn holds_for_one(&self, value: Option<&Leaf<'_>>) -> bool {
        let Some(value) = value else {
            return matches!(self, Self::NotExists);
        };
        match self {
            Self::NotExists => false,
            Self::IsNull => value.json.is_null() || has_null_element(value.json),
            Self::IsBoolean(boolean) => value.json.is_boolean(*boolean),
            Self::Compare(comparison, operand) => passes(value, *comparison, operand),
        }
    }

    /// A wildcard asks whether some value passes; but `!=` asks that none equals, and that the parent is there.
    fn holds_for_many(&self, parent_exists: bool, values: &[Leaf<'_>]) -> bool {
        match self {
            Self::NotExists => values.is_empty(),
            Self::IsNull => values.iter().any(|v| v.json.is_null()),
            Self::IsBoolean(boolean) => values.iter().any(|v| v.json.is_boolean(*boolean)),
            Self::Compare(Comparison::NotEqual, operand) => {
                parent_exists && !values.iter().any(|v| passes(v, Comparison::Equal, operand))
            }
            Self::Compare(comparison, operand) => {
                values.iter().any(|v| passes(v, *comparison, operand))
            }
        }
    }
}

/// Without a wildcard an array with a null among its direct elements counts as null (recorded from AWS).
fn has_null_element(value: Json<'_>) -> bool {
    value.is_array() && value.children().iter().any(|v| v.is_null())
}

fn passes(value: &Leaf<'_>, comparison: Comparison, operand: &Operand) -> bool {
    value
        .scalar()
        .is_some_and(|scalar| operand.test(comparison, scalar))
}
