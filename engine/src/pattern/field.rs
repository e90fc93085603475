use super::conditions::Conditions;
use super::cursor::Cursor;
use super::error::{PatternError, Result};
use super::operand::{Comparison, Operand, Scalar};

/// A field of a space-delimited pattern.
#[derive(Clone, Debug)]
pub(super) enum Field {
    /// `...`: any number of fields.
    Ellipsis,
    /// One field, with or without a name and conditions.
    One {
        name: Option<String>,
        conditions: Option<Conditions<FieldCondition>>,
    },
}

/// A comparison of a field; the name is that of the field itself.
#[derive(Clone, Debug)]
pub(super) struct FieldCondition {
    comparison: Comparison,
    operand: Operand,
}

impl Field {
    /// Reads one field, up to the comma or the end.
    pub(super) fn parse(cursor: &mut Cursor<'_>, expressions: &mut usize) -> Result<Self> {
        cursor.skip_blanks();
        let field = match cursor.peek() {
            None | Some(',') => Self::One {
                name: None,
                conditions: None,
            },
            _ if cursor.eat("...") => Self::Ellipsis,
            Some('(') => Self::conditioned(cursor, expressions)?,
            Some(_) => Self::named(cursor, expressions)?,
        };
        cursor.skip_blanks();
        Ok(field)
    }

    fn named(cursor: &mut Cursor<'_>, expressions: &mut usize) -> Result<Self> {
        let mut ahead = cursor.clone();
        let name = read_name(&mut ahead)?;
        ahead.skip_blanks();
        if matches!(ahead.peek(), None | Some(',')) {
            *cursor = ahead;
            return Ok(Self::One {
                name: Some(name.to_owned()),
                conditions: None,
            });
        }
        Self::conditioned(cursor, expressions)
    }

    fn conditioned(cursor: &mut Cursor<'_>, expressions: &mut usize) -> Result<Self> {
        let start = cursor.at();
        let mut names = Vec::new();
        let conditions = Conditions::parse(cursor, &mut |cursor| {
            names.push(read_name(cursor)?.to_owned());
            FieldCondition::parse(cursor, expressions)
        })?;
        let mut names = names.into_iter();
        let name = names.next();
        if let (Some(first), Some(second)) = (&name, names.find(|n| Some(n) != name.as_ref())) {
            return Err(PatternError::several_fields(
                first,
                &second,
                cursor.span_from(start),
            ));
        }
        Ok(Self::One {
            name,
            conditions: Some(conditions),
        })
    }

    /// The name by which it may stand only once.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Ellipsis => Some("..."),
            Self::One { name, .. } => name.as_deref(),
        }
    }

    pub(super) fn accepts(&self, text: &str) -> bool {
        let scalar = Scalar::Field(text);
        match self {
            Self::One {
                conditions: Some(conditions),
                ..
            } => conditions.holds(&|c| c.operand.test(c.comparison, &scalar)),
            Self::One {
                conditions: None, ..
            }
            | Self::Ellipsis => true,
        }
    }
}

impl FieldCondition {
    fn parse(cursor: &mut Cursor<'_>, expressions: &mut usize) -> Result<Self> {
        cursor.skip_blanks();
        let comparison = Comparison::parse(cursor).ok_or_else(|| cursor.unexpected())?;
        cursor.skip_blanks();
        let start = cursor.at();
        let operand = Operand::parse(cursor, expressions)?;
        if comparison.is_ordering() && !matches!(operand, Operand::Number(..)) {
            return Err(PatternError::pattern(cursor.span_from(start)));
        }
        Ok(Self {
            comparison,
            operand,
        })
    }
}

/// A letter or `_`, then letters, digits, `_`.
fn read_name<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str> {
    let start = cursor.at();
    let name = cursor.take_while(|c| c.is_alphanumeric() || c == '_');
    match name.chars().next() {
        None => Err(cursor.unexpected()),
        Some(first) if first.is_numeric() => Err(cursor.invalid_term(start, cursor.at())),
        Some(_) => Ok(name),
    }
}
