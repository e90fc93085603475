use std::collections::BTreeMap;
use std::ops::Range;

use belfry_engine::diag::{Diagnostic, Span, nearest, suite as codes};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A text of the file and where it stands, quotes included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) at: Span,
}

/// One table of belfry.toml while it is read. It notes which keys are asked for; every other key is
/// unknown.
#[derive(Debug)]
pub(crate) struct Section<'a> {
    title: String,
    table: &'a DeTable<'a>,
    at: Span,
    asked: Vec<&'static str>,
}

pub(crate) fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

impl<'a> Section<'a> {
    /// `title` is what messages call it; missing keys are reported at `at`.
    pub(crate) fn new(title: impl Into<String>, table: &'a DeTable<'a>, at: Span) -> Self {
        Self {
            title: title.into(),
            table,
            at,
            asked: Vec::new(),
        }
    }

    /// Where the section stands.
    pub(crate) fn at(&self) -> Span {
        self.at
    }

    /// Where `key` stands, if it does; the section otherwise.
    pub(crate) fn at_key(&self, key: &str) -> Span {
        self.table
            .get_key_value(key)
            .map_or(self.at, |(name, _)| span(name.span()))
    }

    /// The value of `key` as it stands, with its place.
    pub(crate) fn value(&mut self, key: &'static str) -> Option<(Span, &'a DeValue<'a>)> {
        self.asked.push(key);
        let value = self.table.get(key)?;
        Some((span(value.span()), value.get_ref()))
    }

    /// Whether the key is there; asks for it.
    pub(crate) fn has(&mut self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    pub(crate) fn missing(&self, cx: &mut Vec<Diagnostic>, key: &str, kind: &str) {
        let message = format!("{} needs the key `{key}`", self.title);
        cx.push(
            Diagnostic::error(&codes::MISSING_KEY, self.at, message)
                .label(format!("no `{key}` here, {kind}")),
        );
    }

    pub(crate) fn string(&mut self, cx: &mut Vec<Diagnostic>, key: &'static str) -> Option<Text> {
        let (at, value) = self.value(key)?;
        as_text(cx, key, at, value)
    }

    pub(crate) fn required_string(
        &mut self,
        cx: &mut Vec<Diagnostic>,
        key: &'static str,
    ) -> Option<Text> {
        if !self.has(key) {
            self.missing(cx, key, "a text");
        }
        let text = self.string(cx, key)?;
        if text.value.trim().is_empty() {
            let message = format!("`{key}` is empty");
            cx.push(Diagnostic::error(&codes::WRONG_VALUE, text.at, message));
            return None;
        }
        Some(text)
    }

    /// A whole number with its place.
    pub(crate) fn integer(
        &mut self,
        cx: &mut Vec<Diagnostic>,
        key: &'static str,
    ) -> Option<(i64, Span)> {
        let (at, value) = self.value(key)?;
        let read = value.as_integer().and_then(|i| {
            let digits = i.as_str().replace('_', "");
            i64::from_str_radix(&digits, i.radix()).ok()
        });
        if read.is_none() {
            wrong_type(cx, key, at, value, "a whole number");
        }
        read.map(|number| (number, at))
    }

    pub(crate) fn required_integer(
        &mut self,
        cx: &mut Vec<Diagnostic>,
        key: &'static str,
    ) -> Option<(i64, Span)> {
        if !self.has(key) {
            self.missing(cx, key, "a whole number");
        }
        self.integer(cx, key)
    }

    /// A number with or without a fraction.
    pub(crate) fn number(&mut self, cx: &mut Vec<Diagnostic>, key: &'static str) -> Option<f64> {
        let (at, value) = self.value(key)?;
        let digits = match value {
            DeValue::Float(number) => Some(number.as_str().replace('_', "")),
            DeValue::Integer(number) if number.radix() == 10 => {
                Some(number.as_str().replace('_', ""))
            }
            _ => None,
        };
        let read = digits
            .and_then(|d| d.parse::<f64>().ok())
            .filter(|n| n.is_finite());
        if read.is_none() {
            wrong_type(cx, key, at, value, "a number");
        }
        read
    }

    pub(crate) fn required_number(
        &mut self,
        cx: &mut Vec<Diagnostic>,
        key: &'static str,
    ) -> Option<f64> {
        if !self.has(key) {
            self.missing(cx, key, "a number");
        }
        self.number(cx, key)
    }

    /// A list of texts; empty where the key is absent.
    pub(crate) fn strings(&mut self, cx: &mut Vec<Diagnostic>, key: &'static str) -> Vec<Text> {
        let Some((at, value)) = self.value(key) else {
            return Vec::new();
        };
        let Some(list) = value.as_array() else {
            wrong_type(cx, key, at, value, "a list of texts");
            return Vec::new();
        };
        list.iter()
            .filter_map(|item| as_text(cx, key, span(item.span()), item.get_ref()))
            .collect()
    }

    /// A table whose keys are names somebody chose, with texts as values.
    pub(crate) fn string_map(
        &mut self,
        cx: &mut Vec<Diagnostic>,
        key: &'static str,
    ) -> BTreeMap<String, Text> {
        let Some((at, value)) = self.value(key) else {
            return BTreeMap::new();
        };
        let Some(table) = value.as_table() else {
            wrong_type(cx, key, at, value, "a table of texts");
            return BTreeMap::new();
        };
        let mut map = BTreeMap::new();
        for (name, item) in table {
            if let Some(text) = as_text(cx, name.get_ref(), span(item.span()), item.get_ref()) {
                map.insert(name.get_ref().to_string(), text);
            }
        }
        map
    }

    /// A table of its own, such as `[suite]`.
    pub(crate) fn table(&mut self, cx: &mut Vec<Diagnostic>, key: &'static str) -> Option<Self> {
        let heading = self.at_key(key);
        let (at, value) = self.value(key)?;
        if value.as_table().is_none() {
            wrong_type(cx, key, at, value, "a table");
        }
        Some(Section::new(format!("`{key}`"), value.as_table()?, heading))
    }

    /// Tables under names somebody chose, such as `[env.aws]`.
    pub(crate) fn named_tables(
        &mut self,
        cx: &mut Vec<Diagnostic>,
        key: &'static str,
    ) -> Vec<(String, Self)> {
        let Some(group) = self.table(cx, key) else {
            return Vec::new();
        };
        let mut sections = Vec::new();
        for (name, item) in group.table {
            let at = span(name.span());
            match item.get_ref().as_table() {
                Some(table) => {
                    let title = format!("[{key}.{}]", name.get_ref());
                    sections.push((name.get_ref().to_string(), Section::new(title, table, at)));
                }
                None => wrong_type(cx, name.get_ref(), at, item.get_ref(), "a table"),
            }
        }
        sections
    }

    /// The tables of a list, such as `[[alarm]]`; empty where there are none.
    pub(crate) fn tables(&mut self, cx: &mut Vec<Diagnostic>, key: &'static str) -> Vec<Self> {
        let Some((at, value)) = self.value(key) else {
            return Vec::new();
        };
        let items: Option<Vec<_>> = value.as_array().map(|list| list.iter().collect::<Vec<_>>());
        let Some(items) = items else {
            let expected = format!("a list of tables, each under [[{key}]]");
            wrong_type(cx, key, at, value, &expected);
            return Vec::new();
        };
        let mut sections = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                Some(table) => sections.push(one_of_list(key, table, item)),
                None => wrong_type(cx, key, span(item.span()), item.get_ref(), "a table"),
            }
        }
        sections
    }

    /// Reports every key that nobody asked for.
    pub(crate) fn finish(self, cx: &mut Vec<Diagnostic>) {
        for (name, _) in self.table {
            let found = name.get_ref().as_ref();
            if self.asked.contains(&found) {
                continue;
            }
            let at = span(name.span());
            let message = format!("unknown key `{found}`");
            let diagnostic = Diagnostic::error(&codes::UNKNOWN_KEY, at, message)
                .label(format!("not a key of {}", self.title));
            let free = self.asked.iter().copied();
            cx.push(match nearest(found, free) {
                Some(near) => diagnostic.replace(
                    at,
                    near,
                    format!("a key with a similar name exists: `{near}`"),
                ),
                None => diagnostic.help(format!("the keys are {}", known(&self.asked))),
            });
        }
    }
}

fn one_of_list<'a>(key: &str, table: &'a DeTable<'a>, item: &Spanned<DeValue<'a>>) -> Section<'a> {
    let name = table
        .get("name")
        .and_then(|name| name.get_ref().as_str())
        .map(|name| format!("{key} `{name}`"));
    Section::new(
        name.unwrap_or_else(|| format!("[[{key}]]")),
        table,
        span(item.span()),
    )
}

fn known(asked: &[&'static str]) -> String {
    let mut names: Vec<String> = asked.iter().map(|name| format!("`{name}`")).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

pub(crate) fn as_text(
    cx: &mut Vec<Diagnostic>,
    key: &str,
    at: Span,
    value: &DeValue<'_>,
) -> Option<Text> {
    let text = value.as_str();
    if text.is_none() {
        wrong_type(cx, key, at, value, "a text in quotes");
    }
    text.map(|text| Text {
        value: text.to_owned(),
        at,
    })
}

pub(crate) fn wrong_type(
    cx: &mut Vec<Diagnostic>,
    key: &str,
    at: Span,
    value: &DeValue<'_>,
    expected: &str,
) {
    let message = format!("`{key}` is {expected}, found {}", value.type_str());
    cx.push(
        Diagnostic::error(&codes::WRONG_TYPE, at, message).label(format!("expected {expected}")),
    );
}
