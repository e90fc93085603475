use std::io::{self, Write};

use belfry_engine::diag::{Diagnostic, render_text, test as codes};
use serde_json::{Value, json};

use crate::report::place::line_and_column;
use crate::report::plural;
use crate::report::style::{FAINT, STRONG, styled};
use crate::testing::mutation::{Fate, Mutation, Tried};

/// The survivors at their places in belfry.toml, then how many there were of each fate.
pub fn write_mutation(
    out: &mut dyn Write,
    mutation: &Mutation,
    (path, source): (&str, &str),
    coloured: bool,
) -> io::Result<()> {
    writeln!(out, "\n{}", styled(STRONG, "mutation"))?;
    for diagnostic in survivors(mutation) {
        let one = std::slice::from_ref(&diagnostic);
        writeln!(out, "\n{}", render_text(one, source, path, coloured))?;
    }
    for tried in &mutation.tried {
        if let Fate::Equivalent { reason } = &tried.fate {
            let line = format!("  = {}: {reason}", tried.mutant.name);
            writeln!(out, "{}", styled(FAINT, line))?;
        }
    }
    writeln!(out, "{}", summary(mutation))
}

/// The survivors as findings in belfry.toml.
pub fn survivors(mutation: &Mutation) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut unseen: Vec<(&str, Vec<&Tried>)> = Vec::new();
    for tried in mutation.survivors() {
        match (&tried.fate, tried.mutant.name.split_once(": ")) {
            (Fate::Survived { tests: 0 }, Some((subject, _))) => {
                match unseen.iter_mut().find(|(other, _)| *other == subject) {
                    Some((_, mutants)) => mutants.push(tried),
                    None => unseen.push((subject, vec![tried])),
                }
            }
            _ => found.push(finding(tried)),
        }
    }
    found.extend(unseen.iter().filter_map(|(subject, mutants)| {
        let count = plural(mutants.len(), "change");
        let message = format!("no test looks at {subject}: {count} of it go unnoticed");
        let at = mutants.first()?.mutant.subject_at;
        Some(Diagnostic::error(&codes::SURVIVOR, at, message))
    }));
    found.sort_by_key(|diagnostic| diagnostic.primary.span);
    found
}

/// A survivor that some tests look at.
fn finding(tried: &Tried) -> Diagnostic {
    let mutant = &tried.mutant;
    let tests = match tried.fate {
        Fate::Survived { tests: 1 } => "the one test that looks at this passes".to_owned(),
        Fate::Survived { tests } => format!("all {tests} tests that look at this pass"),
        _ => String::new(),
    };
    let message = format!("no test notices {}", mutant.change);
    Diagnostic::error(&codes::SURVIVOR, mutant.at, message)
        .label(tests)
        .help(format!(
            "write a test that fails, or mark it: [[equivalent]] mutant = \"{}\"",
            mutant.name.replace('\\', "\\\\").replace('"', "\\\"")
        ))
}

fn summary(mutation: &Mutation) -> String {
    let count = |is: fn(&Fate) -> bool| mutation.tried.iter().filter(|t| is(&t.fate)).count();
    let noticed = count(|fate| matches!(fate, Fate::Noticed { .. }));
    let mut parts = vec![format!("{noticed} noticed")];
    for (number, word) in [
        (count(|f| matches!(f, Fate::Survived { .. })), "survived"),
        (
            count(|f| matches!(f, Fate::Equivalent { .. })),
            "equivalent",
        ),
        (
            count(|f| matches!(f, Fate::Refused { .. })),
            "refused by AWS",
        ),
    ] {
        if number > 0 {
            parts.push(format!("{number} {word}"));
        }
    }
    let all = plural(mutation.tried.len(), "mutant");
    format!("\n{all}: {}", parts.join(", "))
}

/// The same for machines.
pub fn mutation_json(mutation: &Mutation, (path, source): (&str, &str)) -> Value {
    let mutants = mutation.tried.iter().map(|tried| {
        let (line, column) = line_and_column(source, tried.mutant.at.start);
        let (fate, detail) = match &tried.fate {
            Fate::Noticed { test } => ("noticed", json!(test)),
            Fate::Survived { tests } => ("survived", json!(tests)),
            Fate::Equivalent { reason } => ("equivalent", json!(reason)),
            Fate::Refused { reason } => ("refused", json!(reason)),
        };
        json!({
            "name": tried.mutant.name,
            "file": path,
            "line": line,
            "column": column,
            "change": tried.mutant.change,
            "fate": fate,
            "detail": detail,
        })
    });
    json!({
        "survived": mutation.survivors().count(),
        "mutants": mutants.collect::<Vec<Value>>(),
    })
}
