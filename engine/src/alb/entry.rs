use std::borrow::Cow;

use super::error::{LineError, Reason};
use super::field::{Field, Fields};
use super::layout::{FieldLayout, Layout, Quotes};
use super::shape::Shape;

/// The most fields that a layout has.
const MOST: usize = 34;

/// The characters of a wrong text that an error shows.
const SHOWN: usize = 40;

/// One line of a log, divided into the fields of its layout. Everything is borrowed from the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'l> {
    layout: &'static Layout,
    line: &'l str,
    known: [Field<'l>; MOST],
    count: usize,
    /// The byte at which the fields begin that the layout does not know.
    tail: usize,
}

impl<'l> Entry<'l> {
    /// Reads a line. Blanks and line ends before and behind the entry are no part of it; the errors' bytes count them.
    pub fn parse(layout: &'static Layout, text: &'l str) -> Result<Self, LineError> {
        let line = text.trim_ascii();
        let lead = text.len() - text.trim_ascii_start().len();
        Self::divide(layout, line).map_err(|error| LineError {
            at: error.at + lead,
            ..error
        })
    }

    fn divide(layout: &'static Layout, line: &'l str) -> Result<Self, LineError> {
        let mut fields = Fields::new(line);
        let mut entry = Self {
            layout,
            line,
            known: [Field::default(); MOST],
            count: 0,
            tail: line.len(),
        };
        let mut before = Field::default();
        for (place, expected) in entry.known.iter_mut().zip(layout.fields) {
            let Some(field) = fields.next().transpose()? else {
                return entry.ends(expected.name);
            };
            if entry.count >= layout.least {
                no_start(before, &field)?;
            }
            check(expected, &field)?;
            *place = field;
            before = field;
            entry.count += 1;
        }
        entry.tail = fields.at();
        for field in fields {
            let field = field?;
            check_unknown(&field)?;
            no_start(before, &field)?;
            before = field;
        }
        Ok(entry)
    }

    /// The entry of an older layout, if it is long enough for one.
    fn ends(self, field: &'static str) -> Result<Self, LineError> {
        let Layout { title, least, .. } = *self.layout;
        if self.count >= least {
            return Ok(self);
        }
        let reason = Reason::Ends {
            field,
            title,
            least,
        };
        Err(LineError {
            at: self.line.len(),
            reason,
        })
    }

    /// The kind of log that the line was read as.
    pub fn layout(&self) -> &'static Layout {
        self.layout
    }

    /// The line without what stood around it.
    pub fn line(&self) -> &'l str {
        self.line
    }

    /// The fields in their order, with those that the layout does not know.
    pub fn fields(&self) -> impl Iterator<Item = Field<'l>> {
        let known = self.known.into_iter().take(self.count);
        known.chain(Fields::from(self.line, self.tail).filter_map(Result::ok))
    }

    /// The names of the fields, in the same order: `field_35` is the first of an access log that has none.
    pub fn names(&self) -> impl Iterator<Item = Cow<'static, str>> {
        let unknown =
            (self.layout.fields.len() + 1..).map(|place| Cow::Owned(format!("field_{place}")));
        let names = self.layout.names().map(Cow::Borrowed);
        names.chain(unknown).take(self.fields().count())
    }

    /// The field at a place, counted from 0; `None` where the line is shorter.
    pub fn at(&self, place: usize) -> Option<Field<'l>> {
        match place.checked_sub(self.layout.fields.len()) {
            None => self
                .known
                .get(place)
                .copied()
                .filter(|_| place < self.count),
            Some(_) if self.tail >= self.line.len() => None,
            Some(behind) => Fields::from(self.line, self.tail).nth(behind)?.ok(),
        }
    }

    /// The field of a name; `None` where the line is shorter or no field has the name.
    pub fn get(&self, name: &str) -> Option<Field<'l>> {
        let unknown = || {
            name.strip_prefix("field_")?
                .parse::<usize>()
                .ok()?
                .checked_sub(1)
        };
        match self.layout.place(name) {
            Some(place) => self.at(place),
            None => self.at(unknown().filter(|place| *place >= self.layout.fields.len())?),
        }
    }

    /// The text of a field as it stands in the line; `None` where it is missing or `-`.
    pub fn value(&self, name: &str) -> Option<&'l str> {
        self.get(name)?.value()
    }
}

fn check(expected: &FieldLayout, field: &Field<'_>) -> Result<(), LineError> {
    let at = field.at;
    if field.quoted && expected.quotes == Quotes::Bare {
        let reason = Reason::Quoted {
            field: expected.name,
        };
        return Err(LineError { at, reason });
    }
    if field.raw.is_empty() && !field.quoted && expected.shape != Shape::Status {
        let reason = Reason::Blank;
        return Err(LineError { at, reason });
    }
    let missing = field.raw == "-" && expected.shape.may_be_missing();
    if missing || expected.shape.fits(field.raw) {
        return Ok(());
    }
    let reason = Reason::Shape {
        field: expected.name,
        found: field.raw.chars().take(SHOWN).collect(),
        expected: expected.shape.expected(),
    };
    Err(LineError { at, reason })
}

/// Refuses unknown fields that are divided wrongly.
fn check_unknown(field: &Field<'_>) -> Result<(), LineError> {
    if field.raw.is_empty() && !field.quoted {
        let (at, reason) = (field.at, Reason::Blank);
        return Err(LineError { at, reason });
    }
    Ok(())
}

/// Refuses fields that look like the start of an entry: two lines were joined.
fn no_start(before: Field<'_>, field: &Field<'_>) -> Result<(), LineError> {
    let starts = |kind: &Field<'_>, time: &Field<'_>| {
        !kind.quoted && !time.quoted && Shape::Type.fits(kind.raw) && Shape::Time.fits(time.raw)
    };
    if starts(&before, field) {
        let (at, reason) = (before.at, Reason::Spliced);
        return Err(LineError { at, reason });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alb::{ACCESS, HEALTH_CHECK};

    /// The first sixteen fields: the layout of 2016.
    const OLDEST: &str = "http 2026-04-20T10:00:00.186641Z app/lb/50dc6c495c0c9188 192.168.131.39:2817 - -1 -1 -1 502 - 34 366 \"GET http://a:80/ HTTP/1.1\" \"curl/7.46.0\" - -";
    const BEHIND: &str = " - \"-\" \"-\" \"-\" 0 - \"-\" \"-\" \"-\" \"-\" \"-\" \"-\" \"-\" TID_1 \"-\" \"-\" \"-\" 10.0.0.1";

    fn refused(line: &str) -> String {
        Entry::parse(&ACCESS, line).unwrap_err().to_string()
    }

    #[test]
    fn lines_of_every_length_from_sixteen_fields_on_are_entries() {
        let whole = format!("{OLDEST}{BEHIND} new \"newer one\"");
        let all: Vec<_> = Fields::new(&whole).map(Result::unwrap).collect();
        assert_eq!(all.len(), 36);
        for count in 16..=36 {
            let last = all[count - 1];
            let end = last.at + last.raw.len() + if last.quoted { 2 } else { 0 };
            let entry = Entry::parse(&ACCESS, &whole[..end]).unwrap();
            assert_eq!(entry.fields().collect::<Vec<_>>(), all[..count]);
            assert_eq!(entry.names().count(), count);
        }
        let end = all[15].at - 1;
        assert_eq!(
            refused(&whole[..end]),
            format!(
                "byte {end}: the line ends where `ssl_protocol` is expected; ALB access logs have at least 16 fields"
            )
        );
    }

    #[test]
    fn fields_that_no_layout_knows_are_kept_and_named_by_their_place() {
        let line = format!("{OLDEST}{BEHIND} new \"newer one\"");
        let entry = Entry::parse(&ACCESS, &line).unwrap();
        assert_eq!(entry.value("field_35"), Some("new"));
        assert_eq!(entry.value("field_36"), Some("newer one"));
        assert_eq!(entry.get("field_37"), None);
        assert_eq!(entry.get("field_1"), None);
        assert_eq!(entry.names().last().as_deref(), Some("field_36"));
        assert_eq!(entry.value("ip_address"), Some("10.0.0.1"));
    }

    #[test]
    fn blanks_around_an_entry_are_no_part_of_it_but_count_in_errors() {
        let entry = Entry::parse(&ACCESS, &format!("  {OLDEST}\r\n"))
            .unwrap()
            .line()
            .len();
        assert_eq!(entry, OLDEST.len());
        assert_eq!(
            refused(&format!("  {}", OLDEST.replacen("10:00:00", "noon", 1))),
            "byte 7: `time` is `2026-04-20Tnoon.186641Z`, expected a time such as `2026-04-20T10:00:00.250000Z`"
        );
    }

    #[test]
    fn a_wrong_field_is_refused_at_its_byte_with_the_reason() {
        for (from, to, expected) in [
            (
                "http ",
                "tls 2.0 ",
                "byte 4: `time` is `2.0`, expected a time such as `2026-04-20T10:00:00.250000Z`",
            ),
            (
                "192.168.131.39:2817",
                "host",
                "byte 57: `client:port` is `host`, expected an address with its port behind the last colon",
            ),
            (
                " 34 ",
                " 34  ",
                "byte 97: a second blank; fields are divided by one",
            ),
            (
                " 34 ",
                " \"34\" ",
                "byte 94: `received_bytes` is in quotes, which AWS writes around other fields only",
            ),
            (
                "curl/7.46.0",
                "my \"curl\"",
                "byte 134: a blank is expected behind the closing quote; a quote inside a field is written `\\x22`",
            ),
            (
                "curl/7.46.0\"",
                "curl",
                "byte 129: the quote is never closed",
            ),
        ] {
            let line = OLDEST.replacen(from, to, 1);
            assert_eq!(refused(&line), expected, "{line}");
        }
        assert_eq!(
            refused(""),
            "byte 0: the line ends where `type` is expected; ALB access logs have at least 16 fields"
        );
    }

    #[test]
    fn two_lines_in_one_are_refused_where_the_second_begins() {
        let whole = format!("{OLDEST}{BEHIND}");
        let joined = format!("{whole} {OLDEST}");
        let at = whole.len() + 1;
        assert_eq!(
            refused(&joined),
            format!("byte {at}: another entry begins in the middle of the line")
        );
        assert_eq!(
            refused(&format!("{OLDEST} {OLDEST}")),
            format!(
                "byte {}: another entry begins in the middle of the line",
                OLDEST.len() + 1
            )
        );
    }

    #[test]
    fn a_health_check_is_no_access_entry() {
        let line = "http 2026-04-20T10:00:00.250000Z 0.002 10.0.0.1:80 targets/1 PASS 200 -";
        assert!(Entry::parse(&HEALTH_CHECK, line).is_ok());
        assert!(Entry::parse(&ACCESS, line).is_err());
    }
}
