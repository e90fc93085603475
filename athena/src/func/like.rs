use crate::refusal::{Judged, Refusal};

/// A pattern of LIKE: `%` is any text, `_` any character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LikePattern(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    One,
    Any,
}

impl LikePattern {
    /// Reads a pattern with the character that takes the others' meaning, if there is one.
    pub(crate) fn parse(pattern: &str, escape: Option<&str>) -> Judged<Self> {
        let escape =
            match escape {
                None => None,
                Some(escape) => {
                    let mut all = escape.chars();
                    let only = all.next().filter(|_| all.next().is_none());
                    Some(only.ok_or_else(|| {
                        Refusal::argument("Escape string must be a single character")
                    })?)
                }
            };
        let (mut pieces, mut text) = (Vec::new(), String::new());
        let mut rest = pattern.chars();
        while let Some(at) = rest.next() {
            let special = match at {
                _ if Some(at) == escape => {
                    let escaped = rest
                        .next()
                        .filter(|next| ['%', '_'].contains(next) || Some(*next) == escape);
                    let wrong = "Escape character must be followed by '%', '_' or the escape character itself";
                    text.push(escaped.ok_or_else(|| Refusal::argument(wrong))?);
                    continue;
                }
                '%' => Piece::Any,
                '_' => Piece::One,
                _ => {
                    text.push(at);
                    continue;
                }
            };
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            // Several % are one.
            if special != Piece::Any || pieces.last() != Some(&Piece::Any) {
                pieces.push(special);
            }
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        Ok(Self(pieces))
    }

    /// Whether a whole text is such.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        if let [Piece::Any, Piece::Text(inside), Piece::Any] = self.0.as_slice() {
            return text.contains(inside.as_str());
        }
        let (mut pieces, mut rest): (&[Piece], &str) = (&self.0, text);
        // Where to go on if what follows the last % does not fit: one character later.
        let mut retry: Option<(&[Piece], &str)> = None;
        loop {
            let next = match pieces.split_first() {
                Some((Piece::Any, behind)) => {
                    retry = Some((behind, rest));
                    pieces = behind;
                    continue;
                }
                Some((Piece::One, behind)) => without_first(rest).map(|rest| (behind, rest)),
                Some((Piece::Text(wanted), behind)) => rest
                    .strip_prefix(wanted.as_str())
                    .map(|rest| (behind, rest)),
                None if rest.is_empty() => return true,
                None => None,
            };
            match (next, retry) {
                (Some(next), _) => (pieces, rest) = next,
                (None, Some((behind, from))) => match without_first(from) {
                    Some(from) => {
                        retry = Some((behind, from));
                        (pieces, rest) = (behind, from);
                    }
                    None => return false,
                },
                (None, None) => return false,
            }
        }
    }
}

fn without_first(text: &str) -> Option<&str> {
    let mut all = text.chars();
    all.next().map(|_| all.as_str())
}

/// `text LIKE pattern ESCAPE escape`
pub(crate) fn like(text: &str, pattern: &str, escape: Option<&str>) -> Judged<bool> {
    LikePattern::parse(pattern, escape).map(|pattern| pattern.is_match(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn patterns_match_whole_texts() {
        for (text, pattern, escape, found) in [
            ("502", "5%", None, true),
            ("502", "5_", None, false),
            ("502", "5__", None, true),
            ("a%b", "a!%b", Some("!"), true),
            ("axb", "a!%b", Some("!"), false),
            ("", "%", None, true),
            ("abcabd", "%abd", None, true),
            ("a\nb", "a_b", None, true),
            ("A", "a", None, false),
        ] {
            assert_eq!(
                like(text, pattern, escape).unwrap(),
                found,
                "{text} {pattern}"
            );
        }
        assert!(like("a", "a!b", Some("!")).is_err());
        assert!(like("a", "a", Some("!!")).is_err());
    }

    proptest! {
        #[test]
        fn patterns_match_as_regular_expressions_do(text in "[ab]{0,8}", pattern in "[ab%_]{0,6}") {
            let regex = format!("^{}$", pattern.replace('%', ".*").replace('_', "."));
            let expected = regex::Regex::new(&regex).unwrap().is_match(&text);
            prop_assert_eq!(like(&text, &pattern, None).unwrap(), expected);
        }
    }
}
