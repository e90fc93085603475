use super::lanes::{LANES, string_stops};

/// On how many lines in a row a string must have been as long as before for that to be expected of the next line: a
/// guess that is wrong now and then costs more than it saves.
const STEADY: u8 = 100;

/// The length that a string of the next line is expected to have. Where it proves right, the processor need not wait
/// for the search of its end to begin with what stands behind it.
#[derive(Debug, Default)]
pub(super) struct Guess {
    length: usize,
    /// On how many lines in a row it was right.
    right: u8,
}

impl Guess {
    /// The end of the string that starts at `start`, if it is expected and proves to be there.
    #[inline]
    pub(super) fn end(&self, text: &[u8], start: usize) -> Option<usize> {
        if self.right < STEADY {
            return None;
        }
        let end = start + self.length;
        let mut at = start;
        while end - at >= LANES {
            if string_stops(text.get(at..)?.first_chunk()?) != 0 {
                return None;
            }
            at += LANES;
        }
        let stops = string_stops(text.get(at..)?.first_chunk()?);
        let stop = 1 << (end - at);
        let is_first = stops & (stop | (stop - 1)) == stop;
        (is_first && text.get(end) == Some(&b'"')).then_some(end)
    }

    /// Learns how long the string was.
    #[inline]
    pub(super) fn learn(&mut self, length: usize) {
        let same = self.length == length;
        self.right = if same {
            self.right.saturating_add(1)
        } else {
            0
        };
        self.length = length;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::events::fields::bytes::string_stop;

    proptest! {
        #[test]
        fn a_guess_is_never_wrong(
            known in "[a-c]{0,40}",
            text in "[a-c\"\\\\\n]{0,60}",
            behind in "[ -~]{0,40}",
        ) {
            let mut guess = Guess::default();
            (0..=STEADY).for_each(|_| guess.learn(known.len()));
            let line = format!("{text}\"{behind}");
            if let Some(end) = guess.end(line.as_bytes(), 0) {
                prop_assert_eq!(Some(end), string_stop(line.as_bytes(), 0));
                prop_assert_eq!(line.as_bytes()[end], b'"');
            }
            let again = format!("{known}\"{behind}{:40}", "");
            prop_assert_eq!(guess.end(again.as_bytes(), 0), Some(known.len()));
        }
    }
}
