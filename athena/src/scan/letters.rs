/// Of a cipher's name.
pub(super) const CIPHER: u8 = 1;
/// Of a protocol's name.
pub(super) const PROTOCOL: u8 = 2;
/// Of a number with a point, and `-`.
pub(super) const NUMBER: u8 = 4;
/// Of a whole number, and `-`.
pub(super) const WHOLE: u8 = 8;
/// What Java's `\s` takes.
pub(super) const SPACE: u8 = 16;
/// `0` to `9`.
pub(super) const DIGIT: u8 = 32;

/// The classes of every byte.
static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut all = [0; 256];
    let mut at = 0_usize;
    while at < 256 {
        all[at] = match at {
            0x30..=0x39 => CIPHER | PROTOCOL | NUMBER | WHOLE | DIGIT,
            0x41..=0x5a => CIPHER | PROTOCOL,
            0x61..=0x7a => PROTOCOL,
            0x2d => CIPHER | PROTOCOL | NUMBER | WHOLE,
            0x5f => CIPHER,
            0x2e => PROTOCOL | NUMBER,
            0x20 | 0x09..=0x0d => SPACE,
            _ => 0,
        };
        at += 1;
    }
    all
}

fn classes_of(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(0)
}

/// Whether all of a text is of a class.
pub(super) fn all(text: &[u8], class: u8) -> bool {
    let common = text
        .iter()
        .fold(class, |common, at| common & classes_of(*at));
    common == class
}

/// How many bytes at a text's start are of a class.
pub(super) fn count(text: &[u8], class: u8) -> usize {
    let is = |at: &&u8| classes_of(**at) & class != 0;
    text.iter().take_while(is).count()
}

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Finds a byte of ASCII, eight bytes at a time, and says how often. Nothing for a text that is not all ASCII, and for
/// more finds than there is space.
pub(super) fn positions(text: &[u8], byte: u8, found: &mut [usize]) -> Option<usize> {
    let wanted = EACH * u64::from(byte);
    let (words, rest) = text.as_chunks::<8>();
    let (mut count, mut at, mut seen) = (0, 0, 0);
    for word in words {
        let word = u64::from_le_bytes(*word);
        seen |= word;
        // The high bit of each byte that is the wanted one; exact where all are ASCII.
        let differs = word ^ wanted;
        let mut marks = !(((differs & !HIGH) + !HIGH) | differs) & HIGH;
        while marks != 0 {
            let within = usize::try_from(marks.trailing_zeros() / 8).unwrap_or(0);
            *found.get_mut(count)? = at + within;
            count += 1;
            marks &= marks - 1;
        }
        at += 8;
    }
    for (within, other) in rest.iter().enumerate() {
        seen |= u64::from(*other);
        if *other == byte {
            *found.get_mut(count)? = at + within;
            count += 1;
        }
    }
    (seen & HIGH == 0).then_some(count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn classes_are_those_of_the_patterns() {
        let of = |pattern: &str| regex::Regex::new(&format!("^{pattern}$")).unwrap();
        for (class, pattern) in [
            (CIPHER, "[A-Z0-9-_]"),
            (PROTOCOL, "[A-Za-z0-9.-]"),
            (NUMBER, "[-.0-9]"),
            (WHOLE, "[-0-9]"),
            (SPACE, r"[ \t\n\x0B\f\r]"),
            (DIGIT, "[0-9]"),
        ] {
            let pattern = of(pattern);
            for byte in 0..128_u8 {
                let text = char::from(byte).to_string();
                assert_eq!(all(&[byte], class), pattern.is_match(&text), "{byte}");
            }
            assert!(!all(&[200], class) && all(&[], class));
        }
    }

    proptest! {
        #[test]
        fn positions_are_those_of_a_look_at_every_byte(text in "[a\"b!#é]{0,70}") {
            let mut found = [0; 64];
            let count = positions(text.as_bytes(), b'"', &mut found);
            let expected: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
            match text.is_ascii() && expected.len() <= 64 {
                true => prop_assert_eq!(&found[..count.unwrap()], &expected[..]),
                false => prop_assert_eq!(count, None),
            }
        }
    }
}
