use std::rc::Rc;

use super::assembly::{Expanded, Origin};
use super::catalogue::{Parameter, SavedQuery};
use super::literal::literal_of;
use super::placeholders::{Placeholders, placeholders};
use crate::diag::{Diagnostic, nearest, query};
use crate::insights::choices;
use crate::insights::parse::{self, CallSite, Given};

/// Adds the text of a saved query with the values of its call; what is wrong with the call, if anything is.
pub(super) fn fill(
    text: &str,
    site: &CallSite,
    definition: &SavedQuery,
    expanded: &mut Expanded,
) -> Vec<Diagnostic> {
    let mut found = check_given(site, definition);
    found.extend(check_missing(site, definition));
    let places = placeholders(&definition.text);
    found.extend(check_text(site, definition, &places));
    if !found.is_empty() {
        return found;
    }
    let start = expanded.text.len();
    let origin = Origin::Saved(Rc::from(definition.name.as_str()), site.span);
    let mut from = 0;
    for (name, span) in &places.free {
        let before = definition.text.get(from..span.start).unwrap_or_default();
        expanded.add(before, origin.clone());
        from = span.end;
        match site.arguments.iter().find(|given| given.name == *name) {
            Some(given) => expanded.add(given.value.text(text), Origin::Written(given.value.start)),
            None => expanded.add(&default(definition, name), origin.clone()),
        }
        if expanded.text.len() > 4 * choices::MAXIMUM_QUERY_CHARACTERS {
            // Who expands the text says so.
            return Vec::new();
        }
    }
    expanded.add(
        definition.text.get(from..).unwrap_or_default(),
        origin.clone(),
    );
    if places.ends_with_comment {
        expanded.add("\n", origin);
    }
    check_nested(
        site,
        definition,
        expanded.text.get(start..).unwrap_or_default(),
    )
}

fn default(definition: &SavedQuery, name: &str) -> String {
    let parameter = definition
        .parameters
        .iter()
        .find(|parameter| parameter.name == name);
    let default = parameter.and_then(|parameter| parameter.default.as_deref());
    literal_of(default.unwrap_or_default())
}

/// Every parameter of the call exists and is given once.
fn check_given(site: &CallSite, definition: &SavedQuery) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, given) in site.arguments.iter().enumerate() {
        let before = site.arguments.get(..at).unwrap_or_default();
        if let Some(first) = before.iter().find(|other| other.name == given.name) {
            let message = format!("the parameter `{}` is given twice", given.name);
            let error = Diagnostic::error(&query::PARAMETER, given.span, message);
            found.push(error.also(first.span, "first given here"));
        }
        if !definition.parameters.iter().any(|p| p.name == given.name) {
            found.push(unknown(given, definition));
        }
    }
    found
}

fn unknown(given: &Given, definition: &SavedQuery) -> Diagnostic {
    let (name, query_name) = (&given.name, &definition.name);
    let message = format!("the saved query `{query_name}` has no parameter `{name}`");
    let error = Diagnostic::error(&query::PARAMETER, given.span, message);
    let names = || definition.parameters.iter().map(|p| p.name.as_str());
    match nearest(name, names()) {
        Some(near) => error.replace(given.span, near, "a parameter with a similar name exists"),
        None if definition.parameters.is_empty() => error.help("it takes no parameters"),
        None => error.help(format!(
            "its parameters are {}",
            names().collect::<Vec<_>>().join(", ")
        )),
    }
}

/// Every parameter without a default is given.
fn check_missing(site: &CallSite, definition: &SavedQuery) -> Option<Diagnostic> {
    let is_missing = |parameter: &&Parameter| {
        parameter.default.is_none()
            && !site
                .arguments
                .iter()
                .any(|given| given.name == parameter.name)
    };
    let missing: Vec<&Parameter> = definition.parameters.iter().filter(is_missing).collect();
    let first = missing.first()?;
    let names: Vec<String> = missing.iter().map(|p| format!("`{}`", p.name)).collect();
    let (plural, names) = (if names.len() == 1 { "" } else { "s" }, names.join(", "));
    let message = format!(
        "the saved query `{}` needs the parameter{plural} {names}",
        definition.name
    );
    let error = Diagnostic::error(&query::PARAMETER, site.span, message)
        .label("not given, and there is no default");
    let example = format!("give it in the brackets: `{} = \"…\"`", first.name);
    Some(match &first.description {
        Some(description) => error.help(format!("{example} ({description})")),
        None => error.help(example),
    })
}

/// The saved text takes the values it declares, where a value can stand.
fn check_text(site: &CallSite, definition: &SavedQuery, places: &Placeholders) -> Vec<Diagnostic> {
    let declared = |name: &String| definition.parameters.iter().any(|p| p.name == *name);
    let name = &definition.name;
    let mut found = Vec::new();
    if let Some((buried, _)) = places.buried.iter().find(|(name, _)| declared(name)) {
        let message = format!(
            "in the saved query `{name}`: `{{{{{buried}}}}}` stands inside a string, a regex or a quoted name"
        );
        let error = Diagnostic::error(&query::PARAMETER, site.span, message);
        found.push(error.help(BURIED));
    }
    if let Some((stray, _)) = places.free.iter().find(|(name, _)| !declared(name)) {
        let message = format!("in the saved query `{name}`: nothing fills in `{{{{{stray}}}}}`");
        let error = Diagnostic::error(&query::PLACEHOLDER, site.span, message);
        found.push(error.help("the saved query does not declare that parameter"));
    }
    found
}

/// What to do about a placeholder inside a literal.
pub(super) const BURIED: &str = "AWS does not document what would be put there; a value takes the place of a whole literal, as in `field = {{name}}` or `field like {{name}}`";

/// A saved query does not call another (CloudWatch Logs user guide).
fn check_nested(site: &CallSite, definition: &SavedQuery, text: &str) -> Vec<Diagnostic> {
    let inner = parse::read(text).calls;
    let nested = inner.first().map(|inner| {
        let (outer, inner) = (&definition.name, &inner.name);
        let message = format!("the saved query `{outer}` calls the saved query `{inner}`");
        Diagnostic::error(&query::SAVED_QUERY, site.name_span, message).help(
            "a saved query may not call another (CloudWatch Logs user guide); write both calls here, joined by `|`",
        )
    });
    nested.into_iter().collect()
}

/// The refusal of an expanded text of `length` characters.
pub(super) fn too_long(site: &CallSite, length: usize) -> Diagnostic {
    let most = choices::MAXIMUM_QUERY_CHARACTERS;
    let message = format!(
        "with the saved queries in place the query has {length} characters or more, {most} are allowed"
    );
    Diagnostic::error(&query::QUERY_LENGTH, site.span, message)
}
