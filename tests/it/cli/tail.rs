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
        self.interrupt();
        self.process.wait().unwrap().code()
    }

    fn interrupt(&self) {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &id])
                .status()
                .unwrap()
                .success()
        );
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

#[test]
fn the_last_line_is_shown_though_it_never_ended() {
    let folder = Folder::with_suite();
    folder.write("app.log", "one\ntwo");
    let mut tail = Tail::start(&folder, &[], &["tail", "app.log", "--quiet"]);
    assert_eq!(tail.line(), "one");
    let mut log = OpenOptions::new()
        .append(true)
        .open(folder.path().join("app.log"))
        .unwrap();
    // A whole line says that the file is followed by now.
    log.write_all(b" and a half\nthree").unwrap();
    assert_eq!(tail.line(), "two and a half");
    tail.interrupt();
    assert_eq!(tail.line(), "three");
    assert_eq!(tail.process.wait().unwrap().code(), Some(0));
}

#[test]
fn compressed_files_and_folders_are_refused() {
    let folder = Folder::with_suite();
    std::fs::write(folder.path().join("app.log"), [0x1f, 0x8b, 8, 0]).unwrap();
    insta::assert_snapshot!(folder.belfry(&["tail", "app.log"]), @r"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error: app.log is compressed: it does not grow by lines
    hint: `belfry query --file` reads it
    ");
    insta::assert_snapshot!(folder.belfry(&["tail", "queries"]), @r"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: queries is a folder
    hint: `tail` follows one file; `belfry query --file` reads a folder
    ");
}

#[test]
fn a_group_that_does_not_exist_may_be_a_file_that_does_not() {
    let folder = Folder::with_suite();
    let answer = folder.belfry(&["tail", "app.log", "--quiet"]);
    assert!(answer.starts_with("exit 5"), "{answer}");
    let hint = "hint: no file has that name, so it was taken for a log group";
    assert!(answer.contains(hint), "{answer}");
}
