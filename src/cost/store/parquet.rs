use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use ::parquet::basic::{ConvertedType, LogicalType, Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader as _, SerializedFileReader};
use ::parquet::record::reader::RowIter;
use ::parquet::record::{Field, Row};
use ::parquet::schema::types::ColumnDescriptor;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use rust_decimal::Decimal;

use super::ExportError;
use super::csv::{Cell, Mistake};
use super::read::Rows;

/// Rows of a Parquet file as texts, as a CSV of the same export has them: maps as JSON, moments in UTC.
pub(super) struct Parquet {
    columns: Vec<String>,
    rows: RowIter<'static>,
    /// Rows read, the names of the columns as the first of them.
    read: usize,
}

/// What a damaged file makes the library do: its own error, or a panic, which it does not rule out.
type Damage = String;

impl Parquet {
    /// Over the file at `path`.
    pub(super) fn open(path: &Path) -> Result<Self, ExportError> {
        let file = File::open(path).map_err(|source| ExportError::Read {
            path: path.to_owned(),
            source,
        })?;
        let damaged = |reason| ExportError::Parquet {
            path: path.to_owned(),
            reason,
        };
        let reader = guarded(|| SerializedFileReader::new(file)).map_err(damaged)?;
        let schema = reader.metadata().file_metadata().schema_descr_ptr();
        for column in schema.columns() {
            known(column).map_err(damaged)?;
        }
        let columns = schema.root_schema().get_fields().iter();
        let columns = columns.map(|field| field.name().to_owned()).collect();
        let rows = guarded(|| RowIter::from_file_into(Box::new(reader)).project(None));
        Ok(Self {
            columns,
            rows: rows.map_err(damaged)?,
            read: 0,
        })
    }
}

impl Rows for Parquet {
    fn row(&mut self) -> Result<Option<Vec<Cell>>, Mistake> {
        let number = self.read;
        self.read += 1;
        let cell = |(index, text): (usize, String)| Cell {
            text,
            line: number,
            column: index + 1,
        };
        if number == 0 {
            let names = self.columns.iter().cloned().enumerate();
            return Ok(Some(names.map(cell).collect()));
        }
        let rows = &mut self.rows;
        let row = guarded(|| rows.next().transpose());
        let row: Option<Row> = row.map_err(|reason| (number, 0, reason))?;
        let Some(row) = row else { return Ok(None) };
        let fields = row.into_columns().into_iter().enumerate();
        let cells = fields.map(|(index, (_, field))| match text(&field) {
            Some(text) => Ok(cell((index, text))),
            None => Err((number, index + 1, "no value that an export has".to_owned())),
        });
        cells.collect::<Result<Vec<_>, _>>().map(Some)
    }

    fn wrong(&self, path: &Path, (row, column, reason): Mistake) -> ExportError {
        let name = column.checked_sub(1).and_then(|at| self.columns.get(at));
        let path = path.to_owned();
        match name {
            Some(column) if row > 0 => ExportError::Value {
                path,
                row,
                column: column.clone(),
                reason,
            },
            _ => ExportError::Parquet { path, reason },
        }
    }
}

/// The library's panics on damaged files become errors, too.
fn guarded<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, Damage> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("the file is damaged".to_owned()),
    }
}

/// Types that the library reads as what they mean. Of others it makes numbers, or nothing.
fn known(column: &ColumnDescriptor) -> Result<(), Damage> {
    use ConvertedType as C;
    let converted = column.converted_type();
    let is_nanos = matches!(
        column.logical_type_ref(),
        Some(LogicalType::Timestamp { .. } | LogicalType::Time { .. })
    ) && converted == C::NONE;
    let fits = match column.physical_type() {
        Type::BOOLEAN | Type::INT96 | Type::FLOAT | Type::DOUBLE => converted == C::NONE,
        Type::INT32 => !matches!(converted, C::UTF8 | C::TIME_MICROS | C::INTERVAL),
        Type::INT64 => matches!(
            converted,
            C::NONE
                | C::INT_64
                | C::UINT_64
                | C::TIMESTAMP_MILLIS
                | C::TIMESTAMP_MICROS
                | C::DECIMAL
        ),
        Type::BYTE_ARRAY => matches!(
            converted,
            C::NONE | C::UTF8 | C::ENUM | C::JSON | C::DECIMAL
        ),
        Type::FIXED_LEN_BYTE_ARRAY => matches!(converted, C::NONE | C::DECIMAL),
    };
    match fits && !is_nanos {
        true => Ok(()),
        false => Err(format!(
            "the column `{}` is of the type {:?} {converted}{}, which exports do not have; moments are in milliseconds or microseconds",
            column.path().string(),
            column.physical_type(),
            if is_nanos { " in nanoseconds" } else { "" },
        )),
    }
}

/// As CSV has it: empty where there is nothing.
fn text(field: &Field) -> Option<String> {
    Some(match field {
        Field::Null => String::new(),
        Field::Bool(value) => value.to_string(),
        Field::Byte(value) => value.to_string(),
        Field::Short(value) => value.to_string(),
        Field::Int(value) => value.to_string(),
        Field::Long(value) => value.to_string(),
        Field::UByte(value) => value.to_string(),
        Field::UShort(value) => value.to_string(),
        Field::UInt(value) => value.to_string(),
        Field::ULong(value) => value.to_string(),
        Field::Float(value) => value.to_string(),
        Field::Double(value) => value.to_string(),
        Field::Decimal(value) => decimal(value.data(), value.scale())?,
        Field::Str(value) => value.clone(),
        Field::Bytes(value) => String::from_utf8(value.data().to_vec()).ok()?,
        Field::Date(days) => {
            let epoch = Date::constant(1970, 1, 1);
            epoch.checked_add(days.days()).ok()?.to_string()
        }
        Field::TimestampMillis(at) => Timestamp::from_millisecond(*at).ok()?.to_string(),
        Field::TimestampMicros(at) => Timestamp::from_microsecond(*at).ok()?.to_string(),
        Field::TimeMillis(at) => time(SignedDuration::from_millis(i64::from(*at))),
        Field::TimeMicros(at) => time(SignedDuration::from_micros(*at)),
        Field::MapInternal(_) | Field::ListInternal(_) | Field::Group(_) => {
            json(field)?.to_string()
        }
        Field::Float16(_) => return None,
    })
}

fn time(since_midnight: SignedDuration) -> String {
    format!("{since_midnight:#}")
}

/// Two's complement, highest byte first; up to the 96 bits that amounts here have.
fn decimal(bytes: &[u8], scale: i32) -> Option<String> {
    let is_negative = bytes.first()? & 0x80 != 0;
    let filling = if is_negative { 0xff } else { 0x00 };
    let short = bytes.len().saturating_sub(16);
    let (cut, kept) = bytes.split_at(short);
    if cut.iter().any(|byte| *byte != filling) {
        return None;
    }
    let mut all = [filling; 16];
    all.get_mut(16 - kept.len()..)?.copy_from_slice(kept);
    let number = i128::from_be_bytes(all);
    let number = Decimal::try_from_i128_with_scale(number, u32::try_from(scale).ok()?);
    number.ok().map(|number| number.normalize().to_string())
}

/// Maps as objects, by their keys' texts.
fn json(field: &Field) -> Option<serde_json::Value> {
    use serde_json::Value;
    Some(match field {
        Field::Null => Value::Null,
        Field::MapInternal(map) => {
            let entries = map.entries().iter();
            let entries = entries.map(|(key, value)| Some((text(key)?, json(value)?)));
            Value::Object(entries.collect::<Option<_>>()?)
        }
        Field::ListInternal(list) => {
            let elements = list.elements().iter().map(json);
            Value::Array(elements.collect::<Option<_>>()?)
        }
        Field::Group(row) => {
            let members = row.get_column_iter();
            let members = members.map(|(name, value)| Some((name.clone(), json(value)?)));
            Value::Object(members.collect::<Option<_>>()?)
        }
        Field::Bool(value) => Value::Bool(*value),
        other => Value::String(text(other)?),
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::{CostLine, CostStore, Dimension, Measure, read_export};
    use super::*;

    fn case(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/cases/costs-parquet")
            .join(name)
    }

    fn read(path: &Path) -> Result<Vec<CostLine>, String> {
        let mut store = CostStore::default();
        let read = read_export(&mut store, path);
        read.map(|()| store.lines().to_vec())
            .map_err(|error| error.to_string())
    }

    fn read_bytes(bytes: &[u8]) -> Result<Vec<CostLine>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.parquet");
        std::fs::write(&path, bytes).unwrap();
        read(&path)
    }

    #[test]
    fn the_same_export_is_the_same_lines_in_every_form() {
        let csv = read(&case("../costs/focus-1.0-sample.csv.gz")).unwrap();
        for (form, count) in [("zstd", 1000), ("snappy", 40), ("gzip", 40)] {
            let path = case(&format!("focus-1.0-sample-{form}.parquet"));
            let found = read(&path).unwrap();
            assert_eq!(found.len(), count, "{form}");
            for (found, expected) in found.iter().zip(&csv) {
                assert_eq!(found, expected, "{form}");
            }
        }
    }

    #[test]
    fn maps_decimals_and_credits_are_read() {
        let lines = read(&case("cur-2.0.parquet")).unwrap();
        let amounts: Vec<String> = lines
            .iter()
            .map(|line| line.measures[&Measure::UnblendedCost].to_string())
            .collect();
        assert_eq!(amounts, ["9.7152", "0.0000005", "-2.5"]);
        assert_eq!(lines[0].tags["team"], "fraud");
        assert_eq!(lines[0].categories["Team"], "Risk");
        assert_eq!(lines[0].measures[&Measure::UsageQuantity], 240.into());
        assert_eq!((lines[0].hour, lines[1].hour), (None, Some(13)));
        assert_eq!(lines[2].dimensions[&Dimension::RecordType], "Credit");
        assert!(lines[2].tags.is_empty());
    }

    #[test]
    fn what_is_no_parquet_of_an_export_is_told() {
        for bytes in [&b""[..], b"PAR1", b"PAR1....PAR1", b"a,b\n1,2\n"] {
            let told = read_bytes(bytes).unwrap_err();
            assert!(told.contains("cannot be read as Parquet: "), "{told}");
        }
        let told = read(&case("cur-2.0-nanoseconds.parquet")).unwrap_err();
        assert!(
            told.contains("the column `line_item_usage_start_date` is of the type INT64"),
            "{told}"
        );
        assert!(told.contains("in nanoseconds"), "{told}");
    }

    #[test]
    fn numbers_of_sixteen_bytes_and_more_are_read_where_they_fit() {
        assert_eq!(decimal(&[0xff, 0x9c], 2).unwrap(), "-1");
        assert_eq!(decimal(&[0, 0, 1, 0x2c], 1).unwrap(), "30");
        let mut long = vec![0; 20];
        long[19] = 7;
        assert_eq!(decimal(&long, 0).unwrap(), "7");
        long[0] = 1;
        assert_eq!(decimal(&long, 0), None);
        assert_eq!(decimal(&[], 0), None);
    }

    /// Each byte that is changed is refused or makes another bill, and never ends the process.
    #[test]
    fn damaged_files_are_errors() {
        let mut state: u64 = 42;
        let mut draw = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(state >> 33).unwrap() % below
        };
        let files = [
            "cur-2.0.parquet",
            "focus-1.0-sample-snappy.parquet",
            "focus-1.0-sample-gzip.parquet",
        ];
        let mut refused = 0;
        for file in files {
            let bytes = std::fs::read(case(file)).unwrap();
            let tail = bytes.len().min(2000);
            for round in 0..120 {
                let mut bytes = bytes.clone();
                if round % 4 == 0 {
                    bytes.truncate(draw(bytes.len()));
                } else {
                    for _ in 0..=draw(4) {
                        let at = match round % 2 {
                            0 => draw(bytes.len()),
                            _ => bytes.len() - 1 - draw(tail),
                        };
                        bytes[at] = u8::try_from(draw(256)).unwrap();
                    }
                }
                refused += usize::from(read_bytes(&bytes).is_err());
            }
        }
        assert!(refused > 200, "{refused}");
    }
}
