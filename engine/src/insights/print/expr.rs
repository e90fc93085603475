use std::fmt;

use super::name::Segment;
use super::text::{Joined, Quoted};
use crate::insights::ast::{Arithmetic, Expr, ExprKind, Pattern};
use crate::insights::value::{Comparison, Step};

/// How tightly a form binds, from `or` to values.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Sign,
    Power,
    Value,
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Number(written) => f.write_str(written),
            ExprKind::Text(text) => Quoted(text).fmt(f),
            ExprKind::Boolean(value) => value.fmt(f),
            ExprKind::Period(period) => period.fmt(f),
            ExprKind::Field(name) => name.fmt(f),
            ExprKind::Access { base, path } => {
                base.fmt(f)?;
                path.iter().try_for_each(|step| write_step(f, step))
            }
            ExprKind::Call {
                name,
                arguments,
                star,
            } => {
                let star = if *star { "*" } else { "" };
                write!(f, "{name}({star}{})", Joined(arguments, ", "))
            }
            ExprKind::Negate(a) => write!(f, "-{}", At(a, Level::Sign)),
            ExprKind::Not(a) => write!(f, "not {}", At(a, Level::Not)),
            ExprKind::Arithmetic(op, a, b) => write_arithmetic(f, *op, a, b),
            ExprKind::Compare(op, a, b) => {
                let (a, b) = (At(a, Level::Sum), At(b, Level::Sum));
                write!(f, "{a} {} {b}", comparison(*op))
            }
            ExprKind::And(all) => write_chain(f, all, " and ", Level::Not),
            ExprKind::Or(any) => write_chain(f, any, " or ", Level::And),
            ExprKind::Like {
                value,
                pattern,
                negated,
                ..
            } => write!(
                f,
                "{}{} like {pattern}",
                At(value, Level::Sum),
                not(*negated)
            ),
            ExprKind::InQuery {
                value,
                query,
                negated,
            } => write!(f, "{}{} in ({query})", At(value, Level::Sum), not(*negated)),
            ExprKind::In {
                value,
                list,
                negated,
            } => write!(
                f,
                "{}{} in [{}]",
                At(value, Level::Sum),
                not(*negated),
                Joined(list, ", ")
            ),
        }
    }
}

/// An expression in a place that takes this level and tighter ones.
struct At<'e>(&'e Expr, Level);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if level(&self.0.kind) < self.1 {
            return write!(f, "({})", self.0);
        }
        self.0.fmt(f)
    }
}

fn level(kind: &ExprKind) -> Level {
    match kind {
        ExprKind::Or(_) => Level::Or,
        ExprKind::And(_) => Level::And,
        ExprKind::Not(_) => Level::Not,
        ExprKind::Compare(..)
        | ExprKind::Like { .. }
        | ExprKind::In { .. }
        | ExprKind::InQuery { .. } => Level::Comparison,
        ExprKind::Arithmetic(op, ..) => operator(*op).1,
        ExprKind::Negate(_) => Level::Sign,
        _ => Level::Value,
    }
}

/// An operator's sign, its level, and the levels of its sides.
fn operator(op: Arithmetic) -> (&'static str, Level, Level, Level) {
    match op {
        Arithmetic::Add => ("+", Level::Sum, Level::Sum, Level::Product),
        Arithmetic::Subtract => ("-", Level::Sum, Level::Sum, Level::Product),
        Arithmetic::Multiply => ("*", Level::Product, Level::Product, Level::Sign),
        Arithmetic::Divide => ("/", Level::Product, Level::Product, Level::Sign),
        Arithmetic::Remainder => ("%", Level::Product, Level::Product, Level::Sign),
        Arithmetic::Power => ("^", Level::Power, Level::Value, Level::Sign),
    }
}

fn write_arithmetic(f: &mut fmt::Formatter<'_>, op: Arithmetic, a: &Expr, b: &Expr) -> fmt::Result {
    let (sign, _, left, right) = operator(op);
    write!(f, "{} {sign} {}", At(a, left), At(b, right))
}

fn write_chain(
    f: &mut fmt::Formatter<'_>,
    parts: &[Expr],
    word: &'static str,
    level: Level,
) -> fmt::Result {
    let parts: Vec<At<'_>> = parts.iter().map(|part| At(part, level)).collect();
    write!(f, "{}", Joined(&parts, word))
}

fn write_step(f: &mut fmt::Formatter<'_>, step: &Step) -> fmt::Result {
    match step {
        Step::Index(index) => write!(f, "[{index}]"),
        Step::Key(key) | Step::Name(key) => write!(f, ".{}", Segment(key, false)),
    }
}

fn comparison(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "=",
        Comparison::NotEqual | Comparison::NotEqualOrMissing => "!=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

fn not(negated: bool) -> &'static str {
    if negated { " not" } else { "" }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => Quoted(text).fmt(f),
            Self::Regex(regex) => write!(f, "/{regex}/"),
        }
    }
}
