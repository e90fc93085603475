use belfry_engine::diag::Span;

use super::call::WINDOWS;
use super::judge::Judge;
use super::scope::Scope;
use crate::aggregate;
use crate::plan::{Edge, FrameUnit, Node, Scalar, WindowCall, WindowKind};
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Bound, Call, Frame, Name, Window};
use crate::types::Type;
use crate::value::Value;

/// The window with what it takes from one with a name (Trino documentation, SELECT, "WINDOW clause").
fn resolved(window: &Window, known: &[(Name, Window)]) -> Judged<Window> {
    let Some(name) = &window.base else {
        return Ok(window.clone());
    };
    let found = known.iter().find(|(of, _)| of.key() == name.key());
    let wrong = |code, message: &str| Err(Refusal::athena(code, name.at, message));
    let Some((_, base)) = found else {
        let message = format!("Cannot resolve WINDOW name {}", name.text);
        return wrong("INVALID_WINDOW_REFERENCE", &message);
    };
    // Those are resolved already.
    if window.alone {
        return Ok(base.clone());
    }
    if !window.partition.is_empty() {
        return wrong(
            "INVALID_PARTITION_BY",
            "WINDOW specification with named WINDOW reference cannot specify PARTITION BY",
        );
    }
    if !window.order.is_empty() && !base.order.is_empty() {
        return wrong(
            "INVALID_ORDER_BY",
            "Cannot specify ORDER BY if referenced named WINDOW specifies ORDER BY",
        );
    }
    if base.frame.is_some() {
        return wrong(
            "INVALID_WINDOW_REFERENCE",
            "Cannot reference named WINDOW containing frame specification",
        );
    }
    let order = match window.order.is_empty() {
        true => base.order.clone(),
        false => window.order.clone(),
    };
    Ok(Window {
        base: None,
        alone: false,
        partition: base.partition.clone(),
        order,
        frame: window.frame.clone(),
        at: window.at,
    })
}

impl Judge<'_> {
    /// The windows with names of a SELECT, each of which sees those before it.
    pub(super) fn name_windows(&mut self, all: &[(Name, Window)], scope: &Scope) -> Judged<()> {
        self.windows = Vec::new();
        for (name, window) in all {
            if self.windows.iter().any(|(of, _)| of.key() == name.key()) {
                let message = format!("WINDOW name '{}' specified more than once", name.text);
                return Err(Refusal::athena("DUPLICATE_WINDOW_NAME", name.at, message));
            }
            let window = resolved(window, &self.windows)?;
            // One that nobody uses is judged, too.
            self.exprs(&window.partition, scope)?;
            self.sort_keys(&window.order, scope)?;
            self.windows.push((name.clone(), window));
        }
        Ok(())
    }

    /// A call with OVER.
    pub(super) fn window_call(
        &mut self,
        call: &Call,
        over: &Window,
        places: (Span, Span),
        scope: &Scope,
    ) -> Judged<Scalar> {
        let name = call.name.key();
        let is_window = WINDOWS.contains(&name.as_str());
        if !is_window && aggregate::find(&name).is_empty() {
            let message = format!("'{name}' is not an aggregate or window function");
            return Err(Refusal::athena("FUNCTION_NOT_WINDOW", places.0, message));
        }
        if call.distinct {
            return Err(Refusal::athena(
                "NOT_SUPPORTED",
                places.0,
                "DISTINCT in window function parameters not yet supported",
            ));
        }
        let over = &resolved(over, &self.windows)?;
        let (kind, arguments, of) = if is_window {
            self.window_function(&name, call, places, scope)?
        } else {
            let call = self.aggregate_call(call, places, scope)?;
            let of = call.result.clone();
            (WindowKind::Aggregate(call), Vec::new(), of)
        };
        let partition = self.exprs(&over.partition, scope)?;
        let order = self.sort_keys(&over.order, scope)?;
        let ranked = matches!(
            kind,
            WindowKind::Rank
                | WindowKind::DenseRank
                | WindowKind::PercentRank
                | WindowKind::CumeDist
                | WindowKind::RowNumber
                | WindowKind::Ntile
                | WindowKind::Lag
                | WindowKind::Lead
        );
        if ranked && over.frame.is_some() {
            let message = format!("Cannot specify window frame for {name} function");
            return Err(Refusal::athena("INVALID_WINDOW_FRAME", over.at, message));
        }
        if matches!(kind, WindowKind::Lag | WindowKind::Lead) && order.is_empty() {
            let message = format!("{name} function requires an ORDER BY window clause");
            return Err(Refusal::athena("MISSING_ORDER_BY", over.at, message));
        }
        let (unit, start, end) = match &over.frame {
            Some(frame) => self.frame(frame)?,
            None if order.is_empty() => (FrameUnit::Rows, Edge::Start, Edge::End),
            None => (FrameUnit::Range, Edge::Start, Edge::Current),
        };
        let ignore_nulls = call.ignore_nulls == Some(true);
        let call = WindowCall {
            kind,
            arguments,
            ignore_nulls,
            partition,
            order,
            unit,
            start,
            end,
        };
        Ok(Scalar::new(Node::Window(Box::new(call)), of, places.1))
    }

    fn window_function(
        &mut self,
        name: &str,
        call: &Call,
        (at, _): (Span, Span),
        scope: &Scope,
    ) -> Judged<(WindowKind, Vec<Scalar>, Type)> {
        let mut arguments = self.exprs(&call.arguments, scope)?;
        let first = arguments
            .first()
            .map_or(Type::Unknown, |argument| argument.of.clone());
        let (kind, counts, of) = match name {
            "row_number" => (WindowKind::RowNumber, 0..=0, Type::BigInt),
            "rank" => (WindowKind::Rank, 0..=0, Type::BigInt),
            "dense_rank" => (WindowKind::DenseRank, 0..=0, Type::BigInt),
            "percent_rank" => (WindowKind::PercentRank, 0..=0, Type::Double),
            "cume_dist" => (WindowKind::CumeDist, 0..=0, Type::Double),
            "ntile" => (WindowKind::Ntile, 1..=1, Type::BigInt),
            "lag" => (WindowKind::Lag, 1..=3, first),
            "lead" => (WindowKind::Lead, 1..=3, first),
            "first_value" => (WindowKind::FirstValue, 1..=1, first),
            "last_value" => (WindowKind::LastValue, 1..=1, first),
            _ => (WindowKind::NthValue, 2..=2, first),
        };
        let types: Vec<String> = arguments
            .iter()
            .map(|argument| argument.of.to_string())
            .collect();
        let wrong = || {
            Refusal::athena(
                "TYPE_MISMATCH",
                at,
                format!(
                    "Unexpected parameters ({}) for function {name}",
                    types.join(", ")
                ),
            )
        };
        if !counts.contains(&arguments.len()) {
            return Err(wrong());
        }
        let number = if name == "ntile" { 0 } else { 1 };
        if arguments
            .get(number)
            .is_some_and(|argument| !argument.of.is_whole() && argument.of != Type::Unknown)
            && name != "first_value"
            && name != "last_value"
        {
            return Err(wrong());
        }
        if let Some(default) = arguments.get(2).cloned() {
            if !crate::types::can_become(&default.of, &of) {
                return Err(wrong());
            }
            arguments.truncate(2);
            arguments.push(Self::coerced(default, &of));
        }
        Ok((kind, arguments, of))
    }

    fn frame(&mut self, frame: &Frame) -> Judged<(FrameUnit, Edge, Edge)> {
        let unit = match frame.unit.key().as_str() {
            "rows" => FrameUnit::Rows,
            "range" => FrameUnit::Range,
            _ => {
                return Err(Refusal::unsupported(
                    frame.at,
                    "frames of GROUPS are not supported here",
                ));
            }
        };
        let mut edge = |bound: &Bound| {
            Ok(match bound {
                Bound::UnboundedPreceding => Edge::Start,
                Bound::CurrentRow => Edge::Current,
                Bound::UnboundedFollowing => Edge::End,
                Bound::Preceding(by) | Bound::Following(by) => {
                    if unit == FrameUnit::Range {
                        return Err(Refusal::unsupported(
                            frame.at,
                            "frames of RANGE with a distance are not supported here",
                        )
                        .help("ROWS with a distance is"));
                    }
                    let by_scalar = self.expr(by, &Scope::default())?;
                    let Node::Constant(Value::Whole(number @ 0..)) = by_scalar.node else {
                        return Err(Refusal::unsupported(
                            by.span,
                            "the distance of a frame must be a constant here",
                        ));
                    };
                    if matches!(bound, Bound::Preceding(_)) {
                        Edge::Preceding(number)
                    } else {
                        Edge::Following(number)
                    }
                }
            })
        };
        let (start, end) = (edge(&frame.start)?, edge(&frame.end)?);
        let wrong = match (&start, &end) {
            (Edge::End, _) => Some("Window frame start cannot be UNBOUNDED FOLLOWING"),
            (_, Edge::Start) => Some("Window frame end cannot be UNBOUNDED PRECEDING"),
            (Edge::Current, Edge::Preceding(_)) => {
                Some("Window frame starting from CURRENT ROW cannot end with PRECEDING")
            }
            (Edge::Following(_), Edge::Preceding(_)) => {
                Some("Window frame starting from FOLLOWING cannot end with PRECEDING")
            }
            (Edge::Following(_), Edge::Current) => {
                Some("Window frame starting from FOLLOWING cannot end with CURRENT ROW")
            }
            _ => None,
        };
        match wrong {
            Some(message) => Err(Refusal::athena("INVALID_WINDOW_FRAME", frame.at, message)),
            None => Ok((unit, start, end)),
        }
    }
}
