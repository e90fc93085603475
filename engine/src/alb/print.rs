use super::entry::Entry;
use super::error::LineError;
use super::escape::escape;
use super::layout::{Layout, Quotes};

/// Writes a line from the texts of its fields, in the order of the layout; `-` is a missing value, and what is behind
/// the layout's fields becomes unknown ones. The line is read again before it is returned: texts that the reader would
/// refuse, such as letters for a number of bytes, are refused here with the same error.
pub fn print_line(layout: &'static Layout, texts: &[&str]) -> Result<String, LineError> {
    let known = layout.fields.iter().map(|field| field.quotes);
    let quotes = known.chain(std::iter::repeat(Quotes::Unknown));
    let written: Vec<String> = texts
        .iter()
        .zip(quotes)
        .map(|(text, quotes)| field(text, quotes))
        .collect();
    let line = written.join(" ");
    Entry::parse(layout, &line)?;
    Ok(line)
}

/// Where AWS is not known to write quotes, they stand around texts that need them.
fn field(text: &str, quotes: Quotes) -> String {
    let bare = match quotes {
        Quotes::Bare => true,
        Quotes::Quoted => false,
        Quotes::Unknown => !text.is_empty() && !text.contains(' '),
    };
    let written = escape(text, bare);
    if bare {
        written
    } else {
        format!("\"{written}\"")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::alb::shape::Shape;
    use crate::alb::{ACCESS, CONNECTION, HEALTH_CHECK, Reason};

    fn unescaped(layout: &'static Layout, line: &str) -> Vec<String> {
        let entry = Entry::parse(layout, line).unwrap();
        entry
            .fields()
            .map(|field| field.unescaped().into_owned())
            .collect()
    }

    /// Any text that a field of a layout may hold.
    fn text(shape: Shape, bare: bool) -> BoxedStrategy<String> {
        let of_shape = match shape {
            Shape::Text if bare => any::<String>()
                .prop_filter("bare", |text| !text.is_empty())
                .boxed(),
            Shape::Text => any::<String>().boxed(),
            Shape::Type => return "[a-z][a-z0-9]{0,6}".boxed(),
            Shape::Time => {
                "20[0-9]{2}-0[1-9]-1[0-9]T1[0-9]:[0-5][0-9]:[0-5][0-9]\\.[0-9]{6}Z".boxed()
            }
            Shape::Address => "([0-9.]{7,15}|[0-9a-f:]{2,9}|\\[::1\\]):[1-6][0-9]{0,3}".boxed(),
            Shape::Ip => any::<std::net::IpAddr>()
                .prop_map(|ip| ip.to_string())
                .boxed(),
            Shape::Decimal => "-?[0-9]{1,5}(\\.[0-9]{1,9})?".boxed(),
            Shape::Integer => "-?[0-9]{1,9}".boxed(),
            Shape::Status => "(-?[0-9]{1,9})?".boxed(),
            Shape::TraceId => "TID_[0-9a-f]{1,32}".boxed(),
            Shape::Verification => "Success|Failed:[A-Za-z]{1,12}".boxed(),
            Shape::Health => "PASS|FAIL".boxed(),
        };
        prop_oneof![4 => of_shape, 1 => Just("-".to_owned())].boxed()
    }

    fn layout() -> impl Strategy<Value = &'static Layout> {
        prop_oneof![Just(&ACCESS), Just(&CONNECTION), Just(&HEALTH_CHECK)]
    }

    fn line() -> impl Strategy<Value = (&'static Layout, Vec<String>)> {
        layout().prop_flat_map(|layout| {
            let fields = layout.fields.iter();
            let known: Vec<_> = fields
                .map(|field| text(field.shape, field.quotes == Quotes::Bare))
                .collect();
            let least = layout.least;
            let tail = prop::collection::vec("[A-Z\\\\\" é-]{0,8}", 0..4);
            let cut = least..=layout.fields.len() + 3;
            (known, tail, cut).prop_map(move |(mut texts, tail, cut)| {
                texts.extend(tail);
                texts.truncate(cut);
                (layout, texts)
            })
        })
    }

    #[test]
    fn what_the_reader_would_refuse_is_not_written() {
        let mut texts = vec!["-"; 16];
        assert!(matches!(
            print_line(&ACCESS, &texts).unwrap_err().reason,
            Reason::Shape { field: "type", .. }
        ));
        texts[0] = "http";
        assert!(print_line(&ACCESS, &texts).is_ok());
        texts[10] = "many";
        assert!(print_line(&ACCESS, &texts).is_err());
        assert!(print_line(&ACCESS, &texts[..10]).is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again((layout, texts) in line()) {
            let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
            let line = print_line(layout, &borrowed).unwrap();
            prop_assert!(line.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{}", line);
            prop_assert_eq!(unescaped(layout, &line), texts);
        }

        #[test]
        fn any_texts_are_read_again_or_refused(
            layout in layout(),
            texts in prop::collection::vec(prop_oneof![any::<String>(), "-|[0-9]{1,3}"], 0..40),
        ) {
            let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
            if let Ok(line) = print_line(layout, &borrowed) {
                prop_assert_eq!(unescaped(layout, &line), texts);
            }
        }

        #[test]
        fn no_line_makes_the_reader_panic(layout in layout(), line in "[a-z0-9 \"\\\\:.é-]{0,80}") {
            match Entry::parse(layout, &line) {
                Ok(entry) => prop_assert_eq!(entry.fields().count(), entry.names().count()),
                Err(error) => prop_assert!(line.is_char_boundary(error.at), "{}", error),
            }
        }

        #[test]
        fn a_damaged_line_is_read_or_refused((layout, texts) in line(), at in any::<prop::sample::Index>(), with in "[ \"a\\-\\\\]{0,2}") {
            let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut line = print_line(layout, &borrowed).unwrap();
            let at = at.index(line.len());
            line.replace_range(at..=at, &with);
            match Entry::parse(layout, &line) {
                Ok(entry) => prop_assert_eq!(entry.fields().count(), entry.names().count()),
                Err(error) => prop_assert!(error.at <= line.len(), "{}", error),
            }
        }
    }
}
