use belfry_engine::insights::Parameter;

use crate::provision::resources::QueryResource;

/// The text of a saved query's file that is deployed as `live`. `before` is the file's text so far and what it
/// declares. Comments at the head that the console's user took away stay; the lines for log groups and parameters say
/// what is deployed.
pub(super) fn query_text(live: &QueryResource, before: Option<(&str, &QueryResource)>) -> String {
    let kept = before.map_or("", |(text, _)| head(text));
    let (comments, body) = match head(&live.text) {
        "" => (kept, live.text.as_str()),
        own => (own, live.text.get(own.len()..).unwrap_or_default()),
    };
    let mut lines: Vec<String> = comments.lines().map(str::to_owned).collect();
    let (groups, parameters) = match before {
        Some((_, declared)) => (
            live.log_groups != declared.log_groups,
            live.parameters != declared.parameters,
        ),
        None => (!live.log_groups.is_empty(), !live.parameters.is_empty()),
    };
    let is_lost = |key: &str| head_has(kept, key) && !head_has(comments, key);
    if groups || is_lost("log-groups") {
        let line = format!("# log-groups: {}", live.log_groups.join(", "));
        put(&mut lines, "log-groups", vec![line]);
    }
    if parameters || is_lost("parameter") {
        let all = live.parameters.values().map(parameter_line);
        put(&mut lines, "parameter", all.collect());
    }
    let mut text: String = lines
        .iter()
        .flat_map(|line| [line.as_str(), "\n"])
        .collect();
    text.push_str(body.trim_end());
    text.push('\n');
    text
}

/// The comments at the head of a text, as far as they are read as a header.
pub(super) fn head(text: &str) -> &str {
    let lines = text.split_inclusive('\n');
    let length = lines
        .take_while(|line| line.starts_with('#'))
        .map(str::len)
        .sum();
    text.get(..length).unwrap_or_default()
}

fn head_has(head: &str, key: &str) -> bool {
    head.lines().any(|line| is_entry(line, key))
}

fn is_entry(line: &str, key: &str) -> bool {
    let entry = line.strip_prefix('#').and_then(|line| line.split_once(':'));
    entry.is_some_and(|(found, _)| found.trim() == key)
}

/// Puts `new` in place of the lines of `key`, or behind those of the description and the log groups.
fn put(lines: &mut Vec<String>, key: &str, new: Vec<String>) {
    let place = lines.iter().position(|line| is_entry(line, key));
    lines.retain(|line| !is_entry(line, key));
    let behind = |line: &String| is_entry(line, "description") || is_entry(line, "log-groups");
    let place = place.unwrap_or_else(|| lines.iter().rposition(behind).map_or(0, |at| at + 1));
    let place = place.min(lines.len());
    lines.splice(place..place, new);
}

fn parameter_line(parameter: &Parameter) -> String {
    let mut line = format!("# parameter: {}", parameter.name);
    if let Some(default) = &parameter.default {
        line = format!("{line} = {default}");
    }
    match &parameter.description {
        Some(description) => format!("{line} -- {description}"),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str =
        "# description: Errors.\n# log-groups: /a\n# by the way\nfields @message\n| limit 10\n";

    fn query(text: &str, groups: &[&str], parameters: Vec<Parameter>) -> QueryResource {
        let groups = groups.iter().map(|group| (*group).to_owned()).collect();
        QueryResource::new(
            "s/q".to_owned(),
            groups,
            text.trim_end().to_owned(),
            parameters,
        )
    }

    fn pulled(live: &QueryResource) -> String {
        let declared = query(FILE, &["/a"], Vec::new());
        query_text(live, Some((FILE, &declared)))
    }

    #[test]
    fn an_edit_of_the_text_keeps_the_comments() {
        let edited = FILE.replace("10", "20");
        assert_eq!(pulled(&query(&edited, &["/a"], Vec::new())), edited);
        let without = "fields @message\n| limit 20";
        assert_eq!(pulled(&query(without, &["/a"], Vec::new())), edited);
        assert_eq!(pulled(&query(FILE, &["/a"], Vec::new())), FILE);
    }

    #[test]
    fn log_groups_and_parameters_stand_in_the_head_as_they_are_deployed() {
        let parameter = Parameter {
            name: "n".to_owned(),
            default: Some("10".to_owned()),
            description: Some("rows".to_owned()),
        };
        let text = "fields @message\n| limit {{n}}";
        let expected = "# description: Errors.\n# log-groups: /a, /b\n# parameter: n = 10 -- rows\n# by the way\nfields @message\n| limit {{n}}\n";
        assert_eq!(
            pulled(&query(text, &["/b", "/a"], vec![parameter])),
            expected
        );
    }

    #[test]
    fn a_query_without_a_file_gets_a_head() {
        let live = query("fields @message", &["/a"], Vec::new());
        assert_eq!(
            query_text(&live, None),
            "# log-groups: /a\nfields @message\n"
        );
    }
}
