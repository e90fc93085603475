//! The tests that the suite of this repository ships with: they pass, reach everything, and notice every change.

use std::path::Path;

use belfry::suite::{FILE_NAME, Request, Suite};
use belfry::testing::coverage::measure;
use belfry::testing::mutation::{Fate, mutate};
use belfry::testing::{read_files, run};

#[test]
fn the_suites_own_tests_pass_reach_everything_and_notice_every_change() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let request = Request {
        folder,
        environment: "local",
        region: None,
    };
    let suite = Suite::load(&request).unwrap();
    let source = std::fs::read_to_string(folder.join(FILE_NAME)).unwrap();
    let files = read_files(&suite, folder, &[]).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let handle = runtime.handle();
    let outcomes = run(&suite, &files, &|_, _| true, handle, &|_, _| {}).unwrap();
    let failures: Vec<_> = outcomes.iter().flat_map(|o| &o.failures).collect();
    assert!(failures.is_empty(), "{failures:#?}");

    let coverage = measure(&suite, &files, &outcomes);
    let missing: Vec<String> = coverage.missing().map(|point| point.name()).collect();
    assert!(missing.is_empty(), "not covered: {missing:#?}");
    assert!(coverage.stale.is_empty(), "{:#?}", coverage.stale);

    let mutation = mutate((&suite, &source), &files, &|_, _| true, handle, &|_, _| {}).unwrap();
    let survivors: Vec<&str> = mutation
        .survivors()
        .map(|tried| tried.mutant.name.as_str())
        .collect();
    assert!(survivors.is_empty(), "no test notices: {survivors:#?}");
    assert!(mutation.stale.is_empty(), "{:#?}", mutation.stale);
    let refused = |fate: &Fate| matches!(fate, Fate::Refused { .. });
    let refused: Vec<_> = mutation.tried.iter().filter(|t| refused(&t.fate)).collect();
    assert!(refused.is_empty(), "no such suite can be: {refused:#?}");
    assert!(mutation.tried.len() > 220, "{}", mutation.tried.len());
}

#[test]
fn the_examples_of_the_page_on_testing_are_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let request = Request {
        folder,
        environment: "local",
        region: None,
    };
    let suite = Suite::load(&request).unwrap();
    let page = std::fs::read_to_string(folder.join("docs/testing.md")).unwrap();
    let examples = tempfile::tempdir().unwrap();
    let blocks = page.split("```toml\n").skip(1);
    for (number, block) in blocks.enumerate() {
        let example = block.split("```").next().unwrap();
        std::fs::write(examples.path().join(format!("{number}.toml")), example).unwrap();
    }
    let paths = [examples.path().to_path_buf()];
    let files = read_files(&suite, folder, &paths).unwrap_or_else(|error| panic!("{error:#?}"));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let outcomes = run(&suite, &files, &|_, _| true, runtime.handle(), &|_, _| {}).unwrap();
    let failures: Vec<_> = outcomes.iter().flat_map(|o| &o.failures).collect();
    assert!(failures.is_empty(), "{failures:#?}");
    assert_eq!(outcomes.len(), 5);
}
