use std::fs;
use std::path::Path;

use belfry_engine::diag::nearest;

use crate::cli::{CommandError, Context, Format};
use crate::report::{Grid, GridForm};

/// A query of `queries/athena/`.
#[derive(Debug)]
pub(super) struct Saved {
    pub(super) name: String,
    pub(super) text: String,
}

impl Saved {
    /// What its header says behind a word such as `description`.
    pub(super) fn header(&self, word: &str) -> &str {
        let lines = self.text.lines().map_while(|line| line.strip_prefix("-- "));
        let mut said = lines.filter_map(|line| line.split_once(": "));
        said.find(|(of, _)| *of == word)
            .map_or("", |(_, text)| text)
    }
}

/// All of a suite, by name.
pub(super) fn all(folder: &Path) -> Result<Vec<Saved>, CommandError> {
    let folder = folder.join("queries/athena");
    let Ok(entries) = fs::read_dir(&folder) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if let (Some(stem), true) = (stem, path.extension().is_some_and(|end| end == "sql")) {
            let (name, text) = (stem.to_owned(), fs::read_to_string(&path)?);
            found.push(Saved { name, text });
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// The one of a name.
pub(super) fn named(all: Vec<Saved>, name: &str) -> Result<Saved, CommandError> {
    let near = nearest(name, all.iter().map(|saved| saved.name.as_str())).map(str::to_owned);
    let found = all.into_iter().find(|saved| saved.name == name);
    found.ok_or_else(|| {
        let error = CommandError::user(format!("no file queries/athena/{name}.sql"));
        match near {
            Some(near) => error.hint(format!("there is `{near}`")),
            None => error.hint("`belfry athena` lists the saved queries"),
        }
    })
}

/// The names with what they answer.
pub(super) fn list(cx: &mut Context, all: &[Saved]) -> Result<(), CommandError> {
    if cx.globals.format == Format::Json {
        let entry = |saved: &Saved| {
            serde_json::json!({
                "name": saved.name,
                "description": saved.header("description"),
                "table": saved.header("table"),
                "text": saved.text,
            })
        };
        let entries: Vec<serde_json::Value> = all.iter().map(entry).collect();
        writeln!(cx.out, "{:#}", serde_json::json!({ "queries": entries }))?;
        return Ok(());
    }
    let mut grid = Grid::new(["query", "answers"]);
    for saved in all {
        grid.row([saved.name.clone(), saved.header("description").to_owned()]);
    }
    let form = match cx.globals.format {
        Format::Csv => GridForm::Csv,
        Format::Markdown => GridForm::Markdown,
        _ => GridForm::Table(cx.width),
    };
    grid.write(&mut cx.out, form)?;
    Ok(())
}
