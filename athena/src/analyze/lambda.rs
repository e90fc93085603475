use belfry_engine::diag::Span;

use super::call::unexpected;
use super::judge::{Judge, folded};
use super::scope::Scope;
use crate::plan::{Higher, HigherKind, Node, Scalar};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Expr, Kind};
use crate::types::{Type, can_become};

const KINDS: [(&str, HigherKind); 11] = [
    ("transform", HigherKind::Transform),
    ("filter", HigherKind::Filter),
    ("any_match", HigherKind::AnyMatch),
    ("all_match", HigherKind::AllMatch),
    ("none_match", HigherKind::NoneMatch),
    ("reduce", HigherKind::Reduce),
    ("zip_with", HigherKind::ZipWith),
    ("array_sort", HigherKind::Sort),
    ("map_filter", HigherKind::MapFilter),
    ("transform_keys", HigherKind::TransformKeys),
    ("transform_values", HigherKind::TransformValues),
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
        let wrong = |types: &[Type]| wrong_call(kind, name, types, at);
        let Some(array) = arguments.first() else {
            return Err(wrong(&[]));
        };
        let count = match kind {
            HigherKind::Reduce => 4,
            HigherKind::ZipWith => 3,
            _ => 2,
        };
        if arguments.len() != count {
            return Err(wrong(&[]));
        }
        let array = self.expr(array, scope)?;
        let (item, value) = match (array.of.clone(), kind.of_map()) {
            (Type::Array(item), false) => (item, Type::Unknown),
            (Type::Map(key, value), true) => (key, *value),
            (of, _) => return Err(wrong(&[of])),
        };
        let first = self.bound;
        let mut call = Higher {
            kind,
            array,
            start: None,
            bodies: Vec::new(),
            first,
        };
        let of = match kind {
            HigherKind::Reduce => self.reduction(&mut call, arguments, &item, scope)?,
            _ => self.bodies(&mut call, arguments, (&item, &value), scope)?,
        };
        let of = of.ok_or_else(|| wrong(&[call.array.of.clone()]))?;
        let found = Scalar::new(Node::Higher(Box::new(call)), of, span);
        Ok(folded(found))
    }

    /// The lambda expressions of `reduce`, and the type of its result.
    fn reduction(
        &mut self,
        call: &mut Higher,
        arguments: &[&Expr],
        item: &Type,
        scope: &Scope,
    ) -> Judged<Option<Type>> {
        let [_, start, step, last] = arguments else {
            return Ok(None);
        };
        let start = self.expr(start, scope)?;
        let state = start.of.clone();
        let step_body = self.lambda(step, &[state.clone(), item.clone()], scope)?;
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
        Ok(Some(of))
    }

    /// The lambda expression of the others, and the type of the result; `None` where its own does not fit.
    fn bodies(
        &mut self,
        call: &mut Higher,
        arguments: &[&Expr],
        (item, value): (&Type, &Type),
        scope: &Scope,
    ) -> Judged<Option<Type>> {
        let kind = call.kind;
        let of = match (kind, arguments) {
            (HigherKind::ZipWith, [_, other, body]) => {
                let other = self.expr(other, scope)?;
                let Type::Array(second) = other.of.clone() else {
                    return Ok(None);
                };
                let body = self.lambda(body, &[item.clone(), *second], scope)?;
                let of = Type::array(body.of.clone());
                call.start = Some(other);
                call.bodies.push(body);
                of
            }
            (HigherKind::Sort, [_, body]) => {
                let body = self.lambda(body, &[item.clone(), item.clone()], scope)?;
                if !can_become(&body.of, &Type::Integer) {
                    return Ok(None);
                }
                call.bodies.push(Self::coerced(body, &Type::Integer));
                call.array.of.clone()
            }
            (_, [_, body]) if kind.of_map() => {
                let body = self.lambda(body, &[item.clone(), value.clone()], scope)?;
                let (body, of) = match kind {
                    HigherKind::TransformKeys => {
                        let of = Type::map(body.of.clone(), value.clone());
                        (body, of)
                    }
                    HigherKind::TransformValues => {
                        let of = Type::map(item.clone(), body.of.clone());
                        (body, of)
                    }
                    _ if !matches!(body.of, Type::Boolean | Type::Unknown) => {
                        return Ok(None);
                    }
                    _ => (Self::coerced(body, &Type::Boolean), call.array.of.clone()),
                };
                call.bodies.push(body);
                of
            }
            (_, [_, body]) => {
                let body = self.lambda(body, std::slice::from_ref(item), scope)?;
                let truth = matches!(body.of, Type::Boolean | Type::Unknown);
                let (body, of) = match kind {
                    HigherKind::Transform => {
                        let of = Type::array(body.of.clone());
                        (body, of)
                    }
                    _ if !truth => return Ok(None),
                    HigherKind::Filter => {
                        (Self::coerced(body, &Type::Boolean), call.array.of.clone())
                    }
                    _ => (Self::coerced(body, &Type::Boolean), Type::Boolean),
                };
                call.bodies.push(body);
                of
            }
            _ => return Ok(None),
        };
        Ok(Some(of))
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

fn wrong_call(kind: HigherKind, name: &str, types: &[Type], at: Span) -> Box<Refusal> {
    let expected = match kind {
        HigherKind::Reduce => "reduce(array(T), S, function(S,T,S), function(S,R))".to_owned(),
        HigherKind::Transform => "transform(array(T), function(T,U))".to_owned(),
        HigherKind::ZipWith => "zip_with(array(T), array(U), function(T,U,R))".to_owned(),
        HigherKind::Sort => "array_sort(array(T), function(T,T,integer))".to_owned(),
        HigherKind::MapFilter => "map_filter(map(K,V), function(K,V,boolean))".to_owned(),
        _ if kind.of_map() => format!("{name}(map(K,V), function(K,V,T))"),
        _ => format!("{name}(array(T), function(T,boolean))"),
    };
    unexpected(name, types, &[expected], at)
}
