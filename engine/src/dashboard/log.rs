use serde_json::Value;

use super::View;
use super::members::{Members, Problems};
use super::metric::elsewhere;

/// A widget of type `log`: a Logs Insights query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogWidget {
    /// Above it.
    pub title: Option<String>,
    /// Where its log groups are.
    pub region: String,
    /// How it is drawn; `None` is a table.
    pub view: Option<View>,
    /// Areas on top of each other.
    pub stacked: bool,
    /// The names of its `SOURCE` lines.
    pub log_groups: Vec<String>,
    /// The query behind them.
    pub query: String,
    /// Why it cannot be run here, where it cannot.
    pub refused: Option<String>,
}

const KNOWN: &[&str] = &[
    "query",
    "region",
    "accountId",
    "title",
    "view",
    "stacked",
    "queryLanguage",
    "queryBy",
    "logGroupPrefixes",
    "legend",
    "yAxis",
    "start",
    "end",
];

const VIEWS: &[(&str, Option<View>)] = &[
    ("table", None),
    ("timeSeries", Some(View::TimeSeries)),
    ("bar", Some(View::Bar)),
    ("pie", Some(View::Pie)),
];

/// Reads the properties of a log widget.
pub(super) fn log_widget(value: &Value, path: &str, cx: &mut Problems) -> Option<LogWidget> {
    let members = Members::of(value, path, KNOWN, cx);
    members.required("query", cx);
    members.required("region", cx);
    let language = members.string("queryLanguage", cx).unwrap_or("CWLI");
    let (log_groups, query) = split_source(members.string("query", cx)?);
    Some(LogWidget {
        title: members.text("title", cx),
        region: members.text("region", cx)?,
        view: members.one_of("view", VIEWS, cx).unwrap_or(None),
        stacked: members.boolean("stacked", false, cx),
        refused: elsewhere(&members, cx).or_else(|| refusal(language, &log_groups)),
        log_groups,
        query,
    })
}

fn refusal(language: &str, log_groups: &[String]) -> Option<String> {
    if !matches!(language, "CWLI" | "Logs") {
        return Some(format!(
            "a query in `{language}` is not run here: only Logs Insights (`CWLI`) is"
        ));
    }
    log_groups
        .is_empty()
        .then(|| "the query names no log group as `SOURCE 'name'`".to_owned())
}

/// Splits `SOURCE 'a' | SOURCE 'b' | fields …` into the groups and the rest.
fn split_source(text: &str) -> (Vec<String>, String) {
    let mut groups = Vec::new();
    let mut rest = text.trim();
    while let Some((name, after)) = one_source(rest) {
        groups.push(name.to_owned());
        rest = after.trim_start();
        rest = rest.strip_prefix('|').unwrap_or(rest).trim_start();
    }
    (groups, rest.to_owned())
}

fn one_source(text: &str) -> Option<(&str, &str)> {
    let keyword = text.get(..6)?;
    if !keyword.eq_ignore_ascii_case("SOURCE") {
        return None;
    }
    let text = text[6..].trim_start();
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    text[1..].split_once(quote)
}

#[cfg(test)]
mod tests {
    use super::split_source;

    #[test]
    fn the_sources_are_split_from_the_query() {
        let (groups, query) =
            split_source("SOURCE '/ecs/a' | SOURCE \"/ecs/b\"\n| fields @message | limit 2");
        assert_eq!(groups, ["/ecs/a", "/ecs/b"]);
        assert_eq!(query, "fields @message | limit 2");
    }

    #[test]
    fn a_newer_form_of_source_stays_in_the_query() {
        let (groups, query) = split_source("SOURCE logGroups(namePrefix: ['a']) | limit 2");
        assert_eq!(groups, [""; 0]);
        assert!(query.starts_with("SOURCE logGroups"));
    }
}
