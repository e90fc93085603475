use std::io::{self, Write};

use rust_decimal::Decimal;

use super::style::{FAINT, STRONG, styled};
use super::{Grid, GridForm};
use crate::cost::estimate::{Assumptions, Dimension, Estimate, Field, LogSample, Subject};
use crate::cost::{Allowances, Usd};

/// How many fields and dimensions are shown.
const MOST: usize = 8;

/// An estimate for people: what is paid at each rate, what drives it, what would bring it down, what it rests on.
pub fn write_estimate(
    out: &mut dyn Write,
    estimate: &Estimate,
    subject: &Subject,
    assumed: &Assumptions,
    form: GridForm,
) -> io::Result<()> {
    bills(estimate).write(out, form)?;
    if form == GridForm::Csv {
        return Ok(());
    }
    let fields = fields(estimate);
    let title = "dearest log fields: ingestion and storage";
    section(out, form, title, &fields)?;
    let dimensions = dimensions(&estimate.dimensions);
    let title = "dearest metric dimensions: metrics there would not be without them, and those of one more value";
    section(out, form, title, &dimensions)?;
    section(out, form, "what would bring it down", &variants(estimate))?;
    basis(out, form, estimate, &subject.sample, assumed)
}

fn at(rate: Decimal) -> String {
    format!(
        "at {}/s",
        super::grouped(u64::try_from(rate).unwrap_or_default())
    )
}

fn bills(estimate: &Estimate) -> Grid {
    let columns = estimate
        .rates
        .iter()
        .map(|rate| format!(">USD {}", at(*rate)));
    let columns: Vec<String> = ["what".to_owned()].into_iter().chain(columns).collect();
    let mut grid = Grid::new(columns.iter().map(String::as_str));
    let Some(first) = estimate.bills.first() else {
        return grid;
    };
    let alike = alike(estimate);
    for (index, line) in first.lines.iter().enumerate() {
        if alike.contains(&index) {
            continue;
        }
        let mark = line.certainty.mark();
        let quantity = match line.unit.ends_with("-month") || line.unit.contains("metric-month") {
            true => format!("{} ", line.quantity),
            false => String::new(),
        };
        let amounts = estimate
            .bills
            .iter()
            .map(|bill| bill.lines[index].amount.column());
        grid.row(
            [format!("{quantity}{}{mark}", line.what)]
                .into_iter()
                .chain(amounts),
        );
    }
    if !alike.is_empty() {
        let sums = estimate.bills.iter().map(|bill| {
            let sum: Usd = alike.iter().map(|index| bill.lines[*index].amount).sum();
            sum.column()
        });
        let name = format!("scans: {} saved queries, each alike", alike.len());
        grid.row([name].into_iter().chain(sums));
    }
    let totals = estimate.bills.iter().map(|bill| bill.total().column());
    grid.row(["total a month".to_owned()].into_iter().chain(totals));
    grid
}

/// Saved queries that cost the same are one row; JSON has each.
fn alike(estimate: &Estimate) -> Vec<usize> {
    let Some(bill) = estimate.bills.last() else {
        return Vec::new();
    };
    let queries = bill.lines.iter().enumerate();
    let queries = queries.filter(|(_, line)| {
        line.what.starts_with("scans: query ") && !line.what.contains(", over ")
    });
    let queries: Vec<_> = queries.collect();
    let same = queries
        .windows(2)
        .all(|pair| pair[0].1.amount == pair[1].1.amount);
    match queries.len() > 2 && same {
        true => queries.into_iter().map(|(index, _)| index).collect(),
        false => Vec::new(),
    }
}

fn fields(estimate: &Estimate) -> Grid {
    let mut columns = vec!["log field".to_owned(), ">bytes a request".to_owned()];
    columns.extend(
        estimate
            .rates
            .iter()
            .map(|rate| format!(">USD {}", at(*rate))),
    );
    let mut grid = Grid::new(columns.iter().map(String::as_str));
    let fields = &estimate.fields;
    let (shown, rest) = fields.split_at(fields.len().min(MOST));
    let mut row = |name: String, of: &[Field]| {
        let bytes: Decimal = of.iter().map(|field| field.bytes).sum();
        let amounts = (0..estimate.rates.len()).map(|index| {
            let amount: Usd = of.iter().map(|field| field.amounts[index]).sum();
            amount.column()
        });
        let cells = [name, bytes.round_dp(1).normalize().to_string()];
        grid.row(cells.into_iter().chain(amounts));
    };
    for field in shown {
        row(field.name.clone(), std::slice::from_ref(field));
    }
    if !rest.is_empty() {
        row(format!("{} more", rest.len()), rest);
    }
    grid
}

fn dimensions(dimensions: &[Dimension]) -> Grid {
    let mut grid = Grid::new([
        "dimension",
        ">metrics",
        ">USD a month",
        ">one more value: metrics",
        ">USD a month",
    ]);
    for dimension in dimensions.iter().take(MOST) {
        grid.row([
            dimension.name.clone(),
            dimension.metrics.normalize().to_string(),
            dimension.amount.column(),
            format!("+{}", dimension.another_metrics.normalize()),
            format!("+{}", dimension.another_amount.column()),
        ]);
    }
    grid
}

fn variants(estimate: &Estimate) -> Grid {
    let columns = estimate
        .rates
        .iter()
        .map(|rate| format!(">USD {}", at(*rate)));
    let columns: Vec<String> = ["instead".to_owned()]
        .into_iter()
        .chain(columns)
        .chain(["loses".to_owned()])
        .collect();
    let mut grid = Grid::new(columns.iter().map(String::as_str));
    for (variant, totals) in &estimate.variants {
        let totals = totals.iter().map(|total| total.column());
        let cells = [variant.name.to_owned()].into_iter().chain(totals);
        grid.row(cells.chain([variant.loses.to_owned()]));
    }
    grid
}

fn section(out: &mut dyn Write, form: GridForm, title: &str, grid: &Grid) -> io::Result<()> {
    if grid.is_empty() {
        return Ok(());
    }
    match form {
        GridForm::Markdown => writeln!(out, "\n**{title}**\n")?,
        GridForm::Table(_) | GridForm::Csv => writeln!(out, "\n{}", styled(STRONG, title))?,
    }
    grid.write(out, form)
}

fn basis(
    out: &mut dyn Write,
    form: GridForm,
    estimate: &Estimate,
    sample: &LogSample,
    assumed: &Assumptions,
) -> io::Result<()> {
    let mut lines = vec![
        format!(
            "estimate by list prices of {} up to {}; {}",
            estimate.region,
            estimate.as_of,
            match assumed.allowances {
                Allowances::Used =>
                    "the account's free tier is taken as used (--free-tier takes it off)",
                Allowances::Free => "the account's free tier is taken off",
            }
        ),
        format!(
            "{} bytes a request, measured on {} lines of `{}`; gzip leaves {} of a byte there",
            sample.bytes_per_request().round_dp(0),
            super::grouped(sample.lines),
            sample.name,
            sample.gzip_ratio().round_dp(3),
        ),
    ];
    let values = assumed
        .all()
        .map(|(row, value)| format!("{}={value}", row.key));
    let values: Vec<String> = values.collect();
    lines.push(format!(
        "assumed (--assume KEY=NUMBER): {}",
        values.join(", ")
    ));
    lines.extend(
        estimate
            .unknown
            .iter()
            .map(|reason| format!("not priced: {reason}")),
    );
    let marked = estimate.bills.iter().flat_map(|bill| bill.doubtful());
    if marked.count() > 0 {
        lines.push(
            "prices marked (single source) or (uncertain) are not confirmed: docs/prices.md"
                .to_owned(),
        );
    }
    writeln!(out)?;
    for line in lines {
        match form {
            GridForm::Markdown => writeln!(out, "* {line}")?,
            GridForm::Table(_) | GridForm::Csv => writeln!(out, "{}", styled(FAINT, line))?,
        }
    }
    Ok(())
}
