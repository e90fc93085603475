use std::future::Future;
use std::path::Path;

use belfry_engine::base::Millis;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::aws::{Answered, CloudError};
use crate::cli::{CommandError, Kind};
use crate::cost::asked::Keep;

/// Asks, or takes what was answered today.
#[derive(Debug)]
pub(super) struct Asking {
    keep: Option<Keep>,
    refresh: bool,
    now: Millis,
    /// Requests made by this run.
    pub(super) requests: u32,
    /// When the oldest answer that was kept was given.
    pub(super) oldest: Option<Millis>,
}

impl Asking {
    /// Keeping answers in `folder`; exports are asked anew each time.
    pub(super) fn new(folder: Option<&Path>, refresh: bool, now: Millis) -> Self {
        Self {
            keep: folder.map(Keep::of),
            refresh,
            now,
            requests: 0,
            oldest: None,
        }
    }

    /// The answer to `question`.
    pub(super) async fn ask<T, F>(&mut self, question: &str, ask: F) -> Result<T, CommandError>
    where
        T: Serialize + DeserializeOwned + Clone,
        F: Future<Output = Result<Answered<T>, CloudError>>,
    {
        let kept = self.keep.as_ref().filter(|_| !self.refresh);
        if let Some(kept) = kept.and_then(|keep| keep.find::<T>(question, self.now)) {
            let at = Millis(kept.at);
            self.oldest = Some(self.oldest.map_or(at, |oldest| oldest.min(at)));
            return Ok(kept.answer);
        }
        let answered = ask.await?;
        self.requests = self.requests.saturating_add(answered.requests);
        if let Some(keep) = &self.keep {
            let failed = |error| CommandError::new(Kind::User, error);
            keep.put(question, self.now, answered.answer.clone())
                .map_err(failed)?;
            keep.count(answered.requests, self.now).map_err(failed)?;
        }
        Ok(answered.answer)
    }

    /// Requests of this month, this run's with them.
    pub(super) fn month(&self) -> Result<u64, CommandError> {
        let Some(keep) = &self.keep else {
            return Ok(0);
        };
        keep.count(0, self.now)
            .map_err(|error| CommandError::new(Kind::User, error))
    }
}
