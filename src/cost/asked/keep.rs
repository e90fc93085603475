use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use belfry_engine::base::Millis;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Answers of Cost Explorer in a folder, one file for each question, and a count of what was paid.
#[derive(Clone, Debug)]
pub struct Keep {
    folder: PathBuf,
}

/// An answer and when it was given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept<T> {
    /// The question.
    question: String,
    /// When it was asked, in milliseconds since 1970.
    pub at: i64,
    /// The answer.
    pub answer: T,
}

/// What is kept of a question.
#[derive(Clone, Debug)]
pub enum Found<T> {
    /// Nothing of today.
    Nothing,
    /// The answer of today.
    Answer(Kept<T>),
    /// A file that is no answer.
    Damaged(PathBuf),
}

/// A folder of answers that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the answers kept in `{}` cannot be read or written", path.display())]
pub struct KeepError {
    path: PathBuf,
    source: io::Error,
}

/// Requests of one month.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Ledger {
    month: String,
    requests: u64,
}

const LEDGER: &str = "requests.json";
/// Where a ledger goes that cannot be read.
const DAMAGED: &str = "requests.damaged.json";

impl Keep {
    /// In `folder`, which is made when something is kept.
    pub fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The answer to `question` that was given today (UTC). A file of another question whose name is the same counts
    /// as none.
    pub fn find<T: DeserializeOwned>(&self, question: &str, now: Millis) -> Found<T> {
        let path = self.path(question);
        let Ok(bytes) = fs::read(&path) else {
            return Found::Nothing;
        };
        let Ok(kept) = serde_json::from_slice::<Kept<T>>(&bytes) else {
            return Found::Damaged(path);
        };
        match kept.question == question && day(Millis(kept.at)) == day(now) {
            true => Found::Answer(kept),
            false => Found::Nothing,
        }
    }

    /// Puts a count of requests that cannot be read aside, so that counting goes on and nothing is lost; where it is now.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be read or written.
    pub fn set_aside(&self) -> Result<Option<PathBuf>, KeepError> {
        let failed = |source| KeepError {
            path: self.folder.clone(),
            source,
        };
        let path = self.folder.join(LEDGER);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        if serde_json::from_slice::<Ledger>(&bytes).is_ok() {
            return Ok(None);
        }
        let aside = self.folder.join(DAMAGED);
        fs::rename(&path, &aside).map_err(failed)?;
        Ok(Some(aside))
    }

    /// Keeps an answer.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written.
    pub fn put<T: Serialize>(
        &self,
        question: &str,
        now: Millis,
        answer: T,
    ) -> Result<Kept<T>, KeepError> {
        let kept = Kept {
            question: question.to_owned(),
            at: now.0,
            answer,
        };
        self.write(&self.path(question), &kept)?;
        Ok(kept)
    }

    /// Counts requests that were made, and says how many there were this month with them.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written.
    pub fn count(&self, requests: u32, now: Millis) -> Result<u64, KeepError> {
        let path = self.folder.join(LEDGER);
        let month = month(now);
        let read = fs::read_to_string(&path).ok();
        let ledger: Option<Ledger> = read.and_then(|text| serde_json::from_str(&text).ok());
        let mut ledger = ledger
            .filter(|ledger| ledger.month == month)
            .unwrap_or_default();
        ledger.requests = ledger.requests.saturating_add(u64::from(requests));
        ledger.month = month;
        if requests > 0 {
            self.write(&path, &ledger)?;
        }
        Ok(ledger.requests)
    }

    fn write(&self, path: &Path, value: &impl Serialize) -> Result<(), KeepError> {
        let failed = |source| KeepError {
            path: self.folder.clone(),
            source,
        };
        fs::create_dir_all(&self.folder).map_err(failed)?;
        let text = serde_json::to_string(value).map_err(|error| failed(error.into()))?;
        let draft = path.with_extension("draft");
        fs::write(&draft, text).map_err(failed)?;
        fs::rename(&draft, path).map_err(failed)
    }

    fn path(&self, question: &str) -> PathBuf {
        let hash = question
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        self.folder.join(format!("{hash:016x}.json"))
    }
}

/// The day of a moment, in UTC.
fn day(at: Millis) -> Date {
    let at = Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(at).date()
}

fn month(at: Millis) -> String {
    let day = day(at);
    format!("{:04}-{:02}", day.year(), day.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_for_its_day_and_requests_for_their_month() {
        let folder = tempfile::tempdir().unwrap();
        let keep = Keep::of(folder.path());
        let at = |text| Millis::parse_rfc3339(text).unwrap();
        let morning = at("2026-11-21T08:00:00Z");
        let find = |question, at| match keep.find::<u32>(question, at) {
            Found::Answer(kept) => Some(kept.answer),
            Found::Nothing | Found::Damaged(_) => None,
        };
        assert_eq!(find("q", morning), None);
        keep.put("q", morning, 7_u32).unwrap();
        assert_eq!(find("q", at("2026-11-21T23:59:00Z")), Some(7));
        assert_eq!(find("q", at("2026-11-22T00:00:00Z")), None);
        assert_eq!(find("other", morning), None);
        assert_eq!(keep.count(2, morning).unwrap(), 2);
        assert_eq!(keep.count(0, morning).unwrap(), 2);
        assert_eq!(keep.count(1, at("2026-12-01T00:00:00Z")).unwrap(), 1);
    }

    #[test]
    fn a_damaged_answer_is_named_and_a_damaged_count_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let keep = Keep::of(folder.path());
        let now = Millis::parse_rfc3339("2026-11-21T08:00:00Z").unwrap();
        assert!(keep.set_aside().unwrap().is_none());
        keep.put("q", now, 7_u32).unwrap();
        keep.count(2, now).unwrap();
        assert!(keep.set_aside().unwrap().is_none());
        fs::write(keep.path("q"), [0xff]).unwrap();
        fs::write(folder.path().join(LEDGER), "{\"month\"").unwrap();
        assert!(matches!(keep.find::<u32>("q", now), Found::Damaged(_)));
        let aside = keep.set_aside().unwrap().unwrap();
        assert_eq!(fs::read_to_string(aside).unwrap(), "{\"month\"");
        assert_eq!(keep.count(1, now).unwrap(), 1);
    }
}
