use super::commands::{First, Order};
use super::pattern;
use super::scope::{Origin, Scope};
use super::stats::Gathering;
use crate::diag::{Diagnostic, Span, nearest, query};
use crate::insights::agg::{self, AGGREGATES};
use crate::insights::ast::{Expr, ExprKind, Name};
use crate::insights::func::{self, Call, FUNCTIONS, Function, MANY};
use crate::insights::period::Period;
use crate::insights::plan::{Operator, Scalar, Segment, Slot, Stats};
use crate::insights::value::{Value, parse_number};

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
}

impl Resolver {
    pub(super) fn read(&mut self, name: &str, span: Span) -> Option<Slot> {
        self.scope.read(name, span, &mut self.diagnostics)
    }

    pub(super) fn define(&mut self, name: &str, slot: Slot, origin: Origin, span: Span) {
        self.scope
            .define(name, slot, origin, span, &mut self.diagnostics);
    }

    /// Ends the present segment.
    pub(super) fn close_segment(&mut self) {
        let segment = Segment {
            width: self.scope.width,
            operators: std::mem::take(&mut self.operators),
        };
        match self.stages.last_mut() {
            Some((_, last)) => *last = segment,
            None => {
                let inputs = std::mem::take(&mut self.scope.inputs);
                self.first = Some(First { inputs, segment });
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

struct Expressions<'r> {
    resolver: &'r mut Resolver,
    /// Where aggregates go, inside an item of `stats`.
    gathering: Option<&'r mut Gathering>,
}

impl Expressions<'_> {
    fn scalar(&mut self, expr: &Expr) -> Option<Scalar> {
        match &expr.kind {
            ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Boolean(_) => {
                literal(expr).map(Scalar::Literal)
            }
            ExprKind::Period(_) => self.stray_period(expr.span),
            ExprKind::Field(name) => self.field(name, expr.span),
            ExprKind::Call {
                name,
                arguments,
                star,
            } => self.call(expr.span, name, arguments, *star),
            ExprKind::Negate(_) if literal(expr).is_some() => literal(expr).map(Scalar::Literal),
            ExprKind::Negate(a) => Some(Scalar::Negate(Box::new(self.scalar(a)?))),
            ExprKind::Not(a) => Some(Scalar::Not(Box::new(self.condition(a)?))),
            ExprKind::Arithmetic(op, a, b) => {
                let (a, b) = self.both(a, b)?;
                Some(Scalar::Arithmetic(*op, a, b))
            }
            ExprKind::Compare(op, a, b) => {
                let (a, b) = self.both(a, b)?;
                Some(Scalar::Compare(*op, a, b))
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
                let pattern = pattern::like(self.resolver, pattern, *pattern_span);
                Some(Scalar::Like {
                    value: Box::new(value?),
                    pattern: pattern?,
                    negated: *negated,
                })
            }
            ExprKind::In {
                value,
                list,
                negated,
            } => Some(Scalar::In {
                value: Box::new(self.scalar(value)?),
                list: list.iter().filter_map(literal).collect(),
                negated: *negated,
            }),
        }
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
    fn each(&mut self, all: &[Expr]) -> Option<Vec<Scalar>> {
        let scalars: Vec<_> = all.iter().map(|expr| self.scalar(expr)).collect();
        scalars.into_iter().collect()
    }

    fn stray_period(&mut self, span: Span) -> Option<Scalar> {
        let message = "a period stands only inside `bin`, `datefloor` and `dateceil`";
        self.resolver
            .error(Diagnostic::error(&query::ARGUMENT_KIND, span, message))
    }

    fn field(&mut self, name: &str, span: Span) -> Option<Scalar> {
        let Some(gathering) = &self.gathering else {
            return self.resolver.read(name, span).map(Scalar::Slot);
        };
        if let Some(slot) = gathering
            .scope
            .find(name)
            .filter(|&slot| slot >= gathering.keys)
        {
            return Some(Scalar::Slot(slot));
        }
        let message = format!("the field `{name}` stands outside an aggregate");
        self.resolver.error(
            Diagnostic::error(&query::FIELD_OUTSIDE_AGGREGATE, span, message).help(format!(
                "group by it with `by {name}`, or take one value of each group with `latest({name})`"
            )),
        )
    }

    fn call(&mut self, span: Span, name: &Name, arguments: &[Expr], star: bool) -> Option<Scalar> {
        if let Some(aggregate) = AGGREGATES.iter().find(|a| a.is_named(&name.name)) {
            return match self.gathering.as_deref_mut() {
                Some(gathering) => {
                    gathering.aggregate(self.resolver, aggregate, span, arguments, star)
                }
                None => self.misplaced_aggregate(name),
            };
        }
        match FUNCTIONS.iter().find(|f| f.is_named(&name.name)) {
            Some(function) => self.function(function, span, arguments, star),
            None => {
                let error = unknown_function(name);
                self.resolver.error(error)
            }
        }
    }

    fn misplaced_aggregate(&mut self, name: &Name) -> Option<Scalar> {
        let message = format!(
            "the aggregate `{}` stands only in an item of `stats`",
            name.name
        );
        self.resolver.error(Diagnostic::error(
            &query::AGGREGATE_PLACE,
            name.span,
            message,
        ))
    }

    fn function(
        &mut self,
        function: &'static Function,
        span: Span,
        arguments: &[Expr],
        star: bool,
    ) -> Option<Scalar> {
        let (least, most) = function.arguments;
        if star || !(least..=most).contains(&arguments.len()) {
            return self
                .resolver
                .error(wrong_count(function, span, arguments.len()));
        }
        match (function.call, arguments) {
            (Call::Query(of_query), _) => Some(Scalar::Query(of_query)),
            (Call::Values(of_values), _) => Some(Scalar::Call(of_values, self.each(arguments)?)),
            (Call::Moment(moment), [value, period]) => {
                let value = self.scalar(value);
                let period = self.period(function, period)?;
                Some(Scalar::Moment(moment, Box::new(value?), period))
            }
            (Call::Bin, [period]) => {
                let period = self.period(function, period);
                let at = self.timestamp(function.name, span);
                Some(Scalar::Moment(
                    |at, period| period.floor(at),
                    Box::new(Scalar::Slot(at?)),
                    period?,
                ))
            }
            _ => self
                .resolver
                .error(wrong_count(function, span, arguments.len())),
        }
    }

    fn timestamp(&mut self, function: &str, span: Span) -> Option<Slot> {
        timestamp(self.resolver, function, span)
    }

    fn period(&mut self, function: &Function, expr: &Expr) -> Option<Period> {
        let ExprKind::Period(period) = &expr.kind else {
            let message = format!("`{}` takes a period such as `5m` here", function.name);
            self.resolver
                .error(Diagnostic::error(&query::ARGUMENT_KIND, expr.span, message));
            return None;
        };
        let capped = period.capped();
        if capped != *period {
            let message = format!(
                "the period acts as {} units, the most that have an effect",
                capped.count
            );
            self.resolver.diagnostics.push(
                Diagnostic::warning(&query::PERIOD_CAPPED, expr.span, message)
                    .help("write it in a larger unit: `5m` instead of `300s`"),
            );
        }
        Some(capped)
    }
}

/// The slot of `@timestamp`, which `bin`, `earliest` and `latest` read.
pub(super) fn timestamp(resolver: &mut Resolver, function: &str, span: Span) -> Option<Slot> {
    let gone = resolver.scope.after_stats && resolver.scope.find("@timestamp").is_none();
    if !gone {
        return resolver.read("@timestamp", span);
    }
    let message = format!("`{function}` reads `@timestamp`, which does not exist after `stats`");
    resolver.diagnostics.push(
        Diagnostic::error(&query::TIMESTAMP_GONE, span, message)
            .help("carry a moment through the first `stats`, as in `by bin(5m) as t`, and use `datefloor(t, 1h)`"),
    );
    None
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

pub(super) fn unknown_function(name: &Name) -> Diagnostic {
    let known = func::NOT_BUILT.iter().chain(agg::NOT_BUILT);
    if let Some((known, instead)) = known
        .clone()
        .find(|(known, _)| known.eq_ignore_ascii_case(&name.name))
    {
        let message = format!("the function `{known}` is not supported by this version of Belfry");
        return Diagnostic::error(&query::UNSUPPORTED_FUNCTION, name.span, message).help(*instead);
    }
    let message = format!("unknown function `{}`", name.name);
    let error = Diagnostic::error(&query::UNKNOWN_FUNCTION, name.span, message)
        .label("not a function of Logs Insights");
    let names = FUNCTIONS
        .iter()
        .flat_map(|f| std::iter::once(&f.name).chain(f.aliases))
        .chain(
            AGGREGATES
                .iter()
                .flat_map(|a| std::iter::once(&a.name).chain(a.aliases)),
        )
        .copied()
        .chain(known.map(|(name, _)| *name));
    match nearest(&name.name, names) {
        Some(near) => error.replace(name.span, near, "a function with a similar name exists"),
        None => error,
    }
}

fn wrong_count(function: &Function, span: Span, found: usize) -> Diagnostic {
    let (least, most) = function.arguments;
    let expected = match (least, most) {
        (least, MANY) => format!("at least {least}"),
        (least, most) if least == most => least.to_string(),
        (least, most) => format!("{least} to {most}"),
    };
    let name = function.name;
    let noun = if (least, most) == (1, 1) {
        "argument"
    } else {
        "arguments"
    };
    let message = format!("`{name}` takes {expected} {noun}, found {found}");
    Diagnostic::error(&query::ARGUMENT_COUNT, span, message)
        .help(format!("it is written `{}`", function.signature))
}
