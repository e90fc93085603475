/// How serious events of a pattern are: by the words in it, as the guide's pattern analysis page says.
pub(in crate::insights) fn severity(pattern: &str) -> &'static str {
    let pattern = pattern.to_lowercase();
    if pattern.contains("error") {
        "ERROR"
    } else if pattern.contains("warn") {
        "WARN"
    } else {
        "INFO"
    }
}

#[cfg(test)]
mod tests {
    use super::severity;

    #[test]
    fn an_error_is_more_serious_than_a_warning() {
        assert_eq!(severity("a Warning about an Error"), "ERROR");
        assert_eq!(severity("[WARN] x"), "WARN");
        assert_eq!(severity("[DEBUG] x"), "INFO");
    }
}
