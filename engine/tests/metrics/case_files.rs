//! Hand-written cases: `cases/metrics/*.case`. The README.md beside them says how to add one.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::script::complete;

#[test]
fn every_case_file_says_what_the_engine_says() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/metrics");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "case"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let written = fs::read_to_string(&file).unwrap();
        check(&file, &written, &complete(&written));
    }
}

/// Compares, or with `UPDATE_CASES=1` writes.
#[expect(
    clippy::disallowed_methods,
    reason = "tests have no settings but this one"
)]
pub(crate) fn check(path: &Path, written: &str, computed: &str) {
    if env::var("UPDATE_CASES").is_ok_and(|update| update == "1") {
        fs::write(path, computed).unwrap();
        return;
    }
    let pairs = written.lines().zip(computed.lines()).enumerate();
    if let Some((line, (written, computed))) = pairs.into_iter().find(|(_, (a, b))| a != b) {
        panic!(
            "{}:{}\n  written:  {written}\n  computed: {computed}\nUPDATE_CASES=1 rewrites the file",
            path.display(),
            line + 1
        );
    }
    assert_eq!(written, computed, "{}", path.display());
}
