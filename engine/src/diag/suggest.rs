/// The name among `candidates` that is nearest to `found`, letter case aside, if any is near enough to
/// be meant: at most two edits, or a similarity above 0.6.
pub fn nearest<'a>(found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = found.to_lowercase();
    candidates
        .into_iter()
        .map(|name| {
            (
                strsim::damerau_levenshtein(&found, &name.to_lowercase()),
                name,
            )
        })
        .filter(|(edits, name)| is_near(*edits, &found, name))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
}

fn is_near(edits: usize, found: &str, name: &str) -> bool {
    let longest = found.chars().count().max(name.chars().count());
    let short_enough = edits <= 2 && edits * 2 < longest.max(1);
    short_enough || strsim::normalized_damerau_levenshtein(found, &name.to_lowercase()) > 0.6
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_finds_its_neighbour() {
        assert_eq!(nearest("cuont", ["avg", "count", "sum"]), Some("count"));
        assert_eq!(
            nearest("Treshold", ["threshold", "period"]),
            Some("threshold")
        );
    }

    #[test]
    fn a_word_unlike_all_others_finds_nothing() {
        assert_eq!(nearest("zebra", ["avg", "count", "sum"]), None);
        assert_eq!(nearest("x", ["y"]), None);
    }
}
