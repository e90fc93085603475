//! SNS deliveries: from the account's outbox to HTTP subscribers on this machine.
//!
//! What comes in: [`Delivery`](belfry_engine::account::Delivery) values. What goes out: POST requests with the
//! headers and the JSON document that SNS sends. They cannot be signed as AWS signs: `Signature` and
//! `SigningCertURL` are empty texts, so a subscriber that checks signatures refuses them, as it should.
//! A subscriber that does not answer 2xx is tried again after each delay of the retry policy, then dropped with a
//! remark.

mod message;
mod sender;

pub(super) use sender::send;
