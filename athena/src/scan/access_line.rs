use belfry_engine::catalog::{ACCESS_LOG_PATTERN, PUBLISHED_ACCESS_LOG_PATTERN};
use memchr::memchr;

use super::letters::{CIPHER, DIGIT, NUMBER, PROTOCOL, SPACE, WHOLE, all, count, positions};

/// The quotes that the pattern asks for, and the most that are looked at.
const QUOTES: usize = 24;
const MOST_QUOTES: usize = 64;
/// The fields before the request.
const HEAD: usize = 12;

/// The groups of the wider pattern, but for what may come later.
const GROUPS: usize = 38;
/// Of a group that does not take part in the match.
const ABSENT: Range = (1, 0);

/// Where the texts of the pattern's groups begin and end; of one that is absent there is no such range.
type Groups = [Range; GROUPS];

type Range = (usize, usize);

/// The patterns that are known here. They are one up to the 33rd group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// AWS's: the connection's id, then anything.
    Published,
    /// The suite's: the connection's id and the four fields behind it, each of which may be missing.
    Deployed,
}

impl Form {
    /// The form of a pattern whose first groups are the columns of a table, if it is one of them.
    pub(super) fn of(pattern: &str, columns: usize) -> Option<Self> {
        match pattern {
            PUBLISHED_ACCESS_LOG_PATTERN if columns <= 34 => Some(Self::Published),
            ACCESS_LOG_PATTERN if columns <= GROUPS => Some(Self::Deployed),
            _ => None,
        }
    }
}

/// What a pattern makes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Divided {
    /// It matches: the divider has the texts of its groups.
    Groups,
    /// No match: a row of NULLs.
    Nothing,
    /// Not decided here: the pattern itself must be asked.
    Unsure,
}

/// Divides lines as a pattern for access logs does, without backtracking.
///
/// The pattern's `.*` for the URL takes as much as it can, so that a quote further on could end the request instead of
/// the one that does. Where such an end is possible at all, and where anything else is not as AWS writes it, the answer
/// is `Unsure`.
#[derive(Clone, Debug)]
pub(super) struct Divider {
    form: Form,
    /// Of the line before: space for the next.
    quotes: [usize; MOST_QUOTES],
    groups: Groups,
}

impl Divider {
    pub(super) fn new(form: Form) -> Self {
        Self {
            form,
            quotes: [0; MOST_QUOTES],
            groups: [ABSENT; GROUPS],
        }
    }

    /// Divides a line, which holds no line end.
    pub(super) fn divide(&mut self, line: &[u8]) -> Divided {
        self.try_divide(line).unwrap_or(Divided::Unsure)
    }

    /// The text of a group of the line that was divided; nothing where the group is absent.
    pub(super) fn text<'l>(&self, line: &'l [u8], group: usize) -> Option<&'l [u8]> {
        let (start, end) = *self.groups.get(group)?;
        line.get(start..end)
    }

    fn try_divide(&mut self, line: &[u8]) -> Option<Divided> {
        let count = positions(line, b'"', &mut self.quotes)?;
        // Both patterns have 24 quotes that must all be there.
        if count < QUOTES {
            return Some(Divided::Nothing);
        }
        let groups = &mut self.groups;
        let quotes = Quotes {
            line,
            at: self.quotes.get(..count)?,
        };
        head(line, quotes.at(0)?, groups)?;
        if quotes.could_end_later() {
            return None;
        }
        request(line, &quotes, groups)?;
        quotes.tail(groups)?;
        match self.form {
            Form::Published => groups[33] = quotes.connection()?,
            Form::Deployed => later(line, quotes.at(QUOTES - 1)? + 1, groups)?,
        }
        Some(Divided::Groups)
    }
}

/// The quotes of a line.
struct Quotes<'l> {
    line: &'l [u8],
    at: &'l [usize],
}

/// The quote that opens a group, and the group.
const QUOTED: [(usize, usize); 11] = [
    (2, 17),
    (4, 21),
    (6, 22),
    (8, 23),
    (10, 26),
    (12, 27),
    (14, 28),
    (16, 29),
    (18, 30),
    (20, 31),
    (22, 32),
];
/// The quotes behind which one blank stands, and then the next quote.
const BEFORE_QUOTED: [usize; 9] = [1, 5, 7, 11, 13, 15, 17, 19, 21];

impl Quotes<'_> {
    fn at(&self, place: usize) -> Option<usize> {
        self.at.get(place).copied()
    }

    /// What stands behind a quote, up to the next or the end of the line.
    fn behind(&self, place: usize) -> Option<Range> {
        let start = self.at(place)? + 1;
        Some((start, self.at(place + 1).unwrap_or(self.line.len())))
    }

    fn text(&self, place: usize) -> &[u8] {
        let range = self.behind(place);
        range
            .and_then(|(start, end)| self.line.get(start..end))
            .unwrap_or_default()
    }

    /// Whether one blank stands behind a quote, and then the next.
    fn is_blank(&self, place: usize) -> bool {
        let range = self.behind(place);
        range.is_some_and(|(start, end)| end == start + 1 && self.line.get(start) == Some(&b' '))
    }

    /// Whether the request could end at a later quote than the second: one blank must stand behind it, then, behind the
    /// next two quotes, what the pattern takes for a cipher and a protocol, and enough quotes for the rest.
    fn could_end_later(&self) -> bool {
        let last = self.at.len() - (QUOTES - 2);
        (2..last).any(|place| self.is_blank(place) && starts_as_cipher(self.text(place + 2)))
    }

    /// The groups behind the request.
    fn tail(&self, groups: &mut Groups) -> Option<()> {
        for (place, group) in QUOTED {
            *groups.get_mut(group)? = self.behind(place)?;
        }
        if !BEFORE_QUOTED.into_iter().all(|place| self.is_blank(place)) {
            return None;
        }
        let free_of_blanks = |place: usize| memchr(b' ', self.text(place)).is_none();
        let filled = |place: usize| {
            let text = self.text(place);
            !text.is_empty() && !text.iter().any(|at| all(&[*at], SPACE))
        };
        if ![14, 20, 22].into_iter().all(free_of_blanks) || !filled(16) || !filled(18) {
            return None;
        }
        let [cipher, protocol, group] = self.three(3)?;
        let is = |(start, end): Range, class: u8| {
            let text = self.line.get(start..end);
            text.is_some_and(|text| all(text, class))
        };
        if cipher.0 == cipher.1 || !is(cipher, CIPHER) || !is(protocol, PROTOCOL) {
            return None;
        }
        (groups[18], groups[19], groups[20]) = (cipher, protocol, group);
        let [priority, created] = self.two(9)?;
        if !is(priority, NUMBER) {
            return None;
        }
        (groups[24], groups[25]) = (priority, created);
        Some(())
    }

    /// What stands between the blanks behind a quote and before the next.
    fn inside(&self, place: usize) -> Option<(&[u8], usize)> {
        let (start, end) = self.behind(place)?;
        let text = self.line.get(start..end)?;
        let text = text.strip_prefix(b" ")?.strip_suffix(b" ")?;
        Some((text, start + 1))
    }

    /// ` a b c ` behind a quote.
    fn three(&self, place: usize) -> Option<[Range; 3]> {
        let (text, from) = self.inside(place)?;
        let one = memchr(b' ', text)?;
        let two = one + 1 + memchr(b' ', text.get(one + 1..)?)?;
        let end = text.len();
        memchr(b' ', text.get(two + 1..)?).is_none().then_some([
            (from, from + one),
            (from + one + 1, from + two),
            (from + two + 1, from + end),
        ])
    }

    /// ` a b ` behind a quote.
    fn two(&self, place: usize) -> Option<[Range; 2]> {
        let (text, from) = self.inside(place)?;
        let one = memchr(b' ', text)?;
        let end = text.len();
        memchr(b' ', text.get(one + 1..)?)
            .is_none()
            .then_some([(from, from + one), (from + one + 1, from + end)])
    }

    /// The connection's id: what stands behind the last field in quotes, up to the next blank.
    fn connection(&self) -> Option<Range> {
        let start = self.at(QUOTES - 1)? + 1;
        let rest = self.line.get(start..)?;
        if rest.is_empty() {
            return Some((start, start));
        }
        let rest = rest.strip_prefix(b" ")?;
        let end = memchr(b' ', rest).unwrap_or(rest.len());
        // A quote in it could be taken for the one that ends the field before.
        memchr(b'"', rest.get(..end)?)
            .is_none()
            .then_some((start + 1, start + 1 + end))
    }
}

/// The groups behind the last mandatory field, which ends before `start`. Each is one blank and a field, or absent. Behind
/// them anything may come that begins with a blank, so that no choice is ever taken back.
fn later(line: &[u8], start: usize, groups: &mut Groups) -> Option<()> {
    for group in groups.iter_mut().skip(33) {
        *group = ABSENT;
    }
    let rest = line.get(start..)?;
    if rest.is_empty() {
        return Some(());
    }
    if !rest.starts_with(b" ") {
        // The last field could end at another quote.
        return None;
    }
    let from = start + 1;
    let mut at = memchr(b' ', line.get(from..)?).map_or(line.len(), |blank| from + blank);
    groups[33] = (from, at);
    for group in 34..37 {
        let Some((range, end)) = quoted(line, at) else {
            break;
        };
        (*groups.get_mut(group)?, at) = (range, end);
    }
    groups[37] = address(line, at).unwrap_or(ABSENT);
    Some(())
}

/// ` "text"` or ` -`, which says nothing, and where it ends.
fn quoted(line: &[u8], at: usize) -> Option<(Range, usize)> {
    let rest = line.get(at..)?.strip_prefix(b" ")?;
    let (range, end) = match rest.strip_prefix(b"\"") {
        Some(text) => {
            let length = memchr(b'"', text)?;
            ((at + 2, at + 2 + length), at + 3 + length)
        }
        None => (ABSENT, at + 1 + usize::from(rest.starts_with(b"-"))),
    };
    (end > at + 1 && ends(line, end)).then_some((range, end))
}

/// ` text`, a quote before and behind it or not.
fn address(line: &[u8], at: usize) -> Option<Range> {
    let rest = line.get(at..)?.strip_prefix(b" ")?;
    let start = at + 1 + usize::from(rest.starts_with(b"\""));
    let text = line.get(start..)?;
    let end = start + memchr::memchr2(b' ', b'"', text).unwrap_or(text.len());
    let behind = end + usize::from(line.get(end) == Some(&b'"'));
    ends(line, behind).then_some((start, end))
}

/// Whether a field may end here.
fn ends(line: &[u8], at: usize) -> bool {
    line.get(at).is_none_or(|next| *next == b' ')
}

fn starts_as_cipher(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b" ") else {
        return false;
    };
    let cipher = count(rest, CIPHER);
    let Some(rest) = rest.get(cipher..).and_then(|rest| rest.strip_prefix(b" ")) else {
        return false;
    };
    cipher > 0 && rest.get(count(rest, PROTOCOL)) == Some(&b' ')
}

/// The twelve fields before the request, which begins with the line's first quote.
fn head(line: &[u8], quote: usize, groups: &mut Groups) -> Option<()> {
    let mut blanks = [0; HEAD];
    let found = positions(line.get(..quote)?, b' ', &mut blanks)?;
    if found != HEAD || blanks[HEAD - 1] + 1 != quote {
        return None;
    }
    let mut tokens = [(0, 0); HEAD];
    let mut start = 0;
    for (token, end) in tokens.iter_mut().zip(blanks) {
        *token = (start, end);
        start = end + 1;
    }
    let [
        kind,
        time,
        elb,
        client,
        target,
        times @ ..,
        status,
        target_status,
        received,
        sent,
    ] = tokens;
    (groups[0], groups[1], groups[2]) = (kind, time, elb);
    (groups[3], groups[4]) = port(line, client, b":")?;
    (groups[5], groups[6]) = port(line, target, b":-")?;
    let is = |(start, end): Range, class: u8| {
        let text = line.get(start..end);
        text.is_some_and(|text| all(text, class))
    };
    for (place, range) in (7..).zip(times) {
        *groups.get_mut(place)? = range;
        if !is(range, NUMBER) {
            return None;
        }
    }
    for (place, range) in (10..).zip([status, target_status, received, sent]) {
        *groups.get_mut(place)? = range;
        if !is(range, WHOLE) {
            return None;
        }
    }
    Some(())
}

/// Address and port: divided at the last of the marks, behind which there are digits only.
fn port(line: &[u8], (start, end): Range, marks: &[u8]) -> Option<(Range, Range)> {
    let text = line.get(start..end)?;
    let is_digit = |at: &&u8| all(&[**at], DIGIT);
    let digits = text.iter().rev().take_while(is_digit).count();
    let mark = (end - digits)
        .checked_sub(1)
        .filter(|mark| *mark >= start)?;
    let found = marks.contains(line.get(mark)?);
    found.then_some(((start, mark), (mark + 1, end)))
}

/// `VERB url PROTOCOL`: divided at the first and at the last blank.
fn request(line: &[u8], quotes: &Quotes<'_>, groups: &mut Groups) -> Option<()> {
    let (start, end) = quotes.behind(0)?;
    let text = line.get(start..end)?;
    let first = start + memchr(b' ', text)?;
    let last = start + memchr::memrchr(b' ', text)?;
    if first == last {
        return None;
    }
    (groups[14], groups[15], groups[16]) = ((start, first), (first + 1, last), (last + 1, end));
    Some(())
}
