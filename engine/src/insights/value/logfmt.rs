use super::{Part, Structure};

/// The pairs of a logfmt line: `key=value key="quoted value" key`. A key alone is `true`, and of two values
/// under one key the later counts. `None` where there is no `=` at all.
pub(in crate::insights) fn parse_logfmt(text: &str) -> Option<Structure> {
    let mut rest = text.trim();
    let mut pairs = Vec::new();
    let mut is_logfmt = false;
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let (key, behind) = rest.split_at(end);
        let (value, behind) = match behind.strip_prefix('=') {
            Some(behind) => {
                is_logfmt |= !key.is_empty();
                value(behind)
            }
            None => ("true".to_owned(), behind),
        };
        if !key.is_empty() {
            pairs.push((key.to_owned(), Part::Text(value.into())));
        }
        rest = behind.trim_start();
    }
    is_logfmt.then(|| Structure::map(pairs))
}

/// The value at the start of `text`, and what follows it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return (value.to_owned(), rest);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((offset, c)) = chars.next() {
        match c {
            '"' => return (value, quoted.get(offset + 1..).unwrap_or_default()),
            '\\' => match chars.next() {
                Some((_, c @ ('"' | '\\'))) => value.push(c),
                Some((_, c)) => value.extend(['\\', c]),
                None => value.push('\\'),
            },
            c => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::parse_logfmt;

    #[test]
    fn pairs_are_read_with_quotes_and_bare_keys() {
        let read = |text| parse_logfmt(text).map(|map| map.to_string());
        let line = r#"level=error msg="db \"main\" down" retry dur=1.5 level=warn e= "#;
        assert_eq!(
            read(line).unwrap(),
            r#"{"level":"warn","msg":"db \"main\" down","retry":"true","dur":"1.5","e":""}"#
        );
        assert_eq!(
            read("a=b=c =x y=\"open").unwrap(),
            r#"{"a":"b=c","y":"open"}"#
        );
        assert_eq!(read("no pairs here"), None);
        assert_eq!(read(""), None);
    }
}
