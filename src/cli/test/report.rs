use belfry_engine::diag::{Diagnostic, render_text, test as codes};
use serde_json::{Value, json};

use crate::cli::{CommandError, Context, Exit, Format, Kind};
use crate::report::{
    Tested, coverage_json, mutation_json, plural, survivors, tested_json, write_annotations,
    write_coverage, write_github, write_junit, write_mutation, write_tested,
};
use crate::suite::FILE_NAME;
use crate::testing::Stale;
use crate::testing::coverage::Coverage;
use crate::testing::mutation::Mutation;

/// Everything that one run of the command found.
pub(super) struct Report<'a> {
    pub(super) tested: Tested<'a>,
    pub(super) coverage: Option<&'a Coverage>,
    pub(super) min_coverage: Option<f64>,
    pub(super) mutation: Option<&'a Mutation>,
    /// The text of belfry.toml.
    pub(super) suite: &'a str,
    /// Whether every test of the suite was run: only then can an exemption be stale.
    pub(super) is_whole: bool,
}

/// Writes the report and says how the command ends.
pub(super) fn report(cx: &mut Context, all: &Report<'_>) -> Result<Exit, CommandError> {
    match cx.globals.format {
        Format::Json => writeln!(cx.out, "{:#}", value(all))?,
        Format::Junit => {
            write_junit(&mut cx.out, &all.tested)?;
            text_of_measures(cx, all, true)?;
        }
        Format::Github => github(cx, all)?,
        Format::Table | Format::Csv | Format::Markdown | Format::Sarif => {
            write_tested(&mut cx.out, &all.tested, cx.err_coloured)?;
            text_of_measures(cx, all, false)?;
        }
    }
    cx.out.flush()?;
    verdict(all)
}

/// Coverage and mutation as text; JUnit has no place for them, so they go to standard error beside it.
fn text_of_measures(cx: &mut Context, all: &Report<'_>, aside: bool) -> Result<(), CommandError> {
    let coloured = cx.err_coloured;
    let out = if aside { &mut cx.err } else { &mut cx.out };
    let path = all.tested.path(FILE_NAME);
    if let Some(coverage) = all.coverage {
        write_coverage(out, coverage)?;
    }
    if let Some(mutation) = all.mutation {
        write_mutation(out, mutation, (&path, all.suite), coloured)?;
    }
    for stale in all.stale() {
        if let Some(file) = all.tested.files.get(stale.file) {
            let one = std::slice::from_ref(&stale.diagnostic);
            let path = all.tested.path(&file.path);
            writeln!(out, "\n{}", render_text(one, &file.source, &path, coloured))?;
        }
    }
    Ok(())
}

fn github(cx: &mut Context, all: &Report<'_>) -> Result<(), CommandError> {
    let out = &mut cx.out;
    write_github(out, &all.tested)?;
    let path = all.tested.path(FILE_NAME);
    if let Some(mutation) = all.mutation {
        write_annotations(out, &path, all.suite, &survivors(mutation))?;
    }
    for point in all.coverage.iter().flat_map(|coverage| coverage.missing()) {
        let message = format!("no test covers `{}`", point.name());
        let found = [Diagnostic::warning(&codes::NOT_COVERED, point.at, message)];
        let source = match point.path == FILE_NAME {
            true => all.suite,
            false => "",
        };
        write_annotations(out, &all.tested.path(&point.path), source, &found)?;
    }
    for stale in all.stale() {
        if let Some(file) = all.tested.files.get(stale.file) {
            let found = std::slice::from_ref(&stale.diagnostic);
            write_annotations(out, &all.tested.path(&file.path), &file.source, found)?;
        }
    }
    Ok(())
}

fn value(all: &Report<'_>) -> Value {
    let mut value = tested_json(&all.tested);
    let path = all.tested.path(FILE_NAME);
    if let (Some(coverage), Some(members)) = (all.coverage, value.as_object_mut()) {
        members.insert("coverage".to_owned(), coverage_json(coverage));
    }
    if let (Some(mutation), Some(members)) = (all.mutation, value.as_object_mut()) {
        members.insert(
            "mutation".to_owned(),
            mutation_json(mutation, (&path, all.suite)),
        );
    }
    let stale: Vec<Value> = all
        .stale()
        .map(|stale| json!({ "file": stale.file, "message": stale.diagnostic.message }))
        .collect();
    if let (false, Some(members)) = (stale.is_empty(), value.as_object_mut()) {
        members.insert("stale".to_owned(), stale.into());
    }
    value
}

impl Report<'_> {
    fn stale(&self) -> impl Iterator<Item = &Stale> {
        let coverage = self.coverage.iter().flat_map(|coverage| &coverage.stale);
        let mutation = self.mutation.iter().flat_map(|mutation| &mutation.stale);
        let is_whole = self.is_whole;
        coverage.chain(mutation).filter(move |_| is_whole)
    }
}

/// The reasons why the command fails, if any; that tests failed was said with their number.
fn verdict(all: &Report<'_>) -> Result<Exit, CommandError> {
    let mut reasons = Vec::new();
    if let (Some(coverage), Some(wanted)) = (all.coverage, all.min_coverage)
        && coverage.percent() < wanted
    {
        let percent = coverage.percent();
        let missing: Vec<String> = coverage.missing().map(|point| point.name()).collect();
        reasons.push(format!(
            "coverage is {percent:.1} %, at least {wanted} % is wanted; not covered: {}",
            missing.join("; ")
        ));
    }
    let survived = all
        .mutation
        .map_or(0, |mutation| mutation.survivors().count());
    if survived > 0 {
        reasons.push(format!("no test notices {}", plural(survived, "mutant")));
    }
    let stale = all.stale().count();
    if stale > 0 {
        reasons.push(format!("{} not needed", are_exemptions(stale)));
    }
    match (reasons.is_empty(), all.tested.failed()) {
        (true, 0) => Ok(Exit::Fine),
        (true, _) => Ok(Exit::CheckFailed),
        (false, _) => {
            let message = reasons.join("; ");
            Err(CommandError::new(Kind::Check, anyhow::Error::msg(message)))
        }
    }
}

fn are_exemptions(count: usize) -> String {
    match count {
        1 => "1 exemption is".to_owned(),
        n => format!("{n} exemptions are"),
    }
}
