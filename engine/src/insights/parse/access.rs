use super::cursor::{Cursor, Read};
use crate::insights::ast::{Expr, ExprKind};
use crate::insights::lex::{Symbol, TokenKind};
use crate::insights::value::Step;

/// Reads what follows a field or a call: `[0]` and `.key`, any number of them.
pub(super) fn access(cursor: &mut Cursor<'_>, base: Expr) -> Read<Expr> {
    let mut path = Vec::new();
    loop {
        if cursor.take_symbol(Symbol::OpenList) {
            path.push(index(cursor)?);
        } else if cursor.take_symbol(Symbol::Dot) {
            path.extend(keys(cursor)?);
        } else {
            break;
        }
    }
    if path.is_empty() {
        return Ok(base);
    }
    let span = base.span.to(cursor.last_span());
    let base = Box::new(base);
    Ok(Expr {
        kind: ExprKind::Access { base, path },
        span,
    })
}

fn index(cursor: &mut Cursor<'_>) -> Read<Step> {
    let index = match cursor.peek() {
        TokenKind::Number(written) => written.parse().ok(),
        _ => None,
    };
    let Some(index) = index else {
        return cursor.unexpected("the index of an element, counted from 0");
    };
    cursor.advance();
    cursor.expect(Symbol::CloseList, "]")?;
    Ok(Step::Index(index))
}

fn keys(cursor: &mut Cursor<'_>) -> Read<Vec<Step>> {
    match cursor.peek() {
        TokenKind::Word { name, cuts, .. } => {
            cursor.advance();
            Ok(steps(name, cuts, 0))
        }
        _ => cursor.unexpected("a key"),
    }
}

/// The keys of `name` from offset `start` on, between its dots.
pub(in crate::insights) fn steps(name: &str, cuts: &[usize], start: usize) -> Vec<Step> {
    let mut from = start;
    let ends = cuts.iter().copied().filter(|&cut| cut >= start);
    let mut steps = Vec::new();
    for end in ends.chain([name.len()]) {
        let key = name.get(from..end).unwrap_or_default();
        steps.push(Step::Key(key.to_owned()));
        from = end + 1;
    }
    steps
}
