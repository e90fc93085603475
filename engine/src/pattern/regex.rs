use ::regex::Regex;

use super::cursor::Cursor;
use super::error::{PatternError, Result};
use crate::diag::Span;

/// RE2's limit of a counted repetition.
const LONGEST_REPETITION: u32 = 1000;

/// Reads `%…%` from the cursor and compiles it. The alphabet is AWS's: anything else is an invalid term from
/// the opening `%` to the bad character.
pub(super) fn parse_expression(cursor: &mut Cursor<'_>) -> Result<Regex> {
    let open = cursor.at();
    cursor.next();
    let body = cursor.take_while(is_allowed);
    if body.is_empty() || cursor.peek() != Some('%') {
        return Err(cursor.invalid_from(open));
    }
    cursor.next();
    compile(body, cursor.span_from(open))
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || " :_#=@/;,-^$?[]{}|\\*+.".contains(c)
}

fn compile(body: &str, span: Span) -> Result<Regex> {
    let refused = || PatternError::expression(span);
    let translated = Translator::new(body).translate().ok_or_else(refused)?;
    Regex::new(&translated).map_err(|_| refused())
}

/// Rewrites CloudWatch's regular expressions into those of the `regex` crate: ASCII classes, no operators
/// within character classes, one quantifier for each piece.
struct Translator<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    out: String,
}

impl<'a> Translator<'a> {
    fn new(body: &'a str) -> Self {
        Self {
            rest: body.chars().peekable(),
            out: String::new(),
        }
    }

    /// `None` where the expression is not one of CloudWatch's.
    fn translate(mut self) -> Option<String> {
        let mut repeatable = false;
        while let Some(c) = self.rest.next() {
            repeatable = match c {
                '?' | '*' | '+' | '{' => self.quantifier(c, repeatable)?,
                '|' | '^' | '$' => self.push(c, false),
                '.' => self.push(c, true),
                '[' => self.class()?,
                '\\' => self.escape()?,
                literal => self.literal(literal),
            };
        }
        Some(self.out)
    }

    fn push(&mut self, c: char, repeatable: bool) -> bool {
        self.out.push(c);
        repeatable
    }

    fn literal(&mut self, c: char) -> bool {
        push_literal(&mut self.out, c);
        true
    }

    /// A quantifier needs a piece before it and may be followed by one `?`; possessive ones are refused.
    fn quantifier(&mut self, c: char, repeatable: bool) -> Option<bool> {
        if !repeatable {
            return None;
        }
        if c == '{' {
            self.counted()?;
        } else {
            self.out.push(c);
        }
        if self.rest.next_if_eq(&'?').is_some() {
            self.out.push('?');
        }
        Some(false)
    }

    fn counted(&mut self) -> Option<()> {
        let least = self.digits();
        let comma = self.rest.next_if_eq(&',').is_some();
        let most = if comma { self.digits() } else { least.clone() };
        self.rest.next_if_eq(&'}')?;
        if least.is_empty() && most.is_empty() {
            return None;
        }
        let lower = bound(&least, 0)?;
        let upper = bound(&most, LONGEST_REPETITION)?;
        if lower > upper {
            return None;
        }
        self.out.extend([
            "{",
            if least.is_empty() { "0" } else { &least },
            ",",
            &most,
            "}",
        ]);
        Some(())
    }

    fn digits(&mut self) -> String {
        let mut digits = String::new();
        while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        digits
    }

    fn escape(&mut self) -> Option<bool> {
        let c = self.rest.next()?;
        match class_of(c) {
            Some((class, negated)) => {
                self.out.push_str(if negated { "[^" } else { "[" });
                self.out.push_str(class);
                self.out.push(']');
            }
            None => {
                let escaped = self.escaped(c)?;
                push_literal(&mut self.out, escaped);
            }
        }
        Some(true)
    }

    /// The character that `\` and `c` stand for; letters other than `x` and digits stand for none.
    fn escaped(&mut self, c: char) -> Option<char> {
        if c == 'x' {
            let high = self.rest.next()?.to_digit(16)?;
            let low = self.rest.next()?.to_digit(16)?;
            return char::from_u32(high * 16 + low);
        }
        (!c.is_ascii_alphanumeric()).then_some(c)
    }

    fn class(&mut self) -> Option<bool> {
        self.out.push('[');
        if self.rest.next_if_eq(&'^').is_some() {
            self.out.push('^');
        }
        let mut first = true;
        loop {
            let c = self.rest.next()?;
            if c == ']' && !first {
                break;
            }
            first = false;
            self.class_item(c)?;
        }
        self.out.push(']');
        Some(true)
    }

    fn class_item(&mut self, c: char) -> Option<()> {
        if c == '[' && self.rest.peek() == Some(&':') {
            return None;
        }
        if c == '\\'
            && let Some((class, negated)) = self.rest.peek().copied().and_then(class_of)
        {
            self.rest.next();
            let open = if negated { "[^" } else { "[" };
            self.out.extend([open, class, "]"]);
            return Some(());
        }
        let low = self.class_char(c)?;
        push_literal(&mut self.out, low);
        let mut ahead = self.rest.clone();
        if ahead.next() == Some('-') && ahead.next().is_some_and(|c| c != ']') {
            self.rest.next();
            let c = self.rest.next()?;
            let high = self.class_char(c)?;
            if low > high {
                return None;
            }
            self.out.push('-');
            push_literal(&mut self.out, high);
        }
        Some(())
    }

    fn class_char(&mut self, c: char) -> Option<char> {
        if c != '\\' {
            return Some(c);
        }
        let c = self.rest.next()?;
        self.escaped(c)
    }
}

fn bound(digits: &str, default: u32) -> Option<u32> {
    if digits.is_empty() {
        return Some(default);
    }
    digits.parse().ok().filter(|n| *n <= LONGEST_REPETITION)
}

/// `\d \s \w` and their complements, ASCII only.
fn class_of(c: char) -> Option<(&'static str, bool)> {
    let class = match c.to_ascii_lowercase() {
        'd' => "0-9",
        's' => r"\t\n\f\r ",
        'w' => "0-9A-Za-z_",
        _ => return None,
    };
    Some((class, c.is_ascii_uppercase()))
}

fn push_literal(out: &mut String, c: char) {
    out.push_str(&::regex::escape(c.encode_utf8(&mut [0; 4])));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Regex> {
        parse_expression(&mut Cursor::new(text, 0, text.len()))
    }

    #[test]
    fn what_does_not_compile_is_refused_as_aws_refuses_it() {
        for body in [
            "\\p",
            "[z-a]",
            "a++",
            "a**",
            "a??*",
            "*a",
            "a{2,1}",
            "a{1001}",
            "[[:alpha:]]",
            "\\b",
            "[a",
        ] {
            let error = parse(&format!("%{body}%")).unwrap_err();
            assert_eq!(
                error.message, "Failed to compile regular expression.",
                "{body}"
            );
        }
    }

    #[test]
    fn classes_are_ascii_and_have_no_operators() {
        assert!(!parse("%^\\w$%").unwrap().is_match("é"));
        assert!(parse("%^\\W$%").unwrap().is_match("é"));
        assert!(parse("%^[+--]$%").unwrap().is_match(","));
        assert!(parse("%^[^\\d ]+$%").unwrap().is_match("abc"));
        assert!(parse("%^[]a]+$%").unwrap().is_match("]a"));
    }

    #[test]
    fn repetitions_are_counted_and_lazy() {
        assert!(parse("%^a{,2}$%").unwrap().is_match("aa"));
        assert!(!parse("%^a{,2}$%").unwrap().is_match("aaa"));
        assert!(parse("%^a{2,}?b*?$%").unwrap().is_match("aaab"));
    }

    #[test]
    fn an_expression_stops_at_the_first_bad_character() {
        assert_eq!(
            parse("%a(b)%").unwrap_err().message,
            "Invalid character(s) in term '%a('"
        );
        assert_eq!(
            parse("%%").unwrap_err().message,
            "Invalid character(s) in term '%%'"
        );
    }
}
