use serde::Serialize;

/// The lowest score that a person should look at.
pub const REVIEW_FROM: u8 = 40;

/// The lowest score that is called fraud and blocked.
pub const BLOCK_FROM: u8 = 70;

/// What to do with a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Recommendation {
    /// A score below [`REVIEW_FROM`].
    Approve,
    /// A score from [`REVIEW_FROM`] to below [`BLOCK_FROM`].
    Review,
    /// A score of [`BLOCK_FROM`] or more.
    Block,
}

impl From<u8> for Recommendation {
    fn from(score: u8) -> Self {
        match score {
            BLOCK_FROM.. => Self::Block,
            REVIEW_FROM.. => Self::Review,
            _ => Self::Approve,
        }
    }
}
