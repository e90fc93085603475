use std::collections::BTreeMap;

/// The variables of a suite's environment by name.
pub(super) type Variables = BTreeMap<String, String>;

/// A deployed text with the variables of the file's text in place of their values again. A value is replaced where
/// it is not part of a longer word.
pub(super) fn as_before(text: &str, before: &str, variables: &Variables) -> String {
    let mut used: Vec<(&String, &String)> = variables
        .iter()
        .filter(|(name, value)| !value.is_empty() && before.contains(&format!("${{{name}}}")))
        .collect();
    // The longest first: a value may stand in another one.
    used.sort_by_key(|(name, value)| (std::cmp::Reverse(value.len()), (*name).clone()));
    let mut parts = vec![Part::Text(text.to_owned())];
    for (name, value) in used {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(name, value))
            .collect();
    }
    parts.into_iter().map(Part::into_text).collect()
}

/// A text that no file had before: a variable stands for it where it is the whole of it, and in ARNs for region and
/// account.
pub(super) fn of_new(text: &str, variables: &Variables) -> String {
    let region_first = |name: &&String| (name.as_str() != "region", (*name).clone());
    let whole = variables
        .iter()
        .filter(|(_, value)| *value == text && !text.is_empty());
    if let Some(name) = whole.map(|(name, _)| name).min_by_key(region_first) {
        return format!("${{{name}}}");
    }
    if !text.starts_with("arn:") {
        return text.to_owned();
    }
    let part = |part: &str| {
        let named = ["region", "account"].into_iter();
        let mut named = named.filter(|name| variables.get(*name).is_some_and(|v| v == part));
        named
            .next()
            .map_or_else(|| part.to_owned(), |name| format!("${{{name}}}"))
    };
    text.split(':').map(part).collect::<Vec<_>>().join(":")
}

enum Part {
    Text(String),
    Variable(String),
}

impl Part {
    fn split(self, name: &str, value: &str) -> Vec<Self> {
        let Self::Text(text) = self else {
            return vec![self];
        };
        let mut parts = Vec::new();
        let (mut rest, mut from) = (text.as_str(), 0);
        while let Some(at) = rest.get(from..).and_then(|tail| tail.find(value)) {
            let (start, end) = (from + at, from + at + value.len());
            let before = rest.get(..start).unwrap_or_default();
            let after = rest.get(end..).unwrap_or_default();
            if is_inside_a_word(before, value, after) {
                from = end;
                continue;
            }
            parts.push(Self::Text(before.to_owned()));
            parts.push(Self::Variable(format!("${{{name}}}")));
            (rest, from) = (after, 0);
        }
        parts.push(Self::Text(rest.to_owned()));
        parts
    }

    fn into_text(self) -> String {
        match self {
            Self::Text(text) | Self::Variable(text) => text,
        }
    }
}

fn is_inside_a_word(before: &str, value: &str, after: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let joins = |left: Option<char>, right: Option<char>| is_word(left) && is_word(right);
    joins(before.chars().next_back(), value.chars().next())
        || joins(value.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables() -> Variables {
        let all = [
            ("region", "us-east-1"),
            ("account", "111122223333"),
            ("service", "fraud"),
            ("cluster", "fraud-cluster"),
        ];
        all.map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
    }

    #[test]
    fn variables_of_the_file_come_back_where_their_values_stand() {
        let before = |text, before| as_before(text, before, &variables());
        assert_eq!(
            before("fraud-cluster of fraud", "${service} ${cluster}"),
            "${cluster} of ${service}"
        );
        assert_eq!(
            before("fraud frauds us-east-1a", "${service} ${region}"),
            "${service} frauds us-east-1a"
        );
        assert_eq!(
            before("fraud in us-east-1", "${region}"),
            "fraud in ${region}"
        );
    }

    #[test]
    fn new_texts_take_variables_where_these_are_the_whole() {
        let new = |text| of_new(text, &variables());
        assert_eq!(new("us-east-1"), "${region}");
        assert_eq!(new("fraud in us-east-1"), "fraud in us-east-1");
        let arn = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:a";
        assert_eq!(new(arn), "arn:aws:cloudwatch:${region}:${account}:alarm:a");
    }
}
