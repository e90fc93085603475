use std::cell::OnceCell;

use super::pattern_set::{Member, PatternSet};
use crate::pattern::filter_pattern::Kind;
use crate::pattern::split::{Piece, split};

/// A message as a set of patterns looks at it.
#[derive(Debug)]
pub struct Look<'r, 'm> {
    set: &'r PatternSet,
    message: &'m str,
    /// Which of the set's JSON patterns match.
    json: &'r [bool],
    /// Which of the set's words stand in the message.
    words: OnceCell<Vec<bool>>,
    pieces: OnceCell<Vec<Piece<'m>>>,
}

impl<'r, 'm> Look<'r, 'm> {
    pub(super) fn new(set: &'r PatternSet, message: &'m str, json: &'r [bool]) -> Self {
        Self {
            set,
            message,
            json,
            words: OnceCell::new(),
            pieces: OnceCell::new(),
        }
    }

    /// Whether the pattern at `place` matches; `false` where there is none.
    #[inline]
    pub fn matches(&self, place: usize) -> bool {
        match self.set.member(place) {
            None => false,
            Some(Member::Json(pattern)) => self.json.get(*pattern).copied().unwrap_or(false),
            Some(Member::Terms(terms)) => {
                let find = || self.set.words.found(self.message);
                terms.match_words(self.words.get_or_init(find))
            }
            Some(Member::Other(pattern)) => match pattern.kind() {
                Kind::Delimited(delimited) => {
                    let pieces = self.pieces.get_or_init(|| split(self.message));
                    delimited.capture_pieces(pieces).is_some()
                }
                _ => pattern.matches(self.message),
            },
        }
    }
}
