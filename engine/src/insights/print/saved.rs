use std::fmt;

use super::text::Joined;
use crate::insights::ast::{Argument, Pattern, SavedCall};

impl fmt::Display for SavedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |c: char| c.is_alphanumeric() || c == '_';
        let starts = |c: char| c.is_alphabetic() || c == '_';
        match self.name.starts_with(starts) && self.name.chars().all(plain) {
            true => write!(f, "${}(", self.name)?,
            false => write!(f, "$`{}`(", self.name)?,
        }
        for (index, (name, value)) in self.arguments.iter().enumerate() {
            let between = if index > 0 { ", " } else { "" };
            write!(f, "{between}{name} = {value}")?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(value) => value.fmt(f),
            Self::Regex(pattern) => Pattern::Regex(pattern.clone()).fmt(f),
            Self::List(values) => write!(f, "[{}]", Joined(values, ", ")),
        }
    }
}
