use super::cursor::Cursor;
use super::error::{PatternError, Result};
use super::json_value::Json;
use super::root::Root;

const TWO_WILDCARDS: &str = "Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard allowed per json selector.";

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Member(String),
    Index(usize),
}

/// `$.a.b[0].c`, `$.['a.b']`, `$.a[*].b`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Selector {
    /// The way to the value, or to the wildcard's parent.
    path: Vec<Step>,
    /// What follows the wildcard, where there is one.
    after_wildcard: Option<Vec<Step>>,
}

/// What a selector finds.
#[derive(Clone, Debug)]
pub(super) enum Found<'a> {
    /// Without a wildcard.
    One(Option<Json<'a>>),
    /// With a wildcard.
    Many {
        parent_exists: bool,
        values: Vec<Json<'a>>,
    },
}

impl Selector {
    /// Reads a selector, as long as the text makes one.
    pub(super) fn parse(cursor: &mut Cursor<'_>) -> Result<Self> {
        let start = cursor.at();
        if !cursor.eat("$") {
            return Err(cursor.unexpected());
        }
        if cursor.peek() != Some('.') {
            return Err(cursor.invalid_from(start));
        }
        let mut selector = Self {
            path: Vec::new(),
            after_wildcard: None,
        };
        while let Some(step) = read_step(cursor, start)? {
            selector
                .add(step)
                .ok_or_else(|| PatternError::limit(TWO_WILDCARDS, cursor.span_from(start)))?;
        }
        Ok(selector)
    }

    /// Reads `text`, all of it.
    pub(super) fn parse_whole(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text, 0, text.len());
        let selector = Self::parse(&mut cursor).ok()?;
        cursor.is_done().then_some(selector)
    }

    /// The first key on the way to the value; none where the root itself is an array.
    pub(super) fn root_member(&self) -> Option<&str> {
        match self.path.first() {
            Some(Step::Member(key)) => Some(key),
            Some(Step::Index(_)) | None => None,
        }
    }

    pub(super) fn has_wildcard(&self) -> bool {
        self.after_wildcard.is_some()
    }

    /// The keys that lead to the value, joined by dots, where the selector is nothing but keys without dots.
    pub(super) fn member_path(&self) -> Option<String> {
        if self.has_wildcard() {
            return None;
        }
        let keys = self.path.iter().map(|step| match step {
            Step::Member(key) if !key.is_empty() && !key.contains('.') => Some(key.as_str()),
            Step::Member(_) | Step::Index(_) => None,
        });
        Some(keys.collect::<Option<Vec<_>>>()?.join("."))
    }

    pub(super) fn find<'a>(&self, root: Json<'a>) -> Found<'a> {
        self.behind(walk(root, &self.path))
    }

    /// What the rest of the selector finds where its path has led to `parent`.
    fn behind<'a>(&self, parent: Option<Json<'a>>) -> Found<'a> {
        let Some(after) = &self.after_wildcard else {
            return Found::One(parent);
        };
        let children = parent.map(Json::children).unwrap_or_default();
        Found::Many {
            parent_exists: parent.is_some(),
            values: children
                .into_iter()
                .filter_map(|c| walk(c, after))
                .collect(),
        }
    }

    /// The same in a message that has been read once.
    pub(super) fn find_from<'a>(&self, root: &Root<'a>) -> Found<'a> {
        let Some((Step::Member(name), path)) = self.path.split_first() else {
            return self.find(root.whole);
        };
        let parent = root.member(name).and_then(|value| walk(value, path));
        self.behind(parent)
    }

    /// `None` where `step` is the second wildcard.
    fn add(&mut self, step: Option<Step>) -> Option<()> {
        match (step, &mut self.after_wildcard) {
            (None, Some(_)) => return None,
            (None, none) => *none = Some(Vec::new()),
            (Some(step), None) => self.path.push(step),
            (Some(step), Some(after)) => after.push(step),
        }
        Some(())
    }
}

fn walk<'a>(mut value: Json<'a>, steps: &[Step]) -> Option<Json<'a>> {
    for step in steps {
        value = match step {
            Step::Member(name) => value.member(name)?,
            Step::Index(index) => value.element(*index)?,
        };
    }
    Some(value)
}

/// The next step, `Some(None)` for a wildcard, `None` where the selector ends. A broken first step is an
/// invalid term from the `$`; a later one from where the step begins.
fn read_step(cursor: &mut Cursor<'_>, start: usize) -> Result<Option<Option<Step>>> {
    let at = cursor.at();
    let is_first = cursor.rest().starts_with('.') && at == start + 1;
    let from = if is_first { start } else { at };
    match cursor.peek() {
        Some('.') => {
            cursor.next();
            dotted(cursor, from).map(Some)
        }
        Some('[') => {
            cursor.next();
            bracketed(cursor, from).map(Some)
        }
        _ => Ok(None),
    }
}

fn dotted(cursor: &mut Cursor<'_>, from: usize) -> Result<Option<Step>> {
    if cursor.eat("*") {
        return Ok(None);
    }
    if cursor.eat("[") {
        if !cursor.eat("'") {
            return Err(cursor.invalid_from(from));
        }
        let name = cursor.take_until("']", from)?;
        if name.contains('\'') {
            return Err(cursor.invalid_term(from, cursor.at()));
        }
        return Ok(Some(Step::Member(name.to_owned())));
    }
    let key = cursor.take_while(is_key);
    if key.is_empty() {
        return Err(cursor.invalid_from(from));
    }
    Ok(Some(Step::Member(key.to_owned())))
}

fn bracketed(cursor: &mut Cursor<'_>, from: usize) -> Result<Option<Step>> {
    let digits = cursor.take_while(|c| c.is_ascii_digit());
    let step = if digits.is_empty() {
        if !cursor.eat("*") {
            return Err(cursor.invalid_from(from));
        }
        None
    } else {
        let index = digits
            .parse()
            .map_err(|_| PatternError::pattern(cursor.span_from(from)))?;
        Some(Step::Index(index))
    };
    if cursor.eat("]") {
        return Ok(step);
    }
    Err(cursor.invalid_from(from))
}

fn is_key(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}
