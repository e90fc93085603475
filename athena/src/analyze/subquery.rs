use std::sync::Arc;

use belfry_engine::diag::Span;

use super::expression::mismatch;
use super::judge::{Around, Judge};
use super::scope::Scope;
use crate::plan::{Node, Plan, Scalar, SubqueryKind};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Comparison, Expr, Kind, Query};
use crate::types::{Type, common};

impl Judge<'_> {
    /// `(query)`, EXISTS, IN and ANY or ALL of a query.
    pub(super) fn subquery(&mut self, expr: &Expr, scope: &Scope) -> Judged<Scalar> {
        let span = expr.span;
        match &expr.kind {
            Kind::Exists(query) => {
                let (plan, _, handed) = self.inner(query, scope)?;
                Ok(Scalar::boolean(
                    Node::Subquery(Box::new(SubqueryKind::Exists), Arc::new(plan), handed),
                    span,
                ))
            }
            Kind::Subquery(query) => {
                let (plan, types, handed) = self.inner(query, scope)?;
                let of = only(
                    &types,
                    "Subquery expression must produce only one field",
                    expr.at,
                )?;
                Ok(Scalar::new(
                    Node::Subquery(Box::new(SubqueryKind::Value), Arc::new(plan), handed),
                    of,
                    span,
                ))
            }
            Kind::InQuery(value, query) => {
                self.quantified(value, (Comparison::Equal, false), query, expr, scope)
            }
            Kind::Quantified {
                comparison,
                value,
                all,
                query,
            } => self.quantified(value, (*comparison, *all), query, expr, scope),
            _ => Err(crate::refusal::Refusal::unsupported(
                expr.at,
                "this expression is not supported here",
            )),
        }
    }

    fn quantified(
        &mut self,
        value: &Expr,
        (comparison, all): (Comparison, bool),
        query: &Query,
        expr: &Expr,
        scope: &Scope,
    ) -> Judged<Scalar> {
        let value = self.expr(value, scope)?;
        let (plan, types, handed) = self.inner(query, scope)?;
        let of = only(
            &types,
            "Multiple columns returned by subquery are not yet supported",
            expr.at,
        )?;
        let both = common(&value.of, &of).ok_or_else(|| {
            mismatch(
                expr.at,
                format!(
                    "value and result of subquery must be of the same type: {} vs {of}",
                    value.of
                ),
            )
        })?;
        let plan = match of == both {
            true => plan,
            false => {
                let item = Self::coerced(Scalar::column(0, of, expr.span), &both);
                Plan::Project(Box::new(plan), vec![item])
            }
        };
        let kind = SubqueryKind::Compare(Self::coerced(value, &both), comparison, all);
        Ok(Scalar::boolean(
            Node::Subquery(Box::new(kind), Arc::new(plan), handed),
            expr.span,
        ))
    }

    /// A query that sees the columns of a scope; what it takes of them is handed in.
    fn inner(&mut self, query: &Query, scope: &Scope) -> Judged<(Plan, Vec<Type>, Vec<Scalar>)> {
        self.around.push(Around {
            scope: scope.clone(),
            handed: Vec::new(),
        });
        let judged = self.query(query);
        let around = self.around.pop();
        let (plan, scope) = judged?;
        let types = scope.fields.into_iter().map(|field| field.of).collect();
        let plan = crate::plan::push_filters(plan);
        Ok((
            plan,
            types,
            around.map_or_else(Vec::new, |around| around.handed),
        ))
    }
}

fn only(types: &[Type], otherwise: &str, at: Span) -> Judged<Type> {
    match types {
        [of] => Ok(of.clone()),
        _ => Err(Refusal::athena("NOT_SUPPORTED", at, otherwise)),
    }
}
