use std::collections::BTreeMap;
use std::fmt::Write;

use super::mark::Mark;
use super::token::{Token, is_name, skeleton, tokens};

/// A shape that texts share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::insights) struct Pattern {
    /// With `<Kind-n>` in place of values.
    pub(in crate::insights) text: String,
    /// How many texts have it, in the time range and in the one before.
    pub(in crate::insights) counts: [u64; 2],
}

/// Clusters that a text is compared with, for one skeleton; beyond that a text is a pattern of its own.
const MOST_COMPARED: usize = 1000;

struct Cluster {
    tokens: Vec<Token>,
    counts: [u64; 2],
}

/// Joins masked texts of one shape. The most frequent texts come first, so that the answer does not depend on
/// the order of the input.
pub(in crate::insights) fn cluster(mut masked: Vec<(String, [u64; 2])>) -> Vec<Pattern> {
    let total = |counts: &[u64; 2]| counts.iter().sum::<u64>();
    masked.sort_by(|(a, x), (b, y)| total(y).cmp(&total(x)).then_with(|| a.cmp(b)));
    let mut by_skeleton: BTreeMap<String, Vec<Cluster>> = BTreeMap::new();
    for (text, counts) in masked {
        let tokens = tokens(&text);
        let clusters = by_skeleton.entry(skeleton(&tokens)).or_default();
        match nearest(clusters, &tokens) {
            Some(cluster) => cluster.join(&tokens, counts),
            None => clusters.push(Cluster { tokens, counts }),
        }
    }
    let mut patterns: BTreeMap<String, [u64; 2]> = BTreeMap::new();
    for cluster in by_skeleton.into_values().flatten() {
        let sum = patterns.entry(text(&cluster.tokens)).or_default();
        add(sum, cluster.counts);
    }
    let pattern = |(text, counts)| Pattern { text, counts };
    patterns.into_iter().map(pattern).collect()
}

fn add(sum: &mut [u64; 2], counts: [u64; 2]) {
    for (sum, count) in sum.iter_mut().zip(counts) {
        *sum += count;
    }
}

/// The cluster with most words in common, the first of several.
fn nearest<'c>(clusters: &'c mut [Cluster], tokens: &[Token]) -> Option<&'c mut Cluster> {
    let compared = clusters.iter_mut().take(MOST_COMPARED);
    let near = compared.filter_map(|cluster| Some((cluster.likeness(tokens)?, cluster)));
    let best = near.reduce(|a, b| if b.0 > a.0 { b } else { a });
    best.map(|(_, cluster)| cluster)
}

impl Cluster {
    /// How many words are the same, if that is enough to be one pattern: three quarters, or three fifths where
    /// every other place holds a digit or differs already. Words that say how serious an event is are never values.
    fn likeness(&self, tokens: &[Token]) -> Option<usize> {
        let (mut same, mut words, mut look_like_values) = (0, 0, true);
        for (at, (mine, theirs)) in self.tokens.iter().zip(tokens).enumerate() {
            if matches!(mine, Token::Between(_)) || is_name(tokens, at) {
                continue;
            }
            words += 1;
            if mine == theirs {
                same += 1;
            } else if is_level(mine) || is_level(theirs) {
                return None;
            } else {
                look_like_values &= is_like_value(mine) || is_like_value(theirs);
            }
        }
        let enough = same * 4 >= words * 3 || (look_like_values && same * 5 >= words * 3);
        enough.then_some(same)
    }

    fn join(&mut self, tokens: &[Token], counts: [u64; 2]) {
        for (mine, theirs) in self.tokens.iter_mut().zip(tokens) {
            if mine != theirs {
                *mine = Token::Mark(Mark::Token);
            }
        }
        add(&mut self.counts, counts);
    }
}

const LEVELS: &[&str] = &[
    "trace", "debug", "info", "notice", "warn", "warning", "error", "err", "fatal", "critical",
    "panic",
];

fn is_level(token: &Token) -> bool {
    match token {
        Token::Word(word) => LEVELS.iter().any(|level| level.eq_ignore_ascii_case(word)),
        _ => false,
    }
}

fn is_like_value(token: &Token) -> bool {
    match token {
        Token::Word(word) => word.bytes().any(|b| b.is_ascii_digit()),
        Token::Mark(_) => true,
        Token::Between(_) => false,
    }
}

/// The pattern as AWS writes it: every value numbered among the values.
fn text(tokens: &[Token]) -> String {
    let mut text = String::new();
    let mut values = 0_usize;
    for token in tokens {
        match token {
            Token::Between(c) => text.push(*c),
            Token::Word(word) => text.push_str(word),
            Token::Mark(mark) => {
                values += 1;
                // Writing to a string does not fail.
                let _written = write!(text, "<{}-{values}>", mark.name());
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::mask;
    use super::*;
    use proptest::prelude::*;

    fn patterns(texts: &[&str]) -> Vec<(String, u64)> {
        let masked = texts.iter().map(|text| (mask(text), [1, 0])).collect();
        let found = cluster(masked).into_iter();
        found
            .map(|pattern| (pattern.text, pattern.counts[0]))
            .collect()
    }

    #[test]
    fn events_of_the_guide_are_one_pattern() {
        let found = patterns(&[
            "2023-01-01 19:00:01 [INFO] Calling DynamoDB to store for resource id 12342342k124-12345",
            "2023-01-01 19:00:02 [INFO] Calling DynamoDB to store for resource id 324892398123-12345",
            "2023-01-01 19:00:03 [INFO] Calling DynamoDB to store for resource id 3ff231242342-12345",
        ]);
        let pattern = "<Time-1> [INFO] Calling DynamoDB to store for resource id <ID-2>";
        assert_eq!(found, [(pattern.to_owned(), 3)]);
    }

    #[test]
    fn words_that_differ_where_the_rest_agrees_are_values() {
        let found = patterns(&["user_1 logged in", "user_2 logged in", "user_2 logged out"]);
        assert_eq!(found[0], ("<Token-1> logged in".to_owned(), 2));
    }

    #[test]
    fn levels_and_names_of_values_keep_patterns_apart() {
        for texts in [
            [
                "{\"level\":\"INFO\",\"a\":1}",
                "{\"level\":\"ERROR\",\"a\":1}",
            ],
            ["a=1 b=2 c=3 d=4", "a=1 b=2 c=3 e=4"],
            ["starting server", "stopping server"],
        ] {
            assert_eq!(patterns(&texts).len(), 2, "{texts:?}");
        }
    }

    proptest! {
        #[test]
        fn the_order_of_texts_does_not_show(texts in prop::collection::vec("[ab]{1,2}( [xy1-3]{1,2}){0,3}", 0..12)) {
            let mut turned: Vec<(String, [u64; 2])> = Vec::new();
            let mut straight = turned.clone();
            let counted = |all: &mut Vec<(String, [u64; 2])>, text: &str| {
                let text = mask(text);
                match all.iter_mut().find(|(known, _)| *known == text) {
                    Some((_, counts)) => counts[0] += 1,
                    None => all.push((text, [1, 0])),
                }
            };
            texts.iter().for_each(|text| counted(&mut straight, text));
            texts.iter().rev().for_each(|text| counted(&mut turned, text));
            let found = cluster(straight);
            let sum: u64 = found.iter().map(|p| p.counts[0]).sum();
            prop_assert_eq!(sum, u64::try_from(texts.len()).unwrap());
            prop_assert_eq!(found, cluster(turned));
        }
    }
}
