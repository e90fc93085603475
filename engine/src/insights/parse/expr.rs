use super::arithmetic::{nested, sum, unary};
use super::cursor::{Cursor, Read};
use super::subquery;
use crate::diag::{Diagnostic, query};
use crate::insights::ast::{Expr, ExprKind, Pattern};
use crate::insights::lex::{Symbol, TokenKind};
use crate::insights::value::Comparison;

/// Reads an expression; precedence from `or` (loosest) to `^` (tightest).
pub(super) fn expression(cursor: &mut Cursor<'_>) -> Read<Expr> {
    chain(cursor, "or", conjunction, ExprKind::Or)
}

fn conjunction(cursor: &mut Cursor<'_>) -> Read<Expr> {
    chain(cursor, "and", negation, ExprKind::And)
}

/// Parts joined by one word.
fn chain(
    cursor: &mut Cursor<'_>,
    word: &str,
    part: fn(&mut Cursor<'_>) -> Read<Expr>,
    kind: fn(Vec<Expr>) -> ExprKind,
) -> Read<Expr> {
    let first = part(cursor)?;
    if !cursor.peek().is_word(word) {
        return Ok(first);
    }
    let mut span = first.span;
    let mut all = vec![first];
    while cursor.take_word(word) {
        let next = part(cursor)?;
        span = span.to(next.span);
        all.push(next);
    }
    Ok(Expr {
        kind: kind(all),
        span,
    })
}

fn negation(cursor: &mut Cursor<'_>) -> Read<Expr> {
    let start = cursor.span();
    if !cursor.take_word("not") && !cursor.take_symbol(Symbol::Bang) {
        return comparison(cursor);
    }
    let inner = nested(cursor, start, negation)?;
    let span = start.to(inner.span);
    Ok(Expr {
        kind: ExprKind::Not(Box::new(inner)),
        span,
    })
}

fn comparison(cursor: &mut Cursor<'_>) -> Read<Expr> {
    let left = sum(cursor)?;
    if let Some(op) = comparison_operator(cursor.peek()) {
        cursor.advance();
        let right = sum(cursor)?;
        return Ok(join(left, right, |a, b| ExprKind::Compare(op, a, b)));
    }
    let negated = cursor.peek().is_word("not")
        && (cursor.peek_at(1).is_word("like") || cursor.peek_at(1).is_word("in"));
    if negated {
        cursor.advance();
    }
    if cursor.take_word("like") || cursor.take_symbol(Symbol::Matches) {
        return like(cursor, left, negated);
    }
    if cursor.take_word("in") {
        return membership(cursor, left, negated);
    }
    Ok(left)
}

fn comparison_operator(token: &TokenKind) -> Option<Comparison> {
    let TokenKind::Symbol(symbol) = token else {
        return None;
    };
    match symbol {
        Symbol::Equal => Some(Comparison::Equal),
        Symbol::NotEqual => Some(Comparison::NotEqual),
        Symbol::Less => Some(Comparison::Less),
        Symbol::LessOrEqual => Some(Comparison::LessOrEqual),
        Symbol::Greater => Some(Comparison::Greater),
        Symbol::GreaterOrEqual => Some(Comparison::GreaterOrEqual),
        _ => None,
    }
}

fn like(cursor: &mut Cursor<'_>, value: Expr, negated: bool) -> Read<Expr> {
    let pattern_span = cursor.span();
    let pattern = match cursor.peek() {
        TokenKind::Text(text) => Pattern::Text(text.clone()),
        TokenKind::Regex(text) => Pattern::Regex(text.clone()),
        _ => {
            let found = pattern_span.text(cursor.text).to_owned();
            let message = format!("expected a string or a regex behind `like`, found `{found}`");
            let error = Diagnostic::error(&query::LIKE_PATTERN, pattern_span, message);
            return cursor.fail(
                error.help("`like \"text\"` finds a part of a text, `like /regex/` a regex"),
            );
        }
    };
    cursor.advance();
    Ok(Expr {
        span: value.span.to(pattern_span),
        kind: ExprKind::Like {
            value: Box::new(value),
            pattern,
            pattern_span,
            negated,
        },
    })
}

fn membership(cursor: &mut Cursor<'_>, value: Expr, negated: bool) -> Read<Expr> {
    if cursor.is_symbol(Symbol::Open) && cursor.peek_at(1).is_word("source") {
        let query = Box::new(subquery::read(cursor)?);
        let span = value.span.to(cursor.last_span());
        let kind = ExprKind::InQuery {
            value: Box::new(value),
            query,
            negated,
        };
        return Ok(Expr { kind, span });
    }
    cursor.expect(Symbol::OpenList, "[")?;
    let mut list = Vec::new();
    while !cursor.is_symbol(Symbol::CloseList) {
        list.push(element(cursor)?);
        if !cursor.take_symbol(Symbol::Comma) {
            break;
        }
    }
    let span = value.span.to(cursor.span());
    cursor.expect(Symbol::CloseList, "]")?;
    Ok(Expr {
        kind: ExprKind::In {
            value: Box::new(value),
            list,
            negated,
        },
        span,
    })
}

/// One value of a list: a string or a number, perhaps with a sign.
pub(super) fn element(cursor: &mut Cursor<'_>) -> Read<Expr> {
    let signed = cursor.is_symbol(Symbol::Minus);
    let ahead = cursor.peek_at(usize::from(signed));
    let is_literal = match ahead {
        TokenKind::Number(_) => true,
        TokenKind::Text(_) => !signed,
        word => !signed && (word.is_word("true") || word.is_word("false")),
    };
    if !is_literal {
        return cursor.unexpected("a string or a number");
    }
    let literal = unary(cursor)?;
    if matches!(literal.kind, ExprKind::Arithmetic(..))
        || matches!(&literal.kind, ExprKind::Negate(a) if !matches!(a.kind, ExprKind::Number(_)))
    {
        let message = "expected a string or a number, found an expression";
        let error = Diagnostic::error(&query::UNEXPECTED_TOKEN, literal.span, message);
        return cursor.fail(error);
    }
    Ok(literal)
}

/// An expression of two, spanning both.
pub(super) fn join(
    left: Expr,
    right: Expr,
    kind: impl FnOnce(Box<Expr>, Box<Expr>) -> ExprKind,
) -> Expr {
    let span = left.span.to(right.span);
    Expr {
        kind: kind(Box::new(left), Box::new(right)),
        span,
    }
}
