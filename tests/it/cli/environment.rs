use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::fixture::{BELFRY_TOML, Folder};

/// `belfry endpoint` as a process of its own, on any free port.
pub(super) struct Served {
    process: Child,
    pub(super) url: String,
}

impl Served {
    pub(super) fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_belfry"))
            .args(["endpoint", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let stdout = process.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let url = line.split_whitespace().last().unwrap().to_owned();
        Self { process, url }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
fn aws_endpoint_url_takes_the_local_environment_elsewhere() {
    let folder = Folder::with_suite();
    let served = Served::start();
    let variables = [("AWS_ENDPOINT_URL", served.url.as_str())];
    folder.belfry_with(&variables, &["apply", "--yes"]);
    let there = folder.belfry_with(&variables, &["plan", "--exit-code"]);
    assert!(there.starts_with("exit 0"), "{there}");
    let here = folder.belfry(&["plan", "--exit-code"]);
    assert!(here.starts_with("exit 3"), "{here}");
}

#[test]
fn an_empty_address_is_none_for_the_local_environment_and_refused_for_aws() {
    let folder = Folder::with_suite();
    let account = "\n[env.prod]\naccount = \"111122223333\"\nregion = \"eu-central-1\"\n";
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{account}"));
    let variables = [
        ("AWS_ENDPOINT_URL", ""),
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    let here = folder.belfry_with(&variables, &["plan"]);
    assert!(here.starts_with("exit 0"), "{here}");
    let there = folder.belfry_with(&variables, &["plan", "--env", "prod"]);
    assert!(
        there.starts_with("exit 2") && there.contains("`AWS_ENDPOINT_URL` is empty"),
        "{there}"
    );
}

#[test]
fn an_account_that_is_not_the_environments_stops_before_anything_is_looked_at() {
    let folder = Folder::with_suite();
    let account = "\n[env.prod]\naccount = \"111122223333\"\nregion = \"eu-central-1\"\n";
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{account}"));
    let served = Served::start();
    let variables = [
        ("AWS_ENDPOINT_URL", served.url.as_str()),
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    let answer = folder.belfry_with(&variables, &["apply", "--yes", "--env", "prod"]);
    insta::assert_snapshot!(answer, @r###"
    exit 5
    ----- stdout -----
    ----- stderr -----
    error: GetCallerIdentity failed for `111122223333`: the environment names account 111122223333, the credentials belong to account 000000000000 (arn:aws:iam::000000000000:user/belfry)
    hint: nothing was written; choose the environment's `profile` or other credentials
    "###);
}

#[test]
fn no_command_that_writes_reaches_a_wrong_account() {
    let folder = Folder::with_suite();
    let account = "\n[env.prod]\naccount = \"111122223333\"\nregion = \"us-east-1\"\n";
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{account}"));
    let served = Served::start();
    let variables = [
        ("AWS_ENDPOINT_URL", served.url.as_str()),
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    folder.belfry_with(&variables, &["plan", "--out", "plan.json"]);
    let commands: &[&[&str]] = &[
        &["apply", "--yes"],
        &["apply", "plan.json"],
        &["adopt", "alarm.demo-errors", "--yes"],
        &["destroy", "--yes", "demo"],
        &["pull"],
        &["drift"],
        &["plan"],
    ];
    for command in commands {
        let arguments = [&["--env", "prod"], *command].concat();
        let answer = folder.belfry_with(&variables, &arguments);
        assert!(answer.starts_with("exit 5"), "{command:?}: {answer}");
        let words = "the environment names account 111122223333";
        assert!(answer.contains(words), "{command:?}: {answer}");
    }
    let nothing = folder.belfry_with(&variables, &["plan", "--format", "json"]);
    assert!(nothing.contains("\"create\": 6"), "{nothing}");
}

#[test]
fn a_profile_that_needs_sso_says_what_works_instead() {
    let folder = Folder::with_suite();
    let account =
        "\n[env.prod]\naccount = \"111122223333\"\nregion = \"eu-central-1\"\nprofile = \"p\"\n";
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{account}"));
    let config = "[profile p]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = r\n[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://example.invalid\n";
    folder.write("aws-config", config);
    let variables = [("AWS_CONFIG_FILE", "aws-config")];
    let answer = folder.belfry_with(&variables, &["plan", "--env", "prod"]);
    insta::assert_snapshot!(answer, @r###"
    exit 5
    ----- stdout -----
    ----- stderr -----
    error: GetCallerIdentity failed for `sts`: dispatch failure: other: the credentials provider was not properly configured: ProfileFile provider could not be built: This behavior requires following cargo feature(s) enabled: sso.
    hint: profiles of IAM Identity Center are not read by this build: export credentials with `aws configure export-credentials --format env`
    "###);
}
