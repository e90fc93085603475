use crate::base::Millis;

/// One account in one region.
#[derive(Debug)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// `us-east-1`.
    pub region: String,
}

impl Account {
    /// An empty account.
    pub fn new(id: &str, region: &str) -> Self {
        Self {
            id: id.to_owned(),
            region: region.to_owned(),
        }
    }

    /// Lets time pass up to `now`.
    pub fn advance(&mut self, _now: Millis) {}
}
