use super::bytes::{number_end, string_stop};
use super::guess::Guess;
use super::prefix::Prefix;
use super::text::{raw_string, unescape};
use super::{FieldScanner, FieldValue};

/// The text of a JSON object with its leaves taken out: brackets, keys, spaces and `null`s as they stand.
///
/// A line that has the same text around leaves of the same kinds is an object with the same names in the
/// same places, so that neither its keys nor its nesting need be read again. Lines of one service have a
/// handful of shapes.
#[derive(Debug)]
pub(super) struct Shape {
    parts: Vec<Part>,
    /// Behind the last leaf.
    tail: Vec<u8>,
    /// For each scanner, which of the wanted leaves each of its names means.
    places: Vec<Vec<Option<usize>>>,
}

#[derive(Debug)]
struct Part {
    /// Before the leaf; a string's opening quote is part of it, and its closing quote of the next.
    before: Prefix,
    kind: Kind,
    /// Whether any name means the leaf.
    wanted: bool,
    guess: Guess,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Boolean,
}

/// Where a leaf of a line stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf {
    start: usize,
    end: usize,
    kind: Kind,
    escaped: bool,
}

impl Shape {
    /// The shape of `text`; `None` where it is not one JSON object.
    pub(super) fn learn(text: &str, scanners: &[&FieldScanner]) -> Option<Self> {
        let places = scanners.iter().map(|scanner| scanner.places(text));
        let mut places: Vec<_> = places.collect::<Option<_>>()?;
        let wanted = among_wanted(&mut places);
        let bytes = text.as_bytes();
        let (mut parts, mut at, mut from) = (Vec::new(), 0, 0);
        while let Some(byte) = bytes.get(at) {
            let Some((start, end, kind)) = leaf_at(text, at, *byte)? else {
                at = behind(text, at, *byte)?;
                continue;
            };
            let before = Prefix::new(bytes.get(from..start)?);
            let wanted = wanted.contains(&parts.len());
            parts.push(Part {
                before,
                kind,
                wanted,
                guess: Guess::default(),
            });
            from = end;
            at = end + usize::from(kind == Kind::Text);
        }
        let tail = bytes.get(from..)?.to_vec();
        Some(Self {
            parts,
            tail,
            places,
        })
    }

    /// Whether `text` has this shape; `leaves` then holds the wanted leaves.
    pub(super) fn fits(&mut self, text: &str, leaves: &mut Vec<Leaf>) -> bool {
        leaves.clear();
        self.end_of(text, leaves)
            .and_then(|at| text.as_bytes().get(at..))
            .is_some_and(|rest| rest == self.tail)
    }

    fn end_of(&mut self, text: &str, leaves: &mut Vec<Leaf>) -> Option<usize> {
        let bytes = text.as_bytes();
        let mut at = 0;
        for part in &mut self.parts {
            let start = part.before.end(bytes, at)?;
            let (end, escaped) = part.end(text, start)?;
            if part.wanted {
                leaves.push(Leaf {
                    start,
                    end,
                    kind: part.kind,
                    escaped,
                });
            }
            at = end;
        }
        Some(at)
    }

    /// Shows the wanted fields of a line that fits, with the index of their names.
    pub(super) fn fields<'m>(
        &self,
        scanner: usize,
        text: &'m str,
        leaves: &[Leaf],
        found: &mut impl FnMut(usize, FieldValue<'m>),
    ) {
        let places = self.places.get(scanner).into_iter().flatten();
        for (name, place) in places.enumerate() {
            let leaf = place.and_then(|place| leaves.get(place));
            if let Some(value) = leaf.and_then(|leaf| leaf.value(text)) {
                found(name, value);
            }
        }
    }
}

/// Puts places among the leaves that any name means for places among all leaves; gives the former.
fn among_wanted(places: &mut [Vec<Option<usize>>]) -> Vec<usize> {
    let mut wanted: Vec<usize> = places.iter().flatten().copied().flatten().collect();
    wanted.sort_unstable();
    wanted.dedup();
    for place in places.iter_mut().flatten() {
        *place = place.and_then(|place| wanted.binary_search(&place).ok());
    }
    wanted
}

impl Part {
    /// Where a valid leaf of this kind that starts at `start` ends, and whether it has escapes.
    #[inline]
    fn end(&mut self, text: &str, start: usize) -> Option<(usize, bool)> {
        let bytes = text.as_bytes();
        match self.kind {
            Kind::Text => match self.guess.end(bytes, start) {
                Some(end) => Some((end, false)),
                None => self.text_end(text, start),
            },
            Kind::Number => Some((number_end(bytes, start)?, false)),
            Kind::Boolean => {
                let rest = bytes.get(start..)?;
                let words: [&[u8]; 2] = [b"true", b"false"];
                let word = words.into_iter().find(|word| rest.starts_with(word))?;
                Some((start + word.len(), false))
            }
        }
    }

    #[inline]
    fn text_end(&mut self, text: &str, start: usize) -> Option<(usize, bool)> {
        let bytes = text.as_bytes();
        let stop = string_stop(bytes, start)?;
        match bytes.get(stop)? {
            b'"' => {
                self.guess.learn(stop - start);
                Some((stop, false))
            }
            b'\\' => escaped_end(text, start),
            _ => None,
        }
    }
}

fn escaped_end(text: &str, start: usize) -> Option<(usize, bool)> {
    let mut at = start.checked_sub(1)?;
    let (raw, _) = raw_string(text, &mut at)?;
    unescape(raw)?;
    Some((at - 1, true))
}

impl Leaf {
    #[inline]
    fn value(self, text: &str) -> Option<FieldValue<'_>> {
        let raw = text.get(self.start..self.end)?;
        Some(match self.kind {
            Kind::Text if self.escaped => FieldValue::Text(unescape(raw)?),
            Kind::Text => FieldValue::Text(raw.into()),
            Kind::Number => FieldValue::Number(raw),
            Kind::Boolean => FieldValue::Boolean(raw == "true"),
        })
    }
}

/// The leaf that starts at `at` in a valid object: where its text starts and ends. `Some(None)` where
/// something else is there.
fn leaf_at(text: &str, at: usize, byte: u8) -> Option<Option<(usize, usize, Kind)>> {
    let leaf = match byte {
        b'"' => {
            let mut behind = at;
            raw_string(text, &mut behind)?;
            let is_key = text.get(behind..)?.trim_start().starts_with(':');
            (!is_key).then_some((at + 1, behind - 1, Kind::Text))
        }
        b'-' | b'0'..=b'9' => Some((at, number_end(text.as_bytes(), at)?, Kind::Number)),
        b't' => Some((at, at + 4, Kind::Boolean)),
        b'f' => Some((at, at + 5, Kind::Boolean)),
        _ => None,
    };
    Some(leaf)
}

/// Behind what is no leaf: a key, a `null`, a bracket, a separator or a space.
fn behind(text: &str, at: usize, byte: u8) -> Option<usize> {
    let mut end = at;
    match byte {
        b'"' => {
            raw_string(text, &mut end)?;
        }
        b'n' => end += 4,
        _ => end += 1,
    }
    Some(end)
}
