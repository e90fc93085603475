use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A sign of life on standard error while something takes time; nothing where nobody watches.
#[derive(Debug)]
pub struct Spinner(ProgressBar);

impl Spinner {
    /// With a first `message`.
    pub fn new(watched: bool, message: &str) -> Self {
        Self(spinner(watched, message))
    }

    /// Shows another message.
    pub fn say(&self, message: &str) {
        self.0.set_message(message.to_owned());
    }

    /// Takes it away while `f` writes or asks.
    pub fn suspend<T>(&self, f: impl FnOnce() -> T) -> T {
        self.0.suspend(f)
    }

    /// Takes it away.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// The bar itself, for reports that show more than a message.
pub fn spinner(watched: bool, message: &str) -> ProgressBar {
    let target = if watched {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(None, target);
    bar.set_style(ProgressStyle::default_spinner());
    bar.set_message(message.to_owned());
    if watched {
        bar.enable_steady_tick(Duration::from_millis(100));
    }
    bar
}
