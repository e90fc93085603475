/// How many bytes are compared at once.
const WIDE: usize = 24;

/// A text that others are compared with again and again; the usual short ones three words at a time.
#[derive(Debug)]
pub(super) struct Prefix {
    text: Vec<u8>,
    words: [u64; 3],
    masks: [u64; 3],
}

impl Prefix {
    pub(super) fn new(text: &[u8]) -> Self {
        let (mut bytes, mut masks) = ([0; WIDE], [0; WIDE]);
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
    pub(super) fn end(&self, text: &[u8], at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        let same = match rest.first_chunk::<WIDE>() {
            Some(chunk) if self.text.len() <= WIDE => self.equals(chunk),
            _ => rest.starts_with(&self.text),
        };
        same.then_some(at + self.text.len())
    }

    fn equals(&self, chunk: &[u8; WIDE]) -> bool {
        let [a, b, c] = words(chunk);
        let [x, y, z] = self.words;
        let [k, l, m] = self.masks;
        ((a ^ x) & k) | ((b ^ y) & l) | ((c ^ z) & m) == 0
    }
}

fn words(bytes: &[u8; WIDE]) -> [u64; 3] {
    let mut words = [0; 3];
    for (word, chunk) in words.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *word = u64::from_le_bytes(*chunk);
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_prefix_stands_where_starts_with_says(prefix in "[ab]{0,30}", text in "[ab]{0,40}", at in 0..9_usize) {
            for text in [text.clone(), format!("{prefix}{text}")] {
                let rest = text.as_bytes().get(at..);
                let expected = rest.filter(|rest| rest.starts_with(prefix.as_bytes()));
                let end = Prefix::new(prefix.as_bytes()).end(text.as_bytes(), at);
                prop_assert_eq!(end, expected.map(|_| at + prefix.len()));
            }
        }
    }
}
