use std::path::{Path, PathBuf};
use std::{fs, io};

use belfry_engine::base::Millis;
use serde::Deserialize;
use serde_json::Value;

use super::Incident;

/// A file of incidents that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IncidentFileError {
    /// It cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is no list of incidents.
    #[error("`{}` is no list of incidents: {reason}", path.display())]
    Shape {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    from: String,
    to: String,
    #[serde(default)]
    alarms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(alias = "incidents")]
    incident: Vec<Written>,
}

/// Reads a file of incidents by its ending: TOML (`[[incident]]`), JSON (a list, or `{"incidents": […]}`), or CSV with
/// the columns name, from, to, alarms (several alarms apart by `;`).
pub fn read_incidents(path: &Path) -> Result<Vec<Incident>, IncidentFileError> {
    let text = fs::read_to_string(path).map_err(|source| IncidentFileError::Read {
        path: path.to_owned(),
        source,
    })?;
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let written = match ending {
        "toml" => of_toml(&text),
        "json" => of_json(&text),
        "csv" => of_csv(&text),
        _ => Err("expected a file that ends in .toml, .json or .csv".to_owned()),
    };
    let incidents = written.and_then(|written| written.into_iter().map(incident).collect());
    incidents.map_err(|reason| IncidentFileError::Shape {
        path: path.to_owned(),
        reason,
    })
}

fn incident(written: Written) -> Result<Incident, String> {
    let moment = |text: &str| {
        Millis::parse_rfc3339(text.trim()).ok_or_else(|| {
            format!(
                "`{}`: `{text}` is no time; expected RFC 3339 such as 2026-04-20T10:00:00Z",
                written.name
            )
        })
    };
    let (from, to) = (moment(&written.from)?, moment(&written.to)?);
    if to < from {
        return Err(format!("`{}` ends before it begins", written.name));
    }
    Ok(Incident {
        from,
        to,
        name: written.name,
        alarms: written.alarms,
    })
}

fn of_toml(text: &str) -> Result<Vec<Written>, String> {
    let value: toml::Value = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let document: Document = serde_json::from_value(plain(value)).map_err(|e| e.to_string())?;
    Ok(document.incident)
}

/// A time of TOML is the same without quotes.
fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Array(items) => items.into_iter().map(plain).collect(),
        toml::Value::Table(table) => {
            let members = table.into_iter().map(|(name, value)| (name, plain(value)));
            Value::Object(members.collect())
        }
    }
}

fn of_json(text: &str) -> Result<Vec<Written>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let value = match value {
        Value::Array(_) => serde_json::json!({ "incidents": value }),
        other => other,
    };
    let document: Document = serde_json::from_value(value).map_err(|error| error.to_string())?;
    Ok(document.incident)
}

fn of_csv(text: &str) -> Result<Vec<Written>, String> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let header = cells(lines.next().unwrap_or_default());
    let place = |column: &str| header.iter().position(|name| name.trim() == column);
    if let Some(unknown) = header
        .iter()
        .find(|name| !["name", "from", "to", "alarms"].contains(&name.trim()))
    {
        return Err(format!(
            "the column `{unknown}` is none of name, from, to, alarms"
        ));
    }
    let (Some(name), Some(from), Some(to)) = (place("name"), place("from"), place("to")) else {
        return Err("the first line names the columns name, from, to, alarms".to_owned());
    };
    let written = lines.map(|line| {
        let cells = cells(line);
        let cell = |place: usize| {
            cells
                .get(place)
                .map(|cell| cell.trim().to_owned())
                .unwrap_or_default()
        };
        let alarms = place("alarms").map(cell).unwrap_or_default();
        Written {
            name: cell(name),
            from: cell(from),
            to: cell(to),
            alarms: alarms
                .split(';')
                .map(str::trim)
                .filter(|alarm| !alarm.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    });
    Ok(written.collect())
}

/// The cells of one line of RFC 4180; no cell holds the end of a line.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                push(&mut cells, '"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => push(&mut cells, other),
        }
    }
    cells
}

fn push(cells: &mut [String], letter: char) {
    if let Some(cell) = cells.last_mut() {
        cell.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<Vec<Incident>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        read_incidents(&path)
            .map_err(|error| error.to_string().replace(&path.display().to_string(), name))
    }

    #[test]
    fn all_three_forms_say_the_same() {
        let expected = [Incident {
            name: "a, b".to_owned(),
            from: Millis(1_776_679_200_000),
            to: Millis(1_776_679_260_000),
            alarms: vec!["x".to_owned(), "y".to_owned()],
        }];
        let files = [
            (
                "i.toml",
                "[[incident]]\nname = \"a, b\"\nfrom = 2026-04-20T10:00:00Z\nto = \"2026-04-20T12:01:00+02:00\"\nalarms = [\"x\", \"y\"]\n",
            ),
            (
                "i.json",
                r#"[{"name":"a, b","from":"2026-04-20T10:00:00Z","to":"2026-04-20T10:01:00Z","alarms":["x","y"]}]"#,
            ),
            (
                "j.json",
                r#"{"incidents":[{"name":"a, b","from":"2026-04-20T10:00:00Z","to":"2026-04-20T10:01:00Z","alarms":["x","y"]}]}"#,
            ),
            (
                "i.csv",
                "name,from,to,alarms\n\"a, b\",2026-04-20T10:00:00Z,2026-04-20T10:01:00Z,x; y\n",
            ),
        ];
        for (name, text) in files {
            assert_eq!(read(name, text).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        let files = [
            (
                "i.toml",
                "[[incident]]\nname = \"a\"\nfrom = \"10:00\"\nto = \"x\"\n",
                "`a`: `10:00` is no time",
            ),
            (
                "i.json",
                r#"[{"name":"a","from":"2026-04-20T10:00:00Z","to":"2026-04-20T09:00:00Z"}]"#,
                "ends before it begins",
            ),
            (
                "i.json",
                r#"[{"name":"a","begin":"x"}]"#,
                "unknown field `begin`",
            ),
            ("i.csv", "name,start\n", "the column `start`"),
            ("i.txt", "", "ends in .toml, .json or .csv"),
        ];
        for (name, text, expected) in files {
            let refusal = read(name, text).unwrap_err();
            assert!(refusal.contains(expected), "{refusal}");
        }
    }
}
