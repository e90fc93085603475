use super::access::access;
use super::cursor::{Cursor, Read};
use super::expr::{expression, join};
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::{Arithmetic, Expr, ExprKind, Name};
use crate::insights::lex::{Symbol, TokenKind};

/// How deep expressions nest before they are refused.
const DEEPEST: usize = 128;

/// How many brackets and arithmetic operators a command holds before it is refused.
const MOST_OPERATORS: usize = 800;

/// Sums and what binds tighter: products, signs, powers, calls and values.
pub(super) fn sum(cursor: &mut Cursor<'_>) -> Read<Expr> {
    let depth = cursor.depth;
    let left = terms(cursor);
    cursor.depth = depth;
    left
}

/// Every further term nests the ones before it by one level.
fn terms(cursor: &mut Cursor<'_>) -> Read<Expr> {
    let mut left = product(cursor)?;
    loop {
        let op = match cursor.peek() {
            TokenKind::Symbol(Symbol::Plus) => Arithmetic::Add,
            TokenKind::Symbol(Symbol::Minus) => Arithmetic::Subtract,
            _ => return Ok(left),
        };
        deepen(cursor)?;
        cursor.advance();
        left = arithmetic(op, left, product(cursor)?);
    }
}

fn product(cursor: &mut Cursor<'_>) -> Read<Expr> {
    let mut left = unary(cursor)?;
    loop {
        let op = match cursor.peek() {
            TokenKind::Symbol(Symbol::Star) => Arithmetic::Multiply,
            TokenKind::Symbol(Symbol::Slash) => Arithmetic::Divide,
            TokenKind::Symbol(Symbol::Percent) => Arithmetic::Remainder,
            _ => return Ok(left),
        };
        deepen(cursor)?;
        cursor.advance();
        left = arithmetic(op, left, unary(cursor)?);
    }
}

/// A value, perhaps with a sign.
pub(super) fn unary(cursor: &mut Cursor<'_>) -> Read<Expr> {
    let start = cursor.span();
    if !cursor.take_symbol(Symbol::Minus) {
        return power(cursor);
    }
    let inner = nested(cursor, start, unary)?;
    let span = start.to(inner.span);
    Ok(Expr {
        kind: ExprKind::Negate(Box::new(inner)),
        span,
    })
}

fn power(cursor: &mut Cursor<'_>) -> Read<Expr> {
    let base = atom(cursor)?;
    let at = cursor.span();
    if !cursor.take_symbol(Symbol::Caret) {
        return Ok(base);
    }
    let exponent = nested(cursor, at, unary)?;
    Ok(arithmetic(Arithmetic::Power, base, exponent))
}

fn atom(cursor: &mut Cursor<'_>) -> Read<Expr> {
    let span = cursor.span();
    let kind = match cursor.peek() {
        TokenKind::Number(text) => ExprKind::Number(text.clone()),
        TokenKind::Text(text) => ExprKind::Text(text.clone()),
        TokenKind::Period(period) => ExprKind::Period(*period),
        TokenKind::Symbol(Symbol::Open) => return group(cursor),
        word if word.is_word("true") => ExprKind::Boolean(true),
        word if word.is_word("false") => ExprKind::Boolean(false),
        TokenKind::Word { .. } => return field_or_call(cursor),
        _ => return cursor.unexpected("a field, a value or a function"),
    };
    cursor.advance();
    Ok(Expr { kind, span })
}

fn group(cursor: &mut Cursor<'_>) -> Read<Expr> {
    let start = cursor.span();
    cursor.advance();
    let inner = nested(cursor, start, expression)?;
    let span = start.to(cursor.span());
    cursor.expect(Symbol::Close, ")")?;
    Ok(Expr { span, ..inner })
}

fn field_or_call(cursor: &mut Cursor<'_>) -> Read<Expr> {
    if let TokenKind::Word { name, .. } = cursor.peek()
        && *cursor.peek_at(1) == TokenKind::Symbol(Symbol::Open)
    {
        let span = cursor.span();
        cursor.advance();
        let name = Name {
            name: name.clone(),
            cuts: Vec::new(),
            span,
        };
        return call(cursor, name);
    }
    let name = cursor.name("a field, a value or a function")?;
    let span = name.span;
    let kind = ExprKind::Field(name);
    access(cursor, Expr { kind, span })
}

fn call(cursor: &mut Cursor<'_>, name: Name) -> Read<Expr> {
    let open = cursor.span();
    cursor.advance();
    let star = cursor.take_symbol(Symbol::Star);
    let mut arguments = Vec::new();
    if !star && !cursor.is_symbol(Symbol::Close) {
        arguments.push(nested(cursor, open, expression)?);
        while cursor.take_symbol(Symbol::Comma) {
            arguments.push(nested(cursor, open, expression)?);
        }
    }
    let span = name.span.to(cursor.span());
    cursor.expect(Symbol::Close, ")")?;
    let kind = ExprKind::Call {
        name,
        arguments,
        star,
    };
    access(cursor, Expr { kind, span })
}

/// Reads one level deeper; texts that nest too deep are refused instead of exhausting the stack.
pub(super) fn nested(
    cursor: &mut Cursor<'_>,
    at: Span,
    read: fn(&mut Cursor<'_>) -> Read<Expr>,
) -> Read<Expr> {
    let depth = cursor.depth;
    deepen_at(cursor, at)?;
    let inner = read(cursor);
    cursor.depth = depth;
    inner
}

fn deepen(cursor: &mut Cursor<'_>) -> Read<()> {
    let at = cursor.span();
    deepen_at(cursor, at)
}

fn deepen_at(cursor: &mut Cursor<'_>, at: Span) -> Read<()> {
    cursor.depth += 1;
    cursor.operators += 1;
    if cursor.operators > MOST_OPERATORS {
        let message =
            format!("the command holds more than {MOST_OPERATORS} operators and brackets");
        return cursor.fail(Diagnostic::error(&query::UNEXPECTED_TOKEN, at, message));
    }
    if cursor.depth <= DEEPEST {
        return Ok(());
    }
    let message = format!("the expression nests deeper than {DEEPEST} levels");
    cursor.fail(Diagnostic::error(&query::UNEXPECTED_TOKEN, at, message))
}

fn arithmetic(op: Arithmetic, left: Expr, right: Expr) -> Expr {
    join(left, right, |a, b| ExprKind::Arithmetic(op, a, b))
}
