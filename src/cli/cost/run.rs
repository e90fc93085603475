use std::fs;

use super::arguments::{Arguments, Command};
use super::gather::{Gathered, gather};
use super::publish::publish;
use crate::cli::connection::load_suite;
use crate::cli::{CommandError, Context, Exit, Format, Kind};
use crate::cost::Usd;
use crate::report::{GridForm, Paid, spinner, write_cost, write_cost_page};

pub(in crate::cli) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    if let Some(Command::Publish(question)) = &arguments.command {
        return publish(cx, question);
    }
    let form = form(cx)?;
    let loaded = load_suite(cx)?;
    let watching = spinner(cx.watched, "asking what was spent");
    let gathered = cx.block_on(gather(cx, &loaded, &arguments.question));
    watching.finish_and_clear();
    let gathered = gathered?;
    let paid = Paid {
        notes: notes(&gathered, cx)?,
        suite: loaded.suite.name,
    };
    let statement = &gathered.statement;
    if let Some(path) = &arguments.html {
        let mut page = Vec::new();
        write_cost_page(&mut page, statement, &paid)?;
        fs::write(path, page).map_err(|error| {
            let error = anyhow::Error::new(error);
            CommandError::new(
                Kind::User,
                error.context(format!("`{}` cannot be written", path.display())),
            )
        })?;
    }
    match form {
        Some(form) => write_cost(&mut cx.out, statement, &paid, form)?,
        None => {
            let mut json = statement.json();
            json["notes"] = paid.notes.into();
            writeln!(cx.out, "{json:#}")?;
        }
    }
    Ok(Exit::Fine)
}

/// Nothing for JSON.
fn form(cx: &Context) -> Result<Option<GridForm>, CommandError> {
    Ok(match cx.globals.format {
        Format::Json => None,
        Format::Table => Some(GridForm::Table(cx.width)),
        Format::Markdown => Some(GridForm::Markdown),
        Format::Csv => Some(GridForm::Csv),
        Format::Junit | Format::Github | Format::Sarif => {
            let message = "costs are printed as table, JSON, CSV or Markdown";
            return Err(CommandError::usage(message));
        }
    })
}

fn notes(gathered: &Gathered, cx: &Context) -> Result<Vec<String>, CommandError> {
    let asking = &gathered.asking;
    let mut notes: Vec<String> = gathered.behind().into_iter().collect();
    notes.extend(gathered.budget_note.iter().cloned());
    notes.extend(asking.notes.iter().cloned());
    if let Some(error) = &gathered.unscored {
        notes.push(format!(
            "how many transactions were scored was not told: {}",
            error.error
        ));
    }
    if gathered.local {
        notes.push("answered by the embedded Cost Explorer, which costs nothing; the forecast's model is Belfry's own, AWS does not publish its".to_owned());
        if gathered.metered {
            notes.push(
                "what `belfry up` metered is an estimate by list prices, and no bill".to_owned(),
            );
        }
        return Ok(notes);
    }
    if let Some(oldest) = asking.oldest {
        let minutes = cx.clock.now().0.saturating_sub(oldest.0) / 60_000;
        let age = match minutes {
            0..60 => format!("{minutes} min"),
            _ => format!("{} h {} min", minutes / 60, minutes % 60),
        };
        notes.push(format!(
            "answers of today are kept; the oldest is {age} old (--refresh asks again)"
        ));
    }
    let cents = |requests: u64| {
        Usd::new(rust_decimal::Decimal::new(
            i64::try_from(requests).unwrap_or(i64::MAX),
            2,
        ))
    };
    let (now, month) = (u64::from(asking.requests), asking.month()?);
    notes.push(format!(
        "Cost Explorer was asked {now} times now ({}), {month} times this month ({})",
        cents(now),
        cents(month)
    ));
    Ok(notes)
}
