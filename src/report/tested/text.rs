use std::io::{self, Write};

use belfry_engine::diag::render_text;

use super::Tested;
use super::sides::write_sides;
use crate::report::plural;
use crate::report::style::{ADDED, REMOVED, STRONG, styled};
use crate::testing::Outcome;

/// Every file with its tests; of those that failed, what was expected beside what came.
pub fn write_tested(out: &mut dyn Write, tested: &Tested<'_>, coloured: bool) -> io::Result<()> {
    for (number, file) in tested.files.iter().enumerate() {
        let own = || tested.outcomes.iter().filter(move |o| o.file == number);
        if own().next().is_none() {
            continue;
        }
        writeln!(out, "{}", styled(STRONG, tested.path(&file.path)))?;
        for outcome in own() {
            let Some(test) = file.tests.get(outcome.test) else {
                continue;
            };
            let sign = match outcome.is_passed() {
                true => styled(ADDED, "  ok  "),
                false => styled(REMOVED, "FAILED"),
            };
            writeln!(out, "  {sign}  {}", test.name)?;
        }
    }
    for (file, test, outcome) in tested.each() {
        if !outcome.is_passed() {
            let path = tested.path(&file.path);
            writeln!(
                out,
                "\n{}",
                styled(STRONG, format!("{}: {path}", test.name))
            )?;
            write_failures(out, outcome, &file.source, &path, coloured)?;
        }
    }
    summary(out, tested)
}

fn write_failures(
    out: &mut dyn Write,
    outcome: &Outcome,
    source: &str,
    path: &str,
    coloured: bool,
) -> io::Result<()> {
    for failure in &outcome.failures {
        let diagnostic = std::slice::from_ref(&failure.diagnostic);
        let rendered = render_text(diagnostic, source, path, coloured);
        writeln!(out, "\n{rendered}")?;
        write_sides(out, &failure.sides)?;
    }
    Ok(())
}

fn summary(out: &mut dyn Write, tested: &Tested<'_>) -> io::Result<()> {
    let (failed, all) = (tested.failed(), tested.outcomes.len());
    let all = plural(all, "test");
    match failed {
        0 => writeln!(out, "\n{all}, none failed"),
        failed => writeln!(
            out,
            "\n{all}, {}",
            styled(REMOVED, format!("{failed} failed"))
        ),
    }
}
