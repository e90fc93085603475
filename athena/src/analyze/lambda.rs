use belfry_engine::diag::Span;

use super::call::unexpected;
use super::judge::{Judge, folded};
use super::scope::Scope;
use crate::plan::{Higher, HigherKind, Node, Scalar};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Expr, Kind};
use crate::types::{Type, can_become};

const KINDS: [(&str, HigherKind); 6] = [
    ("transform", HigherKind::Transform),
    ("filter", HigherKind::Filter),
    ("any_match", HigherKind::AnyMatch),
    ("all_match", HigherKind::AllMatch),
    ("none_match", HigherKind::NoneMatch),
    ("reduce", HigherKind::Reduce),
];

/// The function of a name that takes lambda expressions.
pub(super) fn kind(name: &str) -> Option<HigherKind> {
    let found = KINDS.iter().find(|(of, _)| *of == name);
    found.map(|(_, kind)| *kind)
}

impl Judge<'_> {
    /// A call with lambda expressions.
    pub(super) fn higher(
        &mut self,
        kind: HigherKind,
        (name, arguments): (&str, &[&Expr]),
        (at, span): (Span, Span),
        scope: &Scope,
    ) -> Judged<Scalar> {
        let wrong = |types: &[Type]| {
            let expected = match kind {
                HigherKind::Reduce => {
                    "reduce(array(T), S, function(S,T,S), function(S,R))".to_owned()
                }
                HigherKind::Transform => "transform(array(T), function(T,U))".to_owned(),
                _ => format!("{name}(array(T), function(T,boolean))"),
            };
            unexpected(name, types, &[expected], at)
        };
        let (Some(array), reduce) = (arguments.first(), kind == HigherKind::Reduce) else {
            return Err(wrong(&[]));
        };
        if arguments.len() != if reduce { 4 } else { 2 } {
            return Err(wrong(&[]));
        }
        let array = self.expr(array, scope)?;
        let Type::Array(item) = array.of.clone() else {
            return Err(wrong(&[array.of]));
        };
        let first = self.bound;
        let mut call = Higher {
            kind,
            array,
            start: None,
            bodies: Vec::new(),
            first,
        };
        let of = match (kind, arguments) {
            (HigherKind::Reduce, [_, start, step, last]) => {
                let start = self.expr(start, scope)?;
                let state = start.of.clone();
                let step_body = self.lambda(step, &[state.clone(), (*item).clone()], scope)?;
                if !can_become(&step_body.of, &state) {
                    let message = format!(
                        "`reduce` from {state} with a function that gives {} is not supported here",
                        step_body.of
                    );
                    return Err(Refusal::unsupported(step.at, message)
                        .help(format!("begin with a value of the type {}", step_body.of)));
                }
                let last = self.lambda(last, std::slice::from_ref(&state), scope)?;
                let of = last.of.clone();
                call.start = Some(start);
                call.bodies = vec![Self::coerced(step_body, &state), last];
                of
            }
            (_, [_, body]) => {
                let body = self.lambda(body, std::slice::from_ref(&*item), scope)?;
                let truth = matches!(body.of, Type::Boolean | Type::Unknown);
                let (body, of) = match kind {
                    HigherKind::Transform => {
                        let of = Type::array(body.of.clone());
                        (body, of)
                    }
                    _ if !truth => return Err(wrong(&[call.array.of])),
                    HigherKind::Filter => {
                        (Self::coerced(body, &Type::Boolean), call.array.of.clone())
                    }
                    _ => (Self::coerced(body, &Type::Boolean), Type::Boolean),
                };
                call.bodies.push(body);
                of
            }
            _ => return Err(wrong(&[])),
        };
        let found = Scalar::new(Node::Higher(Box::new(call)), of, span);
        Ok(folded(found))
    }

    /// The body of a lambda expression whose parameters have these types.
    fn lambda(&mut self, expr: &Expr, types: &[Type], scope: &Scope) -> Judged<Scalar> {
        let Kind::Lambda(names, body) = &expr.kind else {
            let message = "a lambda expression is expected in this place";
            return Err(Refusal::athena("TYPE_MISMATCH", expr.at, message));
        };
        if names.len() != types.len() {
            let message = format!(
                "Expected a lambda that takes {} argument(s) but got {}",
                types.len(),
                names.len()
            );
            return Err(Refusal::athena("INVALID_PARAMETER_USAGE", expr.at, message));
        }
        let (before, aliases) = (self.bound, self.aliases.clone());
        let parameters = names.iter().zip(types).enumerate();
        let mut inner: Vec<(String, Scalar)> = parameters
            .map(|(place, (name, of))| {
                let node = Node::Bound(before + place);
                (name.key(), Scalar::new(node, of.clone(), name.at))
            })
            .collect();
        inner.extend(aliases.iter().cloned());
        self.aliases = inner;
        self.bound = before + types.len();
        let judged = self.expr(body, scope);
        (self.bound, self.aliases) = (before, aliases);
        let judged = judged?;
        let foreign = judged.any(&|part| {
            matches!(
                part.node,
                Node::Subquery(..) | Node::Aggregate(_) | Node::Window(_) | Node::Grouping(_)
            )
        });
        match foreign {
            true => Err(Refusal::athena(
                "NOT_SUPPORTED",
                body.at,
                "Lambda expression cannot contain aggregations, window functions or subqueries",
            )),
            false => Ok(judged),
        }
    }
}
