use std::fmt::Display;
use std::io::Write;

use indicatif::ProgressBar;

use super::plan::style_of;
use super::spinner::spinner;
use super::style::{FAINT, REMOVED, styled};
use crate::provision::{Applied, Change, Progress};

/// One line for each change as it is made, and what is being done below them.
pub struct ApplyProgress<'a> {
    out: &'a mut (dyn Write + Send),
    bar: ProgressBar,
}

impl<'a> ApplyProgress<'a> {
    /// Lines go to `out`; the moving part is shown where somebody `watched`.
    pub fn new(out: &'a mut (dyn Write + Send), watched: bool) -> Self {
        Self {
            out,
            bar: spinner(watched, ""),
        }
    }
}

impl<E: Display> Progress<E> for ApplyProgress<'_> {
    fn started(&mut self, change: &Change) {
        self.bar
            .set_message(format!("{} {}", change.action.sign(), change.address));
    }

    fn finished(&mut self, change: &Change, applied: &Applied<E>) {
        let address = &change.address;
        let line = match applied {
            Applied::Done => {
                let sign = styled(style_of(change.action), change.action.sign());
                format!("{sign} {address}")
            }
            Applied::Failed(error) => {
                format!("{} {address}: failed: {error}", styled(REMOVED, '!'))
            }
            Applied::Skipped(lacking) => {
                let line = format!("· {address}: not tried, it needs {lacking}");
                styled(FAINT, line)
            }
        };
        // A reader who went away does not stop the changes.
        let out = &mut self.out;
        self.bar.suspend(|| {
            let _ = writeln!(out, "{line}");
        });
    }
}

impl std::fmt::Debug for ApplyProgress<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ApplyProgress")
    }
}

impl Drop for ApplyProgress<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
