use std::fmt;

use super::text::{Behind, Joined, Quoted};
use crate::insights::ast::{Ast, CommandKind, Item, Name, Parse, ParseSource, SortKey};
use crate::insights::earlier::Earlier;

impl fmt::Display for Ast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(source) = &self.source {
            let between = if self.commands.is_empty() { "" } else { " | " };
            write!(f, "{source}{between}")?;
        }
        let kinds: Vec<&CommandKind> = self.commands.iter().map(|c| &c.kind).collect();
        Joined(&kinds, " | ").fmt(f)
    }
}

impl fmt::Display for CommandKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fields(items) => write!(f, "fields {}", Joined(items, ", ")),
            Self::Display(items) => write!(f, "display {}", Joined(items, ", ")),
            Self::Filter(expr) => write!(f, "filter {expr}"),
            Self::Stats { items, by, offset } => {
                let between = if by.is_empty() { "" } else { " by " };
                let offset = offset.as_ref().map(|(period, _)| period);
                let (items, by) = (Joined(items, ", "), Joined(by, ", "));
                write!(
                    f,
                    "stats {items}{between}{by}{}",
                    Behind(" offset ", offset)
                )
            }
            Self::Sort(keys) => write!(f, "sort {}", Joined(keys, ", ")),
            Self::Limit(count) => write!(f, "limit {count}"),
            Self::Tail(count) => write!(f, "tail {count}"),
            Self::Dedup(names) => write!(f, "dedup {}", Joined(names, ", ")),
            Self::Parse(parse) => parse.fmt(f),
            Self::Logfmt { source, name } => write!(f, "parse {source}logfmt as {name}"),
            Self::Csv { source, names } => {
                write!(f, "parse {source}csv as {}", Joined(names, ", "))
            }
            Self::JsonField { field, path, name } => {
                write!(f, "json field={field} {} as {name}", Quoted(path))
            }
            Self::Unnest { list, name } => write!(f, "unnest {list} into {name}"),
            Self::Expand(name) => write!(f, "expand {name}"),
            Self::Unmask => f.write_str("unmask"),
            Self::Lookup(lookup) => lookup.fmt(f),
            Self::FilterIndex(expr) => write!(f, "filterIndex {expr}"),
            Self::Join(join) => join.fmt(f),
            Self::AppendCols(append) => append.fmt(f),
            Self::Pattern(expr) => write!(f, "pattern {expr}"),
            Self::Diff(Earlier::Period) => f.write_str("diff"),
            Self::Diff(earlier) => write!(f, "diff {}", earlier.word()),
            Self::AwsOnly(command) => command.fmt(f),
            Self::Saved(call) => call.fmt(f),
            over_rows => write_over_rows(f, over_rows),
        }
    }
}

fn write_over_rows(f: &mut fmt::Formatter<'_>, kind: &CommandKind) -> fmt::Result {
    match kind {
        CommandKind::FillMissing(values) => {
            let values: Vec<String> = values
                .iter()
                .map(|(value, name)| format!("{value} for {name}"))
                .collect();
            let with = if values.is_empty() { "" } else { " with " };
            write!(f, "fillmissing{with}{}", Joined(&values, ", "))
        }
        CommandKind::FillDown(names) => {
            let between = if names.is_empty() { "" } else { " " };
            write!(f, "filldown{between}{}", Joined(names, " "))
        }
        CommandKind::Accum { field, name } => {
            write!(f, "accum {field}{}", Behind(" as ", name.as_ref()))
        }
        CommandKind::Autoregress {
            field,
            prefix,
            from,
            to,
        } => {
            let prefix = Behind(" as ", prefix.as_ref());
            write!(f, "autoregress {field}{prefix} p={from}-{to}")
        }
        CommandKind::AddTotals {
            name,
            row,
            column,
            fields,
        } => {
            let name = Behind(" fieldname=", name.as_ref());
            let between = if fields.is_empty() { "" } else { " " };
            write!(
                f,
                "addtotals{name} row={row} col={column}{between}{}",
                Joined(fields, ", ")
            )
        }
        CommandKind::Sessionize { fields, gap, name } => {
            let gap = gap.as_ref().map(|(period, _)| period);
            write!(
                f,
                "sessionize {}{}{}",
                Joined(fields, ", "),
                Behind(" maxspan ", gap),
                Behind(" as ", name.as_ref())
            )
        }
        CommandKind::CountFrequent(names) => write!(f, "countFrequent {}", Joined(names, ", ")),
        CommandKind::Outlier {
            remove,
            factor,
            lower,
            mark,
            fields,
        } => write_outlier(f, *remove, factor.as_ref(), (*lower, *mark), fields),
        _ => Ok(()),
    }
}

fn write_outlier(
    f: &mut fmt::Formatter<'_>,
    remove: bool,
    factor: Option<&String>,
    (lower, mark): (bool, bool),
    fields: &[Name],
) -> fmt::Result {
    let action = if remove { "remove" } else { "transform" };
    let factor = Behind(" param=", factor);
    let fields = Joined(fields, " ");
    write!(
        f,
        "outlier action={action}{factor} uselower={lower} mark={mark} {fields}"
    )
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.expr, Behind(" as ", self.alias.as_ref()))
    }
}

impl fmt::Display for SortKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}",
            self.name,
            if self.descending { " desc" } else { "" }
        )
    }
}

impl fmt::Display for Parse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("parse ")?;
        if let Some(source) = &self.source {
            write!(f, "{source} ")?;
        }
        self.pattern.fmt(f)?;
        if !self.names.is_empty() {
            write!(f, " as {}", Joined(&self.names, ", "))?;
        }
        f.write_str(if self.multi { " multi" } else { "" })
    }
}

/// With a space behind it, if there is one.
impl fmt::Display for ParseSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.expr {
            Some(expr) => write!(f, "{expr} "),
            None => Ok(()),
        }
    }
}
