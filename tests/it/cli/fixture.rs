use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder with a small suite.
pub(super) struct Folder(TempDir);

pub(super) const BELFRY_TOML: &str = r#"
[suite]
name = "demo"
owner = "team"
prefix = "demo-"

[[topic]]
name = "demo-alerts"

[[log_group]]
name = "/demo/app"
retention_days = 7

[[metric_filter]]
name = "Errors"
log_group = "/demo/app"
pattern = '{ $.level = "ERROR" }'
metric = { namespace = "Demo", name = "Errors", value = "1", default = 0 }

[[alarm]]
name = "demo-errors"
description = "errors"
owner = "team"
runbook = "runbook.md"
metric = { namespace = "Demo", name = "Errors" }
statistic = "Sum"
period = 60
evaluation_periods = 1
threshold = 10
comparison = ">"
actions = ["demo-alerts"]
"#;

/// What the environment of the one who tests may hold.
const FOREIGN: &[&str] = &[
    "TZ",
    "AWS_ENDPOINT_URL",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_PROFILE",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
];

const QUERY: &str = "# description: Errors by endpoint.\n# log-groups: /demo/app\nfilter level = \"ERROR\"\n| stats count(*) as n by endpoint\n| sort n desc\n";
const DASHBOARD: &str = r#"{"widgets": [{"type": "text", "x": 0, "y": 0, "width": 6, "height": 2, "properties": {"markdown": "hello ${region}"}}]}"#;

impl Folder {
    pub(super) fn with_suite() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("belfry.toml", BELFRY_TOML);
        folder.write("runbook.md", "# what to do\n");
        folder.write("queries/insights/errors.cwli", QUERY);
        folder.write("dashboards/main.json", DASHBOARD);
        folder
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs `belfry` here: exit code, standard output and standard error in one text.
    pub(super) fn belfry(&self, arguments: &[&str]) -> String {
        self.belfry_with(&[], arguments)
    }

    /// The same, with environment variables set.
    pub(super) fn belfry_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> String {
        let output = self.output(variables, arguments);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        format!(
            "exit {}\n----- stdout -----\n{}----- stderr -----\n{}",
            output.status.code().unwrap(),
            text(&output.stdout),
            text(&output.stderr)
        )
    }

    /// What it wrote to standard output; it must succeed.
    pub(super) fn stdout(&self, arguments: &[&str]) -> String {
        let output = self.output(&[], arguments);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn output(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
        self.command(variables, arguments).output().unwrap()
    }

    /// `belfry` here, not yet started.
    pub(super) fn command(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
        for name in FOREIGN {
            command.env_remove(name);
        }
        command
            .current_dir(self.path())
            .envs(variables.iter().copied())
            .args(arguments);
        command
    }
}
