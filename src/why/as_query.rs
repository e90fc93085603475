/// A Logs Insights query that finds exactly the events of a filter pattern; `None` where no such query is sure to
/// find the same ones. Both languages agree on words without quotes, and on comparisons of one JSON member with a
/// number or a text; they differ on booleans, absent members, wildcards and `!=`.
pub fn as_query(pattern: &str) -> Option<String> {
    let pattern = pattern.trim();
    let condition = match pattern.strip_prefix('{') {
        Some(rest) => json(rest.strip_suffix('}')?)?,
        None => words(pattern)?,
    };
    Some(format!(
        "fields @timestamp, @message | filter {condition} | sort @timestamp"
    ))
}

fn json(text: &str) -> Option<String> {
    if text.contains(['(', ')', '%', '*']) {
        return None;
    }
    let (mark, word) = match (text.contains("&&"), text.contains("||")) {
        (true, true) => return None,
        (false, true) => ("||", " or "),
        (_, false) => ("&&", " and "),
    };
    let parts = text.split(mark).map(comparison);
    Some(parts.collect::<Option<Vec<_>>>()?.join(word))
}

fn comparison(text: &str) -> Option<String> {
    let (selector, rest) = text.trim().strip_prefix("$.")?.split_once(' ')?;
    let (operator, operand) = rest.trim().split_once(' ')?;
    let operand = operand.trim();
    if !is_plain(selector) || !["=", ">", ">=", "<", "<="].contains(&operator) {
        return None;
    }
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    if is_number(operand) {
        return Some(format!("{selector} {operator} {operand}"));
    }
    let quoted = operand.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
    let text = quoted.unwrap_or(operand);
    let is_text = operator == "=" && !text.is_empty() && !text.contains(['"', '\\', ' ']);
    (is_text && !is_number(text)).then(|| format!("{selector} = \"{text}\""))
}

fn words(pattern: &str) -> Option<String> {
    let words: Vec<&str> = pattern.split_whitespace().collect();
    if words.is_empty() || !words.iter().all(|word| is_plain(word)) {
        return None;
    }
    let parts = words.iter().map(|word| format!("@message like \"{word}\""));
    Some(parts.collect::<Vec<_>>().join(" and "))
}

fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    !text.is_empty() && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_languages_say_alike_becomes_a_query() {
        for (pattern, condition) in [
            (r#"{ $.level = "ERROR" }"#, r#"level = "ERROR""#),
            (
                "{ $.level = ERROR && $.status >= 500 }",
                r#"level = "ERROR" and status >= 500"#,
            ),
            ("{ $.a.b = 1 || $.c < -2.5 }", "a.b = 1 or c < -2.5"),
            (
                "ERROR timeout",
                r#"@message like "ERROR" and @message like "timeout""#,
            ),
        ] {
            let query = as_query(pattern).unwrap();
            assert!(
                query.contains(&format!("| filter {condition} |")),
                "{query}"
            );
            belfry_engine::insights::compile(&query).unwrap();
        }
    }

    #[test]
    fn what_they_may_see_differently_does_not() {
        for pattern in [
            "",
            "{ $.duration = * }",
            "{ $.is_fraud IS TRUE }",
            "{ $.a != 1 }",
            "{ ($.a = 1) }",
            "{ $.a = \"1\" }",
            "{ $.a[0] = 1 }",
            "-ERROR",
            "?a ?b",
            "\"two words\"",
            "[a, b]",
            "%x%",
        ] {
            assert_eq!(as_query(pattern), None, "{pattern}");
        }
    }
}
