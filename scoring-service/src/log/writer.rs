use std::io::{self, Write};
use std::thread::JoinHandle;

use tokio::sync::{mpsc, watch};

/// Lines that wait for the writer before requests wait for it too.
const QUEUE: usize = 8192;

/// Where requests leave their lines. One thread writes them, in order. When it falls behind,
/// [`LogWriter::write`] waits: a line is never dropped while someone reads.
#[derive(Clone, Debug)]
pub struct LogWriter {
    lines: mpsc::Sender<String>,
}

/// The thread that writes.
#[derive(Debug)]
pub struct WriterTask {
    thread: JoinHandle<io::Result<()>>,
    gone: watch::Receiver<bool>,
}

impl LogWriter {
    /// Starts the thread. It ends when every [`LogWriter`] is dropped and all lines are out.
    pub fn start(sink: Box<dyn Write + Send>) -> io::Result<(Self, WriterTask)> {
        let (lines, queue) = mpsc::channel(QUEUE);
        let (tell, gone) = watch::channel(false);
        let thread = std::thread::Builder::new()
            .name("log-writer".to_owned())
            .spawn(move || {
                let end = write_all(queue, sink);
                let _ = tell.send(true);
                end
            })?;
        Ok((Self { lines }, WriterTask { thread, gone }))
    }

    /// Queues one line. After the reader has gone away lines go nowhere, quietly: the service is
    /// then stopping.
    pub async fn write(&self, line: String) {
        let _ = self.lines.send(line).await;
    }
}

impl WriterTask {
    /// Turns true when the reader of the log went away or writing failed.
    pub fn gone(&self) -> watch::Receiver<bool> {
        self.gone.clone()
    }

    /// Waits until every line is out. A reader that closed the pipe is no error: `service | head`
    /// ends quietly.
    pub fn finish(self) -> io::Result<()> {
        match self.thread.join() {
            Ok(Err(error)) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            Ok(_) => Ok(()),
            Err(_) => Err(io::Error::other("the log writer stopped unexpectedly")),
        }
    }
}

/// Writes what is there, and flushes whenever nothing more is waiting.
fn write_all(mut queue: mpsc::Receiver<String>, mut sink: Box<dyn Write + Send>) -> io::Result<()> {
    let mut waiting = Vec::new();
    while queue.blocking_recv_many(&mut waiting, QUEUE) > 0 {
        let mut bytes = String::with_capacity(waiting.iter().map(|line| line.len() + 1).sum());
        for line in waiting.drain(..) {
            bytes.push_str(&line);
            bytes.push('\n');
        }
        sink.write_all(bytes.as_bytes())?;
        sink.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            // Slow and piecemeal, as a full pipe is.
            std::thread::yield_now();
            let some = bytes.len().min(100);
            self.0.lock().unwrap().extend_from_slice(&bytes[..some]);
            Ok(some)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn every_line_is_out_in_order_after_finish() {
        let sink = Sink::default();
        let (writer, task) = LogWriter::start(Box::new(sink.clone())).unwrap();
        for n in 0..20_000 {
            writer.write(format!("line {n}")).await;
        }
        drop(writer);
        task.finish().unwrap();
        let written = String::from_utf8(sink.0.lock().unwrap().clone()).unwrap();
        assert!(
            written
                .lines()
                .map(str::to_owned)
                .eq((0..20_000).map(|n| format!("line {n}")))
        );
    }

    #[tokio::test]
    async fn a_closed_pipe_ends_quietly_and_is_told() {
        let (writer, task) = LogWriter::start(Box::new(Closed)).unwrap();
        let mut gone = task.gone();
        writer.write("x".to_owned()).await;
        gone.wait_for(|gone| *gone).await.unwrap();
        writer.write("y".to_owned()).await;
        assert!(task.finish().is_ok());
    }
}
