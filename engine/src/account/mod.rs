//! One account's CloudWatch in memory: all stores, and the reactions between them.

mod stores;

pub use stores::Account;
