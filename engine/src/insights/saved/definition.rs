use super::assembly::{Expanded, Origin};
use super::call::BURIED;
use super::catalogue::{Parameter, SavedQuery};
use super::literal::literal_of;
use super::placeholders::placeholders;
use crate::diag::{Diagnostic, Severity, nearest, query};
use crate::insights::compile::compile_expanded;
use crate::insights::parse;
use crate::insights::query::Query;

/// What may stand for a parameter without a default while its saved query is checked.
const STAND_INS: &[&str] = &["\"text\"", "1", "5m", "[\"text\"]"];

/// Checks a saved query by itself and compiles it with `values` for its parameters (name and literal), else with the
/// defaults. A parameter that has neither is checked with whatever kind of literal fits its places: the query cannot be
/// run then. Findings have their places in the saved text.
pub fn compile_saved(
    saved: &SavedQuery,
    values: &[(String, String)],
) -> Result<(Query, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mistakes = check_places(saved);
    let calls = parse::read(&saved.text).calls;
    let nested = calls.iter().map(|call| {
        let message = "a saved query may not call another";
        Diagnostic::error(&query::SAVED_QUERY, call.span, message)
            .help("write the other query's text here (CloudWatch Logs user guide)")
    });
    let mistakes: Vec<Diagnostic> = mistakes.into_iter().chain(nested).collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut filled: Vec<(&Parameter, String)> = saved
        .parameters
        .iter()
        .map(|parameter| (parameter, known(parameter, values)))
        .collect();
    for at in 0..filled.len() {
        if !is_known(filled[at].0, values) {
            filled[at].1 = stand_in(saved, &filled, at);
        }
    }
    compile_filled(saved, &filled)
}

fn is_known(parameter: &Parameter, values: &[(String, String)]) -> bool {
    parameter.default.is_some() || values.iter().any(|(name, _)| *name == parameter.name)
}

fn known(parameter: &Parameter, values: &[(String, String)]) -> String {
    let given = values.iter().find(|(name, _)| *name == parameter.name);
    match (given, &parameter.default) {
        (Some((_, value)), _) => value.clone(),
        (None, Some(default)) => literal_of(default),
        (None, None) => STAND_INS.first().copied().unwrap_or_default().to_owned(),
    }
}

/// The kind of literal with which the saved text has the fewest mistakes.
fn stand_in(saved: &SavedQuery, filled: &[(&Parameter, String)], at: usize) -> String {
    let errors = |stand_in: &&&str| {
        let mut filled: Vec<(&Parameter, String)> = filled.to_vec();
        if let Some((_, value)) = filled.get_mut(at) {
            (**stand_in).clone_into(value);
        }
        compile_filled(saved, &filled).map_or_else(|found| errors_of(&found), |_| 0)
    };
    let best = STAND_INS.iter().min_by_key(errors);
    best.copied().unwrap_or_default().to_owned()
}

fn errors_of(found: &[Diagnostic]) -> usize {
    let errors = found.iter().filter(|d| d.severity == Severity::Error);
    errors.count()
}

fn compile_filled(
    saved: &SavedQuery,
    filled: &[(&Parameter, String)],
) -> Result<(Query, Vec<Diagnostic>), Vec<Diagnostic>> {
    compile_expanded(&expanded(saved, filled))
}

/// The saved text with `values` (name and literal) for its parameters, else the defaults; a parameter that has neither
/// keeps its placeholder.
pub fn fill_saved(saved: &SavedQuery, values: &[(String, String)]) -> String {
    let known = |parameter: &&Parameter| is_known(parameter, values);
    let filled: Vec<_> = saved
        .parameters
        .iter()
        .filter(known)
        .map(|parameter| (parameter, self::known(parameter, values)))
        .collect();
    expanded(saved, &filled).text
}

fn expanded(saved: &SavedQuery, filled: &[(&Parameter, String)]) -> Expanded {
    let mut expanded = Expanded::default();
    let mut from = 0;
    for (name, span) in placeholders(&saved.text).free {
        let before = saved.text.get(from..span.start).unwrap_or_default();
        expanded.add(before, Origin::Written(from));
        from = span.end;
        let value = filled.iter().find(|(parameter, _)| parameter.name == name);
        let value = value.map_or_else(|| span.text(&saved.text), |(_, value)| value.as_str());
        expanded.add(value, Origin::Instead(span));
    }
    let rest = saved.text.get(from..).unwrap_or_default();
    expanded.add(rest, Origin::Written(from));
    expanded
}

/// Placeholders and declarations that do not go together.
fn check_places(saved: &SavedQuery) -> Vec<Diagnostic> {
    let places = placeholders(&saved.text);
    let names = || saved.parameters.iter().map(|p| p.name.as_str());
    let stray = places
        .free
        .iter()
        .filter(|(name, _)| !names().any(|n| n == name));
    let stray = stray.map(|(name, span)| {
        let message = format!("nothing fills in `{{{{{name}}}}}`");
        let error = Diagnostic::error(&query::PLACEHOLDER, *span, message);
        match nearest(name, names()) {
            Some(near) => {
                let mended = format!("{{{{{near}}}}}");
                error.replace(*span, mended, "a parameter with a similar name is declared")
            }
            None => error.help(format!("the query declares no parameter `{name}`")),
        }
    });
    let buried = places
        .buried
        .iter()
        .filter(|(name, _)| names().any(|n| n == name));
    let buried = buried.map(|(name, span)| {
        let message = format!("`{{{{{name}}}}}` stands inside a string, a regex or a quoted name");
        Diagnostic::error(&query::PARAMETER, *span, message).help(BURIED)
    });
    stray.chain(buried).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, parameters: &[(&str, Option<&str>)]) -> Vec<(String, String)> {
        let parameter = |(name, default): &(&str, Option<&str>)| Parameter {
            name: (*name).to_owned(),
            default: default.map(str::to_owned),
            description: None,
        };
        let saved = SavedQuery {
            name: "Q".to_owned(),
            text: text.to_owned(),
            parameters: parameters.iter().map(parameter).collect(),
        };
        let found = compile_saved(&saved, &[]);
        let found = found.map_or_else(|found| found, |(_, warnings)| warnings);
        let told = |d: Diagnostic| (d.primary.span.text(text).to_owned(), d.message);
        found.into_iter().map(told).collect()
    }

    #[test]
    fn a_parameter_without_default_is_checked_with_what_fits() {
        let text = "filter a in {{l}} and b = {{t}} | stats count(*) by bin({{p}}) | limit {{n}}";
        let open = ["l", "t", "p", "n"].map(|name| (name, None));
        assert_eq!(check(text, &open), []);
    }

    #[test]
    fn mistakes_have_their_places_in_the_saved_text() {
        let found = check("filter {{p}} = a\n| stats cuont(*)", &[("p", Some("x"))]);
        assert_eq!(
            found,
            [("cuont".to_owned(), "unknown function `cuont`".to_owned())]
        );
        let found = check("limit {{n}}", &[("n", Some("many"))]);
        assert_eq!(found[0].0, "{{n}}");
        let found = check("$Other() | filter a = {{x}}", &[]);
        assert_eq!(found.len(), 2);
    }
}
