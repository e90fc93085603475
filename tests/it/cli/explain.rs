use super::fixture::Folder;

#[test]
fn a_code_is_explained() {
    let folder = Folder::with_suite();
    insta::assert_snapshot!(folder.belfry(&["explain", "s0102"]), @r###"
    exit 0
    ----- stdout -----
    S0102: unknown key

    The section has no such key. Nothing is ignored: a key that is misspelt would otherwise be a setting
    that silently does not hold. The message names the nearest key that exists.
    ----- stderr -----
    "###);
}

#[test]
fn an_unknown_code_is_named_with_its_neighbour() {
    let folder = Folder::with_suite();
    insta::assert_snapshot!(folder.belfry(&["explain", "S01022"]), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error: no code is called `S01022`
    hint: a code with a similar name exists: S0102
    "###);
}

#[test]
fn choices_are_listed_with_their_values() {
    let folder = Folder::with_suite();
    let listed = folder.stdout(&["explain", "choices"]);
    assert!(listed.contains("stats-order: "), "{listed}");
    assert!(listed.contains("  newest-first "), "{listed}");
}
