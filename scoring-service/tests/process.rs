//! The service as a process: it starts, tells where it listens, stops when told, and leaves no
//! request without its line.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

struct Service {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: BufReader<ChildStdout>,
    address: String,
}

impl Service {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_scoring-service"))
            .args(["--listen", "127.0.0.1:0", "--stop-with-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        let first: Value = serde_json::from_str(&first).unwrap();
        assert_eq!(first["message"], "service started");
        Self {
            child,
            stdin,
            lines,
            address: first["address"].as_str().unwrap().to_owned(),
        }
    }

    /// One health check over a connection that stays open.
    fn check(&self, connection: &mut TcpStream) {
        let host = &self.address;
        let request = format!("GET /health HTTP/1.1\r\nhost: {host}\r\n\r\n");
        connection.write_all(request.as_bytes()).unwrap();
        let mut answer = [0; 4096];
        let n = connection.read(&mut answer).unwrap();
        assert!(answer[..n].starts_with(b"HTTP/1.1 200"));
    }

    fn close_stdin(mut self) -> Self {
        self.stdin = None;
        self
    }

    fn rest(mut self) -> (bool, Vec<Value>) {
        let mut rest = String::new();
        self.lines.read_to_string(&mut rest).unwrap();
        let success = self.child.wait().unwrap().success();
        let lines = rest.lines().map(|line| serde_json::from_str(line).unwrap());
        (success, lines.collect())
    }
}

fn assert_all_lines_are_there(lines: &[Value], checks: usize) {
    assert_eq!(lines.len(), checks + 1);
    assert!(
        lines[..checks]
            .iter()
            .all(|line| line["endpoint"] == "/health")
    );
    assert_eq!(lines[checks]["message"], "service stopped");
}

#[test]
fn the_end_of_standard_input_stops_it_and_every_line_is_written() {
    let service = Service::start();
    let mut connection = TcpStream::connect(&service.address).unwrap();
    for _ in 0..200 {
        service.check(&mut connection);
    }
    let address = service.address.clone();
    let (success, lines) = service.close_stdin().rest();
    assert!(success);
    assert!(
        TcpStream::connect(address).is_err(),
        "nobody listens any more"
    );
    assert_all_lines_are_there(&lines, 200);
}

#[test]
fn sigterm_stops_it_and_every_line_is_written() {
    let service = Service::start();
    let mut connection = TcpStream::connect(&service.address).unwrap();
    for _ in 0..50 {
        service.check(&mut connection);
    }
    let pid = service.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap()
            .success()
    );
    let (success, lines) = service.rest();
    assert!(success);
    assert_all_lines_are_there(&lines, 50);
}

#[test]
fn it_ends_quietly_when_nobody_reads_its_log() {
    let service = Service::start();
    let Service {
        mut child,
        stdin,
        lines,
        address,
    } = service;
    drop(lines);
    let mut connection = TcpStream::connect(address).unwrap();
    connection
        .write_all(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n")
        .unwrap();
    assert!(child.wait().unwrap().success());
    drop(stdin);
}

#[test]
fn an_address_in_use_is_named_with_the_flag_that_changes_it() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_scoring-service"))
        .args(["--listen", &address])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    let expected = format!("error: cannot listen on `{address}` (`--listen` chooses another): ");
    assert!(stderr.starts_with(&expected), "{stderr}");
}
