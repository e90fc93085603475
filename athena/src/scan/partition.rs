use belfry_engine::catalog::Table;
use jiff::civil::DateTime;

use super::objects::{Object, ObjectError, Objects};
use crate::catalog::{Projection, ProjectionType};
use crate::plan::Scan;
use crate::refusal::{By, Judged, Refusal};
use crate::types::Type;
use crate::value::Value;

/// One object with the values of the partition that it is in.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) object: Object,
    pub(crate) values: Vec<Value>,
}

/// The most partitions that a query may look at, so that a wrong projection ends before memory does.
const MOST: usize = 1_000_000;

/// Whether the conditions hold for a row of which the columns of the given places are known.
pub(crate) type Test<'t> = &'t dyn Fn(&[(usize, Value)]) -> Judged<bool>;

/// The objects that a query reads, in order: those of the partitions that its conditions leave.
pub(crate) fn parts(
    scan: &Scan,
    objects: &dyn Objects,
    now: DateTime,
    test: Test<'_>,
) -> Judged<Vec<Part>> {
    let table = &*scan.table;
    let first = table.columns.len();
    let path = first + table.partition_columns.len();
    let mut all = Vec::new();
    for (texts, folder) in folders(scan, now, test)? {
        let values = values(scan, first, &texts)?;
        for object in objects.list(&folder).map_err(|error| unreadable(&error))? {
            if is_hidden(&object.address, &folder) {
                continue;
            }
            let mut known: Vec<(usize, Value)> = (first..).zip(values.iter().cloned()).collect();
            known.push((path, Value::text(&object.address)));
            if test(&known)? {
                all.push(Part {
                    object,
                    values: values.clone(),
                });
            }
        }
    }
    Ok(all)
}

pub(crate) fn unreadable(error: &ObjectError) -> Box<Refusal> {
    Refusal::value("HIVE_CURSOR_ERROR", error.to_string())
}

/// Athena leaves out objects whose names begin with a dot or an underscore, and markers of folders.
fn is_hidden(address: &str, folder: &str) -> bool {
    let inside = address.strip_prefix(folder).unwrap_or(address);
    let name = inside.rsplit('/').next().unwrap_or(inside);
    name.is_empty() || name.starts_with(['.', '_'])
}

type Folders = Vec<(Vec<String>, String)>;

fn folders(scan: &Scan, now: DateTime, test: Test<'_>) -> Judged<Folders> {
    let table = &*scan.table;
    if table.partition_columns.is_empty() {
        let slash = if table.location.ends_with('/') {
            ""
        } else {
            "/"
        };
        return Ok(vec![(Vec::new(), format!("{}{slash}", table.location))]);
    }
    let projection =
        Projection::of(table).map_err(|error| Refusal::value(error.name, error.message))?;
    let Some(projection) = projection else {
        let kept = table.partitions.iter().filter_map(|(texts, folder)| {
            let slash = if folder.ends_with('/') { "" } else { "/" };
            let known = known(scan, texts)?;
            match test(&known) {
                Ok(true) => Some(Ok((texts.clone(), format!("{folder}{slash}")))),
                Ok(false) => None,
                Err(refusal) => Some(Err(refusal)),
            }
        });
        return kept.collect();
    };
    let mut rows: Vec<Vec<String>> = vec![Vec::new()];
    for (place, of) in projection.columns.iter().enumerate() {
        let column = table.columns.len() + place;
        let values = match of {
            ProjectionType::Injected => injected(scan, table, place)?,
            numbers @ ProjectionType::Integer { .. } => match named(scan, column) {
                Some(texts) => texts
                    .iter()
                    .filter_map(|text| numbers.number(text))
                    .collect(),
                None => numbers.values(now, MOST + 1).unwrap_or_default(),
            },
            other => other.values(now, MOST + 1).unwrap_or_default(),
        };
        if values.len() > MOST {
            return Err(too_many());
        }
        let mut kept = Vec::new();
        for text in values {
            let value = value_of(scan, column, &text)?;
            if test(&[(column, value)])? {
                kept.push(text);
            }
        }
        let with = |row: &Vec<String>| {
            let row = row.clone();
            kept.iter()
                .map(move |text| row.iter().cloned().chain([text.clone()]).collect())
                .collect::<Vec<_>>()
        };
        rows = rows.iter().flat_map(with).collect();
        if rows.len() > MOST {
            return Err(too_many());
        }
    }
    let folder = |row: Vec<String>| {
        let folder = projection.location(table, &row);
        (row, folder)
    };
    Ok(rows.into_iter().map(folder).collect())
}

fn too_many() -> Box<Refusal> {
    let message = format!(
        "more than {MOST} partitions are not looked at here; name the partition columns in WHERE"
    );
    let mut refusal = Refusal::value("EXCEEDED_PARTITION_LIMIT", message);
    refusal.by = By::Belfry;
    refusal
}

/// The values that the query gives for a column by `=` or IN.
fn named(scan: &Scan, column: usize) -> Option<Vec<String>> {
    let mut all = scan.pruning.iter();
    all.find_map(|condition| equals(condition, column))
}

/// The most values of an injected column ("Supported types for partition projection").
const MOST_INJECTED: usize = 1000;

/// The values that the query gives for an injected column by `=` or IN.
fn injected(scan: &Scan, table: &Table, place: usize) -> Judged<Vec<String>> {
    let column = table.columns.len() + place;
    let found = named(scan, column);
    if found
        .as_ref()
        .is_some_and(|found| found.len() > MOST_INJECTED)
    {
        let message =
            format!("more than {MOST_INJECTED} values are given for an injected partition column");
        return Err(Refusal::value("CONSTRAINT_VIOLATION", message));
    }
    found.ok_or_else(|| {
        let name = table.partition_columns.get(place).map_or("", |column| &column.name);
        Refusal::value("CONSTRAINT_VIOLATION", format!("For the injected projected partition column {name}, the WHERE clause must contain only static equality conditions, and at least one such condition must be present."))
    })
}

/// The constants that a condition says the column equals.
fn equals(condition: &crate::plan::Scalar, column: usize) -> Option<Vec<String>> {
    use crate::plan::Node;
    use crate::sql::ast::Comparison;
    let is_column = |part: &crate::plan::Scalar| {
        let inner = match &part.node {
            Node::Cast(inner, _) => inner,
            _ => part,
        };
        matches!(inner.node, Node::Column(place) if place == column)
    };
    let text = |part: &crate::plan::Scalar| {
        let inner = match &part.node {
            Node::Cast(inner, _) => inner,
            _ => part,
        };
        match &inner.node {
            Node::Constant(value) => Some(crate::value::varchar_text(value, &inner.of)),
            _ => None,
        }
    };
    match &condition.node {
        Node::Compare(Comparison::Equal, one, other) if is_column(one) => Some(vec![text(other)?]),
        Node::Compare(Comparison::Equal, one, other) if is_column(other) => Some(vec![text(one)?]),
        Node::In(one, all) if is_column(one) => all.iter().map(text).collect(),
        _ => None,
    }
}

fn known(scan: &Scan, texts: &[String]) -> Option<Vec<(usize, Value)>> {
    let first = scan.table.columns.len();
    let pair = |(place, text): (usize, &String)| Some((place, value_of(scan, place, text).ok()?));
    (first..).zip(texts).map(pair).collect()
}

fn values(scan: &Scan, first: usize, texts: &[String]) -> Judged<Vec<Value>> {
    let value = |(place, text): (usize, &String)| value_of(scan, place, text);
    (first..).zip(texts).map(value).collect()
}

/// The value of a partition's text.
fn value_of(scan: &Scan, place: usize, text: &str) -> Judged<Value> {
    let of = scan.types.get(place).cloned().unwrap_or(Type::VARCHAR);
    match &of {
        Type::Varchar(_) => Ok(Value::text(text)),
        of => crate::func::cast(&Value::text(text), &Type::VARCHAR, of).map_err(|_| {
            let name = scan
                .table
                .partition_columns
                .get(place - scan.table.columns.len())
                .map_or("", |column| &column.name);
            Refusal::value(
                "HIVE_INVALID_PARTITION_VALUE",
                format!("Invalid partition value '{text}' for {of} partition key: {name}"),
            )
        }),
    }
}
