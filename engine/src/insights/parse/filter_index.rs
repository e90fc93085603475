use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::expr::expression;
use crate::diag::{Diagnostic, query};
use crate::insights::ast::{CommandKind, Expr, ExprKind};
use crate::insights::value::Comparison;

pub(super) const COMMAND: Command = Command {
    name: "filterIndex",
    aliases: &[],
    summary: "keeps the rows with a value of an indexed field",
    syntax: "filterIndex name = literal | name in [literal, …] [and …]",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let expr = expression(cursor)?;
    let parts = match &expr.kind {
        ExprKind::And(parts) => parts.as_slice(),
        _ => std::slice::from_ref(&expr),
    };
    if let Some(odd) = parts.iter().find(|part| !is_lookup(part)) {
        let message = "`filterIndex` takes `name = literal` and `name in […]`, joined by `and`";
        let error = Diagnostic::error(&query::FILTER_INDEX, odd.span, message);
        return cursor.fail(error.help("other conditions go into `filter`"));
    }
    Ok(CommandKind::FilterIndex(expr))
}

fn is_lookup(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Compare(Comparison::Equal, name, value) => {
            matches!(name.kind, ExprKind::Field(_)) && is_literal(value)
        }
        ExprKind::In { value, negated, .. } => matches!(value.kind, ExprKind::Field(_)) && !negated,
        _ => false,
    }
}

fn is_literal(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Boolean(_) => true,
        ExprKind::Negate(inner) => matches!(inner.kind, ExprKind::Number(_)),
        _ => false,
    }
}
