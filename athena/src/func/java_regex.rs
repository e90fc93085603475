use regex::Regex;

/// Whose patterns are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `java.util.regex`, which the RegexSerDe uses: `.` leaves out all line ends.
    Java,
    /// Joni with Java's syntax, which Trino's functions use: `.` leaves out the line feed.
    Joni,
}

/// The same pattern for the `regex` crate; the reason where its meaning could differ. Java's classes are ASCII, and
/// what needs to look around or back has no counterpart.
pub(crate) fn rust_pattern(pattern: &str, dialect: Dialect) -> Result<String, String> {
    read_pattern(pattern, dialect).map(|(pattern, _)| pattern)
}

/// The same, and whether the pattern asks for ends of lines: over a text that ends in a line feed the two libraries
/// differ, because `$` stands before that one, too.
pub(super) fn read_pattern(pattern: &str, dialect: Dialect) -> Result<(String, bool), String> {
    let mut reader = Reader {
        rest: pattern,
        out: String::new(),
        dialect,
        groups: 0,
        line_ends: false,
    };
    reader.read()?;
    let valid = Regex::new(&reader.out);
    valid
        .map(|_| (reader.out, reader.line_ends))
        .map_err(|error| {
            let text = error.to_string();
            format!(
                "the pattern is wrong: {}",
                text.lines().last().unwrap_or_default().trim()
            )
        })
}

struct Reader<'p> {
    rest: &'p str,
    out: String,
    dialect: Dialect,
    groups: usize,
    line_ends: bool,
}

impl Reader<'_> {
    fn take(&mut self) -> Option<char> {
        let mut all = self.rest.chars();
        let next = all.next();
        self.rest = all.as_str();
        next
    }

    fn read(&mut self) -> Result<(), String> {
        while let Some(at) = self.take() {
            match at {
                '\\' => self.escape(false)?,
                '[' => self.class()?,
                '(' => self.group()?,
                '.' if self.dialect == Dialect::Java => {
                    self.out.push_str("[^\\n\\r\\u{85}\\u{2028}\\u{2029}]");
                }
                '.' => self.out.push_str("[^\\n]"),
                '$' => {
                    self.out.push('$');
                    self.line_ends = true;
                }
                '*' | '+' | '?' | '}' => {
                    self.out.push(at);
                    if self.rest.starts_with('+') {
                        return Err(format!(
                            "possessive quantifiers (`{at}+`) are not supported here"
                        ));
                    }
                }
                _ => self.out.push(at),
            }
        }
        Ok(())
    }

    fn group(&mut self) -> Result<(), String> {
        self.out.push('(');
        if !self.rest.starts_with('?') {
            self.groups += 1;
            return Ok(());
        }
        for (start, name) in [
            ("?=", "lookahead"),
            ("?!", "lookahead"),
            ("?<=", "lookbehind"),
            ("?<!", "lookbehind"),
            ("?>", "atomic groups"),
        ] {
            if self.rest.starts_with(start) {
                return Err(format!("{name} (`({start}`) is not supported here"));
            }
        }
        if let Some(behind) = self.rest.strip_prefix("?<") {
            self.groups += 1;
            self.rest = behind;
            self.out.push_str("?P<");
            return Ok(());
        }
        let flags: String = self
            .rest
            .chars()
            .skip(1)
            .take_while(|at| at.is_ascii_alphabetic() || *at == '-')
            .collect();
        self.line_ends |= flags.contains('m');
        match flags.chars().find(|at| !"imsx-".contains(*at)) {
            Some(flag) => Err(format!(
                "the flag `{flag}` of a pattern is not supported here"
            )),
            None if flags.contains('x') => {
                Err("the flag `x` of a pattern is not supported here".to_owned())
            }
            None if flags.contains('s') => {
                Err("the flag `s` of a pattern is not supported here; write `[\\s\\S]`".to_owned())
            }
            None => Ok(()),
        }
    }

    fn escape(&mut self, in_class: bool) -> Result<(), String> {
        let Some(at) = self.take() else {
            return Err("the pattern ends in a backslash".to_owned());
        };
        let class = match at {
            'd' => Some("0-9"),
            'w' => Some("a-zA-Z0-9_"),
            's' => Some(" \\t\\n\\x0B\\f\\r"),
            'D' | 'W' | 'S' if in_class => {
                return Err(format!("`\\{at}` inside brackets is not supported here"));
            }
            'D' => return self.put("[^0-9]"),
            'W' => return self.put("[^a-zA-Z0-9_]"),
            'S' => return self.put("[^ \\t\\n\\x0B\\f\\r]"),
            _ => None,
        };
        match (class, in_class) {
            (Some(class), true) => return self.put(class),
            (Some(class), false) => {
                self.out.push('[');
                self.out.push_str(class);
                self.out.push(']');
                return Ok(());
            }
            (None, _) => {}
        }
        match at {
            't' | 'n' | 'r' | 'f' | 'a' => {
                self.out.push('\\');
                self.out.push(at);
                Ok(())
            }
            // Java's word boundary is ASCII's as far as log lines go.
            'b' if !in_class => self.put("(?-u:\\b)"),
            'A' | 'z' if !in_class => {
                self.out.push('\\');
                self.out.push(at);
                Ok(())
            }
            'Q' => {
                Err("`\\Q…\\E` is not supported here; escape the characters one by one".to_owned())
            }
            '1'..='9' | 'k' => Err(format!("back references (`\\{at}`) are not supported here")),
            _ if at.is_ascii_alphanumeric() => Err(format!("`\\{at}` is not supported here")),
            _ => {
                self.literal(at);
                Ok(())
            }
        }
    }

    fn put(&mut self, text: &str) -> Result<(), String> {
        self.out.push_str(text);
        Ok(())
    }

    fn literal(&mut self, at: char) {
        self.out.push_str(&regex::escape(&at.to_string()));
    }

    /// `[…]`: Java's unions and intersections of classes are refused.
    fn class(&mut self) -> Result<(), String> {
        self.out.push('[');
        if let Some(behind) = self.rest.strip_prefix('^') {
            self.rest = behind;
            self.out.push('^');
        }
        let mut first = true;
        // Whether the last that was read ends a range, so that a hyphen behind it is itself.
        let mut closed = true;
        loop {
            let Some(at) = self.take() else {
                return Err("a class is never closed with `]`".to_owned());
            };
            match at {
                ']' if !first => {
                    self.out.push(']');
                    return Ok(());
                }
                ']' => {
                    return Err(
                        "`]` right behind `[` is not supported here; write `\\]`".to_owned()
                    );
                }
                '[' => return Err("classes inside classes are not supported here".to_owned()),
                '&' if self.rest.starts_with('&') => {
                    return Err("intersections of classes (`&&`) are not supported here".to_owned());
                }
                '\\' => {
                    closed = self.rest.starts_with(['d', 'w', 's']);
                    self.escape(true)?;
                }
                '-' if closed || self.rest.starts_with(']') => {
                    self.out.push_str("\\-");
                    closed = false;
                }
                '-' => {
                    self.out.push('-');
                    match self.take() {
                        Some('\\') => self.escape(true)?,
                        Some(end) => self.literal(end),
                        None => return Err("a class is never closed with `]`".to_owned()),
                    }
                    closed = true;
                }
                _ => {
                    self.literal(at);
                    closed = false;
                }
            }
            first = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_dots_mean_what_java_means() {
        let of = |pattern| rust_pattern(pattern, Dialect::Joni).unwrap();
        assert!(Regex::new(&of("^[A-Z0-9-_]+$")).unwrap().is_match("A-_9"));
        assert!(!Regex::new(&of("^\\d$")).unwrap().is_match("٣"));
        assert!(Regex::new(&of("a\\/b\\\"")).unwrap().is_match("a/b\""));
        assert!(Regex::new(&of("[^\\s]+")).unwrap().is_match("x"));
        assert!(Regex::new(&of("(?<name>a)")).unwrap().is_match("a"));
        let java = rust_pattern("a.b", Dialect::Java).unwrap();
        assert!(!Regex::new(&java).unwrap().is_match("a\rb"));
    }

    #[test]
    fn what_has_no_counterpart_is_refused() {
        for pattern in [
            "a(?=b)", "(?<!a)b", "(a)\\1", "a++", "[a[b]]", "[a&&b]", "(", "\\p{L}", "\\Qa\\E",
        ] {
            assert!(rust_pattern(pattern, Dialect::Joni).is_err(), "{pattern}");
        }
    }
}
