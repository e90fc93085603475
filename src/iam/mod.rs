//! Which actions of IAM Belfry needs, and policies that allow no more.
//!
//! What comes in: the tables `ACTIONS` beside the calls in `src/aws`, a suite, and where it is deployed. What goes out: the
//! policy of a [`Role`] in documents of a size that IAM takes ([`policies`]), and the trust policy for GitHub's workflows
//! ([`github_trust`]). To add a call: its line in the `ACTIONS` of its file (a test names the calls without one). To add a
//! kind of resource: a variant of [`On`] and its line in `arns.rs`.

mod action;
mod arns;
mod place;
mod policy;
mod trust;

pub use action::{
    APPLY, Action, BY_HAND, COST, EVERYBODY, LOCALLY, On, PLAN, READERS, Role, WATCH,
    WATCH_AND_COST,
};
pub use place::IamPlace;
pub use policy::{LONGEST_POLICY, policies, size};
pub use trust::{GithubSubject, github_trust};
