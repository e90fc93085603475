//! The page `docs/reference/insights.md` says what the engine knows.

use std::path::PathBuf;
use std::{env, fs};

use belfry_engine::insights::reference;

#[test]
#[expect(clippy::disallowed_methods, reason = "the switch of the update mode")]
fn the_reference_of_the_language_is_fresh() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/reference/insights.md");
    let page = reference();
    if env::var("UPDATE_DOCS").is_ok() {
        fs::write(&path, &page).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == page,
        "docs/reference/insights.md is stale: run with UPDATE_DOCS=1"
    );
}
