use super::{Part, Structure};

/// The values of the first CSV record in `text`, with quotes as in RFC 4180.
pub(in crate::insights) fn parse_csv(text: &str) -> Structure {
    let mut values = Vec::new();
    let mut rest = text;
    loop {
        let (value, behind) = value(rest);
        values.push(Part::Text(value.into()));
        match behind.strip_prefix(',') {
            Some(behind) => rest = behind,
            None => return Structure::list(values),
        }
    }
}

/// The value at the start of `text`, and what follows it: a comma or the end of the record.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', '\n', '\r']).unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return (value.to_owned(), rest);
    };
    let mut value = String::new();
    let mut rest = quoted;
    while let Some((before, behind)) = rest.split_once('"') {
        value.push_str(before);
        match behind.strip_prefix('"') {
            Some(behind) => {
                value.push('"');
                rest = behind;
            }
            None => {
                let end = behind.find([',', '\n', '\r']).unwrap_or(behind.len());
                let (stray, behind) = behind.split_at(end);
                value.push_str(stray);
                return (value, behind);
            }
        }
    }
    value.push_str(rest);
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::parse_csv;

    #[test]
    fn values_are_read_by_place_with_quotes() {
        let read = |text| parse_csv(text).to_string();
        assert_eq!(
            read("a,\"b, \"\"c\"\"\",, d \n"),
            r#"["a","b, \"c\"",""," d "]"#
        );
        assert_eq!(read(""), r#"[""]"#);
        assert_eq!(read("\"open,x"), r#"["open,x"]"#);
        assert_eq!(read("\"a\"b,c"), r#"["ab","c"]"#);
    }
}
