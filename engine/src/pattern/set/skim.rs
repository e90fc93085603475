use super::json_patterns::JsonPatterns;

/// How many messages are searched for words before it is asked whether that pays.
const TRIAL: u32 = 128;
/// How many messages are then read without a search.
const REST: u32 = 8192;

/// Passes over messages that hold no word that a JSON pattern needs, as long as there are enough of them to pay for the
/// search.
#[derive(Debug, Default)]
pub(super) struct Skim {
    searched: u32,
    passed_over: u32,
    resting: u32,
}

impl Skim {
    /// Whether no pattern can match, because words are missing.
    pub(super) fn passes_over(&mut self, patterns: &JsonPatterns, message: &str) -> bool {
        if self.resting > 0 {
            self.resting -= 1;
            return false;
        }
        let may_match = may_match(patterns, message);
        self.searched += 1;
        self.passed_over += u32::from(!may_match);
        if self.searched >= TRIAL {
            if self.passed_over < self.searched / 4 {
                self.resting = REST;
            }
            (self.searched, self.passed_over) = (0, 0);
        }
        !may_match
    }
}

/// Where the text has escapes, a word may stand in it in another spelling.
fn may_match(patterns: &JsonPatterns, message: &str) -> bool {
    let found = patterns.words.found(message);
    patterns.needs.iter().any(|needs| needs.are_met(&found))
        || memchr::memchr(b'\\', message.as_bytes()).is_some()
}
