use super::cursor::{Cursor, Read};
use super::window;
use crate::diag::{Diagnostic, Span, query};
use crate::events::LogGroupClass;
use crate::insights::ast::Ast;
use crate::insights::lex::{Symbol, TokenKind};
use crate::insights::source::{LogGroups, Source, TagFilter};

/// `SOURCE`, at the head of a query: groups by name and comma, one `SOURCE` after another, or selectors;
/// then perhaps a time window.
pub(super) fn read(cursor: &mut Cursor<'_>, ast: &mut Ast, span: Span) -> Read<()> {
    if !ast.commands.is_empty() {
        let message = "`SOURCE` stands only at the head of a query";
        return cursor.fail(Diagnostic::error(&query::COMMAND_ORDER, span, message));
    }
    let source = ast.source.get_or_insert_default();
    if is_selector(cursor) {
        while is_selector(cursor) {
            selector(cursor, source)?;
        }
    } else {
        groups(cursor, source)?;
    }
    if !source.groups.is_empty() && source.is_pattern() {
        let message = "log groups are named and selected by a pattern at once";
        return cursor.fail(Diagnostic::error(&query::COMMAND_ORDER, span, message));
    }
    window::read(cursor, source)
}

fn groups(cursor: &mut Cursor<'_>, source: &mut Source) -> Read<()> {
    loop {
        let group = match cursor.peek() {
            TokenKind::Text(group) => group.clone(),
            TokenKind::Word { name, .. } => name.clone(),
            _ => return cursor.unexpected("a log group, such as `'/ecs/app'`"),
        };
        cursor.advance();
        if !source.groups.contains(&group) {
            source.groups.push(group);
        }
        if !cursor.take_symbol(Symbol::Comma) {
            return Ok(());
        }
    }
}

fn is_selector(cursor: &Cursor<'_>) -> bool {
    matches!(cursor.peek(), TokenKind::Word { .. })
        && *cursor.peek_at(1) == TokenKind::Symbol(Symbol::Open)
}

fn selector(cursor: &mut Cursor<'_>, source: &mut Source) -> Read<()> {
    let word = cursor.span().text(cursor.text).to_ascii_lowercase();
    match word.as_str() {
        "loggroups" => {
            cursor.advance();
            source.log_groups = Some(log_groups(cursor)?);
        }
        "loggrouptags" => {
            cursor.advance();
            source.tags.extend(tags(cursor)?);
        }
        "datasource" => {
            cursor.advance();
            source.data_sources.extend(data_sources(cursor)?);
        }
        _ => return cursor.unexpected("`logGroups`, `logGroupTags` or `dataSource`"),
    }
    Ok(())
}

/// `(namePrefix: ['a', 'b'], class: ['STANDARD'])`
fn log_groups(cursor: &mut Cursor<'_>) -> Read<LogGroups> {
    let mut selected = LogGroups::default();
    cursor.expect(Symbol::Open, "(")?;
    while !cursor.take_symbol(Symbol::Close) {
        let span = cursor.span();
        let key = cursor
            .name("`namePrefix`, `accountIdentifiers` or `class`")?
            .name;
        cursor.expect(Symbol::Colon, ":")?;
        match key.to_ascii_lowercase().as_str() {
            "nameprefix" => selected.name_prefixes = texts(cursor, 5)?,
            "accountidentifier" | "accountidentifiers" => selected.accounts = texts(cursor, 20)?,
            "class" | "loggroupclass" => selected.class = class(cursor)?,
            _ => {
                let message = format!("`logGroups` has no `{key}`");
                let error = Diagnostic::error(&query::UNEXPECTED_TOKEN, span, message);
                return cursor
                    .fail(error.help("it has `namePrefix`, `accountIdentifiers` and `class`"));
            }
        }
        if !cursor.is_symbol(Symbol::Close) {
            cursor.expect(Symbol::Comma, ",")?;
        }
    }
    Ok(selected)
}

fn class(cursor: &mut Cursor<'_>) -> Read<LogGroupClass> {
    let span = cursor.span();
    match texts(cursor, 1)?.first().map(String::as_str) {
        Some("STANDARD") => Ok(LogGroupClass::Standard),
        Some("INFREQUENT_ACCESS") => Ok(LogGroupClass::InfrequentAccess),
        _ => {
            let message = "a class is `STANDARD` or `INFREQUENT_ACCESS`";
            cursor.fail(Diagnostic::error(&query::UNEXPECTED_TOKEN, span, message))
        }
    }
}

/// `([{"key": "team", "values": ["a", "b*", "!c"]}, …])`, at most five filters of five values.
fn tags(cursor: &mut Cursor<'_>) -> Read<Vec<TagFilter>> {
    let mut filters = Vec::new();
    let start = cursor.span();
    cursor.expect(Symbol::Open, "(")?;
    cursor.expect(Symbol::OpenList, "[")?;
    loop {
        filters.push(tag(cursor)?);
        if !cursor.take_symbol(Symbol::Comma) {
            break;
        }
    }
    cursor.expect(Symbol::CloseList, "]")?;
    let span = start.to(cursor.span());
    cursor.expect(Symbol::Close, ")")?;
    at_most(cursor, filters.len(), 5, span)?;
    Ok(filters)
}

fn tag(cursor: &mut Cursor<'_>) -> Read<TagFilter> {
    cursor.expect(Symbol::OpenBrace, "{")?;
    let (mut key, mut values) = (None, Vec::new());
    loop {
        let member = text(cursor, "`\"key\"` or `\"values\"`")?;
        cursor.expect(Symbol::Colon, ":")?;
        match member.as_str() {
            "key" => key = Some(text(cursor, "a tag's key in quotes")?),
            "values" => values = texts(cursor, 5)?,
            _ => return cursor.unexpected("a filter of `\"key\"` and `\"values\"`"),
        }
        if !cursor.take_symbol(Symbol::Comma) {
            break;
        }
    }
    let Some(key) = key else {
        return cursor.unexpected("a tag's `\"key\"` before it");
    };
    cursor.expect(Symbol::CloseBrace, "}")?;
    Ok(TagFilter::new(&key, &values))
}

/// `(['amazon_vpc.flow', …])`: at most ten, each a source's name and type.
fn data_sources(cursor: &mut Cursor<'_>) -> Read<Vec<String>> {
    cursor.expect(Symbol::Open, "(")?;
    let span = cursor.span();
    let sources = texts(cursor, 10)?;
    cursor.expect(Symbol::Close, ")")?;
    if let Some(odd) = sources.iter().find(|source| !is_name_and_type(source)) {
        let message = format!("`{odd}` is no data source");
        let error = Diagnostic::error(&query::UNEXPECTED_TOKEN, span, message);
        return cursor.fail(error.help("a data source is a name and a type: `'amazon_vpc.flow'`"));
    }
    Ok(sources)
}

fn is_name_and_type(source: &str) -> bool {
    let parts = source.split_once('.');
    parts.is_some_and(|(name, kind)| !name.is_empty() && !kind.is_empty())
}

fn text(cursor: &mut Cursor<'_>, what: &str) -> Read<String> {
    let TokenKind::Text(text) = cursor.peek() else {
        return cursor.unexpected(what);
    };
    cursor.advance();
    Ok(text.clone())
}

/// `['a', 'b']`, or one text alone.
fn texts(cursor: &mut Cursor<'_>, most: usize) -> Read<Vec<String>> {
    let start = cursor.span();
    if !cursor.take_symbol(Symbol::OpenList) {
        return Ok(vec![text(cursor, "a list of texts, such as `['/ecs/']`")?]);
    }
    let mut all = vec![text(cursor, "a text in quotes")?];
    while cursor.take_symbol(Symbol::Comma) {
        all.push(text(cursor, "a text in quotes")?);
    }
    let span = start.to(cursor.span());
    cursor.expect(Symbol::CloseList, "]")?;
    at_most(cursor, all.len(), most, span)?;
    Ok(all)
}

fn at_most(cursor: &mut Cursor<'_>, found: usize, most: usize, span: Span) -> Read<()> {
    if found <= most {
        return Ok(());
    }
    let message = format!("{found} stand here, {most} are allowed");
    cursor.fail(Diagnostic::error(&query::UNEXPECTED_TOKEN, span, message))
}
