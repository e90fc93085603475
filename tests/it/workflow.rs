//! The example of a workflow asks the tool for nothing that it does not have.

use std::process::Command;

const WORKFLOW: &str = include_str!("../../examples/github/belfry.yml");
const COSTS: &str = include_str!("../../examples/github/belfry-cost.yml");

/// The commands of both workflows: what follows `belfry` on a line, up to a redirection or a comment.
fn commands() -> Vec<Vec<&'static str>> {
    let lines = WORKFLOW.lines().chain(COSTS.lines());
    let lines = lines.filter(|line| !line.trim_start().starts_with('#'));
    let after = lines.filter_map(|line| Some(line.split_once("run: belfry ")?.1));
    let words = after.map(|rest| {
        let rest = rest.split([">", "#", "||"].map(|end| end.chars().next().unwrap()));
        let command = rest.into_iter().next().unwrap_or_default();
        command.split_whitespace().collect()
    });
    words.collect()
}

#[test]
fn every_command_of_the_workflow_exists_with_its_flags() {
    let commands = commands();
    assert!(commands.len() >= 7, "{commands:?}");
    for words in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_belfry"))
            .args(
                words
                    .iter()
                    .take_while(|word| !word.starts_with("--") && !word.contains('.')),
            )
            .arg("--help")
            .output()
            .unwrap();
        assert!(output.status.success(), "{words:?}");
        let help = String::from_utf8(output.stdout).unwrap();
        for flag in words.iter().filter(|word| word.starts_with("--")) {
            assert!(help.contains(flag), "`belfry {}` has no {flag}", words[0]);
        }
    }
}

#[test]
fn the_manual_names_every_job_of_the_workflow() {
    let manual = include_str!("../../docs/ci.md");
    let jobs = WORKFLOW.split("\njobs:\n").nth(1).unwrap();
    let names = jobs.lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?.strip_suffix(':')?;
        (!name.starts_with(' ')).then_some(name)
    });
    for name in names {
        assert!(
            manual.contains(&format!("| `{name}` |")),
            "docs/ci.md lacks the job {name}"
        );
    }
}
