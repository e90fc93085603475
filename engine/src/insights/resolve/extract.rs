use regex::Regex;

use super::expr::{Resolver, resolve_row};
use super::pattern;
use super::scope::Origin;
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::{Name, Parse, Pattern};
use crate::insights::plan::{Operator, Scalar};
use crate::insights::re2;
use crate::insights::whole::Multi;

/// Resolves `parse`: its pattern becomes a regex, its names slots.
pub(super) fn resolve(resolver: &mut Resolver, parse: &Parse) {
    let source = match &parse.source {
        Some(expr) => resolve_row(resolver, expr),
        None => resolver.read("@message", parse.span).map(Scalar::Slot),
    };
    let found = match &parse.pattern {
        Pattern::Text(glob) => glob_groups(resolver, glob, parse),
        Pattern::Regex(text) => regex_groups(resolver, text, parse),
    };
    let Some((regex, groups)) = found else {
        return;
    };
    let mut targets = Vec::new();
    for (group, name) in groups {
        let slot = resolver.scope.allocate();
        resolver.define(&name.name, slot, Origin::Parsed, name.span);
        resolver.scope.show(&name.name, slot);
        targets.push((group, slot));
    }
    if let Some(source) = source {
        if parse.multi {
            resolver.over_rows(Multi {
                source,
                regex,
                targets,
            });
            return;
        }
        resolver.operators.push(Operator::Extract {
            source,
            regex,
            targets,
        });
    }
}

type Groups = Vec<(usize, Name)>;

fn glob_groups(resolver: &mut Resolver, glob: &str, parse: &Parse) -> Option<(Regex, Groups)> {
    let (regex, stars) = pattern::glob(glob);
    if stars != parse.names.len() {
        resolver
            .diagnostics
            .push(wrong_names(parse, stars, "wildcards (`*`)"));
        return None;
    }
    let regex = pattern::compile(resolver, &regex, parse.span)?;
    Some((regex, numbered(&parse.names)))
}

fn regex_groups(resolver: &mut Resolver, text: &str, parse: &Parse) -> Option<(Regex, Groups)> {
    let regex = pattern::regex(resolver, text, parse.span)?;
    if !parse.names.is_empty() {
        let groups = regex.captures_len() - 1;
        if groups != parse.names.len() {
            resolver
                .diagnostics
                .push(wrong_names(parse, groups, "groups"));
            return None;
        }
        return Some((regex, numbered(&parse.names)));
    }
    let named = regex.capture_names().enumerate();
    let groups: Groups = named
        .filter_map(|(group, name)| {
            let name = re2::group_name(name?);
            let span = parse.span;
            let cuts = Vec::new();
            Some((group, Name { name, cuts, span }))
        })
        .collect();
    if groups.is_empty() {
        let message = "the regex names no field";
        let error = Diagnostic::error(&query::NO_GROUPS, parse.span, message);
        resolver
            .diagnostics
            .push(error.help("name what it finds: `/user=(?<user>\\S+)/`"));
        return None;
    }
    Some((regex, groups))
}

fn numbered(names: &[Name]) -> Groups {
    names
        .iter()
        .cloned()
        .enumerate()
        .map(|(index, name)| (index + 1, name))
        .collect()
}

fn wrong_names(parse: &Parse, found: usize, what: &str) -> Diagnostic {
    let names = parse.names.len();
    let message = format!("the pattern has {found} {what}, but {names} names follow `as`");
    let error = Diagnostic::error(&query::GLOB_COUNT, parse.span, message);
    match parse.names.iter().map(|name| name.span).reduce(Span::to) {
        Some(span) => error.also(span, "these are the names"),
        None => error.help("name each part: `parse @message \"user=* \" as user`"),
    }
}
