/// How many bytes are compared at once: a key with the marks around it, and two of them.
const SHORT: usize = 16;
const LONG: usize = 2 * SHORT;

/// A text that others are compared with again and again.
#[derive(Debug)]
pub(super) struct Prefix {
    text: Vec<u8>,
    words: [u128; 2],
    /// Which bits of the words count.
    masks: [u128; 2],
}

impl Prefix {
    pub(super) fn new(text: &[u8]) -> Self {
        let (mut bytes, mut masks) = ([0; LONG], [0; LONG]);
        for ((byte, mask), from) in bytes.iter_mut().zip(&mut masks).zip(text) {
            (*byte, *mask) = (*from, 0xff);
        }
        Self {
            text: text.to_vec(),
            words: words(&bytes),
            masks: words(&masks),
        }
    }

    /// Where the prefix ends, if it stands at `at` in `text`.
    #[inline]
    pub(super) fn end(&self, text: &[u8], at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        let same = match (rest.first_chunk(), rest.first_chunk()) {
            (Some(bytes), _) if self.text.len() <= SHORT => self.is_short(bytes),
            (_, Some(bytes)) if self.text.len() <= LONG => self.is_long(bytes),
            _ => rest.starts_with(&self.text),
        };
        same.then_some(at + self.text.len())
    }

    fn is_short(&self, bytes: &[u8; SHORT]) -> bool {
        let [word, _] = self.words;
        let [mask, _] = self.masks;
        (u128::from_le_bytes(*bytes) ^ word) & mask == 0
    }

    fn is_long(&self, bytes: &[u8; LONG]) -> bool {
        let [a, b] = words(bytes);
        let [x, y] = self.words;
        let [k, l] = self.masks;
        ((a ^ x) & k) | ((b ^ y) & l) == 0
    }
}

fn words(bytes: &[u8; LONG]) -> [u128; 2] {
    let mut words = [0; 2];
    for (word, chunk) in words.iter_mut().zip(bytes.as_chunks::<SHORT>().0) {
        *word = u128::from_le_bytes(*chunk);
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_prefix_stands_where_starts_with_says(prefix in "[ab]{0,40}", text in "[ab]{0,50}", at in 0..9_usize) {
            for text in [text.clone(), format!("{prefix}{text}")] {
                let rest = text.as_bytes().get(at..);
                let expected = rest.filter(|rest| rest.starts_with(prefix.as_bytes()));
                let end = Prefix::new(prefix.as_bytes()).end(text.as_bytes(), at);
                prop_assert_eq!(end, expected.map(|_| at + prefix.len()));
            }
        }
    }
}
