use std::sync::Arc;

use belfry_engine::base::Millis;
use belfry_engine::dashboard::{Axis, Drawing, Legend, LogWidget, Plot, Side, View, draw};

use super::super::html::{escape, notice};
use super::super::range::Range;
use super::super::{DashboardSource, QueryTable};
use super::card::Size;
use super::missing;

/// A log widget: the answer of its query as a table or drawn, or why there is none.
pub(super) async fn content(
    source: &Arc<dyn DashboardSource>,
    widget: &LogWidget,
    range: &Range,
    size: Size,
) -> String {
    if let Some(reason) = &widget.refused {
        return notice(reason);
    }
    if let Some(reason) = missing::elsewhere(source, &widget.region) {
        return notice(&reason);
    }
    let answer = source
        .query(&widget.log_groups, &widget.query, range.start, range.end)
        .await;
    match answer {
        Err(error) => notice(&error.to_string()),
        Ok(found) if found.rows.is_empty() => {
            notice(&format!("the query found nothing from {}", range.words()))
        }
        Ok(found) => match widget.view {
            None => table(&found),
            Some(view) => drawn(widget, view, &found, range, size),
        },
    }
}

fn table(found: &QueryTable) -> String {
    let head: String = found
        .columns
        .iter()
        .map(|name| format!("<th>{}</th>", escape(name)))
        .collect();
    let cell = |cell: &Option<String>| {
        let text = cell.as_deref().unwrap_or_default();
        let class = match text.parse::<f64>() {
            Ok(_) => " class=\"number\"",
            Err(_) => "",
        };
        format!("<td{class}>{}</td>", escape(text))
    };
    let row = |row: &Vec<Option<String>>| {
        let cells: String = row.iter().map(cell).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String = found.rows.iter().map(row).collect();
    format!("<table><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>\n")
}

fn drawn(widget: &LogWidget, view: View, found: &QueryTable, range: &Range, size: Size) -> String {
    let plots = match view {
        View::TimeSeries => over_time(found),
        View::Bar | View::Pie | View::SingleValue | View::Gauge => by_group(view, found, range.end),
    };
    let plots = match plots {
        Ok(plots) => plots,
        Err(reason) => return [notice(&reason), table(found)].concat(),
    };
    let drawing = Drawing {
        view,
        stacked: widget.stacked && view == View::TimeSeries,
        start: range.start,
        end: range.end,
        left: Axis::default(),
        right: Axis::default(),
        legend: Legend::Bottom,
        horizontal: Vec::new(),
        vertical: Vec::new(),
        plots,
        width: size.width,
        height: size.height,
    };
    draw(&drawing)
}

/// The colour of bars: they are one series.
const BAR: &str = "#3b82c4";

/// A bar or slice for each row: its group, then its number.
fn by_group(view: View, found: &QueryTable, at: Millis) -> Result<Vec<Plot>, String> {
    if found.columns.len() != 2 {
        return Err(format!(
            "a bar or pie needs one group and one number (`stats … by field`), the query gives {} columns",
            found.columns.len()
        ));
    }
    let plot = |row: &Vec<Option<String>>| {
        let cell = |index: usize| row.get(index).and_then(Option::as_deref);
        let value = cell(1).and_then(|text| text.parse().ok())?;
        Some(Plot {
            label: cell(0).unwrap_or("(none)").to_owned(),
            color: (view == View::Bar).then(|| BAR.to_owned()),
            side: Side::Left,
            period: 60_000,
            points: vec![(at, value)],
        })
    };
    let plots: Vec<_> = found.rows.iter().filter_map(plot).collect();
    match plots.is_empty() {
        true => Err(format!("`{}` is no number", found.columns[1])),
        false => Ok(plots),
    }
}

/// A line for each column behind the first, which is a moment (`stats … by bin()`).
fn over_time(found: &QueryTable) -> Result<Vec<Plot>, String> {
    let moment = |text: &str| Millis::parse_rfc3339(&format!("{}Z", text.replace(' ', "T")));
    let at = |row: &Vec<Option<String>>| row.first()?.as_deref().and_then(moment);
    let mut rows: Vec<_> = found
        .rows
        .iter()
        .filter_map(|r| Some((at(r)?, r)))
        .collect();
    if rows.len() < found.rows.len() {
        return Err("a line needs `bin()` as its first column (`stats … by bin(5m)`)".to_owned());
    }
    rows.sort_by_key(|(at, _)| *at);
    let period = rows
        .windows(2)
        .map(|pair| pair[1].0.0 - pair[0].0.0)
        .filter(|gap| *gap > 0)
        .min()
        .unwrap_or(60_000);
    if rows.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(
            "several rows of one moment: a second group is not drawn as lines here".to_owned(),
        );
    }
    let line = |(index, name): (usize, &String)| Plot {
        label: name.clone(),
        color: None,
        side: Side::Left,
        period,
        points: rows
            .iter()
            .filter_map(|(at, row)| Some((*at, row.get(index)?.as_deref()?.parse().ok()?)))
            .collect(),
    };
    Ok(found.columns.iter().enumerate().skip(1).map(line).collect())
}
