use belfry_engine::catalog::{ACCESS_LOG_PATTERN, PUBLISHED_ACCESS_LOG_PATTERN};
use memchr::{memchr, memchr_iter};

/// The quotes that the pattern asks for, and the most that are looked at.
const QUOTES: usize = 24;
const MOST_QUOTES: usize = 64;

/// The groups of the wider pattern, but for what may come later.
const GROUPS: usize = 38;
/// Of a group that does not take part in the match.
const ABSENT: Range = (1, 0);

/// Where the texts of the pattern's groups begin and end; of one that is absent there is no such range.
pub(super) type Groups = [Range; GROUPS];

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
#[derive(Debug, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "it is read where it was made, once for every line: a box would cost more"
)]
pub(super) enum Divided {
    /// The texts of its groups, by byte.
    Groups(Groups),
    /// No match: a row of NULLs.
    Nothing,
    /// Not decided here: the pattern itself must be asked.
    Unsure,
}

/// Divides a line as a pattern for access logs does, without backtracking.
///
/// The patterns' `.*` for the URL takes as much as it can, so that a quote further on could end the request instead of
/// the one that does. Where such an end is possible at all, and where anything else is not as AWS writes it, the answer
/// is `Unsure`.
pub(super) fn divide(line: &[u8], form: Form) -> Divided {
    try_divide(line, form).unwrap_or(Divided::Unsure)
}

fn try_divide(line: &[u8], form: Form) -> Option<Divided> {
    if !line.is_ascii() || memchr(b'\r', line).is_some() {
        return None;
    }
    let mut quotes = [0_usize; MOST_QUOTES];
    let mut count = 0;
    for at in memchr_iter(b'"', line) {
        *quotes.get_mut(count)? = at;
        count += 1;
    }
    // Both patterns have 24 quotes that must all be there.
    if count < QUOTES {
        return Some(Divided::Nothing);
    }
    let mut groups = [ABSENT; GROUPS];
    let quotes = Quotes {
        line,
        at: quotes.get(..count)?,
    };
    head(line, quotes.at(0)?, &mut groups)?;
    if quotes.could_end_later() {
        return None;
    }
    request(line, &quotes, &mut groups)?;
    quotes.tail(&mut groups)?;
    match form {
        Form::Published => groups[33] = quotes.connection()?,
        Form::Deployed => later(line, quotes.at(QUOTES - 1)? + 1, &mut groups)?,
    }
    Some(Divided::Groups(groups))
}

/// The quotes of a line.
struct Quotes<'l> {
    line: &'l [u8],
    at: &'l [usize],
}

impl Quotes<'_> {
    fn at(&self, place: usize) -> Option<usize> {
        self.at.get(place).copied()
    }

    /// What stands behind a quote, up to the next or the end of the line.
    fn behind(&self, place: usize) -> Option<(usize, usize)> {
        let start = self.at(place)? + 1;
        Some((start, self.at(place + 1).unwrap_or(self.line.len())))
    }

    fn text(&self, place: usize) -> &[u8] {
        let range = self.behind(place);
        range
            .and_then(|(start, end)| self.line.get(start..end))
            .unwrap_or_default()
    }

    /// Whether the request could end at a later quote than the second: one blank must stand behind it, then, behind the
    /// next two quotes, what the pattern takes for a cipher and a protocol, and enough quotes for the rest.
    fn could_end_later(&self) -> bool {
        let last = self.at.len() - (QUOTES - 2);
        (2..last).any(|place| self.text(place) == b" " && starts_as_cipher(self.text(place + 2)))
    }

    /// The groups behind the request.
    fn tail(&self, groups: &mut Groups) -> Option<()> {
        // (quote that opens it, group), then the quotes behind which one blank stands.
        for (place, group) in [
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
        ] {
            *groups.get_mut(group)? = self.behind(place)?;
        }
        for place in [1, 5, 7, 11, 13, 15, 17, 19, 21] {
            if self.text(place) != b" " {
                return None;
            }
        }
        let free_of_blanks = |place: usize| !self.text(place).contains(&b' ');
        let filled = |place: usize| {
            !self.text(place).is_empty() && !self.text(place).iter().any(|at| is_space(*at))
        };
        if ![14, 20, 22].into_iter().all(free_of_blanks) || !filled(16) || !filled(18) {
            return None;
        }
        let [cipher, protocol, group] = self.three(3)?;
        let all = |(start, end): (usize, usize), is: fn(u8) -> bool| {
            self.line
                .get(start..end)
                .is_some_and(|text| text.iter().all(|at| is(*at)))
        };
        if cipher.0 == cipher.1 || !all(cipher, is_cipher) || !all(protocol, is_protocol) {
            return None;
        }
        (groups[18], groups[19], groups[20]) = (cipher, protocol, group);
        let [priority, created] = self.two(9)?;
        if !all(priority, is_number) {
            return None;
        }
        (groups[24], groups[25]) = (priority, created);
        Some(())
    }

    /// ` a b c ` behind a quote.
    fn three(&self, place: usize) -> Option<[(usize, usize); 3]> {
        let (start, end) = self.behind(place)?;
        let text = self
            .line
            .get(start..end)?
            .strip_prefix(b" ")?
            .strip_suffix(b" ")?;
        let one = memchr(b' ', text)?;
        let two = one + 1 + memchr(b' ', text.get(one + 1..)?)?;
        let rest = text.get(two + 1..)?;
        let from = start + 1;
        memchr(b' ', rest).is_none().then_some([
            (from, from + one),
            (from + one + 1, from + two),
            (from + two + 1, end - 1),
        ])
    }

    /// ` a b ` behind a quote.
    fn two(&self, place: usize) -> Option<[(usize, usize); 2]> {
        let (start, end) = self.behind(place)?;
        let text = self
            .line
            .get(start..end)?
            .strip_prefix(b" ")?
            .strip_suffix(b" ")?;
        let one = memchr(b' ', text)?;
        let rest = text.get(one + 1..)?;
        let from = start + 1;
        memchr(b' ', rest)
            .is_none()
            .then_some([(from, from + one), (from + one + 1, end - 1)])
    }

    /// The connection's id: what stands behind the last field in quotes, up to the next blank.
    fn connection(&self) -> Option<(usize, usize)> {
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
    let cipher = rest.iter().take_while(|at| is_cipher(**at)).count();
    let Some(rest) = rest.get(cipher..).and_then(|rest| rest.strip_prefix(b" ")) else {
        return false;
    };
    let protocol = rest.iter().take_while(|at| is_protocol(**at)).count();
    cipher > 0 && rest.get(protocol) == Some(&b' ')
}

fn is_cipher(at: u8) -> bool {
    at.is_ascii_uppercase() || at.is_ascii_digit() || at == b'-' || at == b'_'
}

fn is_protocol(at: u8) -> bool {
    at.is_ascii_alphanumeric() || at == b'.' || at == b'-'
}

fn is_number(at: u8) -> bool {
    at.is_ascii_digit() || at == b'.' || at == b'-'
}

fn is_whole(at: u8) -> bool {
    at.is_ascii_digit() || at == b'-'
}

fn is_space(at: u8) -> bool {
    at == b' ' || (b'\t'..=b'\r').contains(&at)
}

/// The twelve fields before the request, which begins with the line's first quote.
fn head(line: &[u8], quote: usize, groups: &mut Groups) -> Option<()> {
    let mut tokens = [(0, 0); 12];
    let mut start = 0;
    for token in &mut tokens {
        let end = start + memchr(b' ', line.get(start..quote)?)?;
        *token = (start, end);
        start = end + 1;
    }
    if start != quote {
        return None;
    }
    let text = |(start, end): (usize, usize)| line.get(start..end).unwrap_or_default();
    let all = |range, is: fn(u8) -> bool| text(range).iter().all(|at| is(*at));
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
    for (place, range) in (7..).zip(times) {
        groups[place] = range;
        if !all(range, is_number) {
            return None;
        }
    }
    for (place, range) in (10..).zip([status, target_status, received, sent]) {
        groups[place] = range;
        if !all(range, is_whole) {
            return None;
        }
    }
    Some(())
}

/// Address and port: divided at the last of the marks, behind which there are digits only.
fn port(line: &[u8], (start, end): Range, marks: &[u8]) -> Option<(Range, Range)> {
    let text = line.get(start..end)?;
    let digits = text
        .iter()
        .rev()
        .take_while(|at| at.is_ascii_digit())
        .count();
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
    if text.contains(&b'\n') {
        return None;
    }
    let first = start + memchr(b' ', text)?;
    let last = start + memchr::memrchr(b' ', text)?;
    if first == last {
        return None;
    }
    (groups[14], groups[15], groups[16]) = ((start, first), (first + 1, last), (last + 1, end));
    Some(())
}
