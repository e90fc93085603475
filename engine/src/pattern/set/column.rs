use std::cell::OnceCell;

use crate::base::FastMap;
use crate::events::FieldValue;
use crate::pattern::json::Test;
use crate::pattern::number::Number;
use crate::pattern::operand::{Comparison, Operand, Scalar};

/// Conditions on one member, sorted by what they compare, so that a value decides all of them without asking each.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    /// `= text` without a wildcard.
    texts: FastMap<String, Vec<usize>>,
    /// `= 5` as it was typed, for strings.
    typed: FastMap<String, Vec<usize>>,
    /// `= 5` by the bits of the nearest double, for numbers.
    numbers: FastMap<u64, Vec<Bound>>,
    /// `>` and `>=`, the lowest bound first.
    above: Vec<Bound>,
    /// `<` and `<=`, the highest bound first.
    below: Vec<Bound>,
    /// `= *`: any string or number.
    present: Vec<usize>,
    is_true: Vec<usize>,
    is_false: Vec<usize>,
    /// Asked one by one.
    others: Vec<(usize, Comparison, Operand)>,
}

/// A comparison with a number: by doubles where they differ (rounding keeps the order), else exactly.
#[derive(Clone, Debug)]
struct Bound {
    /// The double nearest to the operand.
    near: f64,
    condition: usize,
    comparison: Comparison,
    operand: Operand,
}

impl Bound {
    fn holds(&self, exact: &Scalar<'_>) -> bool {
        self.operand.test(self.comparison, exact)
    }
}

impl Column {
    pub(super) fn new<'t>(conditions: impl IntoIterator<Item = (usize, &'t Test)>) -> Self {
        let mut column = Self::default();
        for (number, test) in conditions {
            match test {
                Test::Compare(comparison, operand) => column.compare(number, *comparison, operand),
                Test::IsBoolean(true) => column.is_true.push(number),
                Test::IsBoolean(false) => column.is_false.push(number),
                Test::IsNull | Test::NotExists => {}
            }
        }
        column.above.sort_by(|a, b| a.near.total_cmp(&b.near));
        column.below.sort_by(|a, b| b.near.total_cmp(&a.near));
        column
    }

    fn compare(&mut self, condition: usize, comparison: Comparison, operand: &Operand) {
        match (comparison, operand) {
            (Comparison::Equal, Operand::Text { glob, .. }) if glob.is_anything() => {
                self.present.push(condition);
            }
            (Comparison::Equal, Operand::Text { glob, .. })
                if let Some(text) = glob.as_literal() =>
            {
                self.texts
                    .entry(text.to_owned())
                    .or_default()
                    .push(condition);
            }
            (Comparison::NotEqual, _) | (_, Operand::Text { .. } | Operand::Expression(_)) => {
                self.others.push((condition, comparison, operand.clone()));
            }
            (_, Operand::Number(_, typed)) => self.bound(condition, comparison, operand, typed),
        }
    }

    fn bound(&mut self, condition: usize, comparison: Comparison, operand: &Operand, typed: &str) {
        let bound = Bound {
            near: typed.parse::<f64>().unwrap_or(f64::NAN),
            condition,
            comparison,
            operand: operand.clone(),
        };
        match comparison {
            _ if bound.near.is_nan() => self.others.push((condition, comparison, operand.clone())),
            Comparison::Greater | Comparison::GreaterOrEqual => self.above.push(bound),
            Comparison::Less | Comparison::LessOrEqual => self.below.push(bound),
            Comparison::Equal | Comparison::NotEqual => {
                let known = self.typed.entry(typed.to_owned()).or_default();
                known.push(condition);
                self.numbers
                    .entry(bits(bound.near))
                    .or_default()
                    .push(bound);
            }
        }
    }

    /// Calls `holds` with every condition that `value` fulfils.
    #[inline]
    pub(super) fn decide(&self, value: &FieldValue<'_>, holds: &mut impl FnMut(usize)) {
        match value {
            FieldValue::Text(text) => self.decide_text(text, holds),
            FieldValue::Number(raw) => self.decide_number(raw, holds),
            FieldValue::Boolean(true) => self.is_true.iter().for_each(|c| holds(*c)),
            FieldValue::Boolean(false) => self.is_false.iter().for_each(|c| holds(*c)),
        }
    }

    fn decide_text(&self, text: &str, holds: &mut impl FnMut(usize)) {
        let same = |map: &FastMap<String, Vec<usize>>, holds: &mut dyn FnMut(usize)| {
            if !map.is_empty() {
                map.get(text).into_iter().flatten().for_each(|c| holds(*c));
            }
        };
        same(&self.texts, holds);
        same(&self.typed, holds);
        self.present.iter().for_each(|c| holds(*c));
        self.ask_others(&Scalar::Text(text.into()), holds);
    }

    fn decide_number(&self, raw: &str, holds: &mut impl FnMut(usize)) {
        self.present.iter().for_each(|c| holds(*c));
        let exact = OnceCell::new();
        let exact = || exact.get_or_init(|| Scalar::Number(Number::from_json(raw)));
        if !self.others.is_empty() {
            self.ask_others(exact(), holds);
        }
        if !self.texts.is_empty() {
            let same = self.texts.get(exact().as_text());
            same.into_iter().flatten().for_each(|c| holds(*c));
        }
        if self.above.is_empty() && self.below.is_empty() && self.numbers.is_empty() {
            return;
        }
        let double = raw.parse::<f64>().unwrap_or(f64::INFINITY);
        if !double.is_finite() {
            return self.ask_bounds(exact(), holds);
        }
        for bound in self.numbers.get(&bits(double)).into_iter().flatten() {
            if bound.holds(exact()) {
                holds(bound.condition);
            }
        }
        for bound in self.above.iter().take_while(|b| b.near <= double) {
            if bound.near < double || bound.holds(exact()) {
                holds(bound.condition);
            }
        }
        for bound in self.below.iter().take_while(|b| b.near >= double) {
            if bound.near > double || bound.holds(exact()) {
                holds(bound.condition);
            }
        }
    }

    fn ask_others(&self, scalar: &Scalar<'_>, holds: &mut impl FnMut(usize)) {
        for (condition, comparison, operand) in &self.others {
            if operand.test(*comparison, scalar) {
                holds(*condition);
            }
        }
    }

    fn ask_bounds(&self, exact: &Scalar<'_>, holds: &mut impl FnMut(usize)) {
        for bound in self.numbers.values().flatten() {
            if bound.holds(exact) {
                holds(bound.condition);
            }
        }
        for bound in self.above.iter().chain(&self.below) {
            if bound.holds(exact) {
                holds(bound.condition);
            }
        }
    }
}

/// The same for both zeros.
fn bits(double: f64) -> u64 {
    (double + 0.0).to_bits()
}
