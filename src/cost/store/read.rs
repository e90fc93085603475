use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::csv::{Csv, Mistake};
use super::field::Fields;
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

/// Reads one export into `store`: CSV, or CSV in gzip where the file's name ends so.
///
/// # Errors
///
/// A file that cannot be read, is of no known layout, or is wrong at a line and column. Then nothing of it is taken.
pub fn read_export(store: &mut CostStore, path: &Path) -> Result<(), ExportError> {
    let text = text(path)?;
    let (lines, accounts) = parse(path, &text)?;
    store.extend(lines);
    store.accounts.extend(accounts);
    store.sources.push(path.display().to_string());
    Ok(())
}

/// Reads every export of a folder, by name: `*.csv`, `*.csv.gz`, `*anomalies.json`. Other files are left alone, Parquet is refused.
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
        if name.ends_with(".csv") || name.ends_with(".csv.gz") || name.ends_with(".parquet") {
            read_export(store, &path)?;
        } else if name.ends_with("anomalies.json") {
            read_anomalies(store, &path)?;
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<String, ExportError> {
    let failed = |source| ExportError::Read {
        path: path.to_owned(),
        source,
    };
    let name = path.to_string_lossy().to_ascii_lowercase();
    if name.ends_with(".parquet") {
        return Err(ExportError::Layout {
            path: path.to_owned(),
            reason: "Parquet is not read; export as CSV, plain or gzip".to_owned(),
        });
    }
    let bytes = fs::read(path).map_err(failed)?;
    let bytes = match bytes.starts_with(&[0x1f, 0x8b]) {
        true => {
            let mut plain = Vec::new();
            let mut decoder = MultiGzDecoder::new(bytes.as_slice());
            decoder.read_to_end(&mut plain).map_err(failed)?;
            plain
        }
        false => bytes,
    };
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..valid];
        let line = before.split(|b| *b == b'\n').count();
        let last = before.rsplit(|b| *b == b'\n').next().unwrap_or_default();
        ExportError::Wrong {
            path: path.to_owned(),
            line,
            column: String::from_utf8_lossy(last).chars().count() + 1,
            reason: "no UTF-8".to_owned(),
        }
    })
}

type Parsed = (Vec<CostLine>, BTreeMap<String, String>);

fn parse(path: &Path, text: &str) -> Result<Parsed, ExportError> {
    let wrong = |(line, column, reason): Mistake| ExportError::Wrong {
        path: path.to_owned(),
        line,
        column,
        reason,
    };
    let mut csv = Csv::new(text);
    let header = csv.row().map_err(wrong)?.unwrap_or_default();
    let mut names = BTreeMap::new();
    for (index, cell) in header.iter().enumerate() {
        if names.insert(cell.text.trim().to_owned(), index).is_some() {
            let reason = format!("the column `{}` comes twice", cell.text);
            return Err(wrong((cell.line, cell.column, reason)));
        }
    }
    let layout = layout(path, &names)?;
    let mut lines = Vec::new();
    let mut accounts = BTreeMap::new();
    while let Some(cells) = csv.row().map_err(wrong)? {
        let fields = Fields::new(&names, cells).map_err(wrong)?;
        let line = (layout.line)(&fields).map_err(wrong)?;
        let name = fields
            .text("SubAccountName")
            .or_else(|| fields.text("line_item_usage_account_name"));
        if let (Some(id), Some(name)) = (line.dimensions.get(&Dimension::LinkedAccount), name) {
            accounts.insert(id.clone(), name.to_owned());
        }
        lines.push(line);
    }
    Ok((lines, accounts))
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
