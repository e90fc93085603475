use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use belfry_engine::base::{Clock, Millis};
use tokio::sync::watch;

/// Where all parts tell their story: one writer, one line at a time.
#[derive(Clone)]
pub struct Teller {
    out: Arc<Mutex<Box<dyn Write + Send>>>,
    clock: Arc<dyn Clock>,
    gone: Arc<watch::Sender<bool>>,
    quiet: bool,
}

impl Teller {
    /// Tells to `out`.
    pub fn new(out: Box<dyn Write + Send>, clock: Arc<dyn Clock>) -> Self {
        Self {
            out: Arc::new(Mutex::new(out)),
            clock,
            gone: Arc::new(watch::Sender::new(false)),
            quiet: false,
        }
    }

    /// Without what happens, where `quiet`: only [`Teller::line`] is told then.
    #[must_use]
    pub fn quiet(self, quiet: bool) -> Self {
        Self { quiet, ..self }
    }

    /// The present moment.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Tells what just happened, with the time (UTC).
    pub fn say(&self, what: impl fmt::Display) {
        if self.quiet {
            return;
        }
        self.line(format_args!("{}  {what}", time(self.now())));
    }

    /// Tells without the time.
    pub fn line(&self, text: impl fmt::Display) {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        if write(&mut **out, &text).is_err() {
            self.gone.send_replace(true);
        }
    }

    /// Completes when nobody listens any more.
    pub async fn nobody_listens(&self) {
        let _ = self.gone.subscribe().wait_for(|gone| *gone).await;
    }
}

/// `21:40:07`, UTC.
pub(super) fn time(at: Millis) -> String {
    at.strftime("%H:%M:%S")
}

fn write(out: &mut dyn Write, text: &dyn fmt::Display) -> io::Result<()> {
    writeln!(out, "{text}")?;
    out.flush()
}

impl fmt::Debug for Teller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Teller").finish_non_exhaustive()
    }
}
