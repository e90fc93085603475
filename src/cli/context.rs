use std::fmt;
use std::future::Future;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::sync::Arc;

use anstream::{AutoStream, ColorChoice};
use belfry_engine::base::Clock;

use super::{CommandError, Globals, Settings};
use crate::clock::SystemClock;

/// What a command works with: flags, settings, time and the two streams. Text written to the streams
/// may carry colour; it is taken out where the stream does not want it.
pub struct Context {
    /// The flags every command has.
    pub globals: Globals,
    /// What the environment said when the process began.
    pub settings: Settings,
    /// Where time comes from.
    pub clock: Arc<dyn Clock>,
    /// Answers.
    pub out: Box<dyn Write + Send>,
    /// Progress, remarks and errors.
    pub err: Box<dyn Write + Send>,
    /// Whether `err` takes colour: for texts that are rendered in one of two ways.
    pub err_coloured: bool,
    /// Whether a person watches `err`, so that progress may move.
    pub watched: bool,
    /// The width of the terminal that `out` is, where it is one.
    pub width: Option<u16>,
    /// What a person types, where one can be asked.
    pub answers: Option<Box<dyn BufRead + Send>>,
}

impl Context {
    /// Over the streams and the clock of the process.
    pub(super) fn of_process(globals: Globals, settings: Settings) -> Self {
        let choice = ColorChoice::from(globals.color);
        let err = AutoStream::new(io::stderr(), choice);
        let can_ask = io::stdin().is_terminal() && io::stderr().is_terminal();
        Self {
            err_coloured: err.current_choice() != ColorChoice::Never,
            watched: io::stderr().is_terminal() && !globals.quiet,
            width: terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0),
            answers: can_ask
                .then(|| -> Box<dyn BufRead + Send> { Box::new(BufReader::new(io::stdin())) }),
            globals,
            settings,
            clock: Arc::new(SystemClock),
            out: Box::new(AutoStream::new(io::stdout(), choice)),
            err: Box::new(err),
        }
    }

    /// Runs a future to its end on a runtime of its own.
    pub fn block_on<T>(
        &self,
        future: impl Future<Output = Result<T, CommandError>>,
    ) -> Result<T, CommandError> {
        runtime()?.block_on(future)
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, CommandError> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(CommandError::from)
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("globals", &self.globals)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
