use std::hash::BuildHasher;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// One for all sets, so that hashes can be handed on when sets are joined.
static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// How many bytes of a text its entry holds.
const HEAD: usize = 16;

/// A set of texts. Short ones stand in the table itself, the rest of longer ones in one piece of memory.
#[derive(Default)]
pub(super) struct TextSet {
    tails: Vec<u8>,
    entries: HashTable<Entry>,
}

/// One text.
#[derive(Clone, Copy)]
struct Entry {
    hash: u64,
    head: [u8; HEAD],
    length: usize,
    /// Where the rest behind the head stands.
    tail: usize,
}

impl TextSet {
    /// Adds a text, if it is not there yet.
    pub(super) fn insert(&mut self, text: &str) {
        let (head, tail) = cut(text.as_bytes());
        let entry = Entry {
            hash: HASHER.hash_one(text),
            head,
            length: text.len(),
            tail: 0,
        };
        self.add(entry, tail);
    }

    fn add(&mut self, entry: Entry, tail: &[u8]) {
        let tails = &self.tails;
        let is_it = |other: &Entry| {
            other.head == entry.head
                && other.length == entry.length
                && (tail.is_empty() || other.tail(tails) == tail)
        };
        if self.entries.find(entry.hash, is_it).is_some() {
            return;
        }
        let entry = Entry {
            tail: self.tails.len(),
            ..entry
        };
        self.tails.extend_from_slice(tail);
        let hash = |entry: &Entry| entry.hash;
        self.entries.insert_unique(entry.hash, entry, hash);
    }

    /// Adds all texts of another set.
    pub(super) fn join(&mut self, other: &Self) {
        for entry in &other.entries {
            self.add(*entry, entry.tail(&other.tails));
        }
    }

    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

impl Entry {
    fn tail(self, tails: &[u8]) -> &[u8] {
        let length = self.length.saturating_sub(HEAD);
        tails.get(self.tail..self.tail + length).unwrap_or_default()
    }
}

/// The head of a text, filled up with zeros, and the rest.
fn cut(text: &[u8]) -> ([u8; HEAD], &[u8]) {
    match text.split_first_chunk::<HEAD>() {
        Some((head, tail)) => (*head, tail),
        None => {
            let mut head = [0; HEAD];
            head.iter_mut().zip(text).for_each(|(to, from)| *to = *from);
            (head, &[])
        }
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
        let long = [
            "0123456789abcdef",
            "0123456789abcdefg",
            "0123456789abcdefh",
            "y\0",
        ];
        long.into_iter().for_each(|t| b.insert(t));
        b.insert("y");
        a.join(&b);
        a.join(&b);
        assert_eq!(a.len(), 9);
    }
}
