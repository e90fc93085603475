use super::column::Column;
use super::needs::Needs;
use super::trigger;
use super::words::Words;
use crate::events::FieldScanner;
use crate::pattern::conditions::Conditions;
use crate::pattern::json::{Condition, Test};
use crate::pattern::selector::Selector;

/// The JSON patterns of a set. Conditions, selectors and patterns are numbered.
#[derive(Clone, Debug)]
pub(super) struct JsonPatterns {
    /// All different selectors.
    pub(super) selectors: Vec<Selector>,
    pub(super) conditions: Vec<NumberedCondition>,
    pub(super) patterns: Vec<Conditions<usize>>,
    /// The members that the scanner reads, and the conditions on each.
    pub(super) scanner: FieldScanner,
    pub(super) columns: Vec<Column>,
    /// For each condition, the patterns that must be asked where it holds.
    pub(super) woken: Vec<Vec<usize>>,
    /// The patterns that no condition of the scanner's wakes.
    pub(super) awake: Vec<usize>,
    pub(super) needs: Vec<Needs>,
    pub(super) words: Words,
}

#[derive(Clone, Debug)]
pub(super) struct NumberedCondition {
    pub(super) selector: usize,
    pub(super) test: Test,
    /// Whether what the scanner reads decides it.
    pub(super) is_scanned: bool,
}

impl Default for JsonPatterns {
    fn default() -> Self {
        Self {
            selectors: Vec::new(),
            conditions: Vec::new(),
            patterns: Vec::new(),
            scanner: FieldScanner::of_members([]),
            columns: Vec::new(),
            woken: Vec::new(),
            awake: Vec::new(),
            needs: Vec::new(),
            words: Words::default(),
        }
    }
}

impl JsonPatterns {
    /// Adds a pattern and gives its number.
    pub(super) fn add(&mut self, conditions: &Conditions<Condition>) -> usize {
        let needs = Needs::of(conditions, &mut |condition| {
            let words = condition.test.words().into_iter();
            Needs::all(
                words
                    .map(|word| Needs::Text(self.words.add(word)))
                    .collect(),
            )
        });
        self.needs.push(needs);
        let pattern = conditions.map(&mut |condition| self.number(condition));
        self.patterns.push(pattern);
        self.patterns.len() - 1
    }

    fn number(&mut self, condition: &Condition) -> usize {
        let known = self.selectors.iter();
        let selector = known.clone().position(|known| *known == condition.selector);
        let selector = selector.unwrap_or_else(|| {
            self.selectors.push(condition.selector.clone());
            self.selectors.len() - 1
        });
        self.conditions.push(NumberedCondition {
            selector,
            test: condition.test.clone(),
            is_scanned: condition.selector.member_path().is_some()
                && matches!(condition.test, Test::Compare(..) | Test::IsBoolean(_)),
        });
        self.conditions.len() - 1
    }

    /// Must be called when all patterns are there.
    pub(super) fn build(&mut self) {
        self.words.build();
        let mut paths = Vec::new();
        for (selector, path) in self.selectors.iter().enumerate() {
            let on_it = self.conditions.iter().enumerate();
            let on_it: Vec<_> = on_it
                .filter(|(_, c)| c.is_scanned && c.selector == selector)
                .map(|(number, c)| (number, &c.test))
                .collect();
            if let Some(path) = path.member_path().filter(|_| !on_it.is_empty()) {
                paths.push(path);
                self.columns.push(Column::new(on_it));
            }
        }
        self.scanner = FieldScanner::of_members(paths.iter().map(String::as_str));
        self.woken = vec![Vec::new(); self.conditions.len()];
        for (number, pattern) in self.patterns.iter().enumerate() {
            match trigger::of(pattern, &self.conditions) {
                None => self.awake.push(number),
                Some(conditions) => {
                    for condition in conditions {
                        if let Some(woken) = self.woken.get_mut(condition) {
                            woken.push(number);
                        }
                    }
                }
            }
        }
    }

    /// Whether a message without any of the patterns' words need not be read.
    pub(super) fn all_need_words(&self) -> bool {
        !self.needs.contains(&Needs::Nothing)
    }
}
