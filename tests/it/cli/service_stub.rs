use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use super::fixture::{BELFRY_TOML, Folder};

/// CloudWatch Logs as a test wants it: answers by operation, and remembers the calls.
pub(super) struct ServiceStub {
    url: String,
    calls: Arc<(Mutex<Vec<String>>, Condvar)>,
}

/// The answer to an operation that is asked for the n-th time, counted from zero.
pub(super) type Answer = fn(&str, usize) -> String;

impl ServiceStub {
    pub(super) fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let calls = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
        let seen = Arc::clone(&calls);
        thread::spawn(move || {
            for stream in listener.incoming() {
                serve(&stream.unwrap(), &seen, answer);
            }
        });
        Self { url, calls }
    }

    /// The variables that send the environment `prod` here.
    pub(super) fn variables(&self) -> [(&str, &str); 3] {
        [
            ("AWS_ENDPOINT_URL", self.url.as_str()),
            ("AWS_ACCESS_KEY_ID", "key"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
        ]
    }

    /// Waits until `operation` was asked for `count` times.
    pub(super) fn wait_for(&self, operation: &str, count: usize) {
        let (calls, changed) = &*self.calls;
        let calls = calls.lock().unwrap();
        let found = |calls: &Vec<String>| calls.iter().filter(|c| *c == operation).count();
        drop(
            changed
                .wait_while(calls, |calls| found(calls) < count)
                .unwrap(),
        );
    }

    pub(super) fn calls(&self) -> Vec<String> {
        self.calls.0.lock().unwrap().clone()
    }
}

/// A suite with an environment of an account.
pub(super) fn folder_with_account() -> Folder {
    let folder = Folder::with_suite();
    let account = "\n[env.prod]\naccount = \"111122223333\"\nregion = \"eu-central-1\"\n";
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{account}"));
    folder
}

fn serve(mut stream: &TcpStream, calls: &(Mutex<Vec<String>>, Condvar), answer: Answer) {
    let mut reader = BufReader::new(stream);
    let (mut length, mut operation) = (0, String::new());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap() == 0 {
            return;
        }
        let Some((name, value)) = line.trim().split_once(": ") else {
            if line.trim().is_empty() {
                break;
            }
            continue;
        };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap(),
            "x-amz-target" => operation = value.rsplit('.').next().unwrap().to_owned(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let (seen, changed) = calls;
    let mut seen = seen.lock().unwrap();
    let before = seen.iter().filter(|call| **call == operation).count();
    let text = answer(&operation, before);
    seen.push(operation);
    drop(seen);
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        text.len()
    );
    stream.write_all((head + &text).as_bytes()).unwrap();
    changed.notify_all();
}
