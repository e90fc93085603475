use std::fmt::Write as _;
use std::io::{self, Write};

use belfry_engine::dashboard::escape;
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;

use super::cost::{anomalies, changes, families, notes, sentences, title};
use super::{Grid, Paid};
use crate::cost::Usd;
use crate::cost::statement::Statement;

/// The look of the page. Nothing is loaded from anywhere, so that it can be mailed; on paper, the same in black.
const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;color:#1d2126;max-width:62rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.5rem;margin:0}h2{font-size:1.05rem;margin:1.6rem 0 .4rem}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d9dde1}td.n,th.n{text-align:right;\
font-variant-numeric:tabular-nums}tr.sum td{font-weight:600;border-top:2px solid #1d2126}.cards{display:flex;\
flex-wrap:wrap;gap:.8rem;margin:1rem 0}.card{border:1px solid #d9dde1;border-radius:.4rem;padding:.6rem 1rem}\
.card b{display:block;font-size:1.35rem}.faint{color:#616970;font-size:.85rem}svg{width:100%;height:auto}figure{margin:0}\
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
    let chart = chart(&statement.days, statement.today);
    section(&mut body, "Last 30 days, by day", &chart);
    section(
        &mut body,
        "Where it goes",
        &table(&families(statement, None), true),
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

/// A bar for each day before `today`, with its amount as its title; credits hang below the line.
fn chart(days: &[Usd], today: Date) -> String {
    let most = days.iter().copied().max().unwrap_or_default();
    let least = days.iter().copied().min().unwrap_or_default();
    let (top, bottom) = (most.max(Usd::ZERO), least.min(Usd::ZERO));
    if top == bottom {
        return String::new();
    }
    let (width, height) = (20, 120.0);
    let share = |amount: Usd| {
        let share = amount.dollars().checked_div((top - bottom).dollars());
        share.and_then(|share| share.to_f64()).unwrap_or_default() * height
    };
    let line = 2.0 + share(top);
    let range = match bottom == Usd::ZERO {
        true => format!("up to {top} a day"),
        false => format!("between {bottom} and {top} a day"),
    };
    let mut text = format!(
        "<figure><svg viewBox=\"0 0 {} 124\" role=\"img\" aria-label=\"cost by day, {range}\">\n",
        days.len() * width,
    );
    let mut date = back(today, days.len());
    let first = date;
    for (index, day) in days.iter().enumerate() {
        let bar = share(*day);
        let (y, colour) = match bar < 0.0 {
            true => (line, "#8a929a"),
            false => (line - bar, "#3b82c4"),
        };
        let _ = writeln!(
            text,
            "<rect x=\"{}\" y=\"{y:.1}\" width=\"16\" height=\"{:.1}\" fill=\"{colour}\"><title>{date}: {day}</title></rect>",
            index * width + 2,
            bar.abs(),
        );
        date = date.tomorrow().unwrap_or(date);
    }
    let last = today.yesterday().unwrap_or(today);
    let _ = writeln!(
        text,
        "</svg><figcaption class=\"faint\">{first} to {last}, {range}</figcaption></figure>"
    );
    text
}

fn back(today: Date, days: usize) -> Date {
    let span = i64::try_from(days).map(|days| days.days());
    let back = span.ok().and_then(|span| today.checked_sub(span).ok());
    back.unwrap_or(today)
}
