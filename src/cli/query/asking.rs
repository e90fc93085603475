use std::io::Write;

use belfry_engine::base::TimeRange;
use belfry_engine::insights::QueryResults;

use super::all_rows::AllRows;
use super::slices::MOST_ROWS;
use super::spend::{Person, Spend};
use crate::aws::{QueryRequest, Ran, Running, Session};
use crate::cli::interrupt::Interrupt;
use crate::cli::{CommandError, Kind};
use crate::report::{Spinner, bytes, dollars, grouped, plural};

/// Characters of a row that is shown while its query runs: no terminal wraps them.
const PREVIEW: usize = 76;

/// One command's queries: what they ask, and what they cost.
pub(super) struct Asking<'a> {
    pub(super) text: &'a str,
    pub(super) log_groups: &'a [String],
    pub(super) spinner: Spinner,
    pub(super) spend: Spend,
    pub(super) person: Person,
    /// Rows that earlier queries of the command found.
    pub(super) before: usize,
}

impl Asking<'_> {
    /// One query. Over the price, or by Ctrl-C, it is stopped at the service.
    pub(super) async fn once(
        &mut self,
        session: &Session,
        interrupt: &mut Interrupt,
        range: TimeRange,
        limit: Option<u32>,
    ) -> Result<QueryResults, CommandError> {
        let request = QueryRequest {
            text: self.text,
            log_groups: self.log_groups,
            range,
            limit: limit.and_then(|limit| i32::try_from(limit).ok()),
        };
        let mut watch = |running: &Running| {
            let rows = self.before + running.rows;
            self.spinner.say(&progress(running, rows, &self.spend));
            let (spinner, spend, person) = (&self.spinner, &mut self.spend, &mut self.person);
            spinner.suspend(|| spend.allows(&running.statistics, person))
        };
        let ran = Box::pin(session.run_query(&request, &mut watch, interrupt.next())).await?;
        match ran {
            Ran::Complete(results) => {
                self.spend.ended(&results.statistics);
                Ok(results)
            }
            Ran::Stopped(scanned) if self.spend.is_over(&scanned) => Err(CommandError::new(
                Kind::Check,
                anyhow::Error::msg(self.spend.refusal(&scanned)),
            )),
            Ran::Stopped(_) => Err(CommandError::user(
                "the query was stopped; it costs no more",
            )),
        }
    }

    /// Every row: part of the time after part, where they are more than one query gives.
    pub(super) async fn all(
        &mut self,
        session: &Session,
        interrupt: &mut Interrupt,
        mut all: AllRows<'_>,
        out: &mut dyn Write,
    ) -> Result<QueryResults, CommandError> {
        while let Some(range) = all.next() {
            let results = self
                .once(session, interrupt, range, Some(MOST_ROWS))
                .await?;
            self.spinner.suspend(|| all.take(range, results, out))?;
            self.before = all.written();
            let nothing = Default::default();
            if all.has_more() && !self.spend.allows(&nothing, &mut self.person) {
                let refusal = self.spend.refusal(&nothing);
                return Err(CommandError::new(Kind::Check, anyhow::Error::msg(refusal)));
            }
        }
        Ok(all.finish())
    }
}

fn progress(running: &Running, rows: usize, spend: &Spend) -> String {
    let scanned = &running.statistics;
    let price = match spend.so_far(scanned) {
        Some(price) => format!(", about {} (estimate)", dollars(price)),
        None => String::new(),
    };
    let mut text = format!(
        "{} records, {} scanned{price}; {} so far; Ctrl-C stops it",
        grouped(scanned.records_scanned),
        bytes(scanned.bytes_scanned),
        plural(rows, "row"),
    );
    for row in &running.first {
        text.push_str("\n  ");
        text.extend(row.chars().take(PREVIEW));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::sync::{Arc, Mutex};

    use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn rows_of_a_running_query_are_shown_shortened_under_its_progress() {
        let running = Running {
            rows: 2,
            first: vec!["10:00:00 first".to_owned(), "x".repeat(200)],
            ..Running::default()
        };
        let text = progress(&running, 2, &Spend::new(false, None));
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].contains("2 rows so far"), "{text}");
        assert_eq!(lines[1], "  10:00:00 first");
        assert_eq!(lines[2].len(), 78);
    }

    /// Operations that the service was asked for.
    type Calls = Arc<Mutex<Vec<String>>>;

    /// A service whose query scans another 2 GiB each time it is asked for.
    async fn service() -> (SocketAddr, Calls) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, calls) = (listener.local_addr().unwrap(), Calls::default());
        let seen = Arc::clone(&calls);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                serve(stream, &seen).await;
            }
        });
        (address, calls)
    }

    async fn serve(stream: TcpStream, calls: &Calls) {
        let mut stream = BufReader::new(stream);
        let (mut operation, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await.unwrap();
            match line.trim().to_lowercase().split_once(": ") {
                Some(("x-amz-target", name)) => {
                    operation = name.rsplit('.').next().unwrap().to_owned();
                }
                Some(("content-length", count)) => length = count.parse().unwrap(),
                Some(_) => {}
                None if line.trim().is_empty() => break,
                None => {}
            }
        }
        stream.read_exact(&mut vec![0; length]).await.unwrap();
        let asked = {
            let mut calls = calls.lock().unwrap();
            calls.push(operation.clone());
            calls.iter().filter(|call| **call == operation).count()
        };
        let body = match operation.as_str() {
            "startquery" => r#"{"queryId":"q"}"#.to_owned(),
            "stopquery" => r#"{"success":true}"#.to_owned(),
            _ => format!(
                r#"{{"status":"{}","results":[[{{"field":"n","value":"1"}}]],"statistics":{{"bytesScanned":{}.0}}}}"#,
                if asked < 3 { "Running" } else { "Complete" },
                asked << 31
            ),
        };
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nConnection: close";
        let answer = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).await.unwrap();
    }

    async fn ask(answers: Option<&'static str>) -> (Result<QueryResults, CommandError>, String) {
        let (address, calls) = service().await;
        let session = Session::at(&format!("http://{address}"), "us-east-1");
        let mut asking = Asking {
            text: "fields n",
            log_groups: &[],
            spinner: Spinner::new(false, ""),
            spend: Spend::new(true, Some(0.005)),
            person: Person::typing(answers),
            before: 0,
        };
        let mut interrupt = Interrupt::listen().unwrap();
        let range = TimeRange::ALL;
        let answer = asking.once(&session, &mut interrupt, range, None).await;
        let calls = calls.lock().unwrap().join(" ");
        (answer, calls)
    }

    #[tokio::test]
    async fn with_a_yes_the_query_goes_on_to_its_end() {
        let (answer, calls) = ask(Some("y\n")).await;
        assert_eq!(answer.unwrap().rows.len(), 1);
        assert_eq!(
            calls,
            "startquery getqueryresults getqueryresults getqueryresults"
        );
    }

    #[tokio::test]
    async fn with_a_no_or_nobody_to_ask_the_query_is_stopped_at_the_service_and_its_price_said() {
        for answers in [Some("n\n"), Some("\n"), Some(""), None] {
            let (answer, calls) = ask(answers).await;
            let error = answer.unwrap_err();
            assert_eq!(error.kind, Kind::Check);
            assert_eq!(
                error.error.to_string(),
                "the scan cost about $0.0100 (estimate), more than --max-cost $0.0050; it was stopped"
            );
            assert_eq!(calls, "startquery getqueryresults stopquery");
        }
    }
}
