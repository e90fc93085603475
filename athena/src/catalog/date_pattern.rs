use std::fmt::Write as _;

use jiff::civil::DateTime;

/// A pattern of Java's DateTimeFormatter, as far as partitions need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DatePattern(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Number(Part, usize),
    Literal(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

impl DatePattern {
    /// Reads a pattern such as `yyyy/MM/dd`; `None` for letters that it does not know.
    pub(crate) fn parse(pattern: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut rest = pattern.chars().peekable();
        while let Some(letter) = rest.next() {
            if letter == '\'' {
                let inside: String = rest.by_ref().take_while(|at| *at != '\'').collect();
                let text = if inside.is_empty() {
                    "'".to_owned()
                } else {
                    inside
                };
                pieces.push(Piece::Literal(text));
            } else if letter.is_ascii_alphabetic() {
                let mut count = 1;
                while rest.next_if_eq(&letter).is_some() {
                    count += 1;
                }
                let part = part_of(letter)?;
                let known = match part {
                    Part::Year => [2, 4],
                    _ => [1, 2],
                };
                pieces.push(Piece::Number(
                    part,
                    known.contains(&count).then_some(count)?,
                ));
            } else {
                pieces.push(Piece::Literal(letter.to_string()));
            }
        }
        Some(Self(pieces))
    }

    /// Whether it tells times of the day.
    pub(crate) fn has_time(&self) -> bool {
        let of_time = [Part::Hour, Part::Minute, Part::Second];
        self.has(|part| of_time.contains(&part))
    }

    /// Whether it tells days.
    pub(crate) fn has_day(&self) -> bool {
        self.has(|part| part == Part::Day)
    }

    /// Whether it tells months.
    pub(crate) fn has_month(&self) -> bool {
        self.has(|part| part == Part::Month)
    }

    fn has(&self, is: impl Fn(Part) -> bool) -> bool {
        let found = |piece: &Piece| matches!(piece, Piece::Number(part, _) if is(*part));
        self.0.iter().any(found)
    }

    /// The text of a time.
    pub(crate) fn format(&self, at: DateTime) -> String {
        // Writing into a string cannot fail.
        let mut out = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Literal(text) => out.push_str(text),
                Piece::Number(Part::Year, 2) => {
                    let _ = write!(out, "{:02}", at.year().rem_euclid(100));
                }
                Piece::Number(part, width) => {
                    let _ = write!(out, "{:0width$}", part.of(at));
                }
            }
        }
        out
    }

    /// The time that a text tells; what it does not tell is the first moment of it.
    pub(crate) fn read(&self, text: &str) -> Option<DateTime> {
        let (mut rest, mut found) = (text, [1970_i16, 1, 1, 0, 0, 0]);
        for piece in &self.0 {
            match piece {
                Piece::Literal(literal) => rest = rest.strip_prefix(literal.as_str())?,
                Piece::Number(part, width) => {
                    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                    let wanted = if *width == 1 { digits.min(2) } else { *width };
                    let number: i16 = rest.get(..wanted)?.parse().ok()?;
                    let number = match (part, width) {
                        (Part::Year, 2) => number + 2000,
                        _ => number,
                    };
                    *found.get_mut(*part as usize)? = number;
                    rest = rest.get(wanted..)?;
                }
            }
        }
        let [year, others @ ..] = found;
        let [month, day, hour, minute, second] = others.map(|of| i8::try_from(of).unwrap_or(-1));
        let read = DateTime::new(year, month, day, hour, minute, second, 0).ok();
        read.filter(|_| rest.is_empty())
    }
}

impl Part {
    fn of(self, at: DateTime) -> i16 {
        match self {
            Self::Year => at.year(),
            Self::Month => i16::from(at.month()),
            Self::Day => i16::from(at.day()),
            Self::Hour => i16::from(at.hour()),
            Self::Minute => i16::from(at.minute()),
            Self::Second => i16::from(at.second()),
        }
    }
}

fn part_of(letter: char) -> Option<Part> {
    Some(match letter {
        'y' | 'u' => Part::Year,
        'M' => Part::Month,
        'd' => Part::Day,
        'H' => Part::Hour,
        'm' => Part::Minute,
        's' => Part::Second,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_writes_what_it_reads() {
        for (pattern, text) in [
            ("yyyy/MM/dd", "2026/02/28"),
            ("yyyyMMddHH", "2026022823"),
            ("yyyy-MM-dd'T'HH", "2026-02-28T07"),
            ("'year='yyyy", "year=2026"),
            ("M/d", "2/8"),
        ] {
            let of = DatePattern::parse(pattern).unwrap();
            assert_eq!(of.format(of.read(text).unwrap()), text, "{pattern}");
        }
        for wrong in ["yyyy/QQ", "yyyy-MMM", "y-MM", "yyyy-MM-ddd"] {
            assert_eq!(DatePattern::parse(wrong), None, "{wrong}");
        }
        let days = DatePattern::parse("yyyy/MM/dd").unwrap();
        assert_eq!(days.read("2026/02/30"), None);
        assert_eq!(days.read("2026/02/3"), None);
        assert_eq!(days.read("2026/02/033"), None);
    }
}
