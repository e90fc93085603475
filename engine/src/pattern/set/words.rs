use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Different texts, numbered, for which messages are searched in one pass.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    words: Vec<String>,
    search: Option<AhoCorasick>,
}

impl Words {
    /// The number of `word`, which is added where it is new.
    pub(super) fn add(&mut self, word: &str) -> usize {
        if let Some(place) = self.words.iter().position(|known| known == word) {
            return place;
        }
        self.words.push(word.to_owned());
        self.words.len() - 1
    }

    /// Must be called when all words are there.
    pub(super) fn build(&mut self) {
        if !self.words.is_empty() {
            let builder = AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::DFA))
                .build(&self.words);
            self.search = builder.ok();
        }
    }

    /// Which words stand in `message`.
    pub(super) fn found(&self, message: &str) -> Vec<bool> {
        let Some(search) = &self.search else {
            let words = self.words.iter();
            return words.map(|word| message.contains(word)).collect();
        };
        let mut found = vec![false; self.words.len()];
        for hit in search.find_overlapping_iter(message) {
            if let Some(word) = found.get_mut(hit.pattern().as_usize()) {
                *word = true;
            }
        }
        found
    }
}
