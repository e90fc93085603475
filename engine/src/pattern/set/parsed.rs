use std::cell::OnceCell;

use super::json_patterns::JsonPatterns;
use super::needs::Needs;
use crate::pattern::root::{Looked, Root};

/// A message that is parsed when first asked about; each selector is followed once.
#[derive(Debug)]
pub(super) struct Parsed<'p, 'm> {
    patterns: &'p JsonPatterns,
    message: &'m str,
    root: OnceCell<Option<Root<'m>>>,
    looked: OnceCell<Vec<OnceCell<Looked<'m>>>>,
    /// Which of the patterns' words stand in the message; nothing where escapes could hide them.
    words: OnceCell<Option<Vec<bool>>>,
}

impl<'p, 'm> Parsed<'p, 'm> {
    pub(super) fn new(patterns: &'p JsonPatterns, message: &'m str) -> Self {
        Self {
            patterns,
            message,
            root: OnceCell::new(),
            looked: OnceCell::new(),
            words: OnceCell::new(),
        }
    }

    fn root(&self) -> Option<&Root<'m>> {
        self.root.get_or_init(|| Root::parse(self.message)).as_ref()
    }

    pub(super) fn is_object(&self) -> bool {
        self.root().is_some()
    }

    /// Whether the message holds the words without which the pattern of that number cannot match.
    pub(super) fn has_words(&self, pattern: usize) -> bool {
        let needs = self.patterns.needs.get(pattern);
        let Some(needs) = needs.filter(|needs| **needs != Needs::Nothing) else {
            return true;
        };
        let find = || {
            let has_escapes = memchr::memchr(b'\\', self.message.as_bytes()).is_some();
            (!has_escapes).then(|| self.patterns.words.found(self.message))
        };
        let words = self.words.get_or_init(find).as_ref();
        words.is_none_or(|words| needs.are_met(words))
    }

    /// Whether the condition of that number holds.
    pub(super) fn holds(&self, condition: usize) -> bool {
        let Some(condition) = self.patterns.conditions.get(condition) else {
            return false;
        };
        self.looked(condition.selector)
            .is_some_and(|looked| condition.test.holds(looked))
    }

    fn looked(&self, selector: usize) -> Option<&Looked<'m>> {
        let root = self.root()?;
        let selectors = &self.patterns.selectors;
        let all = || selectors.iter().map(|_| OnceCell::new()).collect();
        let cell = self.looked.get_or_init(all).get(selector)?;
        let path = selectors.get(selector)?;
        Some(cell.get_or_init(|| path.find_from(root).into()))
    }
}
