use serde_json::Value;

/// A value that is no longer than this stands in one line.
const SHORT: usize = 100;
/// The first levels, down to the properties of widgets, are never put into one line.
const DEEP: usize = 8;

/// A JSON text as the files of `dashboards/` are formatted: two spaces a level, short values in one line.
pub fn json_text(value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, value, 0);
    text.push('\n');
    text
}

fn write(text: &mut String, value: &Value, indent: usize) {
    let line = one_line(value);
    let is_short = indent >= DEEP && line.chars().count() <= SHORT;
    let (open, close) = match value {
        Value::Object(members) if !members.is_empty() && !is_short => ('{', '}'),
        Value::Array(items) if !items.is_empty() && !is_short => ('[', ']'),
        _ => {
            text.push_str(&line);
            return;
        }
    };
    let inner = indent + 2;
    text.push(open);
    for (index, (name, value)) in entries(value).enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&" ".repeat(inner));
        if let Some(name) = name {
            text.push_str(&Value::from(name).to_string());
            text.push_str(": ");
        }
        write(text, value, inner);
    }
    text.push('\n');
    text.push_str(&" ".repeat(indent));
    text.push(close);
}

fn entries(value: &Value) -> Box<dyn Iterator<Item = (Option<&str>, &Value)> + '_> {
    match value {
        Value::Object(members) => {
            let members = members.iter();
            Box::new(members.map(|(name, value)| (Some(name.as_str()), value)))
        }
        Value::Array(items) => Box::new(items.iter().map(|item| (None, item))),
        _ => Box::new(std::iter::empty()),
    }
}

fn one_line(value: &Value) -> String {
    let parts: Vec<String> = entries(value)
        .map(|(name, value)| match name {
            Some(name) => format!("{}: {}", Value::from(name), one_line(value)),
            None => one_line(value),
        })
        .collect();
    match value {
        Value::Object(_) => format!("{{{}}}", parts.join(", ")),
        Value::Array(_) => format!("[{}]", parts.join(", ")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_dashboards_of_this_repository_are_formatted_so() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dashboards");
        let mut count = 0;
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let value: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(json_text(&value), text, "{}", path.display());
            count += 1;
        }
        assert!(count >= 5);
    }
}
