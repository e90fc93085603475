use super::cursor::{Cursor, Read};
use super::expr::element;
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::{Argument, CommandKind, Expr, ExprKind, SavedCall};
use crate::insights::lex::{Symbol, TokenKind, is_parameter_name};

/// Where a saved query is called, and with what.
#[derive(Clone, Debug)]
pub(in crate::insights) struct CallSite {
    /// The saved query's name.
    pub(in crate::insights) name: String,
    /// From `$` to the end of the name.
    pub(in crate::insights) name_span: Span,
    /// From `$` to `)`.
    pub(in crate::insights) span: Span,
    /// The parameters that are given.
    pub(in crate::insights) arguments: Vec<Given>,
}

/// A parameter of a call.
#[derive(Clone, Debug)]
pub(in crate::insights) struct Given {
    /// The parameter's name.
    pub(in crate::insights) name: String,
    /// Where the name stands.
    pub(in crate::insights) span: Span,
    /// Where the value stands.
    pub(in crate::insights) value: Span,
}

/// `$name(parameter = literal, …)`; the cursor stands on `$`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let start = cursor.span();
    cursor.advance();
    let name = name(cursor, start)?;
    let name_span = start.to(cursor.last_span());
    if !cursor.take_symbol(Symbol::Open) {
        let error = cursor.unexpected("`(`");
        if let Some(found) = cursor.diagnostics.pop() {
            cursor.diagnostics.push(found.help(
                "a call is written `$Name(parameter = \"value\")`, brackets always; a name with other characters than letters, digits and `_` goes in backticks",
            ));
        }
        return error;
    }
    let mut given = Vec::new();
    let mut arguments = Vec::new();
    while !cursor.is_symbol(Symbol::Close) {
        let (place, value) = argument(cursor)?;
        arguments.push((place.name.clone(), value));
        given.push(place);
        if !cursor.take_symbol(Symbol::Comma) {
            break;
        }
    }
    cursor.expect(Symbol::Close, ")")?;
    cursor.calls.push(CallSite {
        name: name.clone(),
        name_span,
        span: start.to(cursor.last_span()),
        arguments: given,
    });
    Ok(CommandKind::Saved(SavedCall { name, arguments }))
}

/// The name right behind `$`: letters, digits and `_`, or anything in backticks.
fn name(cursor: &mut Cursor<'_>, dollar: Span) -> Read<String> {
    let span = cursor.span();
    let TokenKind::Word { name, quoted, cuts } = cursor.peek() else {
        return cursor.unexpected("the name of a saved query");
    };
    if !cuts.is_empty() || span.start != dollar.end || (!quoted && name.contains('@')) {
        let message = "the name of a saved query has other characters than letters, digits and `_`";
        let error = Diagnostic::error(&query::UNEXPECTED_TOKEN, span, message);
        let plain = span.text(cursor.text).replace('`', "");
        return cursor.fail(error.replace(span, format!("`{plain}`"), "write it in backticks"));
    }
    cursor.advance();
    Ok(name.clone())
}

fn argument(cursor: &mut Cursor<'_>) -> Read<(Given, Argument)> {
    let span = cursor.span();
    let name = match cursor.peek() {
        TokenKind::Word {
            name,
            quoted: false,
            ..
        } if is_parameter_name(name) => name.clone(),
        _ => return cursor.unexpected("a parameter, as in `name = \"value\"`,"),
    };
    cursor.advance();
    if cursor.span().text(cursor.text) != "=" {
        return cursor.unexpected("`=`");
    }
    cursor.advance();
    let start = cursor.span();
    let value = value(cursor)?;
    let value_span = start.to(cursor.last_span());
    let given = Given {
        name,
        span,
        value: value_span,
    };
    Ok((given, value))
}

/// A literal: the guide shows strings and numbers, and nothing that is none.
fn value(cursor: &mut Cursor<'_>) -> Read<Argument> {
    let span = cursor.span();
    match cursor.peek() {
        TokenKind::Regex(pattern) => {
            let pattern = pattern.clone();
            cursor.advance();
            Ok(Argument::Regex(pattern))
        }
        TokenKind::Period(period) => {
            let kind = ExprKind::Period(*period);
            cursor.advance();
            Ok(Argument::Literal(Expr { kind, span }))
        }
        TokenKind::Symbol(Symbol::OpenList) => list(cursor).map(Argument::List),
        TokenKind::Word { .. } if !is_boolean(cursor) => {
            let error: Read<Argument> = cursor.unexpected("a literal");
            let text = format!("\"{}\"", span.text(cursor.text).replace('"', ""));
            if let Some(found) = cursor.diagnostics.pop() {
                let mended = found.replace(span, text, "a text stands in quotes");
                cursor.diagnostics.push(mended);
            }
            error
        }
        _ => element(cursor).map(Argument::Literal),
    }
}

fn is_boolean(cursor: &Cursor<'_>) -> bool {
    cursor.peek().is_word("true") || cursor.peek().is_word("false")
}

fn list(cursor: &mut Cursor<'_>) -> Read<Vec<Expr>> {
    cursor.advance();
    let mut all = Vec::new();
    if !cursor.is_symbol(Symbol::CloseList) {
        all.push(element(cursor)?);
        while cursor.take_symbol(Symbol::Comma) {
            all.push(element(cursor)?);
        }
    }
    cursor.expect(Symbol::CloseList, "]")?;
    Ok(all)
}
