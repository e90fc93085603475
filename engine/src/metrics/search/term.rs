/// A name cut into pieces: at humps of letter case, at runs of digits, at whatever is no letter or digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pieces {
    /// As written.
    pieces: Vec<String>,
    /// Without what is no letter or digit.
    whole: String,
    /// Whether something that is no letter or digit stands between two pieces.
    has_separators: bool,
}

impl Pieces {
    pub(super) fn of(text: &str) -> Self {
        let mut pieces: Vec<String> = Vec::new();
        let mut has_separators = false;
        for run in text.split(|c: char| !c.is_alphanumeric()) {
            if run.is_empty() {
                continue;
            }
            has_separators |= !pieces.is_empty();
            pieces.extend(humps(run));
        }
        Self {
            whole: pieces.concat(),
            pieces,
            has_separators,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Whether this term finds `name`. One piece equals any piece of the name, or all of it, in any letter case.
    /// Several must follow one another in the name: where separators stand between them in any letter case, where
    /// humps and digits alone cut them letter by letter.
    pub(super) fn find_in(&self, name: &str) -> bool {
        let name = Self::of(name);
        match self.pieces.as_slice() {
            [] => false,
            [one] => same(one, &name.whole) || name.pieces.iter().any(|piece| same(one, piece)),
            several => {
                let equal = |(a, b): (&String, &String)| {
                    if self.has_separators {
                        same(a, b)
                    } else {
                        a == b
                    }
                };
                let follows = |window: &[String]| several.iter().zip(window).all(equal);
                self.whole == name.whole.to_lowercase()
                    || name.pieces.windows(several.len()).any(follows)
            }
        }
    }
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// `SDBFailure1` → `SDB`, `Failure`, `1`.
fn humps(run: &str) -> Vec<String> {
    let letters: Vec<char> = run.chars().collect();
    let mut humps: Vec<String> = Vec::new();
    for (place, c) in letters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| letters.get(place));
        let after = letters.get(place + 1);
        let begins = before.is_none_or(|before| begins_hump(*before, *c, after.copied()));
        match humps.last_mut() {
            Some(last) if !begins => last.push(*c),
            _ => humps.push(c.to_string()),
        }
    }
    humps
}

fn begins_hump(before: char, c: char, after: Option<char>) -> bool {
    if before.is_numeric() != c.is_numeric() {
        return true;
    }
    let ends_capitals = before.is_uppercase() && after.is_some_and(char::is_lowercase);
    c.is_uppercase() && (before.is_lowercase() || ends_capitals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_as_documented() {
        for (name, pieces) in [
            ("CustomCount1", "Custom Count 1"),
            ("SDBFailure", "SDB Failure"),
            ("Project2-trial333", "Project 2 trial 333"),
            ("couNT", "cou NT"),
            ("AWS/EC2", "AWS EC 2"),
            ("--", ""),
        ] {
            assert_eq!(Pieces::of(name).pieces.join(" "), pieces, "{name}");
        }
    }

    #[test]
    fn terms_find_names_as_documented() {
        let finds = |term: &str, name: &str| Pieces::of(term).find_in(name);
        for term in [
            "count",
            "Count",
            "COUNT",
            "CustomCount",
            "Count1",
            "1",
            "customcount1",
        ] {
            assert!(finds(term, "CustomCount1"), "{term}");
        }
        for term in [
            "couNT",
            "customcount",
            "count1",
            "Custom1",
            "cust",
            "CUSTOMCount",
        ] {
            assert!(!finds(term, "CustomCount1"), "{term}");
        }
        for term in [
            "network/errors",
            "network+errors",
            "network-errors",
            "Network_Errors",
        ] {
            assert!(finds(term, "Network-Errors-2"), "{term}");
            assert!(finds(term, "NetworkErrors2"), "{term}");
        }
    }
}
