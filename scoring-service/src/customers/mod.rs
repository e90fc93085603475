//! What is remembered of each customer, in bounded memory.
//!
//! In: a scored transaction and when it arrived. Out: the [`History`] that the factors read. Nothing
//! is kept on disk: a task that starts anew knows no customer, and says nothing about unusual
//! places or new merchants until it has seen [`History::is_known`] enough.

mod history;
mod memory;

pub use history::{History, KNOWN_AFTER};
pub use memory::Customers;
