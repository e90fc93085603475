//! Published lines of load balancers' logs: each is read, or refused for the reason that stands here.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod published;
