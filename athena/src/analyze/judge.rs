use std::rc::Rc;
use std::sync::atomic::AtomicBool;

use belfry_engine::catalog::Catalog;
use belfry_engine::diag::Span;
use jiff::civil::DateTime;

use super::scope::{Found, Scope};
use crate::exec::{Env, Shared, fold_constants};
use crate::plan::{Node, Plan, Scalar};
use crate::refusal::{Judged as Result, Refusal};
use crate::scan::Files;
use crate::sql::ast::{Expr, Name, Query, Window};
use crate::types::Type;
use crate::value::{Value, Zone};

/// A query that was found right.
pub(crate) struct Judged {
    pub(crate) plan: Plan,
    /// The columns' names and types.
    pub(crate) columns: Vec<(String, Type)>,
    /// What is to be said beside the result.
    pub(crate) notes: Vec<&'static str>,
}

/// What is known while a query is judged.
pub(crate) struct Judge<'q> {
    pub(super) catalog: &'q Catalog,
    /// The database of names without one.
    pub(super) database: &'q str,
    /// When the query began, in microseconds since 1970.
    pub(super) now: i64,
    /// The values of `?`.
    pub(super) parameters: &'q [Expr],
    /// Queries with names (WITH), the innermost last.
    pub(super) named: Vec<Named>,
    /// Queries around a subquery, the innermost last.
    pub(super) around: Vec<Around>,
    pub(super) notes: Vec<&'static str>,
    /// The query's text.
    pub(super) text: Rc<str>,
    /// Items of the SELECT that expressions of its ORDER BY may name.
    pub(super) aliases: Vec<(String, Scalar)>,
    /// The windows with names of the SELECT that is judged.
    pub(super) windows: Vec<(Name, Window)>,
    /// How many parameters the lambda expressions around have.
    pub(super) bound: usize,
}

/// A query of a WITH.
#[derive(Clone)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    pub(super) query: Query,
    /// How many names were there before it: it sees only those.
    pub(super) before: usize,
}

/// The query around a subquery.
pub(super) struct Around {
    pub(super) scope: Scope,
    /// What is handed into the subquery.
    pub(super) handed: Vec<Scalar>,
}

impl<'q> Judge<'q> {
    pub(crate) fn new(
        catalog: &'q Catalog,
        database: &'q str,
        now: DateTime,
        text: &str,
        parameters: &'q [Expr],
    ) -> Self {
        let now = crate::value::micros_of(now).unwrap_or(0);
        Self {
            catalog,
            database,
            now,
            parameters,
            named: Vec::new(),
            around: Vec::new(),
            notes: Vec::new(),
            text: text.into(),
            aliases: Vec::new(),
            windows: Vec::new(),
            bound: 0,
        }
    }

    /// Judges a whole query.
    pub(crate) fn judge(mut self, query: &Query) -> Result<Judged> {
        let (plan, scope) = self.query(query)?;
        let name = |(place, field): (usize, &super::scope::Field)| {
            (
                field.name.clone().unwrap_or_else(|| format!("_col{place}")),
                field.of.clone(),
            )
        };
        let columns: Vec<(String, Type)> = scope.fields.iter().enumerate().map(name).collect();
        let mut plan = crate::plan::push_filters(plan);
        crate::plan::mark_used(&mut plan, &vec![true; columns.len()]);
        self.notes.sort_unstable();
        self.notes.dedup();
        Ok(Judged {
            plan,
            columns,
            notes: self.notes,
        })
    }

    /// What a name stands for, here or in the queries around.
    pub(super) fn resolve(
        &mut self,
        parts: &[String],
        scope: &Scope,
        at: Span,
    ) -> Result<Option<Scalar>> {
        if let [only] = parts
            && let Some((_, item)) = self.aliases.iter().find(|(name, _)| name == only)
        {
            return Ok(Some(item.clone()));
        }
        match scope.find(parts) {
            Found::One(place) => {
                let of = scope
                    .fields
                    .get(place)
                    .map_or(Type::Unknown, |field| field.of.clone());
                Ok(Some(Scalar::column(place, of, at)))
            }
            Found::Several => {
                let name = parts.join(".");
                Err(Refusal::athena(
                    "AMBIGUOUS_NAME",
                    at,
                    format!("Column '{name}' is ambiguous"),
                ))
            }
            Found::None => self.resolve_around(self.around.len(), parts, at),
        }
    }

    fn resolve_around(
        &mut self,
        depth: usize,
        parts: &[String],
        at: Span,
    ) -> Result<Option<Scalar>> {
        let Some(place) = depth.checked_sub(1) else {
            return Ok(None);
        };
        let found = match self
            .around
            .get(place)
            .map(|around| (around.scope.find(parts), around))
        {
            Some((Found::One(column), around)) => {
                let of = around
                    .scope
                    .fields
                    .get(column)
                    .map_or(Type::Unknown, |field| field.of.clone());
                Some(Scalar::column(column, of, at))
            }
            Some((Found::Several, _)) => {
                let name = parts.join(".");
                return Err(Refusal::athena(
                    "AMBIGUOUS_NAME",
                    at,
                    format!("Column '{name}' is ambiguous"),
                ));
            }
            _ => self.resolve_around(place, parts, at)?,
        };
        let (Some(outside), Some(around)) = (found, self.around.get_mut(place)) else {
            return Ok(None);
        };
        let of = outside.of.clone();
        let known = around.handed.iter().position(|handed| *handed == outside);
        let number = known.unwrap_or_else(|| {
            around.handed.push(outside);
            around.handed.len() - 1
        });
        Ok(Some(Scalar::new(Node::Handed(number), of, at)))
    }

    /// The expression as one of a type that it becomes by itself.
    pub(super) fn coerced(scalar: Scalar, to: &Type) -> Scalar {
        if scalar.of == *to {
            return scalar;
        }
        let span = scalar.span;
        if let Node::Constant(Value::Null) = scalar.node {
            return Scalar::constant(Value::Null, to.clone(), span);
        }
        folded(Scalar::new(
            Node::Cast(Box::new(scalar), false),
            to.clone(),
            span,
        ))
    }

    /// The moment of the query.
    pub(super) fn now(&self) -> Value {
        Value::TimestampTz(self.now.div_euclid(1000) * 1000, Zone::UTC)
    }
}

/// With its constant parts reckoned.
pub(super) fn folded(scalar: Scalar) -> Scalar {
    static NEVER: AtomicBool = AtomicBool::new(false);
    let nothing = Files::default();
    let shared = Shared::new(&nothing, DateTime::default(), None, &NEVER);
    fold_constants(
        scalar,
        &Env {
            shared: &shared,
            handed: &[],
            bound: &[],
        },
    )
}
