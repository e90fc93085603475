use super::commands::{COMMANDS, Command as Entry};
use super::cursor::{Cursor, Read};
use super::hint::COMMAND_END;
use super::saved_call::{self, CallSite};
use super::source;
use crate::diag::{Diagnostic, nearest, query};
use crate::insights::agg::AGGREGATES;
use crate::insights::ast::{Ast, Command};
use crate::insights::choices;
use crate::insights::func::FUNCTIONS;
use crate::insights::habits;
use crate::insights::lex::{Symbol, Token, TokenKind, lex};

/// A text that was read.
#[derive(Debug)]
pub(in crate::insights) struct Parsed {
    /// The commands that could be read.
    pub(in crate::insights) ast: Ast,
    /// The calls of saved queries in them.
    pub(in crate::insights) calls: Vec<CallSite>,
    /// At least one error unless all of the text was understood.
    pub(in crate::insights) diagnostics: Vec<Diagnostic>,
}

/// Reads a query.
pub(in crate::insights) fn read(text: &str) -> Parsed {
    let (tokens, mut diagnostics) = lex(text);
    diagnostics.extend(tokens.iter().filter_map(misplaced));
    let mut cursor = Cursor {
        text,
        tokens: &tokens,
        at: 0,
        diagnostics,
        depth: 0,
        operators: 0,
        enclosed: false,
        calls: Vec::new(),
    };
    let mut ast = Ast::default();
    if check_length(&mut cursor).is_ok() {
        while read_step(&mut cursor, &mut ast) {}
    }
    Parsed {
        ast,
        calls: cursor.calls,
        diagnostics: cursor.diagnostics,
    }
}

/// Placeholders are filled in before a text is read; one that is left has nothing to fill it.
fn misplaced(token: &Token) -> Option<Diagnostic> {
    let TokenKind::Placeholder(name) = &token.kind else {
        return None;
    };
    let message = format!("nothing fills in `{{{{{name}}}}}`");
    let error = Diagnostic::error(&query::PLACEHOLDER, token.span, message);
    Some(error.help(
        "only a saved query that declares the parameter takes a value here, from its call or from a default",
    ))
}

/// Reads a query, for tests.
#[cfg(test)]
pub(in crate::insights) fn parse(text: &str) -> (Ast, Vec<Diagnostic>) {
    let read = read(text);
    (read.ast, read.diagnostics)
}

fn check_length(cursor: &mut Cursor<'_>) -> Read<()> {
    let length = cursor.text.chars().count();
    let most = choices::MAXIMUM_QUERY_CHARACTERS;
    if length <= most {
        return Ok(());
    }
    let message = format!("the query has {length} characters, {most} are allowed");
    let span = cursor
        .tokens
        .last()
        .map_or_else(Default::default, |end| end.span);
    cursor.fail(Diagnostic::error(&query::QUERY_LENGTH, span, message))
}

/// Reads one command and the pipe behind it; says whether another must follow.
fn read_step(cursor: &mut Cursor<'_>, ast: &mut Ast) -> bool {
    let start = cursor.at;
    cursor.depth = 0;
    cursor.operators = 0;
    cursor.enclosed = false;
    let known = cursor.diagnostics.len();
    if read_command(cursor, ast).is_ok() && !cursor.at_command_end() {
        let _: Read<()> = cursor.unexpected(COMMAND_END);
    }
    forget_consequences(cursor, start, known);
    if !cursor.at_command_end() {
        cursor.recover(start);
    }
    cursor.take_symbol(Symbol::Pipe)
}

/// Drops what the command's reader found amiss behind a text that is no token: the one explains the other.
fn forget_consequences(cursor: &mut Cursor<'_>, start: usize, known: usize) {
    let from = match start
        .checked_sub(1)
        .and_then(|before| cursor.tokens.get(before))
    {
        Some(token) => token.span.end,
        None => 0,
    };
    let found = cursor.diagnostics.split_off(known);
    let lexed = cursor
        .diagnostics
        .iter()
        .filter(|d| d.code.name < query::UNEXPECTED_TOKEN.name);
    let first = lexed
        .map(|d| d.primary.span.start)
        .filter(|&at| at >= from)
        .min();
    let stays = |d: &Diagnostic| first.is_none_or(|at| d.primary.span.start < at);
    cursor.diagnostics.extend(found.into_iter().filter(stays));
}

pub(super) fn read_command(cursor: &mut Cursor<'_>, ast: &mut Ast) -> Read<()> {
    let span = cursor.span();
    let word = match cursor.peek() {
        TokenKind::Word { name, .. } => name.clone(),
        TokenKind::End | TokenKind::Symbol(Symbol::Pipe) => return empty(cursor),
        TokenKind::Symbol(Symbol::Dollar) => {
            let kind = saved_call::read(cursor)?;
            ast.commands.push(Command { span, kind });
            return Ok(());
        }
        _ => return cursor.unexpected("a command"),
    };
    cursor.advance();
    if word.eq_ignore_ascii_case("source") {
        return source::read(cursor, ast, span);
    }
    match COMMANDS.iter().find(|entry| entry.is_named(&word)) {
        Some(Entry { read, .. }) => {
            let kind = read(cursor)?;
            ast.commands.push(Command { span, kind });
            Ok(())
        }
        None => {
            let is_condition = is_condition(cursor);
            cursor.fail(refusal(&word, span, is_condition))
        }
    }
}

/// Whether the word just read is the left side of a condition.
fn is_condition(cursor: &Cursor<'_>) -> bool {
    match cursor.peek() {
        TokenKind::Symbol(symbol) => matches!(
            symbol,
            Symbol::Equal
                | Symbol::NotEqual
                | Symbol::Less
                | Symbol::LessOrEqual
                | Symbol::Greater
                | Symbol::GreaterOrEqual
                | Symbol::Matches
        ),
        word => ["like", "in", "not"].iter().any(|op| word.is_word(op)),
    }
}

fn empty(cursor: &mut Cursor<'_>) -> Read<()> {
    let span = cursor.span();
    let message = "a command is missing here";
    cursor.fail(
        Diagnostic::error(&query::EMPTY_COMMAND, span, message)
            .help("a query is one or more commands joined by `|`, such as `fields @timestamp, @message | limit 20`"),
    )
}

fn refusal(word: &str, span: crate::diag::Span, is_condition: bool) -> Diagnostic {
    let message = format!("unknown command `{word}`");
    let error = Diagnostic::error(&query::UNKNOWN_COMMAND, span, message)
        .label("not a command of Logs Insights");
    if AGGREGATES.iter().any(|aggregate| aggregate.is_named(word)) {
        return error.help(format!(
            "aggregates stand in `stats`: `stats {word}(…) by name`"
        ));
    }
    if let Some(advice) = habits::command(word) {
        return error.help(advice);
    }
    if FUNCTIONS.iter().any(|function| function.is_named(word)) {
        return error.help(format!(
            "functions stand in expressions: `fields {word}(…) as x`"
        ));
    }
    if is_condition {
        return error.help(format!("a condition stands in `filter`: `filter {word} …`"));
    }
    let names = COMMANDS.iter().map(|entry| entry.name);
    match nearest(word, names) {
        Some(name) => error.replace(span, name, "a command with a similar name exists"),
        None => {
            let names: Vec<_> = COMMANDS.iter().map(|entry| entry.name).collect();
            error.help(format!("the commands are {}", names.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_query_of_more_than_ten_thousand_characters_is_refused() {
        let text = format!("fields a{}", " ".repeat(9_993));
        let codes = |text: &str| -> Vec<_> { parse(text).1.iter().map(|d| d.code.name).collect() };
        assert_eq!(codes(&text), ["Q0208"]);
        assert!(codes(text.trim()).is_empty());
    }

    #[test]
    fn a_text_that_nests_without_end_is_refused_before_the_stack_ends() {
        let wrap = |open: &str, close: &str, times: usize| {
            format!("fields {}a{} as b", open.repeat(times), close.repeat(times))
        };
        for (open, close, times) in [
            ("(", ")", 4000),
            ("-", "", 9000),
            ("not ", "", 2000),
            ("", "+a", 4000),
            ("", "*a", 4000),
            ("", "^a", 4000),
            ("abs(", ")", 1500),
            ("(", "+a+a+a)", 1000),
            ("(", &format!("{})", "+a".repeat(100)), 40),
        ] {
            let text = wrap(open, close, times);
            let diagnostics = crate::insights::compile(&text).map(drop).unwrap_err();
            assert_eq!(diagnostics[0].code.name, "Q0201", "{open}{close}");
        }
        let long = format!("filter a = 1{}", " or a = 1".repeat(1000));
        assert!(crate::insights::compile(&long).is_ok());
    }
}
