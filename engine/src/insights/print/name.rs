use std::fmt;

use crate::insights::ast::{Name, WildName};

/// Words that mean something of their own in one place or another.
const WORDS: &[&str] = &[
    "as",
    "by",
    "and",
    "or",
    "not",
    "in",
    "like",
    "asc",
    "desc",
    "true",
    "false",
    "logfmt",
    "csv",
    "multi",
    "with",
    "for",
    "into",
    "maxspan",
    "field",
    "offset",
    "timeshift",
    "previousday",
    "previousweek",
    "previousmonth",
    "any",
    "source",
    "start",
    "end",
    "output",
    "outputnew",
    "where",
    "left",
    "right",
    "type",
];

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if WORDS
            .iter()
            .any(|word| word.eq_ignore_ascii_case(&self.name))
        {
            return write!(f, "`{}`", self.name);
        }
        let mut from = 0;
        for end in self.cuts.iter().copied().chain([self.name.len()]) {
            if from > 0 {
                f.write_str(".")?;
            }
            let segment = self.name.get(from..end).unwrap_or_default();
            Segment(segment, from > 0).fmt(f)?;
            from = end + 1;
        }
        Ok(())
    }
}

/// A part of a name between dots; `true` where it is not the first.
pub(super) struct Segment<'t>(pub(super) &'t str, pub(super) bool);

impl fmt::Display for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let starts = |c: char| c.is_alphabetic() || matches!(c, '_' | '@');
        let first = self.0.chars().next();
        let is_plain = first.is_some_and(|c| starts(c) || (self.1 && c.is_numeric()))
            && self.0.chars().all(|c| c.is_alphanumeric() || starts(c));
        if is_plain {
            return f.write_str(self.0);
        }
        let rest = self.0.trim_start_matches('@');
        let signs = self.0.len() - rest.len();
        write!(f, "{}`{rest}`", "@".repeat(signs))
    }
}

impl fmt::Display for WildName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.name {
            return name.fmt(f);
        }
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                f.write_str("*")?;
            }
            if !part.is_empty() {
                Segment(part, false).fmt(f)?;
            }
        }
        Ok(())
    }
}
