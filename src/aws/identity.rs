use super::{CloudError, Session};
use crate::iam::{Action, EVERYBODY, On};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[Action::new(
    "get_caller_identity",
    "sts:GetCallerIdentity",
    On::Nothing,
    EVERYBODY,
)];

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Twelve digits.
    pub account: String,
    /// The caller's ARN.
    pub arn: String,
}

impl Session {
    /// Asks STS who calls.
    pub async fn identity(&self) -> Result<Identity, CloudError> {
        let answer = self
            .sts()
            .get_caller_identity()
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("GetCallerIdentity", "sts", &e))?;
        Ok(Identity {
            account: answer.account().unwrap_or_default().to_owned(),
            arn: answer.arn().unwrap_or_default().to_owned(),
        })
    }

    /// Refuses to go on where the caller's account is not the one the environment names. Called
    /// before the first write.
    pub async fn guard_account(&self) -> Result<Identity, CloudError> {
        let identity = self.identity().await?;
        match self.account() {
            Some(named) if named != identity.account => Err(wrong_account(named, &identity)),
            _ => Ok(identity),
        }
    }
}

fn wrong_account(named: &str, identity: &Identity) -> CloudError {
    let message = format!(
        "the environment names account {named}, the credentials belong to account {} ({})",
        identity.account, identity.arn
    );
    CloudError::local("GetCallerIdentity", named, message)
        .with_hint("nothing was written; choose the environment's `profile` or other credentials")
}
