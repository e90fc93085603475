use super::assembly::{Expanded, Origin};
use super::call::{self, too_long};
use super::catalogue::SavedQueries;
use crate::diag::{Diagnostic, nearest, query};
use crate::insights::choices;
use crate::insights::parse::{self, CallSite};

/// `text` with its `calls` replaced by what they call; all that is wrong with the calls, if anything is.
pub(in crate::insights) fn expand(
    text: &str,
    calls: &[CallSite],
    saved: &dyn SavedQueries,
) -> Result<Expanded, Vec<Diagnostic>> {
    let mut expanded = Expanded::default();
    let mut diagnostics = Vec::new();
    let mut from = 0;
    for site in calls {
        let before = text.get(from..site.span.start).unwrap_or_default();
        expanded.add(before, Origin::Written(from));
        from = site.span.end;
        match called(site, saved) {
            Ok(definition) => {
                diagnostics.extend(call::fill(text, site, &definition, &mut expanded));
            }
            Err(error) => diagnostics.push(*error),
        }
        // Long before memory ends: each call may be a thousand times as long as what is written.
        if expanded.text.len() > 4 * choices::MAXIMUM_QUERY_CHARACTERS {
            diagnostics.push(too_long(site, expanded.text.chars().count()));
            return Err(diagnostics);
        }
    }
    expanded.add(text.get(from..).unwrap_or_default(), Origin::Written(from));
    let length = expanded.text.chars().count();
    if let (true, Some(last)) = (length > choices::MAXIMUM_QUERY_CHARACTERS, calls.last()) {
        diagnostics.push(too_long(last, length));
    }
    if diagnostics.is_empty() {
        return Ok(expanded);
    }
    Err(diagnostics)
}

/// The names of the saved queries that `text` calls, in order.
pub fn called_queries(text: &str) -> Vec<String> {
    let calls = parse::read(text).calls.into_iter();
    calls.map(|call| call.name).collect()
}

/// The one saved query that a call names.
fn called(site: &CallSite, saved: &dyn SavedQueries) -> Result<super::SavedQuery, Box<Diagnostic>> {
    let mut named = saved.named(&site.name);
    let name = &site.name;
    let span = site.name_span;
    let error = |message| Diagnostic::error(&query::SAVED_QUERY, span, message);
    Err(Box::new(match (named.pop(), named.len()) {
        (Some(definition), 0) => return Ok(definition),
        (Some(_), others) => {
            let message = format!("{} saved queries are called `{name}`", others + 1);
            error(message)
                .help("AWS does not document which of them would run; give them names of their own")
        }
        (None, _) => {
            let names = saved.names();
            let error = error(format!("no saved query is called `{name}`"));
            let near = in_a_folder(name, &names);
            match near.or_else(|| nearest(name, names.iter().map(String::as_str))) {
                Some(near) => error.replace(
                    span,
                    written(near),
                    "a saved query with a similar name exists",
                ),
                None if names.is_empty() => error.help("no saved queries are known here"),
                None => error.help(format!("the saved queries are {}", some(&names))),
            }
        }
    }))
}

/// The only saved query whose name without its folders is `name`.
fn in_a_folder<'n>(name: &str, names: &'n [String]) -> Option<&'n str> {
    let mut found = names
        .iter()
        .filter(|full| full.rsplit('/').next() == Some(name));
    found
        .next()
        .filter(|_| found.next().is_none())
        .map(String::as_str)
}

/// `$name` as it is written in a query.
fn written(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    match plain {
        true => format!("${name}"),
        false => format!("$`{name}`"),
    }
}

/// The first names, so that a hint stays one.
fn some(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown = names.get(..SHOWN).unwrap_or(names).join(", ");
    match names.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => format!("{shown} and {more} more"),
        _ => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Parameter, SavedQuery};
    use crate::insights::compile_with;

    fn saved(text: &str) -> Vec<SavedQuery> {
        vec![SavedQuery {
            name: "Q".to_owned(),
            text: text.to_owned(),
            parameters: vec![Parameter {
                name: "p".to_owned(),
                ..Parameter::default()
            }],
        }]
    }

    fn codes(text: &str, saved: &Vec<SavedQuery>) -> Vec<&'static str> {
        let found = compile_with(text, saved).err().unwrap_or_default();
        found.iter().map(|d| d.code.name).collect()
    }

    #[test]
    fn the_expanded_text_has_at_most_ten_thousand_characters() {
        let fitting = saved(&format!("filter a = {{{{p}}}}{}", " ".repeat(9_987)));
        assert!(codes("$Q(p = 12)", &fitting).is_empty());
        assert_eq!(codes("$Q(p = 123)", &fitting), ["Q0208"]);
    }

    #[test]
    fn a_text_that_grows_without_end_is_refused_before_memory_ends() {
        let growing = saved(&"filter a = {{p}} | ".repeat(500));
        let text = format!("$Q(p = \"{}\") | ", "x".repeat(900)).repeat(10) + "limit 1";
        assert_eq!(codes(&text, &growing), ["Q0208"]);
    }

    #[test]
    fn the_query_runs_the_expanded_text() {
        let (query, _) = compile_with("$Q(p = 1)|limit 5", &saved("filter a={{p}}")).unwrap();
        assert_eq!(query.text(), "filter a=1|limit 5");
    }

    #[test]
    fn calls_stand_in_subqueries_too() {
        let text = "filter a in (SOURCE 'g' | $Q(p = 1) | fields b)";
        assert!(codes(text, &saved("filter a = {{p}}")).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_call_of_any_text_is_run_or_refused_at_a_place(
            text in "[$Q(){}p=, |a-d\"#/`é]{0,40}",
            stored in "[$Q(){}p=, |a-d\"#/`é]{0,40}",
        ) {
            for text in [text.as_str(), "$Q(p = \"é\") | limit 1", "$Q(p = 5)"] {
                for d in compile_with(text, &saved(&stored)).err().unwrap_or_default() {
                    let span = d.primary.span;
                    assert!(text.get(span.start..span.end).is_some(), "{text} {stored} {span:?}");
                }
            }
        }
    }
}
