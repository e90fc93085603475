use super::cursor::{Cursor, Read};
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::{Arithmetic, Expr, ExprKind, Name, Pattern};
use crate::insights::lex::{Symbol, TokenKind};
use crate::insights::value::Comparison;

/// How deep expressions nest before they are refused.
const DEEPEST: usize = 128;

/// How many brackets and arithmetic operators a command holds before it is refused.
const MOST_OPERATORS: usize = 800;

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
            return cursor.fail(Diagnostic::error(
                &query::LIKE_PATTERN,
                pattern_span,
                message,
            ));
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
        let help = "write the values out: `in [\"a\", \"b\"]`";
        return cursor.unsupported("a subquery behind `in`", cursor.span(), help);
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
fn element(cursor: &mut Cursor<'_>) -> Read<Expr> {
    let signed = cursor.is_symbol(Symbol::Minus);
    let ahead = cursor.peek_at(usize::from(signed));
    let is_literal = match ahead {
        TokenKind::Number(_) => true,
        TokenKind::Text(_) => !signed,
        word => !signed && (word.is_word("true") || word.is_word("false")),
    };
    if is_literal {
        return unary(cursor);
    }
    cursor.unexpected("a string or a number")
}

fn sum(cursor: &mut Cursor<'_>) -> Read<Expr> {
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

fn unary(cursor: &mut Cursor<'_>) -> Read<Expr> {
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
            span,
        };
        return call(cursor, name);
    }
    let name = cursor.name("a field, a value or a function")?;
    refuse_access(cursor)?;
    Ok(Expr {
        kind: ExprKind::Field(name.name),
        span: name.span,
    })
}

/// `a[0]` reads structured values, which come with `jsonParse`.
fn refuse_access(cursor: &mut Cursor<'_>) -> Read<()> {
    if cursor.is_symbol(Symbol::OpenList) {
        let help = "an element of a JSON array in the event is read as `items.0`";
        return cursor.unsupported("an index in brackets", cursor.span(), help);
    }
    Ok(())
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
    refuse_access(cursor)?;
    Ok(Expr {
        kind: ExprKind::Call {
            name,
            arguments,
            star,
        },
        span,
    })
}

/// Reads one level deeper; texts that nest too deep are refused instead of exhausting the stack.
fn nested(
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

fn join(left: Expr, right: Expr, kind: impl FnOnce(Box<Expr>, Box<Expr>) -> ExprKind) -> Expr {
    let span = left.span.to(right.span);
    Expr {
        kind: kind(Box::new(left), Box::new(right)),
        span,
    }
}
