use regex_syntax::hir::{Hir, HirKind};

use crate::events::Literal;
use crate::insights::plan::{Input, Operator, Pattern, Scalar, Slot};
use crate::insights::value::{Comparison, Value, parse_number};

/// The longest text that every event must hold to pass the filters of `front`; operations on single
/// events, in any order, since each filter is met by what passes all of them.
pub(super) fn required(front: &[Operator], inputs: &[(Slot, Input)]) -> Option<Literal> {
    let written: Vec<Slot> = front.iter().flat_map(written).collect();
    let unchanged = |(slot, _): &&(Slot, Input)| !written.contains(slot);
    let inputs: Vec<(Slot, Input)> = inputs.iter().filter(unchanged).cloned().collect();
    let mut found = Vec::new();
    for operator in front {
        if let Operator::Filter(scalar) = operator {
            of_scalar(scalar, &inputs, &mut found);
        }
    }
    let found = found.into_iter().filter(|literal| !literal.is_empty());
    found.max_by_key(Literal::len)
}

/// The slots that an operation fills.
fn written(operator: &Operator) -> Vec<Slot> {
    match operator {
        Operator::Compute { slot, .. } => vec![*slot],
        Operator::Extract { targets, .. } => targets.iter().map(|(_, slot)| *slot).collect(),
        _ => Vec::new(),
    }
}

fn of_scalar(scalar: &Scalar, inputs: &[(Slot, Input)], found: &mut Vec<Literal>) {
    match scalar {
        Scalar::And(all) => all.iter().for_each(|one| of_scalar(one, inputs, found)),
        Scalar::Like {
            value,
            pattern,
            negated: false,
        } => found.extend(of_like(input(value, inputs), pattern)),
        Scalar::Compare(Comparison::Equal, a, b) => {
            found.extend(of_equal(input(a, inputs), b));
            found.extend(of_equal(input(b, inputs), a));
        }
        _ => {}
    }
}

/// The input behind an expression that is nothing but a slot.
fn input<'i>(scalar: &Scalar, inputs: &'i [(Slot, Input)]) -> Option<&'i Input> {
    let Scalar::Slot(slot) = scalar else {
        return None;
    };
    let found = inputs.iter().find(|(input, _)| input == slot);
    found.map(|(_, input)| input)
}

fn of_like(input: Option<&Input>, pattern: &Pattern) -> Option<Literal> {
    let text = match pattern {
        Pattern::Substring(finder) => String::from_utf8(finder.needle().to_vec()).ok()?,
        Pattern::Regex(regex) => of_regex(&regex_syntax::parse(regex.as_str()).ok()?)?,
    };
    match input? {
        Input::Message => Some(Literal::of_message(&text)),
        // `true` prints as 1 and `false` as 0, which their JSON does not hold.
        Input::Json(_) if text != "0" && text != "1" => Some(Literal::of_json(&text)),
        _ => None,
    }
}

/// Only text that is not a number equals nothing but itself: `1` equals `1.0` and `true`.
fn of_equal(input: Option<&Input>, literal: &Scalar) -> Option<Literal> {
    let Scalar::Literal(Value::Text(text)) = literal else {
        return None;
    };
    if parse_number(text).is_some() {
        return None;
    }
    match input? {
        Input::Message => Some(Literal::of_message(text)),
        Input::Json(_) => Some(Literal::of_json(text)),
        _ => None,
    }
}

/// The longest text that is part of every match.
fn of_regex(hir: &Hir) -> Option<String> {
    match hir.kind() {
        HirKind::Literal(literal) => String::from_utf8(literal.0.to_vec()).ok(),
        HirKind::Capture(capture) => of_regex(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => of_regex(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(of_regex).max_by_key(String::len),
        _ => None,
    }
}
