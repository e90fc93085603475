use std::fmt;

use super::cursor::{Cursor, Read};
use super::{
    accum, add_totals, append_cols, autoregress, aws_only, count_frequent, expand, fill_down,
    fill_missing, filter_index, items, join, json_field, lookup, outlier, parse_command, patterns,
    sessionize, unmask, unnest,
};
use crate::insights::ast::CommandKind;

/// One command of the language.
pub struct Command {
    /// The command word.
    pub name: &'static str,
    /// Other words for it.
    pub aliases: &'static [&'static str],
    /// What it does, in one line.
    pub summary: &'static str,
    /// How it is written.
    pub syntax: &'static str,
    pub(super) read: fn(&mut Cursor<'_>) -> Read<CommandKind>,
}

impl Command {
    pub(in crate::insights) fn is_named(&self, word: &str) -> bool {
        self.name.eq_ignore_ascii_case(word)
            || self
                .aliases
                .iter()
                .any(|alias| alias.eq_ignore_ascii_case(word))
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Command").field(&self.name).finish()
    }
}

/// Every command of the language, but for `SOURCE`.
pub static COMMANDS: &[Command] = &[
    Command {
        name: "fields",
        aliases: &[],
        summary: "adds columns: fields, or expressions under a name",
        syntax: "fields expr [as name], …",
        read: items::fields,
    },
    Command {
        name: "display",
        aliases: &[],
        summary: "shows only the columns listed; the last one wins",
        syntax: "display expr [as name], …",
        read: items::display,
    },
    Command {
        name: "filter",
        aliases: &["where"],
        summary: "keeps the rows for which an expression is true",
        syntax: "filter expr",
        read: items::filter,
    },
    Command {
        name: "stats",
        aliases: &[],
        summary: "aggregates rows, by group if `by` is given",
        syntax: "stats aggregate [as name], … [by expr [as name], …]",
        read: items::stats,
    },
    Command {
        name: "sort",
        aliases: &["order"],
        summary: "orders the rows by columns, ascending unless `desc` follows",
        syntax: "sort name [asc|desc], …",
        read: items::sort,
    },
    Command {
        name: "limit",
        aliases: &[],
        summary: "keeps the first rows; 10,000 where no limit is written",
        syntax: "limit [any] count",
        read: items::limit,
    },
    Command {
        name: "head",
        aliases: &[],
        summary: "keeps the first rows (deprecated word for limit)",
        syntax: "head count",
        read: items::head,
    },
    Command {
        name: "tail",
        aliases: &[],
        summary: "keeps the last rows (deprecated)",
        syntax: "tail count",
        read: items::tail,
    },
    Command {
        name: "dedup",
        aliases: &[],
        summary: "keeps the first row for each combination of values",
        syntax: "dedup name, …",
        read: items::dedup,
    },
    Command {
        name: "parse",
        aliases: &[],
        summary: "takes fields out of text with a glob or a regex, as logfmt or as CSV",
        syntax: "parse [expr] \"glob\" as name, … | parse [expr] /regex/ [as name, …] [multi] | parse [expr] logfmt as name | parse [expr] csv as name, …",
        read: parse_command::parse,
    },
    json_field::COMMAND,
    lookup::COMMAND,
    lookup::BY_ADDRESS,
    join::COMMAND,
    append_cols::COMMAND,
    patterns::PATTERN,
    patterns::DIFF,
    aws_only::ANOMALY,
    aws_only::RELEVANT_FIELDS,
    aws_only::LOG_COMPARE,
    aws_only::ESTIMATE,
    filter_index::COMMAND,
    unnest::COMMAND,
    expand::COMMAND,
    fill_missing::COMMAND,
    fill_down::COMMAND,
    accum::COMMAND,
    autoregress::COMMAND,
    add_totals::COMMAND,
    sessionize::COMMAND,
    count_frequent::COMMAND,
    outlier::COMMAND,
    unmask::COMMAND,
];

/// Commands whose method AWS does not publish, and which are answered by a model of our own.
pub(in crate::insights) const OWN_MODEL: &[&str] = &["outlier", "pattern", "diff"];

/// Commands that only AWS can run, each with the reason and what would work.
pub(in crate::insights) const AWS_ONLY: &[(&str, &str, &str)] = &[
    (
        "anomaly",
        "AWS publishes neither how it finds anomalies nor the columns it adds",
        "`pattern @message` alone counts patterns here, and `diff` shows which are new",
    ),
    (
        "relevantfields",
        "AWS does not publish how it scores fields",
        "`filter … | stats count(*) by name` shows how a field is distributed",
    ),
    (
        "logcompare",
        "AWS publishes neither its comparison nor its columns",
        "`diff`, `diff previousDay` and `diff previousWeek` compare patterns here",
    ),
    (
        "estimate",
        "AWS publishes neither its estimate nor its column",
        "the answer of the query itself shows the bytes scanned",
    ),
];
