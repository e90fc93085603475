use std::collections::BTreeSet;

use super::cursor::{Cursor, Wrong};
use super::refused::{COMPARISONS, refusal};
use super::token::{Token, tokens};
use super::{SqlCondition, SqlFunction, SqlLabel, SqlOrder, SqlQuery, SqlSource, SqlValue};
use crate::diag::{Diagnostic, Span, metrics_insights as codes, nearest};

/// The longest Expression of a request (API reference, MetricDataQuery).
const LONGEST: usize = 2048;
/// A query answers with so many series at most ("Metrics Insights quotas").
const MOST_SERIES: usize = 500;

/// Parses `text`; a clause that does not read is left and the next one looked for, so that all mistakes are found.
pub(super) fn parse(text: &str) -> Result<SqlQuery, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    if text.chars().count() > LONGEST {
        let message = format!("more than {LONGEST} characters");
        let whole = Span::new(0, text.len());
        return Err(vec![Diagnostic::error(&codes::TOO_LARGE, whole, message)]);
    }
    let tokens = tokens(text, &mut wrong);
    let mut cursor = Cursor::new(text, &tokens, wrong);
    let select = cursor.clause(select);
    let source = cursor.clause(from);
    let conditions = cursor.clause(conditions);
    let group_by = cursor.clause(group_by);
    let order_by = cursor.clause(order_by);
    let limit = cursor.clause(limit);
    cursor.finish();
    let wrong = cursor.wrong;
    match (select, source, conditions, group_by, order_by, limit) {
        (
            Some((function, metric)),
            Some(source),
            Some(conditions),
            Some(group_by),
            Some(order_by),
            Some(limit),
        ) if wrong.is_empty() => Ok(SqlQuery {
            function,
            metric,
            source,
            conditions,
            group_by,
            order_by,
            limit,
        }),
        _ => Err(wrong),
    }
}

fn select(cursor: &mut Cursor<'_>) -> Result<(SqlFunction, String), Wrong> {
    cursor.keyword("SELECT")?;
    let function = function(cursor)?;
    cursor.sign("(")?;
    let metric = cursor.name("a metric's name")?;
    cursor.sign(")")?;
    cursor.end_of_clause("`FROM`", &["FROM"])?;
    Ok((function, metric))
}

fn from(cursor: &mut Cursor<'_>) -> Result<SqlSource, Wrong> {
    cursor.keyword("FROM")?;
    let source = match (cursor.peek(), cursor.peek_second()) {
        (Some(Token::Word(word)), Some(Token::Sign("(")))
            if word.eq_ignore_ascii_case("SCHEMA") =>
        {
            cursor.step();
            cursor.step();
            schema(cursor)?
        }
        _ => SqlSource {
            namespace: cursor.name("a namespace or `SCHEMA(…)`")?,
            schema: None,
        },
    };
    let next = ["WHERE", "GROUP", "ORDER", "LIMIT"];
    cursor.end_of_clause("`WHERE`, `GROUP BY`, `ORDER BY`, `LIMIT` or the end", &next)?;
    Ok(source)
}

fn schema(cursor: &mut Cursor<'_>) -> Result<SqlSource, Wrong> {
    let namespace = cursor.name("a namespace")?;
    let mut schema = BTreeSet::new();
    while cursor.eat(",") {
        schema.insert(cursor.name("a dimension's name")?);
    }
    cursor.sign(")")?;
    Ok(SqlSource {
        namespace,
        schema: Some(schema),
    })
}

fn conditions(cursor: &mut Cursor<'_>) -> Result<Vec<SqlCondition>, Wrong> {
    let mut conditions = Vec::new();
    if !cursor.eat_word("WHERE") {
        return Ok(conditions);
    }
    loop {
        conditions.push(condition(cursor)?);
        if !cursor.eat_word("AND") {
            break;
        }
    }
    let next = ["GROUP", "ORDER", "LIMIT"];
    cursor.end_of_clause("`AND`, `GROUP BY`, `ORDER BY`, `LIMIT` or the end", &next)?;
    Ok(conditions)
}

fn condition(cursor: &mut Cursor<'_>) -> Result<SqlCondition, Wrong> {
    let label = label(cursor)?;
    let is_equal = match cursor.peek() {
        Some(Token::Sign("=")) => true,
        Some(Token::Sign("!=")) => false,
        Some(Token::Sign(sign)) if COMPARISONS.contains(sign) => {
            let here = cursor.here();
            let message = format!("`{sign}` is no comparison of Metrics Insights");
            let diagnostic = Diagnostic::error(&codes::NO_SUCH_OPERATOR, here, message);
            return Err(Box::new(match *sign {
                "==" => diagnostic.replace(here, "=", "equality is written with one sign"),
                "<>" => diagnostic.replace(here, "!=", "`not equal` is written `!=`"),
                _ => diagnostic.help("a label is compared by = and != only"),
            }));
        }
        _ => return Err(cursor.unexpected("`=` or `!=`")),
    };
    cursor.step();
    let value = value(cursor, &label)?;
    Ok(SqlCondition {
        label,
        is_equal,
        value,
    })
}

/// Text in single quotes; for `AWS.AccountId` also its digits as they are, or `CURRENT_ACCOUNT_ID()`.
fn value(cursor: &mut Cursor<'_>, label: &SqlLabel) -> Result<SqlValue, Wrong> {
    let here = cursor.here();
    let is_account = *label == SqlLabel::AccountId;
    match cursor.peek().cloned() {
        Some(Token::Text(text)) => {
            cursor.step();
            Ok(SqlValue::Text(text))
        }
        Some(Token::Word(word)) if is_account && word.bytes().all(|b| b.is_ascii_digit()) => {
            cursor.step();
            Ok(SqlValue::Text(word))
        }
        Some(Token::Word(word))
            if word.eq_ignore_ascii_case("CURRENT_ACCOUNT_ID") && is_account =>
        {
            cursor.step();
            cursor.sign("(")?;
            cursor.sign(")")?;
            Ok(SqlValue::CurrentAccount)
        }
        Some(Token::Word(text) | Token::Name(text)) if refusal(&text).is_none() => {
            let message = "a value stands in single quotes";
            let diagnostic = Diagnostic::error(&codes::NAME_NEEDS_QUOTES, here, message);
            let quoted = format!("'{}'", text.replace('\'', "\\'"));
            Err(Box::new(diagnostic.replace(
                here,
                quoted,
                "as a value it is written so",
            )))
        }
        _ => Err(cursor.unexpected("a value in single quotes")),
    }
}

/// A dimension's name, or `AWS.AccountId`. Tags are refused: no resource with tags publishes metrics here.
fn label(cursor: &mut Cursor<'_>) -> Result<SqlLabel, Wrong> {
    let start = cursor.here();
    let dotted = matches!(cursor.peek_second(), Some(Token::Sign(".")));
    match cursor.peek() {
        Some(Token::Word(word)) if dotted && word.eq_ignore_ascii_case("tag") => {
            let span = start.to(cursor.place(2).unwrap_or(start));
            let message = "conditions and groups by tags are not supported here";
            let diagnostic = Diagnostic::error(&codes::NOT_SUPPORTED, span, message);
            Err(Box::new(diagnostic.help(
                "metrics of this machine come from no tagged resources; use a dimension",
            )))
        }
        Some(Token::Word(word)) if dotted && word == "AWS" => {
            cursor.step();
            cursor.step();
            match cursor.peek() {
                Some(Token::Word(word)) if word == "AccountId" => {
                    cursor.step();
                    Ok(SqlLabel::AccountId)
                }
                _ => Err(cursor.unexpected("`AccountId`")),
            }
        }
        _ => cursor.name("a label").map(SqlLabel::Dimension),
    }
}

fn group_by(cursor: &mut Cursor<'_>) -> Result<Vec<SqlLabel>, Wrong> {
    let mut labels = Vec::new();
    if !cursor.eat_word("GROUP") {
        return Ok(labels);
    }
    cursor.keyword("BY")?;
    loop {
        labels.push(label(cursor)?);
        if !cursor.eat(",") {
            break;
        }
    }
    cursor.end_of_clause("`,`, `ORDER BY`, `LIMIT` or the end", &["ORDER", "LIMIT"])?;
    Ok(labels)
}

fn order_by(cursor: &mut Cursor<'_>) -> Result<Option<SqlOrder>, Wrong> {
    if !cursor.eat_word("ORDER") {
        return Ok(None);
    }
    cursor.keyword("BY")?;
    let function = function(cursor)?;
    cursor.sign("(")?;
    cursor.sign(")")?;
    let descending = cursor.eat_word("DESC");
    if !descending {
        cursor.eat_word("ASC");
    }
    cursor.end_of_clause("`ASC`, `DESC`, `LIMIT` or the end", &["LIMIT"])?;
    Ok(Some(SqlOrder {
        function,
        descending,
    }))
}

fn limit(cursor: &mut Cursor<'_>) -> Result<Option<usize>, Wrong> {
    if !cursor.eat_word("LIMIT") {
        return Ok(None);
    }
    let here = cursor.here();
    let number = match cursor.peek() {
        Some(Token::Word(word)) if word.bytes().all(|b| b.is_ascii_digit()) => word.parse(),
        _ => return Err(cursor.unexpected("a whole number from 1 to 500")),
    };
    cursor.step();
    match number {
        Ok(limit @ 1..=MOST_SERIES) => Ok(Some(limit)),
        _ => {
            let message = format!(
                "LIMIT is 1 to {MOST_SERIES}, found `{}`",
                here.text(cursor.text)
            );
            Err(Box::new(Diagnostic::error(
                &codes::LIMIT_OUT_OF_RANGE,
                here,
                message,
            )))
        }
    }
}

fn function(cursor: &mut Cursor<'_>) -> Result<SqlFunction, Wrong> {
    let here = cursor.here();
    let Some(Token::Word(word)) = cursor.peek() else {
        return Err(cursor.unexpected("AVG, COUNT, MAX, MIN or SUM"));
    };
    if let Some(function) = SqlFunction::named(word) {
        cursor.step();
        return Ok(function);
    }
    let message = format!("unknown function `{word}`: expected AVG, COUNT, MAX, MIN or SUM");
    let diagnostic = Diagnostic::error(&codes::UNKNOWN_FUNCTION, here, message);
    Err(Box::new(match nearest(word, SqlFunction::names()) {
        Some(near) => diagnostic.replace(here, near, "a function with a similar name exists"),
        None => diagnostic,
    }))
}
