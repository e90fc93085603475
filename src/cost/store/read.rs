use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::csv::{Cell, Csv, Mistake};
use super::field::Fields;
use super::parquet::Parquet;
use super::{CostLine, CostStore, Dimension, ExportError, cur, focus, read_anomalies};

/// A layout: its name, the columns without which it is not, how a row is read.
struct Layout {
    name: &'static str,
    required: &'static [&'static str],
    line: fn(&Fields<'_>) -> Result<CostLine, Mistake>,
}

const LAYOUTS: &[Layout] = &[
    Layout {
        name: "CUR 2.0",
        required: cur::REQUIRED,
        line: cur::line,
    },
    Layout {
        name: "FOCUS 1.x",
        required: focus::REQUIRED,
        line: focus::line,
    },
];

/// Reads one export into `store`: Parquet where the file's name ends so, else CSV, plain or in gzip.
///
/// # Errors
///
/// A file that cannot be read, is of no known layout, or is wrong at a line and column. Then nothing of it is taken.
pub fn read_export(store: &mut CostStore, path: &Path) -> Result<(), ExportError> {
    let (lines, accounts) = match is_parquet(path) {
        true => rows(path, Parquet::open(path)?)?,
        false => rows(path, Csv::new(&text(path)?))?,
    };
    store.extend(lines);
    store.accounts.extend(accounts);
    store.sources.push(path.display().to_string());
    Ok(())
}

/// Reads every export of a folder, by name: `*.csv`, `*.csv.gz`, `*.parquet`, `*anomalies.json`, `*monitors.json`. Other files are left alone.
///
/// # Errors
///
/// As [`read_export`].
pub fn read_folder(store: &mut CostStore, folder: &Path) -> Result<(), ExportError> {
    let failed = |source| ExportError::Read {
        path: folder.to_owned(),
        source,
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    for path in paths {
        let name = path.to_string_lossy().to_ascii_lowercase();
        if name.ends_with(".csv") || name.ends_with(".csv.gz") || is_parquet(&path) {
            read_export(store, &path)?;
        } else if name.ends_with("anomalies.json") || name.ends_with("monitors.json") {
            read_anomalies(store, &path)?;
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<String, ExportError> {
    let bytes = fs::read(path).map_err(|source| ExportError::Read {
        path: path.to_owned(),
        source,
    })?;
    let wrong = |before: &[u8], reason: String| {
        let (line, column) = place(before);
        ExportError::Wrong {
            path: path.to_owned(),
            line,
            column,
            reason,
        }
    };
    let bytes = match bytes.starts_with(&[0x1f, 0x8b]) {
        true => {
            let mut plain = Vec::new();
            let mut decoder = MultiGzDecoder::new(bytes.as_slice());
            let read = decoder.read_to_end(&mut plain);
            read.map_err(|error| {
                wrong(
                    &plain,
                    format!("the gzip ends here, or is damaged: {error}"),
                )
            })?;
            plain
        }
        false => bytes,
    };
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        wrong(&error.as_bytes()[..valid], "no UTF-8".to_owned())
    })
}

/// The line and the column, from 1, of what follows `before`.
fn place(before: &[u8]) -> (usize, usize) {
    let last = before.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    let line = before.split(|b| *b == b'\n').count();
    (line, String::from_utf8_lossy(last).chars().count() + 1)
}

fn is_parquet(path: &Path) -> bool {
    let extension = path.extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("parquet"))
}

/// Rows of cells, wherever they come from; the first holds the names of the columns.
pub(super) trait Rows {
    /// The next row; nothing at the end.
    fn row(&mut self) -> Result<Option<Vec<Cell>>, Mistake>;

    /// The mistake as it is told of the file at `path`.
    fn wrong(&self, path: &Path, mistake: Mistake) -> ExportError;
}

type Parsed = (Vec<CostLine>, BTreeMap<String, String>);

fn rows(path: &Path, mut rows: impl Rows) -> Result<Parsed, ExportError> {
    let header = rows.row().map_err(|mistake| rows.wrong(path, mistake))?;
    let header = header.unwrap_or_default();
    let mut names = BTreeMap::new();
    for (index, cell) in header.iter().enumerate() {
        if names.insert(cell.text.trim().to_owned(), index).is_some() {
            let reason = format!("the column `{}` comes twice", cell.text);
            return Err(rows.wrong(path, (cell.line, cell.column, reason)));
        }
    }
    let layout = layout(path, &names)?;
    let (mut lines, mut accounts) = (Vec::new(), BTreeMap::new());
    loop {
        let line = match rows.row() {
            Ok(None) => return Ok((lines, accounts)),
            Ok(Some(cells)) => line(layout, &names, cells, &mut accounts),
            Err(mistake) => Err(mistake),
        };
        lines.push(line.map_err(|mistake| rows.wrong(path, mistake))?);
    }
}

fn line(
    layout: &Layout,
    names: &BTreeMap<String, usize>,
    cells: Vec<Cell>,
    accounts: &mut BTreeMap<String, String>,
) -> Result<CostLine, Mistake> {
    let fields = Fields::new(names, cells)?;
    let line = (layout.line)(&fields)?;
    let name = fields
        .text("SubAccountName")
        .or_else(|| fields.text("line_item_usage_account_name"));
    if let (Some(id), Some(name)) = (line.dimensions.get(&Dimension::LinkedAccount), name) {
        accounts.insert(id.clone(), name.to_owned());
    }
    Ok(line)
}

fn layout(path: &Path, names: &BTreeMap<String, usize>) -> Result<&'static Layout, ExportError> {
    let missing = |layout: &Layout| {
        let required = layout.required.iter().copied();
        required
            .filter(|name| !names.contains_key(*name))
            .collect::<Vec<_>>()
    };
    if let Some(found) = LAYOUTS.iter().find(|layout| missing(layout).is_empty()) {
        return Ok(found);
    }
    let nearest = LAYOUTS.iter().min_by_key(|layout| missing(layout).len());
    let reason = nearest.map_or_else(String::new, |layout| {
        let columns = missing(layout).join("`, `");
        format!(
            "its header is neither CUR 2.0's nor FOCUS 1.x's; for {} it lacks `{columns}`",
            layout.name
        )
    });
    Err(ExportError::Layout {
        path: path.to_owned(),
        reason,
    })
}
