//! The embedded AWS endpoint over accounts.
