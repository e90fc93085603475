use regex::Regex;

/// What a value must satisfy.
#[derive(Clone, Debug)]
pub(super) enum Constraint {
    /// Characters of a text, items of a list, entries of a map.
    Length(Bounds<usize>),
    /// A number.
    Range(Bounds<i64>),
    /// A text, as a whole: the pattern as the model writes it, and compiled.
    Pattern(String, Regex),
}

/// Both ends are inside; an end left out is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds<T> {
    least: Option<T>,
    most: Option<T>,
}

impl Constraint {
    /// `length 1 128`, `range 0 -`, `pattern [^:*]*`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(' ')?;
        match kind {
            "length" => bounds(rest).map(Self::Length),
            "range" => bounds(rest).map(Self::Range),
            "pattern" => {
                let whole = format!("^(?:{})$", ascii(rest));
                Some(Self::Pattern(rest.to_owned(), Regex::new(&whole).ok()?))
            }
            _ => None,
        }
    }
}

/// Java's `\w` is ASCII.
fn ascii(pattern: &str) -> String {
    pattern.replace(r"[\w", "[A-Za-z0-9_")
}

fn bounds<T: std::str::FromStr>(text: &str) -> Option<Bounds<T>> {
    let (least, most) = text.split_once(' ')?;
    let end = |text: &str| match text {
        "-" => Some(None),
        text => text.parse().ok().map(Some),
    };
    Some(Bounds {
        least: end(least)?,
        most: end(most)?,
    })
}

impl<T: PartialOrd + Copy + std::fmt::Display> Bounds<T> {
    /// The end that `value` is beyond, in AWS's words.
    pub(super) fn broken(self, value: T) -> Option<String> {
        match (self.least, self.most) {
            (Some(least), _) if value < least => Some(format!("greater than or equal to {least}")),
            (_, Some(most)) if value > most => Some(format!("less than or equal to {most}")),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_that_is_left_out_is_open() {
        let least: Bounds<i64> = bounds("1 -").unwrap();
        assert_eq!(least.broken(0).unwrap(), "greater than or equal to 1");
        assert_eq!(least.broken(i64::MAX), None);
        let most: Bounds<usize> = bounds("- 5").unwrap();
        assert_eq!(most.broken(6).unwrap(), "less than or equal to 5");
        assert_eq!(bounds::<i64>("1"), None);
    }

    #[test]
    fn a_pattern_matches_the_whole_text() {
        let Some(Constraint::Pattern(_, pattern)) = Constraint::parse(r"pattern [\w#]*") else {
            panic!("a pattern");
        };
        assert!(pattern.is_match("a_1#"));
        assert!(!pattern.is_match("é") && !pattern.is_match("a b"));
    }
}
