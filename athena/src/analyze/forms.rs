use belfry_engine::diag::Span;

use super::expression::{mismatch, same_type};
use super::judge::Judge;
use super::scope::Scope;
use crate::func::LikePattern;
use crate::plan::{Node, Scalar};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Expr, Name, TypeName};
use crate::types::{Type, common, of_name};
use crate::value::Value;

impl Judge<'_> {
    pub(super) fn like(
        &mut self,
        text: &Expr,
        pattern: &Expr,
        escape: Option<&Expr>,
        span: Span,
        scope: &Scope,
    ) -> Judged<Scalar> {
        let mut side = |expr: &Expr, what: &str| {
            let found = self.expr(expr, scope)?;
            match found.of {
                Type::Varchar(_) | Type::Unknown => Ok(found),
                of => Err(mismatch(
                    expr.at,
                    format!("{what} must evaluate to a varchar (actual: {of})"),
                )),
            }
        };
        let text = side(text, "Left side of LIKE expression")?;
        let pattern = side(pattern, "Pattern for LIKE expression")?;
        let escape = escape
            .map(|escape| side(escape, "Escape for LIKE expression"))
            .transpose()?;
        let constant = |of: &Scalar| match &of.node {
            Node::Constant(Value::Varchar(text)) => Some(text.to_string()),
            _ => None,
        };
        let known = constant(&pattern).filter(|_| {
            escape
                .as_ref()
                .is_none_or(|escape| constant(escape).is_some())
        });
        if let Some(known) = known {
            let escape_text = escape.as_ref().and_then(constant);
            let parsed =
                LikePattern::parse(&known, escape_text.as_deref()).map_err(|mut refusal| {
                    refusal.at = Some(pattern.span);
                    refusal
                })?;
            return Ok(Scalar::boolean(Node::Matches(Box::new(text), parsed), span));
        }
        Ok(Scalar::boolean(
            Node::Like(Box::new(text), Box::new(pattern), escape.map(Box::new)),
            span,
        ))
    }

    pub(super) fn case(
        &mut self,
        operand: Option<&Expr>,
        branches: &[(Expr, Expr)],
        otherwise: Option<&Expr>,
        span: Span,
        scope: &Scope,
    ) -> Judged<Scalar> {
        let mut whens = Vec::new();
        for (when, _) in branches {
            whens.push(match operand {
                None => self.truth(when, "CASE WHEN clause", scope)?,
                Some(operand) => {
                    let (one, other) = (self.expr(operand, scope)?, self.expr(when, scope)?);
                    let both = common(&one.of, &other.of).ok_or_else(|| {
                        mismatch(when.at, format!("CASE operand type does not match WHEN clause operand type: {} vs {}", one.of, other.of))
                    })?;
                    let sides = (Box::new(Self::coerced(one, &both)), Box::new(Self::coerced(other, &both)));
                    Scalar::boolean(Node::Compare(crate::sql::ast::Comparison::Equal, sides.0, sides.1), when.span)
                }
            });
        }
        let mut values: Vec<Scalar> = Vec::new();
        for (_, then) in branches {
            values.push(self.expr(then, scope)?);
        }
        if let Some(otherwise) = otherwise {
            values.push(self.expr(otherwise, scope)?);
        }
        let (mut values, of) = same_type(values, "All CASE results must be the same type")?;
        let last = otherwise.and_then(|_| values.pop()).map(Box::new);
        Ok(Scalar::new(
            Node::Case(whens.into_iter().zip(values).collect(), last),
            of,
            span,
        ))
    }

    pub(super) fn cast(
        &mut self,
        value: &Expr,
        to: &TypeName,
        safe: bool,
        (at, span): (Span, Span),
        scope: &Scope,
    ) -> Judged<Scalar> {
        let to = of_name(to)?;
        let value = self.expr(value, scope)?;
        if !crate::func::has_cast(&value.of, &to) {
            return Err(mismatch(at, format!("Cannot cast {} to {to}", value.of)));
        }
        if let Node::Constant(Value::Null) = value.node {
            return Ok(Scalar::constant(Value::Null, to, span));
        }
        Ok(Scalar::new(Node::Cast(Box::new(value), safe), to, span))
    }

    pub(super) fn extract(
        &mut self,
        field: &Name,
        value: &Expr,
        places: (Span, Span),
        scope: &Scope,
    ) -> Judged<Scalar> {
        const FIELDS: [&str; 14] = [
            "year",
            "quarter",
            "month",
            "week",
            "day",
            "day_of_month",
            "day_of_week",
            "dow",
            "day_of_year",
            "doy",
            "year_of_week",
            "yow",
            "hour",
            "minute",
        ];
        let key = field.key();
        if !FIELDS.contains(&key.as_str()) && key != "second" {
            let message = format!("Invalid EXTRACT field: {}", field.text);
            return Err(Refusal::athena("SYNTAX_ERROR", field.at, message));
        }
        self.call_named(&key, &[value], places, scope)
    }
}
