/// A pattern that can be read by.
#[derive(Debug)]
pub(in crate::insights::func) struct DatePattern {
    pub(super) parts: Vec<Part>,
}

/// One part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Text that must stand there.
    Literal(char),
    /// A number with as many digits as given, or with any number of them.
    Number(Field, Option<usize>),
    /// `yy`: two digits, of the years 2000 to 2099.
    ShortYear,
    /// Decimals of a second.
    Fraction(usize),
    /// The name of a month, in full or by three letters.
    Month { full: bool },
    /// The name of a weekday, in full or by three letters.
    Weekday { full: bool },
    /// `AM` or `PM`
    HalfDay,
    /// An offset from UTC.
    Offset(Offset),
}

/// What a number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Year,
    Month,
    Day,
    DayOfYear,
    Hour,
    HalfDayHour,
    Minute,
    Second,
}

/// How an offset is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offset {
    /// Whether `Z` stands for zero.
    pub(super) zulu: bool,
    /// Whether a colon stands between hours and minutes.
    pub(super) colon: bool,
    /// Whether the minutes may be left out.
    pub(super) hours_only: bool,
}

impl DatePattern {
    /// Reads a pattern; the error says which part is not accepted.
    pub(in crate::insights::func) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if c == '\'' {
                rest = quoted(rest, &mut parts)?;
                continue;
            }
            let run = rest.chars().take_while(|other| *other == c).count();
            let length = if c.is_ascii_alphabetic() { run } else { 1 };
            parts.push(part(c, length)?);
            rest = rest.get(length * c.len_utf8()..).unwrap_or_default();
        }
        let pattern = Self { parts };
        pattern.check()?;
        Ok(pattern)
    }

    pub(super) fn has(&self, field: Field) -> bool {
        let number = |part: &Part| matches!(part, Part::Number(of, _) if *of == field);
        self.parts.iter().any(|part| match (part, field) {
            (Part::ShortYear, Field::Year) | (Part::Month { .. }, Field::Month) => true,
            (part, _) => number(part),
        })
    }

    /// What a moment needs: a whole date, and no smaller unit without the larger one.
    fn check(&self) -> Result<(), String> {
        let has = |field| self.has(field);
        let day = (has(Field::Month) && has(Field::Day)) || has(Field::DayOfYear);
        if !has(Field::Year) || !day {
            return Err("the pattern must hold a year, a month and a day".to_owned());
        }
        let half = self.parts.contains(&Part::HalfDay);
        if has(Field::HalfDayHour) != half {
            return Err("`h` and `a` stand together in a pattern".to_owned());
        }
        let hour = has(Field::Hour) || has(Field::HalfDayHour);
        let fraction = self
            .parts
            .iter()
            .any(|part| matches!(part, Part::Fraction(_)));
        let gap = (has(Field::Minute) && !hour)
            || (has(Field::Second) && !has(Field::Minute))
            || (fraction && !has(Field::Second));
        if gap {
            return Err(
                "the pattern leaves out a unit between the date and its smallest part".to_owned(),
            );
        }
        self.check_repetition()?;
        self.check_neighbours()
    }

    fn check_repetition(&self) -> Result<(), String> {
        let kind = |part: &Part| match part {
            Part::Literal(_) => None,
            Part::Number(field, _) => Some(format!("{field:?}")),
            Part::ShortYear => Some(format!("{:?}", Field::Year)),
            Part::Month { .. } => Some(format!("{:?}", Field::Month)),
            other => Some(format!("{:?}", std::mem::discriminant(other))),
        };
        let mut kinds: Vec<_> = self.parts.iter().filter_map(kind).collect();
        let all = kinds.len();
        kinds.sort();
        kinds.dedup();
        let both = self.has(Field::DayOfYear) && (self.has(Field::Month) || self.has(Field::Day));
        let hours = self.has(Field::Hour) && self.has(Field::HalfDayHour);
        if kinds.len() == all && !both && !hours {
            return Ok(());
        }
        Err("the pattern holds one part of the date twice".to_owned())
    }

    /// Java shares the digits of neighbouring numbers among them; here only numbers of fixed length may
    /// stand side by side, for which it comes to the same.
    fn check_neighbours(&self) -> Result<(), String> {
        let pairs = self.parts.windows(2);
        let shared = |pair: &[Part]| match pair {
            [Part::Number(_, None), next] => next.begins_with_digit(),
            _ => false,
        };
        if pairs.into_iter().any(shared) {
            return Err("a number of any length stands directly before another number".to_owned());
        }
        Ok(())
    }
}

impl Part {
    fn begins_with_digit(&self) -> bool {
        match self {
            Self::Number(..) | Self::ShortYear | Self::Fraction(_) => true,
            Self::Literal(c) => c.is_ascii_digit(),
            _ => false,
        }
    }
}

/// Takes a quoted text off `rest`; two quotes stand for one.
fn quoted<'t>(rest: &'t str, parts: &mut Vec<Part>) -> Result<&'t str, String> {
    let mut inside = rest.get(1..).unwrap_or_default();
    if let Some(behind) = inside.strip_prefix('\'') {
        parts.push(Part::Literal('\''));
        return Ok(behind);
    }
    loop {
        let Some((literal, behind)) = inside.split_once('\'') else {
            return Err("a quote in the pattern is not closed".to_owned());
        };
        parts.extend(literal.chars().map(Part::Literal));
        let Some(again) = behind.strip_prefix('\'') else {
            return Ok(behind);
        };
        parts.push(Part::Literal('\''));
        inside = again;
    }
}

fn part(letter: char, length: usize) -> Result<Part, String> {
    let number = |field| Part::Number(field, (length > 1).then_some(length));
    Ok(match (letter, length) {
        ('y' | 'u', 2) => Part::ShortYear,
        ('y' | 'u', 1 | 4) => number(Field::Year),
        ('M' | 'L', 1 | 2) => number(Field::Month),
        ('M' | 'L', 3 | 4) => Part::Month { full: length == 4 },
        ('d', 1 | 2) => number(Field::Day),
        ('D', 1 | 3) => number(Field::DayOfYear),
        ('E', 1..=4) => Part::Weekday { full: length == 4 },
        ('H', 1 | 2) => number(Field::Hour),
        ('h', 1 | 2) => number(Field::HalfDayHour),
        ('m', 1 | 2) => number(Field::Minute),
        ('s', 1 | 2) => number(Field::Second),
        ('S', 1..=9) => Part::Fraction(length),
        ('a', 1) => Part::HalfDay,
        ('X' | 'x', 1..=3) => Part::Offset(Offset {
            zulu: letter == 'X',
            colon: length == 3,
            hours_only: length == 1,
        }),
        ('Z', 1..=3) => Part::Offset(Offset {
            zulu: false,
            colon: false,
            hours_only: false,
        }),
        (letter, _) if letter.is_ascii_alphabetic() => {
            let letters = letter.to_string().repeat(length);
            return Err(format!(
                "`{letters}` is not supported in a pattern; a text is written in quotes, as in `yyyy-MM-dd'T'HH:mm:ss`"
            ));
        }
        ('[' | ']' | '{' | '}' | '#', _) => {
            return Err(format!("`{letter}` is not supported in a pattern"));
        }
        (c, _) => Part::Literal(c),
    })
}
