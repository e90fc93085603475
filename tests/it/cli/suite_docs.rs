//! docs/suite.md against what is read: its keys, its examples, the permissions that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use belfry::suite::{Request, Suite, SuiteError};
use belfry_engine::diag::Help;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/suite.md");
    fs::read_to_string(path).unwrap()
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The keys of every table of the page, by the section that its heading names: `[[alarm]] metric`.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let (page, mut section) = (page(), String::new());
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in page.lines() {
        if line.starts_with("##") {
            section = quoted(line).collect::<Vec<_>>().join(" ");
        } else if let Some(row) = line.strip_prefix("| `") {
            let key = row.split('`').next().unwrap_or_default();
            let keys = found.entry(section.clone()).or_default();
            assert!(keys.insert(key.to_owned()), "{section} has `{key}` twice");
        }
    }
    found
}

/// All examples of the page, one after the other.
fn example() -> toml::Table {
    let page = page();
    let blocks = page.split("```toml\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap_or_default());
    blocks.collect::<String>().parse().unwrap()
}

fn load(declared: &toml::Table) -> Result<Suite, SuiteError> {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("docs")).unwrap();
    fs::write(folder.path().join("docs/errors.md"), "# errors\n").unwrap();
    fs::write(folder.path().join("belfry.toml"), declared.to_string()).unwrap();
    Suite::load(&Request {
        folder: folder.path(),
        environment: "local",
        region: None,
    })
}

/// The table that a heading names: the first one of a list.
fn place<'t>(root: &'t mut toml::Table, section: &str) -> &'t mut toml::Table {
    let mut table = root;
    for step in section.split([' ', '.']) {
        let name = step.trim_matches(['[', ']']);
        let value = table.get_mut(name);
        let value = value.unwrap_or_else(|| panic!("no example has {section}"));
        table = match value {
            toml::Value::Array(list) => list[0].as_table_mut().unwrap(),
            other => other.as_table_mut().unwrap(),
        };
    }
    table
}

/// The keys of a section, as the refusal of an unknown one lists them.
fn read_keys(section: &str) -> BTreeSet<String> {
    let mut broken = example();
    let key = "x".repeat(30);
    place(&mut broken, section).insert(key.clone(), toml::Value::Boolean(true));
    let Err(SuiteError::Wrong(files)) = load(&broken) else {
        panic!("{section}: an unknown key is read");
    };
    let mut all = files.iter().flat_map(|file| &file.diagnostics);
    let found = all.find(|found| found.message.contains(&key));
    match found.and_then(|found| found.help.as_ref()) {
        Some(Help::Text(help)) => quoted(help).map(str::to_owned).collect(),
        other => panic!("{section}: {other:?}"),
    }
}

#[test]
fn the_examples_of_the_page_are_one_suite() {
    if let Err(error) = load(&example()) {
        panic!("{error:?}");
    }
}

#[test]
fn the_page_has_every_key_that_is_read_and_no_other() {
    let documented = documented();
    assert!(documented.len() > 20, "{:?}", documented.keys());
    for (section, keys) in documented {
        assert_eq!(keys, read_keys(&section), "{section}");
    }
}

#[test]
fn the_page_has_every_section_and_the_permissions_that_belfry_asks_for() {
    let page = page();
    let mut unknown = example();
    unknown.insert("x".repeat(30), toml::Value::Boolean(true));
    let Err(SuiteError::Wrong(files)) = load(&unknown) else {
        panic!("an unknown section is read");
    };
    let Some(Help::Text(help)) = &files[0].diagnostics[0].help else {
        panic!("{files:?}");
    };
    for section in quoted(help) {
        let is_there = page.contains(&format!("[{section}]")) || section == "env";
        assert!(is_there, "no part about {section}");
    }
    let asked: BTreeSet<&str> = belfry::aws::actions().iter().map(|one| one.name).collect();
    for name in quoted(&page).filter(|text| {
        let parts = text.split_once(':');
        parts.is_some_and(|(service, name)| {
            service.chars().all(|c| c.is_ascii_lowercase())
                && name.starts_with(|c: char| c.is_ascii_uppercase())
        })
    }) {
        assert!(asked.contains(name), "belfry never asks for {name}");
    }
}
