use super::json_patterns::JsonPatterns;
use super::reader::PatternReader;
use super::words::Words;
use crate::pattern::filter_pattern::{FilterPattern, Kind};
use crate::pattern::terms::Terms;

/// Several patterns that look at the same messages.
#[derive(Clone, Debug, Default)]
pub struct PatternSet {
    members: Vec<Member>,
    pub(super) json: JsonPatterns,
    pub(super) words: Words,
}

#[derive(Clone, Debug)]
pub(super) enum Member {
    Terms(TermWords),
    /// The number of a JSON pattern.
    Json(usize),
    /// Matched by itself.
    Other(FilterPattern),
}

/// The numbers of the words of a terms pattern.
#[derive(Clone, Debug)]
pub(super) struct TermWords {
    required: Vec<usize>,
    excluded: Vec<usize>,
    alternatives: Vec<usize>,
}

impl PatternSet {
    /// The set of `patterns`, which are asked for by their places.
    pub fn new<'p>(patterns: impl IntoIterator<Item = &'p FilterPattern>) -> Self {
        let mut set = Self::default();
        for pattern in patterns {
            let member = match pattern.kind() {
                Kind::Terms(terms) => Member::Terms(TermWords::new(terms, &mut set.words)),
                Kind::Json(json) => Member::Json(set.json.add(&json.conditions)),
                Kind::Everything | Kind::Expression(_) | Kind::Delimited(_) => {
                    Member::Other(pattern.clone())
                }
            };
            set.members.push(member);
        }
        set.json.build();
        set.words.build();
        set
    }

    /// How many patterns there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// A reader of many messages.
    pub fn reader(&self) -> PatternReader<'_> {
        PatternReader::new(self)
    }

    pub(super) fn member(&self, place: usize) -> Option<&Member> {
        self.members.get(place)
    }
}

impl TermWords {
    fn new(terms: &Terms, words: &mut Words) -> Self {
        let mut numbers = |all: &[String]| all.iter().map(|word| words.add(word)).collect();
        Self {
            required: numbers(&terms.required),
            excluded: numbers(&terms.excluded),
            alternatives: numbers(&terms.alternatives),
        }
    }

    /// Whether the terms match a message that holds the words of which `found` is true.
    pub(super) fn match_words(&self, found: &[bool]) -> bool {
        let has = |word: &usize| found.get(*word).copied().unwrap_or(false);
        if self.required.is_empty() && self.excluded.is_empty() {
            return self.alternatives.iter().any(has);
        }
        self.required.iter().all(has) && !self.excluded.iter().any(has)
    }
}
