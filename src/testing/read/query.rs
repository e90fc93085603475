use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, suite as codes};
use belfry_engine::insights;

use super::reader::Clock;
use super::{Reader, rows};
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
    match (name, text) {
        (Some(name), None) => saved(cx, &name, &log_groups, reader),
        (None, Some(text)) => own(cx, &text, log_groups, reader),
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
    let stem = Some(query.stem.clone());
    let selects = match insights::compile(&query.text) {
        Ok((compiled, _)) => compiled.source().is_some(),
        Err(_) => false,
    };
    let log_groups = match selects {
        true => Vec::new(),
        false => query.log_groups.clone(),
    };
    Some((stem, query.text.clone(), log_groups))
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
        // The query stands in quotes of its own, so its places are not those of the file.
        for mut diagnostic in found {
            diagnostic.primary.span = text.at;
            diagnostic.secondary.clear();
            diagnostic.help = None;
            cx.push(diagnostic);
        }
        return None;
    }
    let log_groups = log_groups.into_iter().map(|group| group.value).collect();
    Some((None, text.value.clone(), log_groups))
}
