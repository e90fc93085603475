use std::future::Future;
use std::path::Path;

use belfry_engine::base::Millis;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::aws::{Answered, CloudError};
use crate::cli::{CommandError, Kind};
use crate::cost::asked::{Found, Keep};

/// Asks, or takes what was answered today.
#[derive(Debug)]
pub(super) struct Asking {
    keep: Option<Keep>,
    account: String,
    refresh: bool,
    now: Millis,
    /// Requests made by this run.
    pub(super) requests: u32,
    /// When the oldest answer that was kept was given.
    pub(super) oldest: Option<Millis>,
    /// What was damaged, and what became of it.
    pub(super) notes: Vec<String>,
}

impl Asking {
    /// Keeping answers of `account` in `folder`; exports are asked anew each time.
    pub(super) fn new(
        folder: Option<&Path>,
        account: &str,
        refresh: bool,
        now: Millis,
    ) -> Result<Self, CommandError> {
        let keep = folder.map(Keep::of);
        let failed = |error| CommandError::new(Kind::User, error);
        let aside = keep.as_ref().map(Keep::set_aside).transpose();
        let aside = aside.map_err(failed)?.flatten().map(|path| {
            format!(
                "the count of requests was damaged and is now `{}`; counting begins anew",
                path.display()
            )
        });
        Ok(Self {
            keep,
            account: account.to_owned(),
            refresh,
            now,
            requests: 0,
            oldest: None,
            notes: aside.into_iter().collect(),
        })
    }

    /// The answer to `question`.
    pub(super) async fn ask<T, F>(&mut self, question: &str, ask: F) -> Result<T, CommandError>
    where
        T: Serialize + DeserializeOwned + Clone,
        F: Future<Output = Result<Answered<T>, CloudError>>,
    {
        let question = format!("{} {question}", self.account);
        let kept = self.keep.as_ref().filter(|_| !self.refresh);
        match kept.map(|keep| keep.find::<T>(&question, self.now)) {
            Some(Found::Answer(kept)) => {
                let at = Millis(kept.at);
                self.oldest = Some(self.oldest.map_or(at, |oldest| oldest.min(at)));
                return Ok(kept.answer);
            }
            Some(Found::Damaged(path)) => self.notes.push(format!(
                "the answer kept in `{}` was damaged; it was asked again",
                path.display()
            )),
            Some(Found::Nothing) | None => {}
        }
        let answered = ask.await?;
        self.requests = self.requests.saturating_add(answered.requests);
        if let Some(keep) = &self.keep {
            let failed = |error| CommandError::new(Kind::User, error);
            keep.count(answered.requests, self.now).map_err(failed)?;
            keep.put(&question, self.now, answered.answer.clone())
                .map_err(failed)?;
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
