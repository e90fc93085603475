use std::error::Error;
use std::future::Future;

use super::{Address, Change, Desired, Observed};

/// What to look at in an account.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The suite's name, which its tag carries and its saved queries begin with.
    pub suite: &'a str,
    /// What the names of its alarms, dashboards and topics begin with.
    pub prefix: &'a str,
    /// What it declares.
    pub desired: &'a Desired,
}

impl Scope<'_> {
    /// Whether the suite declares a resource at this address.
    pub fn declares(&self, address: &Address) -> bool {
        self.desired.resources.contains_key(address)
    }
}

/// An account, as far as planning and applying need it.
pub trait Cloud: Sync {
    /// Why a call failed.
    type Error: Error + Send + 'static;

    /// What the account holds of what the suite declares or once made.
    fn observe(
        &self,
        scope: &Scope<'_>,
    ) -> impl Future<Output = Result<Observed, Self::Error>> + Send;

    /// Makes one change. Doing it a second time does no harm.
    fn change(&self, change: &Change) -> impl Future<Output = Result<(), Self::Error>> + Send;
}
