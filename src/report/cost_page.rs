use std::fmt::Write as _;
use std::io::{self, Write};

use belfry_engine::dashboard::escape;
use rust_decimal::prelude::ToPrimitive;

use super::cost::{anomalies, changes, families, notes, sentences, title};
use super::{Grid, GridForm, Paid};
use crate::cost::Usd;
use crate::cost::statement::Statement;

/// The look of the page. Nothing is loaded from anywhere, so that it can be mailed; on paper, the same in black.
const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;color:#1d2126;max-width:62rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.5rem;margin:0}h2{font-size:1.05rem;margin:1.6rem 0 .4rem}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d9dde1}td.n,th.n{text-align:right;\
font-variant-numeric:tabular-nums}tr.sum td{font-weight:600;border-top:2px solid #1d2126}.cards{display:flex;\
flex-wrap:wrap;gap:.8rem;margin:1rem 0}.card{border:1px solid #d9dde1;border-radius:.4rem;padding:.6rem 1rem}\
.card b{display:block;font-size:1.35rem}.faint{color:#616970;font-size:.85rem}svg{width:100%;height:auto}\
@media print{body{margin:0;max-width:none}.card,table,figure{break-inside:avoid}@page{margin:15mm}}";

/// One page of HTML that holds everything it shows.
pub fn write_cost_page(out: &mut dyn Write, statement: &Statement, paid: &Paid) -> io::Result<()> {
    let title = escape(&title(statement, paid));
    let mut body = format!("<h1>{title}</h1>\n<div class=\"cards\">\n");
    for span in &statement.spans {
        card(&mut body, span.name, &span.amount.to_string());
    }
    if let Some(Ok(month)) = &statement.month {
        let bounds = format!("forecast, {} to {}", month.lower, month.upper);
        card(&mut body, &bounds, &month.mean.to_string());
    }
    if let Some((now, _)) = statement.unit_trend() {
        card(&mut body, "per 1,000 scored, last week", &now.to_string());
    }
    body.push_str("</div>\n");
    for sentence in sentences(statement) {
        paragraph(&mut body, "", &sentence);
    }
    section(&mut body, "Last 30 days, by day", &chart(&statement.days));
    section(
        &mut body,
        "Where it goes",
        &table(&families(statement, GridForm::Csv), true),
    );
    section(
        &mut body,
        "Biggest changes of 7 days",
        &table(&changes(statement), false),
    );
    section(&mut body, "Anomalies", &table(&anomalies(statement), false));
    for note in notes(statement, paid) {
        paragraph(&mut body, " class=\"faint\"", &note);
    }
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n{body}</body>\n</html>"
    )
}

fn card(body: &mut String, name: &str, amount: &str) {
    let (name, amount) = (escape(name), escape(amount));
    // Writing to a text does not fail.
    let _ = writeln!(body, "<div class=\"card\">{name}<b>{amount}</b></div>");
}

fn paragraph(body: &mut String, class: &str, text: &str) {
    let _ = writeln!(body, "<p{class}>{}</p>", escape(text));
}

fn section(body: &mut String, name: &str, inner: &str) {
    if !inner.is_empty() {
        let _ = writeln!(body, "<h2>{name}</h2>\n{inner}");
    }
}

/// A grid as a table; `sum`: its last row is the sum of the others.
fn table(grid: &Grid, sum: bool) -> String {
    if grid.is_empty() {
        return String::new();
    }
    let (columns, right, rows) = grid.parts();
    let class = |index: usize| match right.get(index) {
        Some(true) => " class=\"n\"",
        _ => "",
    };
    let cells = |name: &str, cells: &[String]| -> String {
        let cells = cells.iter().enumerate();
        cells
            .map(|(index, cell)| format!("<{name}{}>{}</{name}>", class(index), escape(cell)))
            .collect()
    };
    let mut text = format!("<table>\n<tr>{}</tr>\n", cells("th", columns));
    for (index, row) in rows.iter().enumerate() {
        let last = sum && index + 1 == rows.len();
        let kind = if last { " class=\"sum\"" } else { "" };
        let _ = writeln!(text, "<tr{kind}>{}</tr>", cells("td", row));
    }
    text + "</table>"
}

/// A bar for each day, with its amount as its title.
fn chart(days: &[Usd]) -> String {
    let most = days.iter().copied().max().unwrap_or_default();
    if most <= Usd::ZERO {
        return String::new();
    }
    let (width, height) = (20, 120.0);
    let mut text = format!(
        "<figure><svg viewBox=\"0 0 {} 124\" role=\"img\" aria-label=\"cost by day, up to {}\">\n",
        days.len() * width,
        most
    );
    for (index, day) in days.iter().enumerate() {
        let share = (day.dollars() / most.dollars())
            .to_f64()
            .unwrap_or_default()
            .max(0.0);
        let bar = share * height;
        let _ = writeln!(
            text,
            "<rect x=\"{}\" y=\"{:.1}\" width=\"16\" height=\"{bar:.1}\" fill=\"#3b82c4\"><title>{day}</title></rect>",
            index * width + 2,
            122.0 - bar,
        );
    }
    text + "</svg></figure>"
}
