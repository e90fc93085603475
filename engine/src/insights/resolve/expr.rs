use super::command_order::Order;
use super::commands::First;
use super::join::Joined;
use super::member;
use super::others;
use super::pattern;
use super::scope::{Origin, Scope};
use super::stats::Gathering;
use crate::diag::{Diagnostic, Span, query};
use crate::insights::agg::AGGREGATES;
use crate::insights::ast::{Expr, ExprKind, Name};
use crate::insights::choices::Choices;
use crate::insights::others::Need;
use crate::insights::plan::{Operator, Plan, Scalar, Segment, Slot, Stats};
use crate::insights::value::{Comparison, Step, Value, parse_number};
use crate::insights::whole::Whole;

/// The state of resolving one query.
pub(super) struct Resolver {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) scope: Scope,
    /// The operations of the present segment.
    pub(super) operators: Vec<Operator>,
    /// The segment of events, once it is complete.
    pub(super) first: Option<First>,
    /// Completed aggregations; the last one's segment may be unfinished.
    pub(super) stages: Vec<(Stats, Segment)>,
    pub(super) order: Order,
    /// Remarks for every answer.
    pub(super) notes: Vec<String>,
    /// What is read before the query runs.
    pub(super) needs: Vec<Need>,
    /// The other side of a `join`, whose fields can be read until the next `stats`.
    pub(super) joined: Option<Box<Joined>>,
    /// What is chosen where AWS is silent.
    pub(super) choices: Choices,
    /// Why only AWS can run the query.
    pub(super) aws_only: Vec<Diagnostic>,
    /// Commands that groups of class STANDARD alone know.
    pub(super) standard_only: Vec<(&'static str, Span)>,
    /// The names that the `stats` being resolved gives to its keys and results, with their places.
    pub(super) results: Vec<(String, Span)>,
    /// Names for maps and lists that the present `fields` or `display` has made.
    pub(super) fresh: Vec<String>,
    /// The first function that asks for the time range of the query.
    pub(super) asks_range: Option<&'static str>,
}

impl Resolver {
    pub(super) fn read(&mut self, name: &str, span: Span) -> Option<Slot> {
        self.scope.read(name, span, &mut self.diagnostics)
    }

    pub(super) fn define(&mut self, name: &str, slot: Slot, origin: Origin, span: Span) {
        self.scope
            .define(name, slot, origin, span, &mut self.diagnostics);
    }

    /// The slot of a name that gets other values, so that what was read out of the old ones is forgotten.
    pub(super) fn overwrite(&mut self, name: &Name) -> Option<Slot> {
        let slot = self.read_name(name)?;
        self.scope.forget_members(&name.name);
        Some(slot)
    }

    /// Takes over what an answer with a subquery of this plan must say.
    pub(super) fn adopt(&mut self, plan: &Plan) {
        self.notes.extend(plan.notes.iter().cloned());
        self.aws_only.extend(plan.aws_only.iter().cloned());
        self.standard_only
            .extend(plan.standard_only.iter().copied());
        self.asks_range = self.asks_range.or(plan.asks_range);
    }

    /// Refuses to read a name before `stats` has made it: a field of the event may have the same name, and AWS
    /// knows a name once.
    pub(super) fn is_result(&mut self, name: &Name) -> bool {
        let mut results = self.results.iter();
        let Some((_, first)) = results.find(|(result, _)| *result == name.name) else {
            return false;
        };
        let message = format!("`{}` is a name that this `stats` makes", name.name);
        let error = Diagnostic::error(&query::ALREADY_DEFINED, name.span, message);
        self.diagnostics
            .push(error.also(*first, "it is made here").help(
                "aggregates and keys read what comes before the `stats`: name the result otherwise, or aggregate it in a second `stats`",
            ));
        true
    }

    /// Adds a command over all rows.
    pub(super) fn over_rows(&mut self, whole: impl Whole + 'static) {
        self.operators.push(Operator::Whole(Box::new(whole)));
    }

    /// Ends the present segment.
    pub(super) fn close_segment(&mut self) {
        super::join::close(self);
        let segment = Segment {
            width: self.scope.width,
            operators: std::mem::take(&mut self.operators),
        };
        match self.stages.last_mut() {
            Some((_, last)) => *last = segment,
            None => {
                self.first = Some(First {
                    inputs: std::mem::take(&mut self.scope.inputs),
                    reads: std::mem::take(&mut self.scope.reads),
                    segment,
                });
            }
        }
    }

    pub(super) fn error(&mut self, diagnostic: Diagnostic) -> Option<Scalar> {
        self.diagnostics.push(diagnostic);
        None
    }
}

/// Resolves an expression over the rows of the present segment.
pub(super) fn resolve_row(resolver: &mut Resolver, expr: &Expr) -> Option<Scalar> {
    Expressions {
        resolver,
        gathering: None,
    }
    .scalar(expr)
}

/// Resolves what `filter` asks.
pub(super) fn resolve_condition(resolver: &mut Resolver, expr: &Expr) -> Option<Scalar> {
    Expressions {
        resolver,
        gathering: None,
    }
    .condition(expr)
}

/// Resolves an item of `stats`, gathering its aggregates.
pub(super) fn resolve_item(
    resolver: &mut Resolver,
    gathering: &mut Gathering,
    expr: &Expr,
) -> Option<Scalar> {
    Expressions {
        resolver,
        gathering: Some(gathering),
    }
    .scalar(expr)
}

pub(super) struct Expressions<'r> {
    pub(super) resolver: &'r mut Resolver,
    /// Where aggregates go, inside an item of `stats`.
    pub(super) gathering: Option<&'r mut Gathering>,
}

impl Expressions<'_> {
    /// The expression over slots; `None` after a mistake, which has been reported.
    pub(super) fn scalar(&mut self, expr: &Expr) -> Option<Scalar> {
        match &expr.kind {
            ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Boolean(_) => {
                literal(expr).map(Scalar::Literal)
            }
            ExprKind::Period(_) => self.stray_period(expr.span),
            ExprKind::Field(name) => self.field(name),
            ExprKind::Access { base, path } => self.access(base, path, expr.span),
            ExprKind::Call {
                name,
                arguments,
                star,
            } => self.call(expr.span, name, arguments, *star),
            ExprKind::Negate(_) if literal(expr).is_some() => literal(expr).map(Scalar::Literal),
            ExprKind::Negate(a) => Some(Scalar::Negate(Box::new(self.scalar(a)?))),
            ExprKind::Not(a) => Some(Scalar::Not(Box::new(self.condition(a)?))),
            ExprKind::Arithmetic(op, a, b) => {
                self.resolver.suspect_sum(*op, a, b);
                let (a, b) = self.both(a, b)?;
                Some(Scalar::Arithmetic(*op, a, b))
            }
            ExprKind::Compare(op, a, b) => {
                self.resolver.suspect_comparison(a, b);
                let (a, b) = self.both(a, b)?;
                let op = match op {
                    Comparison::NotEqual if self.resolver.choices.missing_is_not_equal => {
                        Comparison::NotEqualOrMissing
                    }
                    op => *op,
                };
                Some(Scalar::Compare(op, a, b))
            }
            ExprKind::And(all) => self.conditions(all).map(Scalar::And),
            ExprKind::Or(any) => self.conditions(any).map(Scalar::Or),
            ExprKind::Like {
                value,
                pattern,
                pattern_span,
                negated,
            } => {
                let value = self.scalar(value);
                self.resolver.suspect_pattern(pattern, *pattern_span);
                let pattern = pattern::like(self.resolver, pattern, *pattern_span);
                let (value, pattern) = (Box::new(value?), pattern?);
                Some(self.negated(*negated, |negated| Scalar::Like {
                    value,
                    pattern,
                    negated,
                }))
            }
            ExprKind::InQuery {
                value,
                query,
                negated,
            } => {
                let value = self.scalar(value)?;
                others::membership(self.resolver, value, query, *negated)
            }
            ExprKind::In {
                value,
                list,
                negated,
            } => {
                let value = Box::new(self.scalar(value)?);
                let list = list.iter().filter_map(literal).collect();
                Some(self.negated(*negated, |negated| Scalar::In {
                    value,
                    list,
                    negated,
                }))
            }
        }
    }

    /// A condition that may be negated: `not like` does not hold for a missing value, `not (… like …)` does.
    fn negated(&self, negated: bool, condition: impl FnOnce(bool) -> Scalar) -> Scalar {
        if negated && self.resolver.choices.missing_is_not_equal {
            return Scalar::Not(Box::new(condition(false)));
        }
        condition(negated)
    }

    /// Both sides, so that mistakes on both are found.
    fn both(&mut self, a: &Expr, b: &Expr) -> Option<(Box<Scalar>, Box<Scalar>)> {
        let (a, b) = (self.scalar(a), self.scalar(b));
        Some((Box::new(a?), Box::new(b?)))
    }

    fn conditions(&mut self, all: &[Expr]) -> Option<Vec<Scalar>> {
        let scalars: Vec<_> = all.iter().map(|expr| self.condition(expr)).collect();
        scalars.into_iter().collect()
    }

    /// An operand of `and`, `or`, `not` and `filter`.
    fn condition(&mut self, expr: &Expr) -> Option<Scalar> {
        if !matches!(expr.kind, ExprKind::Text(_)) {
            return self.scalar(expr);
        }
        let message = "a text alone is no condition";
        self.resolver.error(
            Diagnostic::error(&query::TEXT_CONDITION, expr.span, message)
                .help("repeat the comparison: `a like \"x\" or a like \"y\"`"),
        )
    }

    /// All of them, so that mistakes in each are found.
    pub(super) fn each(&mut self, all: &[Expr]) -> Option<Vec<Scalar>> {
        let scalars: Vec<_> = all.iter().map(|expr| self.scalar(expr)).collect();
        scalars.into_iter().collect()
    }

    fn stray_period(&mut self, span: Span) -> Option<Scalar> {
        let message = "a period stands only inside `bin`, `datefloor` and `dateceil`";
        let error = Diagnostic::error(&query::ARGUMENT_KIND, span, message);
        self.resolver
            .error(error.help("moments are moved by milliseconds: `@timestamp + 3600000`"))
    }

    fn access(&mut self, base: &Expr, path: &[Step], span: Span) -> Option<Scalar> {
        if self.gathering.is_none() && !member::check_base(self.resolver, base, span) {
            return None;
        }
        Some(Scalar::Member {
            base: Box::new(self.scalar(base)?),
            path: path.to_vec(),
            otherwise: None,
        })
    }

    fn field(&mut self, name: &Name) -> Option<Scalar> {
        let Some(gathering) = &self.gathering else {
            return self.resolver.read_name(name).map(Scalar::Slot);
        };
        let Name { name, span, .. } = name;
        if let Some(slot) = gathering
            .scope
            .find(name.as_str())
            .filter(|&slot| slot >= gathering.keys)
        {
            return Some(Scalar::Slot(slot));
        }
        let message = format!("the field `{name}` stands outside an aggregate");
        let error = Diagnostic::error(&query::FIELD_OUTSIDE_AGGREGATE, *span, message);
        let aggregate = AGGREGATES.iter().find(|a| a.is_named(name));
        self.resolver.error(match aggregate {
            Some(aggregate) => {
                error.help(format!("an aggregate is written with brackets: `{}`", aggregate.signature))
            }
            None => error.help(format!(
                "group by it with `by {name}`, or take one value of each group with `latest({name})`"
            )),
        })
    }
}

/// The value of a literal, perhaps with a sign.
pub(super) fn literal(expr: &Expr) -> Option<Value<'static>> {
    match &expr.kind {
        ExprKind::Number(text) => parse_number(text).map(Value::from),
        ExprKind::Text(text) => Some(Value::text(text.clone())),
        ExprKind::Boolean(value) => Some(Value::boolean(*value)),
        ExprKind::Negate(inner) => match (&inner.kind, literal(inner)?) {
            (ExprKind::Number(_), Value::Integer(value)) => value.checked_neg().map(Value::Integer),
            (ExprKind::Number(_), Value::Float(value)) => Some(Value::Float(-value)),
            _ => None,
        },
        _ => None,
    }
}
