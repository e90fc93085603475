use std::sync::OnceLock;

use super::constraint::Constraint;

/// One line of a table.
#[derive(Debug)]
pub(super) struct Limit {
    pub(super) place: Vec<Step>,
    pub(super) constraint: Constraint,
    operations: Vec<&'static str>,
}

/// The way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Member(&'static str),
    /// Each item of a list.
    Items,
    /// Each name of a map.
    Keys,
    /// Each value of a map.
    Values,
}

const CLOUDWATCH: &str = include_str!("cloudwatch.txt");
const LOGS: &str = include_str!("logs.txt");

/// The limits of one operation.
pub(super) fn limits(service: &str, operation: &str) -> impl Iterator<Item = &'static Limit> {
    static TABLES: OnceLock<[Vec<Limit>; 2]> = OnceLock::new();
    let [cloudwatch, logs] = TABLES.get_or_init(|| [table(CLOUDWATCH), table(LOGS)]);
    let table = match service {
        "monitoring" => cloudwatch.as_slice(),
        "logs" => logs.as_slice(),
        _ => &[],
    };
    let name = operation.to_owned();
    table
        .iter()
        .filter(move |limit| limit.operations.iter().any(|one| *one == name))
}

fn table(text: &'static str) -> Vec<Limit> {
    text.lines().filter_map(limit).collect()
}

fn limit(line: &'static str) -> Option<Limit> {
    let (limit, operations) = line.rsplit_once(" : ")?;
    let (place, constraint) = limit.split_once(' ')?;
    Some(Limit {
        place: place.split('.').flat_map(steps).collect(),
        constraint: Constraint::parse(constraint)?,
        operations: operations.split(' ').collect(),
    })
}

/// `Tags[]`, `tags{key}`, `tags{}`.
fn steps(piece: &'static str) -> Vec<Step> {
    const ENDS: [(&str, Step); 3] = [
        ("[]", Step::Items),
        ("{key}", Step::Keys),
        ("{}", Step::Values),
    ];
    for (end, step) in ENDS {
        if let Some(name) = piece.strip_suffix(end) {
            return vec![Step::Member(name), step];
        }
    }
    vec![Step::Member(piece)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::{cloudwatch, logs};

    #[test]
    fn every_line_reads_and_names_operations_and_members_that_exist() {
        for (text, service) in [(CLOUDWATCH, &cloudwatch::SERVICE), (LOGS, &logs::SERVICE)] {
            for line in text.lines() {
                let limit = limit(line).unwrap_or_else(|| panic!("{line}"));
                let Step::Member(member) = limit.place[0] else {
                    panic!("{line}");
                };
                for name in &limit.operations {
                    let operation = service.operation(name);
                    let operation = operation.unwrap_or_else(|| panic!("{name}: {line}"));
                    assert!(operation.members.contains(&member), "{name}: {line}");
                }
            }
        }
    }

    #[test]
    fn a_place_is_cut_into_steps() {
        let cut = |place: &'static str| place.split('.').flat_map(steps).collect::<Vec<_>>();
        assert_eq!(
            cut("a[].b{key}"),
            [
                Step::Member("a"),
                Step::Items,
                Step::Member("b"),
                Step::Keys
            ]
        );
    }
}
