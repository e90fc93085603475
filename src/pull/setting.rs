use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::pulled::PullError;

/// A value of belfry.toml that is to be another: `retention_days` of the `log_group` of a name.
#[derive(Clone, Debug)]
pub(super) struct Setting<'a> {
    /// `log_group`, `alarm`.
    pub(super) section: &'a str,
    /// The `name` of the table.
    pub(super) name: &'a str,
    /// `retention_days`.
    pub(super) key: &'a str,
    /// A number or a text; null takes the key away.
    pub(super) value: &'a Value,
}

/// The text of belfry.toml with one value changed; everything else stays as it is, comments among it.
pub(super) fn with_setting(source: &str, setting: &Setting<'_>) -> Result<String, PullError> {
    let (document, errors) = DeTable::parse_recoverable(source);
    if let Some(error) = errors.first() {
        return Err(PullError(format!("belfry.toml is no TOML: {error}")));
    }
    let table = table(document.get_ref(), setting).ok_or_else(|| {
        PullError(format!(
            "belfry.toml has no [[{}]] called `{}`",
            setting.section, setting.name
        ))
    })?;
    let mut text = source.to_owned();
    match (table.get(setting.key), setting.value) {
        (Some(found), Value::Null) => text.replace_range(lines_of(source, found.span()), ""),
        (Some(found), value) => text.replace_range(found.span(), &written(value)),
        (None, Value::Null) => {}
        (None, value) => {
            let name = table.get("name").map(Spanned::span).unwrap_or_default();
            let end = lines_of(source, name).end;
            text.insert_str(end, &format!("{} = {}\n", setting.key, written(value)));
        }
    }
    Ok(text)
}

fn table<'t>(root: &'t DeTable<'t>, setting: &Setting<'_>) -> Option<&'t DeTable<'t>> {
    let list = root.get(setting.section)?.get_ref().as_array()?;
    let is_named = |table: &&DeTable<'_>| {
        let name = table.get("name").map(Spanned::get_ref);
        name.and_then(DeValue::as_str) == Some(setting.name)
    };
    list.iter()
        .filter_map(|item| item.get_ref().as_table())
        .find(is_named)
}

/// Whole numbers without a fraction: thresholds are floats for AWS and whole for people.
fn written(value: &Value) -> String {
    match value.as_f64() {
        Some(number) if value.is_f64() => number.to_string(),
        _ => value.to_string(),
    }
}

/// The whole lines in which something stands.
fn lines_of(source: &str, span: Range<usize>) -> Range<usize> {
    let before = source.get(..span.start).unwrap_or_default();
    let after = source.get(span.end..).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after
        .find('\n')
        .map_or(source.len(), |at| span.end + at + 1);
    start..end
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TOML: &str = "# the suite\n[[log_group]]\nname = \"/a\" # here\nretention_days = 7   # a week\n\n[[alarm]]\nname = \"x\"\nthreshold = 10\n";

    fn changed(section: &str, name: &str, key: &str, value: &Value) -> Result<String, String> {
        let setting = Setting {
            section,
            name,
            key,
            value,
        };
        with_setting(TOML, &setting).map_err(|error| error.0)
    }

    #[test]
    fn a_value_is_changed_in_its_place_and_comments_stay() {
        let text = changed("log_group", "/a", "retention_days", &json!(30)).unwrap();
        assert_eq!(text, TOML.replace("= 7 ", "= 30 "));
        let text = changed("alarm", "x", "threshold", &json!(12.5)).unwrap();
        assert_eq!(text, TOML.replace("= 10", "= 12.5"));
        let text = changed("alarm", "x", "threshold", &json!(12.0)).unwrap();
        assert_eq!(text, TOML.replace("= 10", "= 12"));
    }

    #[test]
    fn a_key_comes_and_goes_as_a_line() {
        let text = changed("log_group", "/a", "retention_days", &Value::Null).unwrap();
        assert_eq!(text, TOML.replace("retention_days = 7   # a week\n", ""));
        let text = changed("alarm", "x", "datapoints_to_alarm", &json!(2)).unwrap();
        assert_eq!(
            text,
            TOML.replace("name = \"x\"\n", "name = \"x\"\ndatapoints_to_alarm = 2\n")
        );
        assert!(changed("alarm", "y", "threshold", &json!(1)).is_err());
    }
}
