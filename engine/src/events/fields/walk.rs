use std::borrow::Cow;

use super::FieldValue;
use super::text::{raw_string, unescape};

/// How deep JSON nests before it is refused; the same as `serde_json`'s.
const DEEPEST: usize = 127;

/// A wanted name of which the first part has been matched.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// The name's index.
    name: usize,
    /// Where its unmatched rest starts.
    rest: usize,
    /// One bit for each dot that is a boundary between keys, to tell `"a.b"` from `"a":{"b"`.
    path: u64,
}

/// A leaf with a wanted name.
#[derive(Clone, Debug)]
struct Found<'m> {
    /// The dots of its name that are boundaries between keys.
    path: u64,
    /// Which leaf of the text it is, `null`s not counted.
    place: usize,
    value: FieldValue<'m>,
}

/// A walk over one JSON text.
pub(super) struct Walk<'m, 'n> {
    message: &'m str,
    at: usize,
    names: &'n [String],
    /// The candidates of all open objects and arrays; each level uses the end of the list.
    candidates: Vec<Candidate>,
    found: Vec<Option<Found<'m>>>,
    leaves_left: usize,
    /// How many leaves have been passed.
    leaves: usize,
    depth: usize,
    /// Whether a name is a path of keys and nothing else.
    exact: bool,
}

impl<'m, 'n> Walk<'m, 'n> {
    pub(super) fn new(message: &'m str, names: &'n [String], most: usize) -> Self {
        let candidate = |name| Candidate {
            name,
            rest: 0,
            path: 0,
        };
        Self {
            message,
            at: 0,
            names,
            candidates: (0..names.len()).map(candidate).collect(),
            found: vec![None; names.len()],
            leaves_left: most,
            leaves: 0,
            depth: 0,
            exact: false,
        }
    }

    /// The same where names are paths of keys: keys with dots and elements of arrays are not looked at.
    pub(super) fn of_members(self) -> Self {
        Self {
            exact: true,
            ..self
        }
    }

    pub(super) fn at_end(&self) -> bool {
        self.at == self.message.len()
    }

    pub(super) fn into_found(self) -> impl Iterator<Item = (usize, FieldValue<'m>)> {
        let found = self.found.into_iter().enumerate();
        found.filter_map(|(index, found)| Some((index, found?.value)))
    }

    /// Which leaf of the text each name means, `null`s not counted.
    pub(super) fn into_places(self) -> Vec<Option<usize>> {
        let found = self.found.into_iter();
        found.map(|found| Some(found?.place)).collect()
    }

    /// The object that starts here; its members are matched against all candidates.
    pub(super) fn object(&mut self) -> Option<()> {
        let all = (0, self.candidates.len());
        self.object_of(all)
    }

    fn object_of(&mut self, level: (usize, usize)) -> Option<()> {
        self.open(b'{')?;
        if self.closes(b'}') {
            return Some(());
        }
        loop {
            self.skip_space();
            let (key, escaped) = raw_string(self.message, &mut self.at)?;
            let key = if escaped {
                unescape(key)?
            } else {
                Cow::Borrowed(key)
            };
            self.skip_space();
            self.byte(b':')?;
            let mark = self.descend(level, &key);
            self.value(mark)?;
            self.candidates.truncate(mark);
            self.skip_space();
            if self.closes(b'}') {
                return Some(());
            }
            self.byte(b',')?;
        }
    }

    fn array_of(&mut self, level: (usize, usize)) -> Option<()> {
        self.open(b'[')?;
        if self.closes(b']') {
            return Some(());
        }
        let mut index = 0_usize;
        loop {
            let mark = self.candidates.len();
            if level.0 < level.1 && !self.exact {
                let mut digits = itoa::Buffer::new();
                self.descend(level, digits.format(index));
            }
            self.value(mark)?;
            self.candidates.truncate(mark);
            index += 1;
            self.skip_space();
            if self.closes(b']') {
                return Some(());
            }
            self.byte(b',')?;
        }
    }

    /// Adds the candidates of `level` that go on with `key`, and forgets what an earlier value of the
    /// same key had filled. Gives the place where the new candidates start.
    fn descend(&mut self, level: (usize, usize), key: &str) -> usize {
        let mark = self.candidates.len();
        if self.exact && key.contains('.') {
            return mark;
        }
        for place in level.0..level.1 {
            let Some(&candidate) = self.candidates.get(place) else {
                break;
            };
            let Some(next) = self.step(candidate, key) else {
                continue;
            };
            self.forget(next);
            self.candidates.push(next);
        }
        mark
    }

    fn step(&self, candidate: Candidate, key: &str) -> Option<Candidate> {
        let name = self.names.get(candidate.name)?;
        let rest = name.get(candidate.rest..)?.strip_prefix(key)?;
        let end = name.len() - rest.len();
        if rest.is_empty() {
            // One behind the end: a leaf, not an empty key that still follows.
            return Some(Candidate {
                rest: name.len() + 1,
                ..candidate
            });
        }
        rest.starts_with('.').then(|| Candidate {
            rest: end + 1,
            path: candidate.path | dot_bit(name, end),
            ..candidate
        })
    }

    fn forget(&mut self, next: Candidate) {
        let Some(name) = self.names.get(next.name) else {
            return;
        };
        let matched = dot_mask(name, next.rest.saturating_sub(1));
        let Some(found) = self.found.get_mut(next.name) else {
            return;
        };
        if found
            .as_ref()
            .is_some_and(|found| found.path & matched == next.path)
        {
            *found = None;
        }
    }

    /// A value; the candidates from `mark` on have been matched up to it.
    fn value(&mut self, mark: usize) -> Option<()> {
        self.skip_space();
        let level = (mark, self.candidates.len());
        match self.message.as_bytes().get(self.at)? {
            b'{' => self.nested(|walk| walk.object_of(level)),
            b'[' => self.nested(|walk| walk.array_of(level)),
            b'"' => {
                let (raw, escaped) = raw_string(self.message, &mut self.at)?;
                if level.0 == level.1 {
                    self.leaves_left = self.leaves_left.saturating_sub(1);
                    self.leaves += 1;
                    return if escaped {
                        unescape(raw).map(drop)
                    } else {
                        Some(())
                    };
                }
                let text = if escaped {
                    unescape(raw)?
                } else {
                    Cow::Borrowed(raw)
                };
                self.leaf(level, &FieldValue::Text(text));
                Some(())
            }
            b't' => self.word("true", level, Some(true)),
            b'f' => self.word("false", level, Some(false)),
            b'n' => self.word("null", level, None),
            _ => {
                let number = self.number()?;
                self.leaf(level, &FieldValue::Number(number));
                Some(())
            }
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Option<()>) -> Option<()> {
        self.depth += 1;
        if self.depth >= DEEPEST {
            return None;
        }
        read(self)?;
        self.depth -= 1;
        Some(())
    }

    fn leaf(&mut self, level: (usize, usize), value: &FieldValue<'m>) {
        let place = self.leaves;
        self.leaves += 1;
        if self.leaves_left == 0 {
            return;
        }
        self.leaves_left -= 1;
        let Some(candidates) = self.candidates.get(level.0..level.1) else {
            return;
        };
        for candidate in candidates {
            let complete = self
                .names
                .get(candidate.name)
                .is_some_and(|n| candidate.rest > n.len());
            let Some(found) = self.found.get_mut(candidate.name).filter(|_| complete) else {
                continue;
            };
            if found.is_none() {
                *found = Some(Found {
                    path: candidate.path,
                    place,
                    value: value.clone(),
                });
            }
        }
    }

    fn word(&mut self, word: &str, level: (usize, usize), value: Option<bool>) -> Option<()> {
        let rest = self.message.get(self.at..)?;
        rest.strip_prefix(word)?;
        self.at += word.len();
        if let Some(value) = value {
            self.leaf(level, &FieldValue::Boolean(value));
        }
        Some(())
    }

    fn number(&mut self) -> Option<&'m str> {
        let start = self.at;
        self.take(b"-");
        if !self.take(b"0") {
            self.digits()?;
        }
        if self.take(b".") {
            self.digits()?;
        }
        if self.take(b"eE") {
            self.take(b"+-");
            self.digits()?;
        }
        self.message.get(start..self.at)
    }

    fn digits(&mut self) -> Option<()> {
        let rest = self.message.as_bytes().get(self.at..)?;
        let count = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        self.at += count;
        (count > 0).then_some(())
    }

    fn take(&mut self, set: &[u8]) -> bool {
        let byte = self.message.as_bytes().get(self.at);
        let found = byte.is_some_and(|byte| set.contains(byte));
        self.at += usize::from(found);
        found
    }

    fn open(&mut self, bracket: u8) -> Option<()> {
        self.byte(bracket)?;
        self.skip_space();
        Some(())
    }

    fn closes(&mut self, bracket: u8) -> bool {
        let found = self.message.as_bytes().get(self.at) == Some(&bracket);
        self.at += usize::from(found);
        found
    }

    fn byte(&mut self, byte: u8) -> Option<()> {
        self.closes(byte).then_some(())
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.message.as_bytes().get(self.at) {
            self.at += 1;
        }
    }
}

/// The bit of the dot at byte `at` of a name; names with very many dots share the last bit.
fn dot_bit(name: &str, at: usize) -> u64 {
    let dots = name
        .get(..at)
        .map_or(0, |before| before.matches('.').count());
    1 << dots.min(63)
}

/// The bits of all dots before byte `end`, and the one at it.
fn dot_mask(name: &str, end: usize) -> u64 {
    let before = name.get(..(end + 1).min(name.len())).unwrap_or_default();
    match before.matches('.').count() {
        0 => 0,
        dots if dots >= 64 => u64::MAX,
        dots => (1 << dots) - 1,
    }
}
