//! Field selection criteria.

use super::{SelectionCriteria, SystemFields};

const HERE: SystemFields<'_> = SystemFields {
    account: "111122223333",
    region: "eu-west-1",
};

fn holds(text: &str) -> bool {
    SelectionCriteria::parse(text).unwrap().holds(HERE)
}

#[test]
fn events_are_taken_by_account_and_region() {
    for (text, expected) in [
        ("", true),
        ("  ", true),
        ("@aws.account = \"111122223333\"", true),
        ("@aws.account=\"444455556666\"", false),
        ("@aws.region != \"eu-west-1\"", false),
        ("@aws.account IN [\"444455556666\", \"111122223333\"]", true),
        ("@aws.account NOT IN [\"444455556666\"]", true),
        (
            "@aws.account IN [\"111122223333\", \"444455556666\"] AND @aws.region = \"eu-west-1\"",
            true,
        ),
    ] {
        assert_eq!(holds(text), expected, "{text}");
    }
}

#[test]
fn and_binds_tighter_than_or() {
    let (yes, no) = ("@aws.region = \"eu-west-1\"", "@aws.region = \"x\"");
    assert!(holds(&format!("{yes} OR {no} AND {no}")));
    assert!(!holds(&format!("({yes} OR {no}) AND {no}")));
    assert!(holds(&format!("( ( {yes} ) )")));
}

#[test]
fn what_does_not_read_is_refused_in_its_place() {
    for (text, start) in [
        ("@aws.account", 12),
        ("@aws.account = 1", 15),
        ("@aws.account = \"1", 17),
        ("@aws.account == \"1\"", 14),
        ("@aws.account IN \"1\"", 16),
        ("@aws.account IN []", 17),
        ("@aws.account NOT \"1\"", 17),
        ("@aws.accounts = \"1\"", 0),
        ("@aws.account = \"1\" ANDY", 19),
        ("@aws.account = \"1\" and @aws.region = \"1\"", 19),
        ("(@aws.account = \"1\"", 19),
        ("@source.log = \"1\"", 0),
    ] {
        let error = SelectionCriteria::parse(text).unwrap_err();
        assert!(error.message.starts_with("Invalid "), "{text}: {error}");
        assert_eq!(error.span.start, start, "{text}: {error}");
    }
    assert!(SelectionCriteria::parse(&"x".repeat(2001)).is_err());
    assert!(SelectionCriteria::parse(&"(".repeat(2000)).is_err());
}
