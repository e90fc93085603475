use std::io::{self, Write};

use rust_decimal::prelude::ToPrimitive;

use super::style::{FAINT, STRONG, styled};
use super::{Grid, GridForm, spark};
use crate::cost::Usd;
use crate::cost::statement::{BudgetSource, Burning, Statement};

/// Where the figures come from and what they cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paid {
    /// Lines that stand below the figures: age of answers, requests made, whose forecast.
    pub notes: Vec<String>,
    /// The name of the suite.
    pub suite: String,
}

/// A statement for people, or its table of families for machines (CSV).
pub fn write_cost(
    out: &mut dyn Write,
    statement: &Statement,
    paid: &Paid,
    form: GridForm,
) -> io::Result<()> {
    if form == GridForm::Csv {
        return families(statement, Some(form)).write(out, form);
    }
    heading(out, form, &title(statement, paid))?;
    families(statement, Some(form)).write(out, form)?;
    let lines = sentences(statement);
    if !lines.is_empty() {
        writeln!(out)?;
    }
    for line in lines {
        match form {
            GridForm::Markdown => writeln!(out, "* {line}")?,
            GridForm::Table(_) | GridForm::Csv => writeln!(out, "{line}")?,
        }
    }
    let sections = [
        ("biggest changes of 7 days", changes(statement)),
        ("anomalies", anomalies(statement)),
    ];
    for (name, grid) in sections.iter().filter(|(_, grid)| !grid.is_empty()) {
        writeln!(out)?;
        heading(out, form, name)?;
        grid.write(out, form)?;
    }
    writeln!(out)?;
    for note in notes(statement, paid) {
        match form {
            GridForm::Markdown => writeln!(out, "> {note}")?,
            GridForm::Table(_) | GridForm::Csv => writeln!(out, "{}", styled(FAINT, note))?,
        }
    }
    Ok(())
}

fn heading(out: &mut dyn Write, form: GridForm, text: &str) -> io::Result<()> {
    match form {
        GridForm::Markdown => writeln!(out, "**{text}**\n"),
        GridForm::Table(_) | GridForm::Csv => writeln!(out, "{}", styled(STRONG, text)),
    }
}

/// `cost of fraud-detection on 2026-11-22 (UTC), USD`.
pub(super) fn title(statement: &Statement, paid: &Paid) -> String {
    let mark = if statement.estimated {
        ", part of it still estimated"
    } else {
        ""
    };
    format!(
        "cost of {} on {} (UTC), USD{mark}",
        paid.suite, statement.today
    )
}

/// Families by period, in lines of text with one of the last 30 days; `None` for a page, which has its drawing.
pub(super) fn families(statement: &Statement, form: Option<GridForm>) -> Grid {
    let spans = statement.spans.iter().map(|span| format!(">{}", span.name));
    let mut columns: Vec<String> = ["what".to_owned()].into_iter().chain(spans).collect();
    let has_line = matches!(form, Some(GridForm::Table(_) | GridForm::Markdown));
    if has_line {
        columns.push("30 days".to_owned());
    }
    let mut grid = Grid::new(columns.iter().map(String::as_str));
    let line = |days: &[Usd]| has_line.then(|| bars(days));
    let shown = |amount: Usd| match form {
        Some(GridForm::Csv) => plain(amount),
        _ => amount.column(),
    };
    for family in &statement.families {
        let amounts = family.amounts.iter().map(|amount| shown(*amount));
        let cells = [family.family.name().to_owned()].into_iter().chain(amounts);
        grid.row(cells.chain(line(&family.days)));
    }
    let totals = statement.spans.iter().map(|span| shown(span.amount));
    let cells = ["total".to_owned()].into_iter().chain(totals);
    grid.row(cells.chain(line(&statement.days)));
    grid
}

/// For machines: nothing between thousands, cents at least, and no more than eight decimals.
fn plain(amount: Usd) -> String {
    let dollars = amount.dollars().round_dp(8).normalize();
    match dollars.scale() {
        0..2 => format!("{dollars:.2}"),
        _ => dollars.to_string(),
    }
}

fn bars(days: &[Usd]) -> String {
    let values = days
        .iter()
        .map(|day| day.dollars().to_f64().unwrap_or_default());
    spark::bars(&values.collect::<Vec<_>>())
}

/// Forecast, budget and the price of a unit, each in one sentence.
pub(super) fn sentences(statement: &Statement) -> Vec<String> {
    let mut lines = Vec::new();
    match &statement.month {
        None => {}
        Some(Ok(month)) => lines.push(format!(
            "this month: {} expected, between {} and {} at {} %",
            month.mean, month.lower, month.upper, month.level
        )),
        Some(Err(reason)) => lines.push(format!("this month: no forecast; {reason}")),
    }
    lines.extend(statement.budgets.iter().map(budget));
    match statement.unit_trend() {
        None => lines
            .push("per 1,000 scored transactions: no metric says how many were scored".to_owned()),
        Some((now, before)) => {
            let days: Vec<Usd> = statement.unit.iter().map(|(_, amount)| *amount).collect();
            let before =
                before.map_or_else(String::new, |before| format!(", {before} the week before"));
            lines.push(format!(
                "per 1,000 scored transactions: {now} over the last week{before}  {}",
                bars(&days)
            ));
        }
    }
    lines
}

/// `budget fraud-monthly of $1,500.00: 62 % of the budget …`, with what its reader would otherwise assume wrongly.
fn budget(one: &Burning) -> String {
    let budget = &one.budget;
    let name = match budget.name.as_str() {
        "" => String::new(),
        name => format!(" {name}"),
    };
    let told = match &one.burn {
        Ok(burn) => burn.sentence(),
        Err(reason) => format!("not counted here: {reason}"),
    };
    let mut asides = Vec::new();
    match budget.source {
        BudgetSource::Suite => asides.push("declared by the suite, not in the account".to_owned()),
        BudgetSource::Account(Some(other)) => asides.push(format!("the suite declares {other}")),
        BudgetSource::Account(None) | BudgetSource::Asked => {}
    }
    if one.is_by_account {
        asides.push("as AWS Budgets counted, up to three times a day".to_owned());
    }
    let aside = match asides.is_empty() {
        true => String::new(),
        false => format!(" ({})", asides.join("; ")),
    };
    format!("budget{name} of {}: {told}{aside}", budget.amount)
}

/// Usage types whose cost moved most.
pub(super) fn changes(statement: &Statement) -> Grid {
    let mut grid = Grid::new(["service", "usage type", ">before", ">after", ">difference"]);
    for change in &statement.changes {
        grid.row([
            change.service.clone(),
            change.usage_type.clone(),
            change.before.column(),
            change.after.column(),
            change.difference().column(),
        ]);
    }
    grid
}

/// What monitors found, with who answers for it where that is known.
pub(super) fn anomalies(statement: &Statement) -> Grid {
    let mut grid = Grid::new(["since", "service", "usage type", ">impact", "owner"]);
    for found in &statement.anomalies {
        let owner = found.owner.as_deref().unwrap_or("not known");
        grid.row([
            found.start.get(..10).unwrap_or(&found.start).to_owned(),
            found.service.clone(),
            found.usage_type.clone(),
            format!("{:.2}", found.impact),
            owner.to_owned(),
        ]);
    }
    grid
}

/// What the figures rest on.
pub(super) fn notes(statement: &Statement, paid: &Paid) -> Vec<String> {
    let mut notes = vec!["unblended costs; today's come in over the next day".to_owned()];
    if statement.estimated {
        notes.push(
            "AWS, or a local meter, marks this month's costs as estimated: they may still change"
                .to_owned(),
        );
    }
    notes.extend(paid.notes.iter().cloned());
    notes
}
