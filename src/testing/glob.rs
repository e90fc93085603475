/// Whether `name` is what `pattern` says, in which `*` stands for any text.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(matches("alarm a: x", "alarm a: x"));
        assert!(matches("alarm *: x", "alarm a: x"));
        assert!(matches("*", ""));
        assert!(matches("a*b*c", "a1b2b3c"));
        assert!(!matches("alarm a", "alarm a: x"));
        assert!(!matches("a*b", "ab*"));
        assert!(!matches("ab*b", "ab"));
    }
}
