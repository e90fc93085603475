use super::cursor::{Cursor, Read};
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::Ast;
use crate::insights::lex::{Symbol, TokenKind};

/// `SOURCE 'group'`, as dashboards write it at the head of a query: one or more groups by comma, or one
/// `SOURCE` after another.
pub(super) fn read(cursor: &mut Cursor<'_>, ast: &mut Ast, span: Span) -> Read<()> {
    if !ast.commands.is_empty() {
        let message = "`SOURCE` stands only at the head of a query";
        return cursor.fail(Diagnostic::error(&query::COMMAND_ORDER, span, message));
    }
    loop {
        match cursor.peek() {
            TokenKind::Text(group) => {
                ast.sources.push(group.clone());
                cursor.advance();
            }
            _ => return refuse_selector(cursor),
        }
        if !cursor.take_symbol(Symbol::Comma) {
            return refuse_window(cursor);
        }
    }
}

fn refuse_selector(cursor: &mut Cursor<'_>) -> Read<()> {
    const SELECTORS: &[&str] = &["logGroups", "logGroupTags", "dataSource"];
    let found = cursor.span().text(cursor.text).to_owned();
    let selector = SELECTORS
        .iter()
        .find(|name| name.eq_ignore_ascii_case(&found));
    match selector {
        Some(name) => cursor.unsupported(
            &format!("`SOURCE {name}(…)`"),
            cursor.span(),
            "name the log groups: `SOURCE '/ecs/app' | SOURCE '/ecs/web' | …`",
        ),
        None => cursor.unexpected("a log group in quotes"),
    }
}

fn refuse_window(cursor: &mut Cursor<'_>) -> Read<()> {
    match cursor.peek() {
        word if word.is_word("start") || word.is_word("end") => cursor.unsupported(
            "a time window behind `SOURCE`",
            cursor.span(),
            "give the time range with the query",
        ),
        word if SELECTOR_WORDS.iter().any(|name| word.is_word(name)) => refuse_selector(cursor),
        _ => Ok(()),
    }
}

const SELECTOR_WORDS: &[&str] = &["logGroups", "logGroupTags", "dataSource"];
