use std::collections::BTreeMap;
use std::path::Path;

use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, test as codes};

use crate::suite::Suite;
use crate::suite::section::{Section, Text};
use crate::suite::variables::substitute;
use crate::testing::duration;

/// What a test file is read with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    /// What it may name.
    pub(super) suite: &'a Suite,
    /// Its folder.
    pub(super) folder: &'a Path,
    /// Its text.
    pub(super) source: &'a str,
}

/// The time of one test.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) start: Millis,
    pub(super) lasts: i64,
}

impl Clock {
    /// The moment that `text` names; it lies within the test.
    pub(super) fn moment(self, cx: &mut Vec<Diagnostic>, text: &Text) -> Option<Millis> {
        let offset = duration::read(cx, text)?;
        self.check(cx, text, offset);
        Some(self.start.plus(offset))
    }

    /// The moment under `key`.
    pub(super) fn key(
        self,
        cx: &mut Vec<Diagnostic>,
        section: &mut Section<'_>,
        key: &'static str,
    ) -> Option<Millis> {
        let text = section.string(cx, key)?;
        self.moment(cx, &text)
    }

    fn check(self, cx: &mut Vec<Diagnostic>, text: &Text, offset: i64) {
        if offset > self.lasts {
            let lasts = duration::short(self.lasts);
            let message = format!("the test ends after {lasts}, before `{}`", text.value);
            cx.push(Diagnostic::error(&codes::OUTSIDE, text.at, message));
        }
    }

    /// The end of the test.
    pub(super) fn end(self) -> Millis {
        self.start.plus(self.lasts)
    }
}

/// Replaces the variables of a text; what is wrong is shown at the whole text.
pub(super) fn replaced(
    cx: &mut Vec<Diagnostic>,
    text: &Text,
    variables: &BTreeMap<String, String>,
) -> String {
    let mut found = Vec::new();
    let replaced = substitute(&mut found, &text.value, 0, variables, str::to_owned);
    for mut diagnostic in found {
        diagnostic.primary.span = text.at;
        cx.push(diagnostic);
    }
    replaced
}

/// `true` or `false` under `key`; `false` where it is absent.
pub(super) fn boolean(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    key: &'static str,
) -> bool {
    let Some((at, value)) = section.value(key) else {
        return false;
    };
    let read = value.as_bool();
    if read.is_none() {
        crate::suite::section::wrong_type(cx, key, at, value, "true or false");
    }
    read.unwrap_or_default()
}
