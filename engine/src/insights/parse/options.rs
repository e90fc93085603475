use super::cursor::{Cursor, Read};
use crate::diag::{Diagnostic, Span, nearest, query};
use crate::insights::ast::Name;
use crate::insights::lex::{Symbol, TokenKind};

/// One `name=value` of a command, with the value's token.
pub(super) struct Setting<'t> {
    /// The option's name as the command lists it.
    pub(super) name: &'static str,
    /// The value.
    pub(super) value: &'t TokenKind,
    /// Where the value stands.
    pub(super) span: Span,
}

/// Reads `name=value` if that stands here; only the names `known` are options.
pub(super) fn setting<'t>(
    cursor: &mut Cursor<'t>,
    known: &[&'static str],
) -> Read<Option<Setting<'t>>> {
    let TokenKind::Word { name, .. } = cursor.peek() else {
        return Ok(None);
    };
    if *cursor.peek_at(1) != TokenKind::Symbol(Symbol::Equal) {
        return Ok(None);
    }
    let Some(name) = known.iter().find(|known| known.eq_ignore_ascii_case(name)) else {
        return unknown(cursor, name, known);
    };
    cursor.advance();
    cursor.advance();
    let (value, span) = (cursor.peek(), cursor.span());
    if cursor.at_command_end() {
        return cursor.unexpected("a value");
    }
    cursor.advance();
    Ok(Some(Setting { name, value, span }))
}

fn unknown<T>(cursor: &mut Cursor<'_>, found: &str, known: &[&'static str]) -> Read<T> {
    let span = cursor.span();
    let message = format!("unknown option `{found}`");
    let error = Diagnostic::error(&query::COMMAND_OPTION, span, message);
    let error = match nearest(found, known.iter().copied()) {
        Some(near) => error.replace(span, near, "an option with a similar name exists"),
        None => error.help(format!("the options are {}", known.join(", "))),
    };
    cursor.fail(error)
}

impl Setting<'_> {
    /// Reads the value into its place, which must be empty.
    pub(super) fn once<T>(
        &self,
        cursor: &mut Cursor<'_>,
        place: &mut Option<T>,
        read: impl FnOnce(&Self, &mut Cursor<'_>) -> Read<T>,
    ) -> Read<()> {
        if place.is_some() {
            let message = format!("`{}` is given twice", self.name);
            let error = Diagnostic::error(&query::COMMAND_OPTION, self.span, message);
            return cursor.fail(error.help("leave one of them out"));
        }
        *place = Some(read(self, cursor)?);
        Ok(())
    }

    /// The value as `true` or `false`.
    pub(super) fn boolean(&self, cursor: &mut Cursor<'_>) -> Read<bool> {
        if self.value.is_word("true") || self.value.is_word("false") {
            return Ok(self.value.is_word("true"));
        }
        self.wrong(cursor, "`true` or `false`")
    }

    /// The value as a name, in quotes or not.
    pub(super) fn name(&self, cursor: &mut Cursor<'_>) -> Read<Name> {
        let (name, cuts) = match self.value {
            TokenKind::Word { name, cuts, .. } => (name.clone(), cuts.clone()),
            TokenKind::Text(name) => (name.clone(), Vec::new()),
            _ => return self.wrong(cursor, "a name"),
        };
        let span = self.span;
        Ok(Name { name, cuts, span })
    }

    /// Refuses the value.
    pub(super) fn wrong<T>(&self, cursor: &mut Cursor<'_>, expected: &str) -> Read<T> {
        let found = self.span.text(cursor.text);
        let message = format!("`{}` takes {expected}, found `{found}`", self.name);
        cursor.fail(Diagnostic::error(
            &query::COMMAND_OPTION,
            self.span,
            message,
        ))
    }
}
