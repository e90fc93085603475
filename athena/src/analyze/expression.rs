use belfry_engine::diag::Span;

use super::judge::{Judge, folded};
use super::literal;
use super::scope::Scope;
use crate::plan::{Node, Scalar};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Expr, Kind, Name};
use crate::types::{Type, common};
use crate::value::Value;

impl Judge<'_> {
    /// The typed expression, about the rows of a scope.
    pub(super) fn expr(&mut self, expr: &Expr, scope: &Scope) -> Judged<Scalar> {
        let span = expr.span;
        if let Some(constant) = constant(&expr.kind, span)? {
            return Ok(constant);
        }
        let found = match &expr.kind {
            Kind::Parameter(number) => {
                let value = self.parameter(*number, span)?.clone();
                self.expr(&value, &Scope::default())?
            }
            Kind::Column(name) => self.column(name, scope)?,
            Kind::Field(base, name) => self.field(expr, base, name, scope)?,
            Kind::Subscript(of, index) => self.subscript(expr, of, index, scope)?,
            Kind::Array(items) => self.array(items, span, scope)?,
            Kind::Row(items) => {
                let items = self.exprs(items, scope)?;
                let of = Type::Row(items.iter().map(|item| (None, item.of.clone())).collect());
                Scalar::new(Node::Row(items), of, span)
            }
            Kind::Negate(inner) => self.negate(inner, expr.at, span, scope)?,
            Kind::Plus(inner) => {
                let inner = self.expr(inner, scope)?;
                if !inner.of.is_number() && inner.of != Type::Unknown {
                    return Err(mismatch(
                        expr.at,
                        format!("Unary '+' operator cannot by applied to {} type", inner.of),
                    ));
                }
                inner
            }
            Kind::Arithmetic(operator, one, other) => {
                self.arithmetic(*operator, one, other, (expr.at, span), scope)?
            }
            Kind::Concat(one, other) => self.concat(one, other, (expr.at, span), scope)?,
            Kind::AtTimeZone(value, zone) => {
                self.call_named("at_timezone", &[value, zone], (expr.at, span), scope)?
            }
            Kind::Not(_) | Kind::And(..) | Kind::Or(..) => self.logic(expr, scope)?,
            Kind::Compare(..) | Kind::Between(..) | Kind::In(..) | Kind::IsDistinct(..) => {
                self.comparison(expr, scope)?
            }
            Kind::Like(text, pattern, escape) => {
                self.like(text, pattern, escape.as_deref(), span, scope)?
            }
            Kind::IsNull(inner) => {
                Scalar::boolean(Node::IsNull(Box::new(self.expr(inner, scope)?)), span)
            }
            Kind::Case {
                operand,
                branches,
                otherwise,
            } => self.case(
                operand.as_deref(),
                branches,
                otherwise.as_deref(),
                span,
                scope,
            )?,
            Kind::Cast { value, to, safe } => {
                self.cast(value, to, *safe, (expr.at, span), scope)?
            }
            Kind::Extract(field, value) => self.extract(field, value, (expr.at, span), scope)?,
            Kind::Call(call) => self.call(call, (expr.at, span), scope)?,
            Kind::Grouping(columns) => {
                let columns = self.exprs(columns, scope)?;
                Scalar::new(Node::Grouping(columns), Type::BigInt, span)
            }
            Kind::Lambda(..) => {
                let message = "a lambda expression is not supported in this place here";
                return Err(Refusal::unsupported(expr.at, message));
            }
            _ => self.subquery(expr, scope)?,
        };
        Ok(folded(found))
    }

    /// NOT, AND and OR.
    fn logic(&mut self, expr: &Expr, scope: &Scope) -> Judged<Scalar> {
        let (term, span) = ("Logical expression term", expr.span);
        let node = match &expr.kind {
            Kind::And(one, other) => Node::And(
                Box::new(self.truth(one, term, scope)?),
                Box::new(self.truth(other, term, scope)?),
            ),
            Kind::Or(one, other) => Node::Or(
                Box::new(self.truth(one, term, scope)?),
                Box::new(self.truth(other, term, scope)?),
            ),
            Kind::Not(inner) => {
                let inner = self.truth(inner, "Value of logical NOT expression", scope)?;
                Node::Not(Box::new(inner))
            }
            _ => return self.expr(expr, scope),
        };
        Ok(Scalar::boolean(node, span))
    }

    pub(super) fn exprs(&mut self, all: &[Expr], scope: &Scope) -> Judged<Vec<Scalar>> {
        all.iter().map(|expr| self.expr(expr, scope)).collect()
    }

    /// A condition.
    pub(super) fn truth(&mut self, expr: &Expr, what: &str, scope: &Scope) -> Judged<Scalar> {
        let found = self.expr(expr, scope)?;
        match found.of {
            Type::Boolean => Ok(found),
            Type::Unknown => Ok(Self::coerced(found, &Type::Boolean)),
            of => Err(mismatch(
                expr.at,
                format!("{what} must evaluate to a boolean (actual: {of})"),
            )),
        }
    }

    fn column(&mut self, name: &Name, scope: &Scope) -> Judged<Scalar> {
        match self.resolve(&[name.key()], scope, name.at)? {
            Some(found) => Ok(found),
            None => Err(not_found(&name.text, name.at, scope)),
        }
    }

    /// `table.column`, or a field of a row.
    fn field(&mut self, expr: &Expr, base: &Expr, name: &Name, scope: &Scope) -> Judged<Scalar> {
        if let Some(parts) = parts_of(expr) {
            let keys: Vec<String> = parts.iter().map(|part| part.to_lowercase()).collect();
            if let Some(found) = self.resolve(&keys, scope, expr.span)? {
                return Ok(found);
            }
            let known = keys.first().is_some_and(|first| {
                match self.resolve(std::slice::from_ref(first), scope, expr.span) {
                    Ok(found) => found.is_some(),
                    Err(_) => true,
                }
            });
            if !known {
                return Err(not_found(&parts.join("."), expr.at, scope));
            }
        }
        let base = self.expr(base, scope)?;
        let Type::Row(fields) = &base.of else {
            return Err(mismatch(
                expr.at,
                format!("Expression {} is not of type ROW", base_text(expr)),
            ));
        };
        let place = fields.iter().position(|(field, _)| {
            field
                .as_ref()
                .is_some_and(|field| field.to_lowercase() == name.key())
        });
        let found = place.and_then(|place| Some((place, fields.get(place)?.1.clone())));
        let (place, of) = found.ok_or_else(|| not_found(&name.text, expr.at, &Scope::default()))?;
        Ok(Scalar::new(
            Node::Field(Box::new(base), place),
            of,
            expr.span,
        ))
    }

    fn subscript(&mut self, expr: &Expr, of: &Expr, index: &Expr, scope: &Scope) -> Judged<Scalar> {
        let (of, index) = (self.expr(of, scope)?, self.expr(index, scope)?);
        let (wanted, result) = match &of.of {
            Type::Array(item) => (Type::BigInt, (**item).clone()),
            Type::Map(key, value) => ((**key).clone(), (**value).clone()),
            Type::Row(fields) => {
                let number = match &index.node {
                    Node::Constant(Value::Whole(number)) => usize::try_from(*number)
                        .ok()
                        .and_then(|number| number.checked_sub(1)),
                    _ => None,
                };
                let field = number.and_then(|number| Some((number, fields.get(number)?.1.clone())));
                let Some((place, result)) = field else {
                    return Err(Refusal::athena(
                        "INVALID_FUNCTION_ARGUMENT",
                        expr.at,
                        "Subscript expression on ROW requires a constant within its size",
                    ));
                };
                return Ok(Scalar::new(
                    Node::Field(Box::new(of), place),
                    result,
                    expr.span,
                ));
            }
            other => {
                return Err(mismatch(
                    expr.at,
                    format!("Cannot apply operator: {other}[{}]", index.of),
                ));
            }
        };
        if !crate::types::can_become(&index.of, &wanted) {
            return Err(mismatch(
                expr.at,
                format!("Cannot apply operator: {}[{}]", of.of, index.of),
            ));
        }
        let index = Self::coerced(index, &wanted);
        Ok(Scalar::new(
            Node::Subscript(Box::new(of), Box::new(index)),
            result,
            expr.span,
        ))
    }

    fn array(&mut self, items: &[Expr], span: Span, scope: &Scope) -> Judged<Scalar> {
        let items = self.exprs(items, scope)?;
        let (items, of) = same_type(items, "All ARRAY elements must be the same type")?;
        Ok(Scalar::new(Node::Array(items), Type::array(of), span))
    }
}

/// What a literal says; `None` for other expressions.
fn constant(kind: &Kind, span: Span) -> Judged<Option<Scalar>> {
    Ok(Some(match kind {
        Kind::Null => Scalar::constant(Value::Null, Type::Unknown, span),
        Kind::Boolean(value) => Scalar::constant(Value::Boolean(*value), Type::Boolean, span),
        Kind::Integer(text) => literal::integer(text, span)?,
        Kind::Decimal(text) => literal::decimal(text, span)?,
        Kind::Double(text) => literal::double(text, span)?,
        Kind::String(text) => literal::text(text, span),
        Kind::Binary(bytes) => Scalar::constant(
            Value::Varbinary(bytes.as_slice().into()),
            Type::Varbinary,
            span,
        ),
        Kind::Typed(name, text) => literal::typed(name, text, span)?,
        Kind::Interval(interval) => literal::interval(interval, span)?,
        _ => return Ok(None),
    }))
}

pub(super) fn mismatch(at: Span, message: String) -> Box<Refusal> {
    Refusal::athena("TYPE_MISMATCH", at, message)
}

/// Athena adds that the reason may be permissions.
pub(super) fn not_found(name: &str, at: Span, scope: &Scope) -> Box<Refusal> {
    let message = format!(
        "Column '{}' cannot be resolved or requester is not authorized to access requested resources",
        name.to_lowercase()
    );
    let refusal = Refusal::athena("COLUMN_NOT_FOUND", at, message);
    let names = scope
        .fields
        .iter()
        .filter_map(|field| field.name.as_deref());
    let near = belfry_engine::diag::nearest(name, names).map(str::to_owned);
    match near {
        Some(near) => refusal.help(format!("there is a column `{near}`")),
        None => refusal,
    }
}

/// `a.b.c` as its parts; `None` for other expressions.
fn parts_of(expr: &Expr) -> Option<Vec<String>> {
    match &expr.kind {
        Kind::Column(name) => Some(vec![name.text.clone()]),
        Kind::Field(base, name) => {
            let mut parts = parts_of(base)?;
            parts.push(name.text.clone());
            Some(parts)
        }
        _ => None,
    }
}

fn base_text(expr: &Expr) -> String {
    match &expr.kind {
        Kind::Field(base, _) => {
            parts_of(base).map_or_else(|| "before the point".to_owned(), |parts| parts.join("."))
        }
        _ => String::new(),
    }
}

/// The expressions as ones of the type that they have in common.
pub(super) fn same_type(all: Vec<Scalar>, otherwise: &str) -> Judged<(Vec<Scalar>, Type)> {
    let mut of = Type::Unknown;
    for one in &all {
        of =
            common(&of, &one.of).ok_or_else(|| mismatch(one.span, format!("{otherwise}: {of}")))?;
    }
    let all = all
        .into_iter()
        .map(|one| Judge::coerced(one, &of))
        .collect();
    Ok((all, of))
}
