use std::sync::{Arc, Mutex, PoisonError};

use super::LogType;

/// The characters of a line that a note shows.
const SHOWN: usize = 40;

/// Lines that are not of the type that their file was taken for, of which the first is told. Threads write here while they
/// scan. Two of them are equal: what was found is no part of an origin.
#[derive(Clone, Debug, Default)]
pub struct Misfits(Arc<Mutex<Option<Misfit>>>);

#[derive(Debug)]
struct Misfit {
    position: u64,
    log_type: LogType,
    begin: String,
    reason: String,
}

impl PartialEq for Misfits {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Misfits {}

impl Misfits {
    /// Takes a line that is no record of `log_type`; lines of types that have no reasons are left out.
    pub fn note(&self, position: u64, log_type: LogType, line: &str) {
        let Some(reason) = log_type.misfit(line) else {
            return;
        };
        let mut first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if first.as_ref().is_none_or(|first| position < first.position) {
            *first = Some(Misfit {
                position,
                log_type,
                begin: line.chars().take(SHOWN).collect(),
                reason,
            });
        }
    }

    /// In words; nothing where all lines were of their type.
    pub fn in_words(&self) -> Option<String> {
        let first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        first.as_ref().map(|first| {
            format!(
                "lines that are not of {} have no fields; the first, `{}…`, is refused at {}",
                first.log_type.title(),
                first.begin,
                first.reason
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_another_kind_is_told_with_its_byte() {
        let misfits = Misfits::default();
        assert_eq!(misfits.in_words(), None);
        misfits.note(7, LogType::AlbAccess, "http later");
        misfits.note(3, LogType::AlbAccess, "http \"open");
        misfits.note(1, LogType::VpcFlow, "no reason is known");
        assert_eq!(
            misfits.in_words().unwrap(),
            "lines that are not of access logs of load balancers have no fields; the first, `http \"open…`, is refused at byte 5: the quote is never closed"
        );
    }
}
