use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use super::served::Served;

/// Between `belfry` and an endpoint: remembers the operations that are asked for, and refuses some as IAM does.
pub(super) struct Between {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Between {
    pub(super) fn new(served: &Served, denied: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let [(_, endpoint)] = served.variables();
        let endpoint = endpoint.trim_start_matches("http://").to_owned();
        let seen = Arc::default();
        let all = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (endpoint, all) = (endpoint.clone(), Arc::clone(&all));
                thread::spawn(move || pass(stream.unwrap(), &endpoint, denied, &all));
            }
        });
        Self { url, seen }
    }

    /// The variable that takes `belfry` here.
    pub(super) fn variables(&self) -> [(&str, &str); 1] {
        [("AWS_ENDPOINT_URL", self.url.as_str())]
    }

    /// The operations that were asked for since the last time, but for those of S3, which have no name in a request.
    pub(super) fn seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.seen.lock().unwrap())
    }
}

/// One request a connection.
fn pass(mut client: TcpStream, endpoint: &str, denied: &[&str], seen: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(client.try_clone().unwrap());
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_owned()),
        }
    }
    let length = header(&head, "content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    if let Some(operation) = operation(&head, &body) {
        let is_denied = denied.contains(&operation.as_str());
        seen.lock().unwrap().push(operation);
        if is_denied {
            client.write_all(refusal().as_bytes()).unwrap();
            return;
        }
    }
    head.retain(|line| !line.to_ascii_lowercase().starts_with("connection:"));
    let head = format!("{}\r\nconnection: close\r\n\r\n", head.join("\r\n"));
    let mut upstream = TcpStream::connect(endpoint).unwrap();
    upstream.write_all(head.as_bytes()).unwrap();
    upstream.write_all(&body).unwrap();
    // A client that was killed takes no answer.
    drop(std::io::copy(&mut upstream, &mut client));
}

fn header<'h>(head: &'h [String], name: &str) -> Option<&'h str> {
    let mut headers = head.iter().filter_map(|line| line.split_once(':'));
    let found = headers.find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.trim())
}

/// By the header of awsJson, the path of rpc-v2-cbor, or the body of query.
fn operation(head: &[String], body: &[u8]) -> Option<String> {
    if let Some(target) = header(head, "x-amz-target") {
        return target.rsplit('.').next().map(str::to_owned);
    }
    let path = head.first()?.split(' ').nth(1)?;
    if let Some((_, operation)) = path.split_once("/operation/") {
        return Some(operation.to_owned());
    }
    let body = String::from_utf8_lossy(body);
    let mut members = body.split('&').filter_map(|member| member.split_once('='));
    let found = members.find(|(name, _)| *name == "Action");
    found.map(|(_, action)| action.to_owned())
}

fn refusal() -> String {
    let body = r#"{"__type":"AccessDeniedException","Message":"User: arn:aws:iam::000000000000:user/ci is not authorized to perform this"}"#;
    let length = body.len();
    format!(
        "HTTP/1.1 400 Bad Request\r\ncontent-type: application/x-amz-json-1.1\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}
