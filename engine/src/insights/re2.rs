//! Regexes of the RE2 family, which Logs Insights takes, in the notation of the `regex` crate.
//!
//! Both are automata without look-around and back-references, and differ in small things: RE2's `\d`,
//! `\w`, `\s` and `\b` mean ASCII, its classes know no set operators, and a brace that counts nothing is
//! a brace.

/// Why a regex is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// Where in the regex, in bytes.
    pub(super) at: usize,
    /// How many bytes.
    pub(super) length: usize,
    /// Lower-case fragment.
    pub(super) message: String,
}

/// What stands in the name of a group for the `@` at its head, which the `regex` crate does not take; no name
/// of RE2 can hold it.
const AT: &str = "at.";

/// The name of a group as its author wrote it: names may begin with `@`, which AWS's guide does not show and
/// its own load-testing solution uses.
pub(super) fn group_name(name: &str) -> String {
    match name.strip_prefix(AT) {
        Some(rest) => format!("@{rest}"),
        None => name.to_owned(),
    }
}

/// Rewrites a regex.
pub(super) fn translate(text: &str) -> Result<String, Refusal> {
    let mut translation = Translation {
        text,
        at: 0,
        out: String::with_capacity(text.len() + 16),
        repeated: Repeated::No,
    };
    while let Some(c) = translation.next() {
        let before = std::mem::replace(&mut translation.repeated, Repeated::No);
        match c {
            '\\' => translation.escape()?,
            '[' => translation.class()?,
            '(' => translation.group()?,
            '{' => translation.brace(before)?,
            '*' | '+' | '?' => translation.repetition(c, before)?,
            c => translation.out.push(c),
        }
    }
    Ok(translation.out)
}

struct Translation<'t> {
    text: &'t str,
    at: usize,
    out: String,
    /// What may follow: nothing was repeated yet, it was, or it was as seldom as possible.
    repeated: Repeated,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Repeated {
    No,
    Often,
    Seldom,
}

impl Translation<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest().chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn refuse<T>(&self, length: usize, message: impl Into<String>) -> Result<T, Refusal> {
        Err(Refusal {
            at: self.at.saturating_sub(1),
            length,
            message: message.into(),
        })
    }

    /// Behind a backslash outside a class.
    fn escape(&mut self) -> Result<(), Refusal> {
        match self.rest().chars().next() {
            Some('1'..='9') => {
                return self.refuse(2, "back-references are not accepted in a regex");
            }
            Some('k' | 'g') => {
                return self.refuse(2, "back-references are not accepted in a regex");
            }
            Some('Z' | 'G' | 'K' | 'R' | 'X' | 'h' | 'H' | 'N' | 'e') => {
                return self.refuse(2, "this escape is not accepted in a regex");
            }
            _ => {}
        }
        let Some(c) = self.next() else {
            return self.refuse(1, "the regex ends with a backslash");
        };
        match c {
            'd' => self.out.push_str("[0-9]"),
            'D' => self.out.push_str("[^0-9]"),
            'w' => self.out.push_str("[0-9A-Za-z_]"),
            'W' => self.out.push_str("[^0-9A-Za-z_]"),
            's' => self.out.push_str("[\\t\\n\\x0C\\r ]"),
            'S' => self.out.push_str("[^\\t\\n\\x0C\\r ]"),
            'b' => self.out.push_str("(?-u:\\b)"),
            'Q' => self.quoted(),
            '<' | '>' | '/' | '"' | '\'' | ' ' => self.out.push(c),
            _ => self.out.extend(['\\', c]),
        }
        Ok(())
    }

    /// `\Q…\E`: all of it is literal.
    fn quoted(&mut self) {
        let rest = self.rest();
        let (literal, skip) = match rest.find("\\E") {
            Some(end) => (&rest[..end], end + 2),
            None => (rest, rest.len()),
        };
        let escaped = regex::escape(literal);
        self.out.push_str(&escaped);
        self.at += skip;
    }

    /// Behind `[`.
    fn class(&mut self) -> Result<(), Refusal> {
        let opened = self.at.saturating_sub(1);
        self.out.push('[');
        if self.rest().starts_with('^') {
            self.at += 1;
            self.out.push('^');
        }
        let mut first = true;
        while let Some(c) = self.next() {
            match c {
                ']' if !first => {
                    self.out.push(']');
                    return Ok(());
                }
                '\\' => self.escape_in_class()?,
                '[' if self.rest().starts_with(':') => self.named_class(),
                '[' | ']' | '&' | '~' => self.out.extend(['\\', c]),
                '-' if self.rest().starts_with('-') => self.out.push_str("\\-"),
                c => self.out.push(c),
            }
            first = false;
        }
        Err(Refusal {
            at: opened,
            length: 1,
            message: "a `[` in the regex is not closed".to_owned(),
        })
    }

    fn named_class(&mut self) {
        let end = self.rest().find(":]").map_or(0, |end| end + 2);
        let named = self.rest().get(..end).unwrap_or_default().to_owned();
        self.out.push('[');
        self.out.push_str(&named);
        self.at += end;
    }

    fn escape_in_class(&mut self) -> Result<(), Refusal> {
        let Some(c) = self.next() else {
            return self.refuse(1, "the regex ends with a backslash");
        };
        match c {
            'd' => self.out.push_str("0-9"),
            'w' => self.out.push_str("0-9A-Za-z_"),
            's' => self.out.push_str("\\t\\n\\x0C\\r "),
            'D' => self.out.push_str("[^0-9]"),
            'W' => self.out.push_str("[^0-9A-Za-z_]"),
            'S' => self.out.push_str("[^\\t\\n\\x0C\\r ]"),
            '<' | '>' | '/' | '"' | '\'' | ' ' => self.out.push(c),
            'b' => {
                return Err(Refusal {
                    at: self.at.saturating_sub(2),
                    length: 2,
                    message: "`\\b` is not accepted inside `[…]`".to_owned(),
                });
            }
            _ => self.out.extend(['\\', c]),
        }
        Ok(())
    }

    /// Behind `(`.
    fn group(&mut self) -> Result<(), Refusal> {
        let rest = self.rest();
        for look in ["?=", "?!", "?<=", "?<!"] {
            if rest.starts_with(look) {
                return self.refuse(1 + look.len(), "look-around is not accepted in a regex");
            }
        }
        if rest.starts_with("?>") {
            return self.refuse(3, "atomic groups are not accepted in a regex");
        }
        if let Some(flags) = rest.strip_prefix('?')
            && !flags.starts_with(['<', 'P'])
        {
            let end = flags.find([':', ')']).unwrap_or(0);
            let flags = flags.get(..end).unwrap_or_default();
            if let Some(flag) = flags.chars().find(|c| !"imsxU-".contains(*c)) {
                let message = format!("the flag `{flag}` is not accepted in a regex");
                return self.refuse(2 + end, message);
            }
        }
        let named = rest.strip_prefix("?<@").or(rest.strip_prefix("?P<@"));
        let begins_with_at = named
            .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'));
        let skip = rest.find('@').map_or(0, |at| at + 1);
        self.out.push('(');
        if begins_with_at {
            self.at += skip;
            self.out.push_str("?<");
            self.out.push_str(AT);
        }
        Ok(())
    }

    /// `*`, `+` or `?`. What was repeated is not repeated again: RE2 refuses `a**`, and `a++`, which Java reads as
    /// possessive, would find something else here.
    fn repetition(&mut self, c: char, before: Repeated) -> Result<(), Refusal> {
        self.repeated = match before {
            Repeated::No => Repeated::Often,
            Repeated::Often if c == '?' => Repeated::Seldom,
            Repeated::Often | Repeated::Seldom => {
                let message = format!(
                    "`{c}` repeats a repetition; RE2 takes neither that nor possessive quantifiers"
                );
                return self.refuse(1, message);
            }
        };
        self.out.push(c);
        Ok(())
    }

    /// Behind `{`: a count such as `{2,5}`, or a brace that is meant.
    fn brace(&mut self, before: Repeated) -> Result<(), Refusal> {
        let count = self.rest().split_once('}').map(|(count, _)| count);
        let counts = count.is_some_and(|count| {
            let (least, most) = count.split_once(',').unwrap_or((count, ""));
            let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
            !least.is_empty() && digits(least) && digits(most)
        });
        if !counts {
            self.out.push_str("\\{");
            return Ok(());
        }
        let end = self.rest().find('}').unwrap_or_default();
        let count = self.rest().get(..end).unwrap_or_default().to_owned();
        if before != Repeated::No {
            let message = format!("`{{{count}}}` repeats a repetition, which RE2 does not take");
            return self.refuse(end + 2, message);
        }
        self.out.extend(["{", count.as_str(), "}"]);
        self.at += end + 1;
        self.repeated = Repeated::Often;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{group_name, translate};

    #[test]
    fn perl_classes_mean_ascii() {
        assert_eq!(translate(r"\d+[\w-]").unwrap(), "[0-9]+[0-9A-Za-z_-]");
        assert_eq!(translate(r"\bx").unwrap(), r"(?-u:\b)x");
    }

    #[test]
    fn refusals_name_whole_characters() {
        for text in ["[éſ", "ſ[\\bé]", "é(?ſ)"] {
            let refusal = translate(text).unwrap_err();
            let place = text.get(refusal.at..refusal.at + refusal.length);
            assert!(place.is_some(), "{text}: {refusal:?}");
        }
    }

    #[test]
    fn a_brace_that_counts_nothing_is_a_brace() {
        assert_eq!(translate(r#"{"a":\d{2,}}"#).unwrap(), r#"\{"a":[0-9]{2,}}"#);
    }

    #[test]
    fn names_of_groups_may_begin_with_an_at_sign() {
        let regex =
            regex::Regex::new(&translate("(?<@user>x)(?P<@_1>y)(?<z>@<)").unwrap()).unwrap();
        let names = regex.capture_names().flatten().map(group_name);
        assert_eq!(names.collect::<Vec<_>>(), ["@user", "@_1", "z"]);
        assert!(regex::Regex::new(&translate("(?<@>x)").unwrap()).is_err());
    }

    #[test]
    fn what_is_repeated_is_not_repeated_again() {
        for text in ["a++", "a*+", "a**", "a{2}{3}", "a+{2}", "a??+", "(a)?*"] {
            assert!(translate(text).is_err(), "{text}");
        }
        for text in [
            "a+?b*?c??",
            "a{2,}?",
            "(a+)+",
            r"a\++",
            "[+*]+",
            "a{x}+",
            "^*",
        ] {
            assert!(translate(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn set_operators_are_plain_characters() {
        let regex = regex::Regex::new(&translate("^[a&&b[]+$").unwrap()).unwrap();
        assert!(regex.is_match("a&[b"));
    }

    #[test]
    fn look_around_and_back_references_are_refused() {
        for text in ["(?=a)", "(?<!a)b", r"(a)\1", "(?>a)", "(?u)a"] {
            assert!(translate(text).is_err(), "{text}");
        }
        assert!(translate("(?<name>a)(?i:b)").is_ok());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_translated_or_refused_within_itself(text in r"[\PC\\\[\](){}?<:&~-]{0,20}") {
            if let Err(refusal) = translate(&text) {
                assert!(refusal.at <= text.len());
            }
        }
    }
}
