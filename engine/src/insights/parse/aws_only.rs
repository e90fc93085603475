//! Commands that only AWS runs: they are read, checked and printed as all others.

use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::expr::expression;
use super::items;
use crate::insights::ast::{AwsOnly, CommandKind};
use crate::insights::lex::TokenKind;

pub(super) const ANOMALY: Command = Command {
    name: "anomaly",
    aliases: &[],
    summary: "finds what is unusual in the patterns of `pattern`",
    syntax: "anomaly",
    read: |_| Ok(CommandKind::AwsOnly(AwsOnly::Anomaly)),
};

pub(super) const RELEVANT_FIELDS: Command = Command {
    name: "relevantfields",
    aliases: &[],
    summary: "scores fields by how their values differ where a condition holds",
    syntax: "relevantfields [name, …] where expr",
    read: relevant_fields,
};

pub(super) const LOG_COMPARE: Command = Command {
    name: "logcompare",
    aliases: &[],
    summary: "compares the time range with one shifted back",
    syntax: "logcompare timeshift period",
    read: log_compare,
};

pub(super) const ESTIMATE: Command = Command {
    name: "estimate",
    aliases: &[],
    summary: "estimates the bytes that the query would scan, at the end of a query",
    syntax: "estimate",
    read: |_| Ok(CommandKind::AwsOnly(AwsOnly::Estimate)),
};

fn relevant_fields(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let fields = match cursor.peek().is_word("where") {
        true => Vec::new(),
        false => items::names(cursor)?,
    };
    if !cursor.take_word("where") {
        return cursor.unexpected("`where`");
    }
    let condition = expression(cursor)?;
    Ok(CommandKind::AwsOnly(AwsOnly::RelevantFields {
        fields,
        condition,
    }))
}

fn log_compare(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    if !cursor.take_word("timeshift") {
        return cursor.unexpected("`timeshift`");
    }
    let TokenKind::Period(period) = cursor.peek() else {
        return cursor.unexpected("a period such as `7d`");
    };
    cursor.advance();
    Ok(CommandKind::AwsOnly(AwsOnly::LogCompare(*period)))
}
