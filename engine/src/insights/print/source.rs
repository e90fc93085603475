use std::fmt;

use super::text::{Joined, Quoted};
use crate::events::LogGroupClass;
use crate::insights::source::{LogGroups, Source, SourceTime, TagFilter, TagValue};

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SOURCE {}", Joined(&quoted(&self.groups), ", "))?;
        if let Some(log_groups) = &self.log_groups {
            write!(f, "logGroups({log_groups})")?;
        }
        if !self.tags.is_empty() {
            write!(f, " logGroupTags([{}])", Joined(&self.tags, ", "))?;
        }
        if !self.data_sources.is_empty() {
            let sources = quoted(&self.data_sources);
            write!(f, " dataSource([{}])", Joined(&sources, ", "))?;
        }
        for (word, time) in [("start", self.start), ("end", self.end)] {
            if let Some(time) = time {
                write!(f, " {word}={time}")?;
            }
        }
        Ok(())
    }
}

fn quoted(texts: &[String]) -> Vec<Quoted<'_>> {
    texts.iter().map(|text| Quoted(text)).collect()
}

/// What stands between the brackets of `logGroups`.
impl fmt::Display for LogGroups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lists = [
            ("namePrefix", &self.name_prefixes),
            ("accountIdentifiers", &self.accounts),
        ];
        for (key, texts) in lists {
            if !texts.is_empty() {
                write!(f, "{key}: [{}], ", Joined(&quoted(texts), ", "))?;
            }
        }
        f.write_str(match self.class {
            LogGroupClass::Standard => "class: [\"STANDARD\"]",
            LogGroupClass::InfrequentAccess => "class: [\"INFREQUENT_ACCESS\"]",
        })
    }
}

impl fmt::Display for TagFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{\"key\": {}", Quoted(&self.key))?;
        if !self.values.is_empty() {
            let values: Vec<String> = self.values.iter().map(TagValue::to_string).collect();
            write!(f, ", \"values\": [{}]", Joined(&quoted(&values), ", "))?;
        }
        f.write_str("}")
    }
}

impl fmt::Display for SourceTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ago(0) => f.write_str("now"),
            Self::Ago(millis) => write!(f, "-{millis}ms"),
            Self::At(at) => Quoted(&at.to_rfc3339()).fmt(f),
        }
    }
}
