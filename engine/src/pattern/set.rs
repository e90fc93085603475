use std::cell::OnceCell;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::conditions::Conditions;
use super::filter_pattern::{FilterPattern, Kind};
use super::json::{Condition, Test};
use super::needs::Needs;
use super::root::{Looked, Root};
use super::selector::Selector;
use super::split::{Piece, split};
use super::terms::Terms;

/// Several patterns that look at the same messages. What they share is done once for a message: one search for all
/// words, one reading of the JSON, one walk for each different selector, one cutting into fields.
#[derive(Clone, Debug, Default)]
pub struct PatternSet {
    members: Vec<Member>,
    /// Different selectors, which conditions name by their number.
    selectors: Vec<Selector>,
    words: Vec<String>,
    search: Option<AhoCorasick>,
}

#[derive(Clone, Debug)]
enum Member {
    Terms(Terms, TermWords),
    Json(Conditions<(usize, Test)>, Needs),
    /// Matched by itself.
    Other(FilterPattern),
}

/// The numbers of the words of a terms pattern.
#[derive(Clone, Debug)]
struct TermWords {
    required: Vec<usize>,
    excluded: Vec<usize>,
    alternatives: Vec<usize>,
}

impl PatternSet {
    /// The set of `patterns`, which are asked for by their places.
    pub fn new<'p>(patterns: impl IntoIterator<Item = &'p FilterPattern>) -> Self {
        let mut set = Self::default();
        for pattern in patterns {
            let member = set.member(pattern);
            set.members.push(member);
        }
        if !set.words.is_empty() {
            let builder = AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::DFA))
                .build(&set.words);
            set.search = builder.ok();
        }
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

    /// Looks at a message; what no pattern asks for is not read.
    pub fn look<'s, 'm>(&'s self, message: &'m str) -> Look<'s, 'm> {
        let mut found = vec![self.search.is_none(); self.words.len()];
        if let Some(search) = &self.search {
            for hit in search.find_overlapping_iter(message) {
                if let Some(word) = found.get_mut(hit.pattern().as_usize()) {
                    *word = true;
                }
            }
        }
        Look {
            set: self,
            message,
            found,
            has_escapes: OnceCell::new(),
            root: OnceCell::new(),
            looked: self.selectors.iter().map(|_| OnceCell::new()).collect(),
            pieces: OnceCell::new(),
        }
    }

    fn member(&mut self, pattern: &FilterPattern) -> Member {
        match pattern.kind() {
            Kind::Terms(terms) => {
                let words = TermWords {
                    required: self.words_of(&terms.required),
                    excluded: self.words_of(&terms.excluded),
                    alternatives: self.words_of(&terms.alternatives),
                };
                Member::Terms(terms.clone(), words)
            }
            Kind::Json(json) => {
                let needs = Needs::of(&json.conditions, &mut |c| self.needs(c));
                let conditions = json
                    .conditions
                    .map(&mut |c: &Condition| (self.selector(&c.selector), c.test.clone()));
                Member::Json(conditions, needs)
            }
            Kind::Everything | Kind::Expression(_) | Kind::Delimited(_) => {
                Member::Other(pattern.clone())
            }
        }
    }

    fn words_of(&mut self, words: &[String]) -> Vec<usize> {
        words.iter().map(|word| self.word(word)).collect()
    }

    fn word(&mut self, word: &str) -> usize {
        if let Some(place) = self.words.iter().position(|known| known == word) {
            return place;
        }
        self.words.push(word.to_owned());
        self.words.len() - 1
    }

    fn selector(&mut self, selector: &Selector) -> usize {
        if let Some(place) = self.selectors.iter().position(|known| known == selector) {
            return place;
        }
        self.selectors.push(selector.clone());
        self.selectors.len() - 1
    }

    fn needs(&mut self, condition: &Condition) -> Needs {
        let words = condition.test.words().into_iter();
        Needs::all(words.map(|word| Needs::Text(self.word(word))).collect())
    }
}

/// A message as a set of patterns looks at it.
#[derive(Debug)]
pub struct Look<'s, 'm> {
    set: &'s PatternSet,
    message: &'m str,
    /// Which of the set's words stand in the message.
    found: Vec<bool>,
    has_escapes: OnceCell<bool>,
    root: OnceCell<Option<Root<'m>>>,
    looked: Vec<OnceCell<Looked<'m>>>,
    pieces: OnceCell<Vec<Piece<'m>>>,
}

impl<'m> Look<'_, 'm> {
    /// Whether the pattern at `place` matches; `false` where there is none.
    pub fn matches(&self, place: usize) -> bool {
        match self.set.members.get(place) {
            None => false,
            Some(Member::Terms(terms, words)) => self.terms(terms, words),
            Some(Member::Json(conditions, needs)) => self.json(conditions, needs),
            Some(Member::Other(pattern)) => match pattern.kind() {
                Kind::Delimited(delimited) => {
                    let pieces = self.pieces.get_or_init(|| split(self.message));
                    delimited.capture_pieces(pieces).is_some()
                }
                _ => pattern.matches(self.message),
            },
        }
    }

    fn terms(&self, terms: &Terms, words: &TermWords) -> bool {
        if self.set.search.is_none() {
            return terms.matches(self.message);
        }
        let has = |word: &usize| self.found.get(*word).copied().unwrap_or(false);
        if words.required.is_empty() && words.excluded.is_empty() {
            return words.alternatives.iter().any(has);
        }
        words.required.iter().all(has) && !words.excluded.iter().any(has)
    }

    /// Where the text has escapes, a word may stand in it in another spelling.
    fn json(&self, conditions: &Conditions<(usize, Test)>, needs: &Needs) -> bool {
        let has_escapes = || {
            let find = || memchr::memchr(b'\\', self.message.as_bytes()).is_some();
            *self.has_escapes.get_or_init(find)
        };
        if !needs.are_met(&self.found) && !has_escapes() {
            return false;
        }
        let root = self.root.get_or_init(|| Root::parse(self.message)).as_ref();
        root.is_some_and(|root| {
            conditions.holds(&|(selector, test)| {
                self.looked(root, *selector)
                    .is_some_and(|looked| test.holds(looked))
            })
        })
    }

    fn looked(&self, root: &Root<'m>, selector: usize) -> Option<&Looked<'m>> {
        let find = || {
            self.set
                .selectors
                .get(selector)
                .map(|s| s.find_from(root).into())
        };
        let cell = self.looked.get(selector)?;
        Some(cell.get_or_init(|| find().unwrap_or(Looked::One(None))))
    }
}
