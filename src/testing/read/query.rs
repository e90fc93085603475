use std::collections::BTreeMap;

use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, Span, suite as codes};
use belfry_engine::insights;

use super::reader::Clock;
use super::{Reader, rows};
use crate::suite::SavedQuery;
use crate::suite::names::declared;
use crate::suite::section::{Section, Text};
use crate::testing::{QueryAsked, QueryExpected, duration};

/// `[[test.query]]`.
pub(super) fn read(
    cx: &mut Vec<Diagnostic>,
    mut section: Section<'_>,
    reader: &Reader<'_>,
    clock: Clock,
) -> Option<QueryExpected> {
    let (from, now) = range(cx, &mut section, clock);
    let asked = asked(cx, &mut section, reader);
    let columns = section
        .has("columns")
        .then(|| section.strings(cx, "columns"));
    let columns = columns.map(|names| names.into_iter().map(|name| name.value).collect());
    let rows = rows::read(cx, &mut section);
    let at = section.at_key("rows");
    section.finish(cx);
    let (name, text, log_groups) = asked?;
    Some(QueryExpected {
        asked: QueryAsked {
            name,
            text,
            log_groups,
            from,
            now,
        },
        columns,
        rows: rows?,
        at,
    })
}

/// `at`, by default the end of the test, and `since`, the length of time before it, by default all of the test.
pub(super) fn range(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    clock: Clock,
) -> (Millis, Millis) {
    let now = clock.key(cx, section, "at").unwrap_or(clock.end());
    let since = duration::key(cx, section, "since");
    let from = since.map_or(clock.start, |(since, _)| now.plus(-since));
    (from, now)
}

type Asked = (Option<String>, String, Vec<String>);

fn asked(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    reader: &Reader<'_>,
) -> Option<Asked> {
    let name = section.string(cx, "name");
    let text = section.string(cx, "text");
    let log_groups = section.strings(cx, "log_groups");
    let parameters = section.string_map(cx, "parameters");
    match (name, text) {
        (Some(name), None) => saved(cx, &name, &log_groups, &parameters, reader),
        (None, Some(text)) => {
            if let Some(parameter) = parameters.values().next() {
                let message = "only a saved query has parameters";
                cx.push(Diagnostic::error(&codes::EITHER_OR, parameter.at, message));
            }
            own(cx, &text, log_groups, reader)
        }
        _ => {
            let message = "either `name` or `text` says which query";
            cx.push(
                Diagnostic::error(&codes::EITHER_OR, section.at(), message)
                    .help("add `name = \"…\"`, the name of a saved query's file"),
            );
            None
        }
    }
}

fn saved(
    cx: &mut Vec<Diagnostic>,
    name: &Text,
    log_groups: &[Text],
    parameters: &BTreeMap<String, Text>,
    reader: &Reader<'_>,
) -> Option<Asked> {
    if let Some(group) = log_groups.first() {
        let message = "a saved query says itself where it looks";
        cx.push(Diagnostic::error(&codes::EITHER_OR, group.at, message));
    }
    let Some(query) = reader.suite.query(&name.value) else {
        let names: Vec<&str> = reader.suite.queries.iter().map(|q| &*q.stem).collect();
        declared(cx, "saved query", name, &names);
        return None;
    };
    let values = values(cx, query, name, parameters);
    let definition = query.definition();
    let selects = match insights::compile_saved(&definition, &values) {
        Ok((compiled, _)) => compiled.source().is_some(),
        Err(found) => {
            cx.extend(found.into_iter().map(|finding| shown_at(finding, name.at)));
            return None;
        }
    };
    let log_groups = match selects {
        true => Vec::new(),
        false => query.log_groups.clone(),
    };
    let text = insights::fill_saved(&definition, &values);
    Some((Some(query.stem.clone()), text, log_groups))
}

/// What the query's parameters stand for, as literals of a query.
fn values(
    cx: &mut Vec<Diagnostic>,
    query: &SavedQuery,
    name: &Text,
    given: &BTreeMap<String, Text>,
) -> Vec<(String, String)> {
    let known: Vec<&str> = query.parameters.iter().map(|p| p.name.as_str()).collect();
    let mut values = Vec::new();
    for (parameter, value) in given {
        let written = Text {
            value: parameter.clone(),
            at: value.at,
        };
        declared(cx, "parameter", &written, &known);
        values.push((parameter.clone(), insights::literal_of(&value.value)));
    }
    let missing = query.parameters.iter();
    let missing = missing.filter(|p| p.default.is_none() && !given.contains_key(&p.name));
    for parameter in missing {
        let parameter = &parameter.name;
        let message = format!(
            "the query `{}` needs the parameter `{parameter}`",
            query.stem
        );
        cx.push(
            Diagnostic::error(&codes::MISSING_KEY, name.at, message)
                .help(format!("add `parameters = {{ {parameter} = \"…\" }}`")),
        );
    }
    values
}

/// A finding in a query's text, whose places are not those of this file, shown at `at`.
fn shown_at(mut finding: Diagnostic, at: Span) -> Diagnostic {
    finding.primary.span = at;
    finding.secondary.clear();
    finding.help = None;
    finding
}

fn own(
    cx: &mut Vec<Diagnostic>,
    text: &Text,
    log_groups: Vec<Text>,
    reader: &Reader<'_>,
) -> Option<Asked> {
    let groups: Vec<&str> = reader.suite.log_groups.iter().map(|g| &*g.name).collect();
    for group in &log_groups {
        declared(cx, "log group", group, &groups);
    }
    if let Err(found) = insights::compile(&text.value) {
        cx.extend(found.into_iter().map(|finding| shown_at(finding, text.at)));
        return None;
    }
    let log_groups = log_groups.into_iter().map(|group| group.value).collect();
    Some((None, text.value.clone(), log_groups))
}
