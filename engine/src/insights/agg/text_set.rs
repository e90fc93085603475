use std::hash::BuildHasher;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// One for all sets, so that hashes can be handed on when sets are joined.
static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// A set of texts in one piece of memory.
#[derive(Default)]
pub(super) struct TextSet {
    texts: String,
    entries: HashTable<Entry>,
}

/// Where a text of the set stands.
#[derive(Clone, Copy)]
struct Entry {
    hash: u64,
    start: usize,
    end: usize,
}

impl TextSet {
    /// Adds a text, if it is not there yet.
    pub(super) fn insert(&mut self, text: &str) {
        self.insert_hashed(HASHER.hash_one(text), text);
    }

    fn insert_hashed(&mut self, hash: u64, text: &str) {
        let texts = &self.texts;
        let is_it = |entry: &Entry| entry.hash == hash && entry.text(texts) == text;
        if self.entries.find(hash, is_it).is_some() {
            return;
        }
        let start = self.texts.len();
        self.texts.push_str(text);
        let end = self.texts.len();
        let entry = Entry { hash, start, end };
        self.entries.insert_unique(hash, entry, |entry| entry.hash);
    }

    /// Adds all texts of another set.
    pub(super) fn join(&mut self, other: &Self) {
        for entry in &other.entries {
            self.insert_hashed(entry.hash, entry.text(&other.texts));
        }
    }

    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

impl Entry {
    fn text(self, texts: &str) -> &str {
        texts.get(self.start..self.end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_sets_hold_each_text_once() {
        let (mut a, mut b) = (TextSet::default(), TextSet::default());
        ["x", "", "yy", "x"].into_iter().for_each(|t| a.insert(t));
        ["yy", "xy"].into_iter().for_each(|t| b.insert(t));
        a.join(&b);
        assert_eq!(a.len(), 4);
    }
}
