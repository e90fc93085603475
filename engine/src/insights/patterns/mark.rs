/// What stands for a value that differs between texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Time,
    Id,
    Address,
    Number,
    /// Of a kind that is not known.
    Token,
}

/// Every mark with its character, of Unicode's private area, and its name in a pattern.
const MARKS: &[(Mark, char, &str)] = &[
    (Mark::Time, '\u{e0f0}', "Time"),
    (Mark::Id, '\u{e0f1}', "ID"),
    (Mark::Address, '\u{e0f2}', "IP"),
    (Mark::Number, '\u{e0f3}', "Number"),
    (Mark::Token, '\u{e0f4}', "Token"),
];

impl Mark {
    /// The mark's character in a masked text.
    pub(super) fn character(self) -> char {
        let mut marks = MARKS.iter();
        marks
            .find(|(mark, ..)| *mark == self)
            .map_or('\u{fffd}', |(_, c, _)| *c)
    }

    /// The mark of a character, if it is one.
    pub(super) fn of(character: char) -> Option<Self> {
        let mut marks = MARKS.iter();
        marks
            .find(|(_, c, _)| *c == character)
            .map(|(mark, ..)| *mark)
    }

    /// What a pattern calls it.
    pub(super) fn name(self) -> &'static str {
        let mut marks = MARKS.iter();
        marks
            .find(|(mark, ..)| *mark == self)
            .map_or("Token", |(.., name)| name)
    }
}
