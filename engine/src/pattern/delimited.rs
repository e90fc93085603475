use std::collections::BTreeSet;

use super::cursor::Cursor;
use super::error::{PatternError, Result};
use super::field::Field;
use super::split::{Piece, split};

/// A space-delimited pattern: fields in order.
#[derive(Clone, Debug)]
pub(super) struct Delimited {
    before: Vec<Field>,
    /// The fields after `...`, where the pattern has one.
    after_ellipsis: Option<Vec<Field>>,
    /// How many regular expressions it holds.
    pub(super) expressions: usize,
}

/// A field of a message that matches: its name, where it has one, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Captured<'p, 'm> {
    pub(super) name: Option<&'p str>,
    pub(super) text: &'m str,
}

impl Delimited {
    /// Reads what stands between the brackets. No fields at all are the same as `...`.
    pub(super) fn parse(mut cursor: Cursor<'_>) -> Result<Self> {
        let mut expressions = 0;
        cursor.skip_blanks();
        if cursor.is_done() {
            return Ok(Self {
                before: Vec::new(),
                after_ellipsis: Some(Vec::new()),
                expressions,
            });
        }
        let mut fields = Vec::new();
        let mut names = BTreeSet::new();
        loop {
            let start = cursor.at();
            let field = Field::parse(&mut cursor, &mut expressions)?;
            if let Some(name) = field.name()
                && !names.insert(name.to_owned())
            {
                return Err(PatternError::duplicate(name, cursor.span_from(start)));
            }
            fields.push(field);
            if cursor.is_done() {
                return Ok(Self::from_fields(fields, expressions));
            }
            if !cursor.eat(",") {
                return Err(cursor.unexpected());
            }
        }
    }

    fn from_fields(mut fields: Vec<Field>, expressions: usize) -> Self {
        let ellipsis = fields.iter().position(|f| matches!(f, Field::Ellipsis));
        let after_ellipsis = ellipsis.map(|at| fields.split_off(at).split_off(1));
        Self {
            before: fields,
            after_ellipsis,
            expressions,
        }
    }

    /// Whether a field has this name, without the `$`.
    pub(super) fn has_field(&self, name: &str) -> bool {
        let after = self.after_ellipsis.iter().flatten();
        self.before
            .iter()
            .chain(after)
            .any(|f| f.name() == Some(name))
    }

    /// The fields of `message`; `None` where it does not match.
    pub(super) fn capture<'m>(&self, message: &'m str) -> Option<Vec<Captured<'_, 'm>>> {
        self.capture_pieces(&split(message))
    }

    /// The same of a message that has been cut.
    pub(super) fn capture_pieces<'m>(&self, pieces: &[Piece<'m>]) -> Option<Vec<Captured<'_, 'm>>> {
        let texts = match &self.after_ellipsis {
            Some(_) => pieces.iter().map(|p| p.text).collect(),
            None => self.with_rest_of_line(pieces)?,
        };
        let fields = self.fields_of(texts.len())?;
        let accepted = fields
            .iter()
            .zip(&texts)
            .all(|(f, text)| f.is_none_or(|f| f.accepts(text)));
        accepted.then(|| fields.iter().zip(texts).map(captured).collect())
    }

    /// Without `...` the last field takes the rest of a longer line as it stands.
    fn with_rest_of_line<'m>(&self, pieces: &[Piece<'m>]) -> Option<Vec<&'m str>> {
        let wanted = self.before.len();
        let mut texts: Vec<_> = pieces.get(..wanted)?.iter().map(|p| p.text).collect();
        if let (true, Some(last), Some(piece)) = (
            pieces.len() > wanted,
            texts.last_mut(),
            pieces.get(wanted - 1),
        ) {
            *last = piece.rest;
        }
        Some(texts)
    }

    /// The pattern's field at each of `count` places of a message; `None` at a place that `...` covers.
    fn fields_of(&self, count: usize) -> Option<Vec<Option<&Field>>> {
        let after = self.after_ellipsis.as_deref().unwrap_or_default();
        let covered = count.checked_sub(self.before.len() + after.len())?;
        let before = self.before.iter().map(Some);
        let between = std::iter::repeat_n(None, covered);
        Some(
            before
                .chain(between)
                .chain(after.iter().map(Some))
                .collect(),
        )
    }
}

fn captured<'p, 'm>((field, text): (&Option<&'p Field>, &'m str)) -> Captured<'p, 'm> {
    Captured {
        name: field.and_then(Field::name),
        text,
    }
}
