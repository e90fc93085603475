use std::hash::BuildHasher;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// One for all sets, so that hashes can be handed on when sets are joined.
static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// The most bytes of a text that fit into a word beside its length.
const SHORT: usize = 15;

/// How many short texts wait to be looked up one right after the other: the processor then fetches what it needs for
/// several of them at once.
const WAITING: usize = 64;

/// A set of texts. Short ones are words of their own, longer ones stand one behind the other in one piece of memory.
#[derive(Default)]
pub(super) struct TextSet {
    short: HashTable<u128>,
    waiting: Vec<u128>,
    long: HashTable<Entry>,
    texts: Vec<u8>,
}

/// One longer text.
#[derive(Clone, Copy)]
struct Entry {
    hash: u64,
    start: usize,
    length: usize,
}

impl TextSet {
    /// Adds a text, if it is not there yet.
    pub(super) fn insert(&mut self, text: &str) {
        let text = text.as_bytes();
        if text.len() <= SHORT {
            self.waiting.push(word(text));
            if self.waiting.len() >= WAITING {
                self.insert_waiting();
            }
        } else {
            self.insert_long(HASHER.hash_one(text), text);
        }
    }

    fn insert_waiting(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.drain(..).for_each(|word| self.insert_short(word));
        self.waiting = waiting;
    }

    fn insert_short(&mut self, word: u128) {
        let hash = |word: &u128| HASHER.hash_one(*word);
        self.short
            .entry(hash(&word), |other| *other == word, hash)
            .or_insert(word);
    }

    fn insert_long(&mut self, hash: u64, text: &[u8]) {
        let texts = &self.texts;
        let is_it = |other: &Entry| other.hash == hash && other.of(texts) == text;
        if self.long.find(hash, is_it).is_some() {
            return;
        }
        let entry = Entry {
            hash,
            start: texts.len(),
            length: text.len(),
        };
        self.texts.extend_from_slice(text);
        self.long.insert_unique(hash, entry, |entry| entry.hash);
    }

    /// Adds all texts of another set.
    pub(super) fn join(&mut self, mut other: Self) {
        if self.len() < other.len() {
            std::mem::swap(self, &mut other);
        }
        self.insert_waiting();
        other.insert_waiting();
        other.short.iter().for_each(|word| self.insert_short(*word));
        for entry in &other.long {
            self.insert_long(entry.hash, entry.of(&other.texts));
        }
    }

    /// How many texts there are.
    pub(super) fn count(mut self) -> usize {
        self.insert_waiting();
        self.len()
    }

    fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }
}

impl Entry {
    fn of(self, texts: &[u8]) -> &[u8] {
        texts
            .get(self.start..self.start + self.length)
            .unwrap_or_default()
    }
}

/// A short text, filled up with zeros, with its length in the last byte.
fn word(text: &[u8]) -> u128 {
    let length = u128::try_from(text.len()).unwrap_or_default() << 120;
    let (Some(front), Some(back)) = (text.first_chunk(), text.last_chunk()) else {
        let bytes = text.iter().rev();
        return length | bytes.fold(0, |word, byte| word << 8 | u128::from(*byte));
    };
    // The last eight bytes hold some of the first eight again.
    let twice = 8 * (2 * size_of::<u64>()).saturating_sub(text.len());
    let back = u128::from(u64::from_le_bytes(*back)) >> twice;
    length | back << 64 | u128::from(u64::from_le_bytes(*front))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_and_one_with_zeros_behind_it_are_two() {
        let mut set = TextSet::default();
        let texts = [
            "",
            "\0",
            "y",
            "y\0",
            "0123456789abcde",
            "0123456789abcdef",
            "0123456789abcdeg",
        ];
        texts.into_iter().for_each(|text| set.insert(text));
        assert_eq!(set.count(), texts.len());
    }

    proptest! {
        #[test]
        fn joined_sets_hold_each_text_once(
            a in prop::collection::vec("[ab]{0,3}|[ab]{14,17}|a{0,20}", 0..200),
            b in prop::collection::vec("[ab]{0,3}|[ab]{14,17}|a{0,20}", 0..40),
        ) {
            let set = |texts: &[String]| {
                let mut set = TextSet::default();
                texts.iter().for_each(|text| set.insert(text));
                set
            };
            let mut joined = set(&a);
            joined.join(set(&b));
            prop_assert_eq!(joined.count(), a.iter().chain(&b).collect::<BTreeSet<_>>().len());
        }
    }
}
