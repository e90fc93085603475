use belfry_engine::diag::{ALL_CODES, Code, nearest};
use belfry_engine::insights::{CHOICES, SETTLED};
use clap::Args;

use super::{CommandError, Context, Exit};

/// Explain a code that a message carries
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The code, such as Q0301, or `choices`: what Logs Insights leaves open; without it, all codes are listed
    code: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  belfry explain Q0301    what this code means and what would work
  belfry explain choices  what is chosen where AWS documents nothing, and how to choose otherwise
  belfry explain          all codes";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    match &arguments.code {
        None => list(cx)?,
        Some(name) if name.eq_ignore_ascii_case("choices") => choices(cx)?,
        Some(name) => {
            let code = find(name)?;
            writeln!(
                cx.out,
                "{}: {}\n\n{}",
                code.name, code.title, code.explanation
            )?;
        }
    }
    Ok(Exit::Fine)
}

fn choices(cx: &mut Context) -> Result<(), CommandError> {
    writeln!(
        cx.out,
        "Choices of Logs Insights, the default first; switched by `belfry query --file … --choice NAME=VALUE`."
    )?;
    for choice in CHOICES {
        writeln!(cx.out, "\n{}: {}", choice.name, choice.summary)?;
        for known in choice.values {
            writeln!(cx.out, "  {:<14} {}", known.value, known.meaning)?;
        }
        writeln!(cx.out, "  source: {}", choice.source)?;
    }
    writeln!(cx.out, "\nWithout a switch:")?;
    for settled in SETTLED {
        writeln!(cx.out, "  {} ({})", settled.choice, settled.because)?;
    }
    Ok(())
}

fn codes() -> impl Iterator<Item = &'static Code> {
    ALL_CODES.iter().flat_map(|table| table.iter().copied())
}

fn list(cx: &mut Context) -> Result<(), CommandError> {
    for code in codes() {
        writeln!(cx.out, "{}  {}", code.name, code.title)?;
    }
    Ok(())
}

fn find(name: &str) -> Result<&'static Code, CommandError> {
    let found = codes().find(|code| code.name.eq_ignore_ascii_case(name));
    found.ok_or_else(|| {
        let error = CommandError::user(format!("no code is called `{name}`"));
        match nearest(name, codes().map(|code| code.name)) {
            Some(near) => error.hint(format!("a code with a similar name exists: {near}")),
            None => error.hint("`belfry explain` lists all codes"),
        }
    })
}
