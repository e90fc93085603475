use belfry_engine::diag::Span;

use super::judge::Judge;
use super::relation::no_aggregates;
use super::scope::{Field, Scope};
use crate::exec::columns_of;
use crate::plan::Plan;
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Expr, JoinKind, Name, On, Relation};
use crate::types::Type;

/// Arrays, whether with ordinality, and the alias with its columns.
pub(super) type Unnest<'r> = (&'r [Expr], bool, Option<(&'r Name, &'r [Name])>);

impl Judge<'_> {
    pub(super) fn join_unnest(
        &mut self,
        left: (Plan, Scope),
        kind: JoinKind,
        (arrays, ordinality): (&[Expr], bool),
        alias: Option<(&Name, &[Name])>,
        on: &On,
        at: Span,
    ) -> Judged<(Plan, Scope)> {
        let width = left.1.fields.len();
        let outer = match (kind, on) {
            (JoinKind::Cross, _) => false,
            (JoinKind::Left, On::Condition(on))
                if on.kind == crate::sql::ast::Kind::Boolean(true) =>
            {
                true
            }
            _ => {
                let message = "UNNEST on other than the right side of CROSS JOIN, or of LEFT JOIN … ON TRUE, is not supported";
                return Err(Refusal::athena("NOT_SUPPORTED", at, message));
            }
        };
        let (plan, scope) = self.unnest(left, arrays, (ordinality, outer), at)?;
        let Some((name, columns)) = alias else {
            return Ok((plan, scope));
        };
        let mut fields = scope.fields;
        let new = Scope {
            fields: fields.split_off(width),
        };
        let (plan, new) = self.aliased(plan, new, name, columns)?;
        Ok((plan, Scope { fields }.with(new)))
    }

    pub(super) fn unnest(
        &mut self,
        (input, scope): (Plan, Scope),
        arrays: &[Expr],
        (ordinality, outer): (bool, bool),
        at: Span,
    ) -> Judged<(Plan, Scope)> {
        let arrays = self.exprs(arrays, &scope)?;
        let mut fields = Vec::new();
        for array in &arrays {
            no_aggregates(array, "UNNEST", at)?;
            if !matches!(array.of, Type::Array(_) | Type::Map(..)) {
                return Err(Refusal::athena(
                    "INVALID_FUNCTION_ARGUMENT",
                    array.span,
                    format!("Cannot unnest type: {}", array.of),
                ));
            }
            let names = match &array.of {
                Type::Array(of) => match &**of {
                    Type::Row(fields) => fields.iter().map(|(name, _)| name.clone()).collect(),
                    _ => vec![None],
                },
                _ => vec![None, None],
            };
            for (name, of) in names.into_iter().zip(columns_of(&array.of)) {
                fields.push(Field {
                    relation: Vec::new(),
                    name,
                    of,
                    hidden: false,
                });
            }
        }
        if ordinality {
            fields.push(Field {
                relation: Vec::new(),
                name: None,
                of: Type::BigInt,
                hidden: false,
            });
        }
        let plan = Plan::Unnest {
            input: Box::new(input),
            arrays,
            ordinality,
            outer,
        };
        Ok((plan, scope.with(Scope { fields })))
    }
}

/// UNNEST, with or without an alias.
pub(super) fn unnest_of(relation: &Relation) -> Option<Unnest<'_>> {
    match relation {
        Relation::Unnest(arrays, ordinality, _) => Some((arrays, *ordinality, None)),
        Relation::Alias(inner, name, columns) => match &**inner {
            Relation::Unnest(arrays, ordinality, _) => {
                Some((arrays, *ordinality, Some((name, columns.as_slice()))))
            }
            _ => None,
        },
        _ => None,
    }
}
