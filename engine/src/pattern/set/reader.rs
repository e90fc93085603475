use super::json_patterns::{JsonPatterns, NumberedCondition};
use super::look::Look;
use super::parsed::Parsed;
use super::pattern_set::PatternSet;
use super::skim::Skim;
use crate::events::FieldReader;

/// Looks at one message after the other; messages that are built alike are read faster.
#[derive(Debug)]
pub struct PatternReader<'s> {
    set: &'s PatternSet,
    fields: FieldReader<'s>,
    /// `None` where some pattern asks for no word.
    skim: Option<Skim>,
    found: Found,
}

/// What has been found in the message.
#[derive(Debug, Default)]
struct Found {
    /// The conditions that hold, and their numbers.
    conditions: Vec<bool>,
    held: Vec<usize>,
    /// The patterns that match, and their numbers.
    patterns: Vec<bool>,
    matched: Vec<usize>,
}

impl<'s> PatternReader<'s> {
    pub(super) fn new(set: &'s PatternSet) -> Self {
        Self {
            set,
            fields: FieldReader::new(vec![&set.json.scanner]),
            skim: set.json.all_need_words().then(Skim::default),
            found: Found {
                conditions: vec![false; set.json.conditions.len()],
                patterns: vec![false; set.json.patterns.len()],
                ..Found::default()
            },
        }
    }

    /// Looks at a message.
    pub fn look<'r, 'm>(&'r mut self, message: &'m str) -> Look<'r, 'm> {
        self.found.clear();
        if !self.set.json.patterns.is_empty() && !self.is_passed_over(message) {
            self.read(message);
        }
        Look::new(self.set, message, &self.found.patterns)
    }

    fn is_passed_over(&mut self, message: &str) -> bool {
        let patterns = &self.set.json;
        let skim = self.skim.as_mut();
        skim.is_some_and(|skim| skim.passes_over(patterns, message))
    }

    fn read(&mut self, message: &str) {
        let patterns = &self.set.json;
        self.fields.start();
        let found = &mut self.found;
        let is_object = self.fields.fields(0, message, &mut |column, value| {
            if let Some(column) = patterns.columns.get(column) {
                column.decide(&value, &mut |condition| found.hold(condition));
            }
        });
        let parsed = Parsed::new(patterns, message);
        // What the scanner refuses may be an object to AWS: half of a surrogate pair, or very deep nesting.
        if !is_object && !parsed.is_object() {
            return;
        }
        self.found.ask(&self.set.json, &parsed, is_object);
    }
}

impl Found {
    fn clear(&mut self) {
        for condition in self.held.drain(..) {
            if let Some(holds) = self.conditions.get_mut(condition) {
                *holds = false;
            }
        }
        for pattern in self.matched.drain(..) {
            if let Some(matches) = self.patterns.get_mut(pattern) {
                *matches = false;
            }
        }
    }

    #[inline]
    fn hold(&mut self, condition: usize) {
        if let Some(holds) = self.conditions.get_mut(condition) {
            *holds = true;
            self.held.push(condition);
        }
    }

    /// Asks the patterns that the conditions wake; all of them where the scanner has not read the message.
    fn ask(&mut self, patterns: &JsonPatterns, parsed: &Parsed<'_, '_>, is_scanned: bool) {
        if !is_scanned {
            (0..patterns.patterns.len()).for_each(|p| self.ask_one(patterns, parsed, p, false));
            return;
        }
        for at in 0..self.held.len() {
            let condition = self.held.get(at).copied().unwrap_or(usize::MAX);
            for pattern in patterns.woken.get(condition).into_iter().flatten() {
                self.ask_one(patterns, parsed, *pattern, true);
            }
        }
        let awake = patterns.awake.iter();
        for pattern in awake.filter(|pattern| parsed.has_words(**pattern)) {
            self.ask_one(patterns, parsed, *pattern, true);
        }
    }

    fn ask_one(
        &mut self,
        patterns: &JsonPatterns,
        parsed: &Parsed<'_, '_>,
        pattern: usize,
        is_scanned: bool,
    ) {
        if self.patterns.get(pattern).copied().unwrap_or(true) {
            return;
        }
        let conditions = &self.conditions;
        let holds = |condition: &usize| {
            let by_scanner = |c: &NumberedCondition| is_scanned && c.is_scanned;
            match patterns.conditions.get(*condition) {
                Some(c) if by_scanner(c) => conditions.get(*condition).copied().unwrap_or(false),
                _ => parsed.holds(*condition),
            }
        };
        if patterns
            .patterns
            .get(pattern)
            .is_some_and(|tree| tree.holds(&holds))
        {
            if let Some(matches) = self.patterns.get_mut(pattern) {
                *matches = true;
            }
            self.matched.push(pattern);
        }
    }
}
