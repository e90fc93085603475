use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use super::fixture::Folder;
use super::service_stub::{ServiceStub, folder_with_account};

/// `belfry tail` at work.
struct Tail {
    process: Child,
    lines: BufReader<ChildStdout>,
}

impl Tail {
    fn start(folder: &Folder, variables: &[(&str, &str)], arguments: &[&str]) -> Self {
        let mut command = folder.command(variables, arguments);
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap());
        Self { process, lines }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Ctrl-C; gives the exit code.
    fn end(mut self) -> Option<i32> {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &id])
                .status()
                .unwrap()
                .success()
        );
        self.process.wait().unwrap().code()
    }
}

#[test]
fn a_file_is_followed_with_a_filter_until_ctrl_c() {
    let folder = Folder::with_suite();
    folder.write("app.log", "an ERROR\nfine\n");
    let arguments = ["tail", "app.log", "--filter", "ERROR", "--quiet"];
    let mut tail = Tail::start(&folder, &[], &arguments);
    assert_eq!(tail.line(), "an ERROR");
    let mut log = OpenOptions::new()
        .append(true)
        .open(folder.path().join("app.log"))
        .unwrap();
    log.write_all(b"fine\nsecond ERROR\n").unwrap();
    assert_eq!(tail.line(), "second ERROR");
    folder.write("app.log", "new ERROR\n");
    assert_eq!(tail.line(), "new ERROR");
    assert_eq!(tail.end(), Some(0));
}

fn events(operation: &str, before: usize) -> String {
    assert_eq!(operation, "FilterLogEvents");
    let event = |at: i64, id: &str| {
        format!(r#"{{"timestamp":{at},"eventId":"{id}","logStreamName":"s","message":"{id}\n"}}"#)
    };
    let page =
        |events: &[String], token: &str| format!(r#"{{"events":[{}]{token}}}"#, events.join(","));
    let (a, b, c) = (
        event(1_776_679_200_000, "a"),
        event(1_776_679_201_000, "b"),
        event(1_776_679_200_500, "c"),
    );
    match before {
        0 => page(&[a], r#","nextToken":"t""#),
        1 => page(&[b], ""),
        _ => page(&[a, c, b], ""),
    }
}

#[test]
fn a_group_is_followed_without_doubles_or_gaps() {
    let (folder, stub) = (folder_with_account(), ServiceStub::start(events));
    let arguments = [
        "tail",
        "/demo/app",
        "--since",
        "2026-04-20",
        "--utc",
        "--env",
        "prod",
        "--quiet",
    ];
    let mut tail = Tail::start(&folder, &stub.variables(), &arguments);
    let lines = [tail.line(), tail.line(), tail.line()];
    assert_eq!(
        lines,
        [
            "2026-04-20 10:00:00 s a",
            "2026-04-20 10:00:01 s b",
            "2026-04-20 10:00:00 s c"
        ]
    );
    assert_eq!(tail.end(), Some(0));
}

#[test]
fn a_pattern_that_is_wrong_is_refused_before_anything_is_read() {
    let folder = Folder::with_suite();
    let answer = folder.belfry(&["tail", "/demo/app", "--filter", "{ $.a = }"]);
    assert!(answer.starts_with("exit 1"), "{answer}");
    assert!(
        answer.contains("error: the filter pattern is refused: "),
        "{answer}"
    );
}
