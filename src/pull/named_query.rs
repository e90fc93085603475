use std::collections::BTreeMap;

use super::pulled::PullError;
use crate::provision::resources::NamedQueryResource;

/// The text of the file of a named query that is deployed as `live`. `source` is the file's text so far and `declared` what
/// it declares. Lines that did not change keep their variables, and comments at the head stay where the console's user took
/// all of them away.
pub(super) fn named_query_text(
    live: &NamedQueryResource,
    source: &str,
    declared: &str,
) -> Result<String, PullError> {
    let source = source.trim_end();
    let mut lines: Vec<String> = Vec::new();
    if !live.text.starts_with("--") {
        lines.extend(head(source).map(str::to_owned));
    }
    let written = written(source, declared);
    for line in live.text.trim_end().lines() {
        match written.get(line) {
            Some(known) => lines.push((*known).to_owned()),
            None if line.contains("${") => {
                return Err(PullError(
                    "the deployed text holds `${…}`, which a file would take for a variable"
                        .to_owned(),
                ));
            }
            None => lines.push(line.to_owned()),
        }
    }
    describe(&mut lines, live.description.trim())?;
    Ok(lines.join("\n") + "\n")
}

/// How the file writes each line of what it declares. A variable of several lines would shift them: then only what is alike
/// is known.
fn written<'s>(source: &'s str, declared: &'s str) -> BTreeMap<&'s str, &'s str> {
    let is_alike = source.lines().count() == declared.lines().count();
    let both = declared.lines().zip(source.lines());
    both.filter(|(declared, source)| is_alike || declared == source)
        .collect()
}

fn head(text: &str) -> impl Iterator<Item = &str> {
    text.lines().take_while(|line| line.starts_with("--"))
}

/// Makes the head say what the query is deployed to answer.
fn describe(lines: &mut Vec<String>, description: &str) -> Result<(), PullError> {
    if description.lines().count() > 1 {
        let message = "its description has several lines, and a file has one for it";
        return Err(PullError(message.to_owned()));
    }
    let said = |line: &String| {
        let entry = line.strip_prefix("--").and_then(|l| l.split_once(':'));
        let entry = entry.filter(|(key, _)| key.trim() == "description");
        entry.map(|(_, value)| value.trim().to_owned())
    };
    let mut comments = lines.iter().take_while(|line| line.starts_with("--"));
    let found = comments.position(|line| said(line).is_some());
    let line = format!("-- description: {description}");
    match found {
        Some(at) if said(&lines[at]).as_deref() == Some(description) => {}
        Some(at) if description.is_empty() => drop(lines.remove(at)),
        Some(at) => lines[at] = line,
        None if description.is_empty() => {}
        None => lines.insert(0, line),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "-- description: Errors.\n-- table: alb\nSELECT *\nFROM ${table}\nLIMIT 9\n";
    const DECLARED: &str = "-- description: Errors.\n-- table: alb\nSELECT *\nFROM alb\nLIMIT 9";

    fn pulled(text: &str, description: &str) -> Result<String, PullError> {
        let live = NamedQueryResource {
            name: "s/q".to_owned(),
            workgroup: "s".to_owned(),
            database: "s".to_owned(),
            description: description.to_owned(),
            text: text.to_owned(),
        };
        named_query_text(&live, FILE, DECLARED)
    }

    #[test]
    fn lines_that_did_not_change_keep_their_variables_and_the_head_stays() {
        assert_eq!(pulled(DECLARED, "Errors.").unwrap(), FILE);
        let edited = FILE.replace('9', "7");
        let live = DECLARED.replace('9', "7");
        assert_eq!(pulled(&live, "Errors.").unwrap(), edited);
        let bare = "SELECT *\nFROM alb\nLIMIT 7";
        assert_eq!(pulled(bare, "Errors.").unwrap(), edited);
    }

    #[test]
    fn the_description_stands_in_the_head() {
        let other = FILE.replace("Errors.", "All errors.");
        assert_eq!(pulled(DECLARED, "All errors.").unwrap(), other);
        let none = FILE.replace("-- description: Errors.\n", "");
        assert_eq!(pulled(DECLARED, "").unwrap(), none);
        let live = DECLARED.replace("-- description: Errors.\n", "");
        assert_eq!(pulled(&live, "Errors.").unwrap(), FILE);
        assert!(pulled(DECLARED, "a\nb").is_err());
    }

    #[test]
    fn what_a_file_would_take_for_a_variable_is_refused() {
        assert!(pulled("SELECT '${x}'", "").is_err());
    }
}
