use std::io::BufRead as _;

use super::{CommandError, Context};

/// Asks whoever sits at the terminal; no answer is a no.
pub(super) fn is_wanted(cx: &mut Context, question: &str) -> Result<bool, CommandError> {
    let answer = ask(cx, &format!("{question} [y/N] "))?;
    Ok(matches!(answer.as_str(), "y" | "Y" | "yes"))
}

/// What is typed on one line.
pub(super) fn ask(cx: &mut Context, question: &str) -> Result<String, CommandError> {
    cx.out.flush()?;
    write!(cx.err, "\n{question}")?;
    cx.err.flush()?;
    let mut answer = String::new();
    if let Some(answers) = &mut cx.answers {
        answers.read_line(&mut answer)?;
    }
    Ok(answer.trim().to_owned())
}
