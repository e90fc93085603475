use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::alarms::Contributor;
use crate::alarms::refusal::{constraint, invalid, refuse};
use crate::insights::{QueryResults, ResultRow};
use crate::metrics::MetricError;

const LONGEST: usize = 2048;
/// Fields of `by` (user guide, log alarms).
const MOST_FIELDS: usize = 5;
const FUNCTIONS: [&str; 5] = ["count", "avg", "sum", "min", "max"];

/// `AggregationExpression`: how the rows of a query become one value, or one a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aggregation {
    text: String,
    function: &'static str,
    /// None counts rows.
    field: Option<String>,
    by: Vec<String>,
    descending: Option<bool>,
}

impl Aggregation {
    /// Reads `count(*) | avg(f) | sum(f) | min(f) | max(f)`, `by` up to five fields, `| sort asc` or
    /// `| sort desc`. Texts of refusals are in AWS's manner.
    pub fn parse(text: &str) -> Result<Self, MetricError> {
        let member = "scheduledQueryConfiguration.aggregationExpression";
        refuse(text.is_empty(), || {
            constraint(text, member, "have length greater than or equal to 1")
        })?;
        refuse(text.chars().count() > LONGEST, || {
            let most = format!("have length less than or equal to {LONGEST}");
            constraint(text, member, &most)
        })?;
        let wrong = |what: &str| invalid(format!("Invalid AggregationExpression '{text}': {what}"));
        let mut parts = text.split('|').map(str::trim);
        let stats = parts.next().unwrap_or_default();
        let descending = match (parts.next(), parts.next()) {
            (None, _) => None,
            (Some(sort), None) => Some(
                direction(sort)
                    .ok_or_else(|| wrong("expected `sort asc` or `sort desc` behind `|`"))?,
            ),
            _ => return Err(wrong("expected one expression, and at most one `sort`")),
        };
        let (function, field, rest) = call(stats)
            .ok_or_else(|| wrong("expected count(*), avg(f), sum(f), min(f) or max(f)"))?;
        let by = fields(rest).ok_or_else(|| wrong("expected `by` and names of fields"))?;
        refuse(by.len() > MOST_FIELDS, || {
            format!(
                "Invalid AggregationExpression '{text}': more than {MOST_FIELDS} fields in `by`"
            )
        })?;
        if descending.is_some() && by.is_empty() {
            return Err(wrong("`sort` needs `by`"));
        }
        Ok(Self {
            text: text.to_owned(),
            function,
            field,
            by,
            descending,
        })
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The fields behind `by`.
    pub fn by(&self) -> &[String] {
        &self.by
    }

    /// The values of an answer: one a group, in the order of the groups' fields unless sorted, or one for all rows.
    /// `None` where a group has nothing to aggregate.
    pub(super) fn values(&self, results: &QueryResults) -> Vec<(Contributor, Option<f64>)> {
        if self.by.is_empty() {
            let rows: Vec<&ResultRow> = results.rows.iter().collect();
            return vec![(Contributor::default(), self.value(&results.columns, &rows))];
        }
        let places: Vec<_> = self
            .by
            .iter()
            .map(|field| place(&results.columns, field))
            .collect();
        let mut groups: BTreeMap<Vec<Option<&str>>, Vec<&ResultRow>> = BTreeMap::new();
        for row in &results.rows {
            let key = places.iter().map(|at| cell(row, *at));
            groups.entry(key.collect()).or_default().push(row);
        }
        let mut values: Vec<_> = groups
            .into_iter()
            .map(|(key, rows)| {
                let names = self.by.iter().map(String::as_str);
                let attributes = names.zip(key).filter_map(|(n, v)| Some((n, v?)));
                let value = self.value(&results.columns, &rows);
                (Contributor::new(attributes), value)
            })
            .collect();
        if let Some(descending) = self.descending {
            values.sort_by(|(_, a), (_, b)| by_value(*a, *b, descending));
        }
        values
    }

    fn value(&self, columns: &[String], rows: &[&ResultRow]) -> Option<f64> {
        let Some(field) = &self.field else {
            return u32::try_from(rows.len()).ok().map(f64::from);
        };
        let at = place(columns, field);
        let numbers = rows.iter().filter_map(|row| {
            let number: f64 = cell(row, at)?.trim().parse().ok()?;
            number.is_finite().then_some(number)
        });
        let numbers: Vec<f64> = numbers.collect();
        let count = u32::try_from(numbers.len())
            .ok()
            .filter(|count| *count > 0)?;
        let sum: f64 = numbers.iter().sum();
        match self.function {
            "avg" => Some(sum / f64::from(count)),
            "sum" => Some(sum),
            "min" => numbers.into_iter().reduce(f64::min),
            _ => numbers.into_iter().reduce(f64::max),
        }
    }
}

/// A group without a value stands last.
fn by_value(a: Option<f64>, b: Option<f64>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => b.total_cmp(&a),
        (Some(a), Some(b)) => a.total_cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

fn place(columns: &[String], field: &str) -> Option<usize> {
    columns.iter().position(|column| column == field)
}

fn cell(row: &ResultRow, at: Option<usize>) -> Option<&str> {
    row.cells.get(at?)?.as_deref()
}

fn direction(sort: &str) -> Option<bool> {
    let mut words = sort.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some("sort"), Some("asc"), None) => Some(false),
        (Some("sort"), Some("desc"), None) => Some(true),
        _ => None,
    }
}

/// The function, the field of `avg(latency)` and what stands behind it.
fn call(stats: &str) -> Option<(&'static str, Option<String>, &str)> {
    let (function, rest) = stats.split_once('(')?;
    let (argument, rest) = rest.split_once(')')?;
    let function = FUNCTIONS.into_iter().find(|f| *f == function.trim())?;
    let field = match (function, argument.trim()) {
        ("count", "*") => None,
        ("count", _) => return None,
        (_, argument) => Some(field(argument)?),
    };
    Some((function, field, rest.trim()))
}

fn fields(rest: &str) -> Option<Vec<String>> {
    if rest.is_empty() {
        return Some(Vec::new());
    }
    let list = rest
        .strip_prefix("by")
        .filter(|list| list.starts_with(char::is_whitespace))?;
    list.split(',').map(|name| field(name.trim())).collect()
}

/// A plain or quoted name; `bin(5m)` is none.
fn field(text: &str) -> Option<String> {
    let quoted = text.strip_prefix('`').and_then(|t| t.strip_suffix('`'));
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '.');
    let is_plain = text.chars().all(is_word).then_some(text);
    let name = quoted.or(is_plain)?;
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insights::Statistics;

    fn values(text: &str, columns: &[&str], rows: &[&[&str]]) -> String {
        let row = |cells: &&[&str]| ResultRow {
            cells: cells
                .iter()
                .map(|c| (!c.is_empty()).then(|| (*c).to_owned()))
                .collect(),
            position: None,
        };
        let results = QueryResults {
            columns: columns.iter().map(|c| (*c).to_owned()).collect(),
            rows: rows.iter().map(row).collect(),
            statistics: Statistics::default(),
            notes: Vec::new(),
        };
        let values = Aggregation::parse(text).unwrap().values(&results);
        let shown = values.iter().map(|(contributor, value)| {
            let names: Vec<_> = contributor.attributes.values().cloned().collect();
            format!("{}={value:?}", names.join("/"))
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rows_become_one_value_or_one_a_group() {
        let columns = ["host", "ms"];
        let rows: &[&[&str]] = &[
            &["b", "1"],
            &["a", "4"],
            &["a", "x"],
            &["", "7"],
            &["b", ""],
        ];
        assert_eq!(values("count(*)", &columns, rows), "=Some(5.0)");
        assert_eq!(values("avg(ms)", &columns, rows), "=Some(4.0)");
        assert_eq!(values("max( `ms` )", &columns, rows), "=Some(7.0)");
        assert_eq!(
            values("min(ms) by host", &columns, rows),
            "=Some(7.0) a=Some(4.0) b=Some(1.0)"
        );
        assert_eq!(
            values("sum(ms) by host | sort asc", &columns, rows),
            "b=Some(1.0) a=Some(4.0) =Some(7.0)"
        );
        assert_eq!(
            values("count(*) by host | sort desc", &columns, rows),
            "a=Some(2.0) b=Some(2.0) =Some(1.0)"
        );
        assert_eq!(values("sum(absent)", &columns, rows), "=None");
        assert_eq!(values("count(*)", &columns, &[]), "=Some(0.0)");
        assert_eq!(values("avg(ms) by host", &columns, &[]), "");
    }

    #[test]
    fn what_is_no_aggregation_is_refused() {
        for text in [
            "",
            "count()",
            "count(x)",
            "p99(latency)",
            "avg(*)",
            "avg(a), max(b)",
            "avg(a) by bin(5m)",
            "avg(a) by",
            "avg(a) by a,b,c,d,e,f",
            "avg(a) | sort desc",
            "avg(a) by b | sort",
            "avg(a) by b | sort desc | limit 5",
            "avg(a) host",
        ] {
            let refused = Aggregation::parse(text).unwrap_err();
            assert_eq!(refused.code, "ValidationError", "{text}");
        }
    }
}
