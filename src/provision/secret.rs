use serde_json::Value;

/// What stands for a secret where one is shown.
const HIDDEN: &str = "***";

/// Names of URL parameters whose values are secrets, as parts of the name.
const SECRET_NAMES: &[&str] = &[
    "token",
    "secret",
    "password",
    "key",
    "signature",
    "credential",
    "auth",
];

/// The value with the secrets in its texts hidden: what stands before the `@` of a URL, and the values of
/// parameters such as `token`. Values are compared as they are, and shown like this.
pub fn shown(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(shown_text(text)),
        Value::Array(items) => items.iter().map(shown).collect(),
        Value::Object(members) => {
            let members = members.iter();
            Value::Object(
                members
                    .map(|(name, member)| (name.clone(), shown(member)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

fn shown_text(text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        hidden.push_str(before);
        let end = after.find(|c: char| c.is_whitespace() || "\"'<>)`".contains(c));
        let (url, left) = after.split_at(end.unwrap_or(after.len()));
        hidden.push_str(&shown_url(url));
        rest = left;
    }
    hidden.push_str(rest);
    hidden
}

/// A URL from its authority on.
fn shown_url(url: &str) -> String {
    let authority = url.find(['/', '?', '#']).unwrap_or(url.len());
    let (authority, rest) = url.split_at(authority);
    let authority = match authority.rsplit_once('@') {
        Some((_, host)) => format!("{HIDDEN}@{host}"),
        None => authority.to_owned(),
    };
    let Some((path, query)) = rest.split_once('?') else {
        return authority + rest;
    };
    let parameters: Vec<String> = query.split('&').map(shown_parameter).collect();
    format!("{authority}{path}?{}", parameters.join("&"))
}

fn shown_parameter(parameter: &str) -> String {
    match parameter.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}={HIDDEN}"),
        _ => parameter.to_owned(),
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_NAMES.iter().any(|secret| name.contains(secret))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn credentials_in_urls_are_hidden_and_nothing_else_is() {
        for (text, expected) in [
            (
                "https://me:pass@example.com/hook",
                "https://***@example.com/hook",
            ),
            (
                "https://example.com/hook?a=1&token=x#t",
                "https://example.com/hook?a=1&token=***",
            ),
            (
                "see https://example.com/a@b, c@d.org",
                "see https://example.com/a@b, c@d.org",
            ),
            (
                "(http://u@h) and http://h/?apiKey=1",
                "(http://***@h) and http://h/?apiKey=***",
            ),
            ("me@example.com", "me@example.com"),
        ] {
            assert_eq!(shown_text(text), expected);
        }
    }

    #[test]
    fn secrets_are_hidden_wherever_a_value_holds_texts() {
        let value = json!({ "a": ["https://u:p@h", 1], "b": null });
        assert_eq!(
            shown(&value),
            json!({ "a": ["https://***@h", 1], "b": null })
        );
    }
}
