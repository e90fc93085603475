//! The embedded AWS endpoint over accounts.
//!
//! What comes in: HTTP requests of any AWS client (awsJson 1.0 and 1.1, rpc-v2-cbor, query/XML). Each is
//! decoded once into a service, an operation and a [`Document`]; the operation works on the region's account;
//! what goes out is a [`Document`] or a [`Fault`] in the caller's protocol.
//!
//! To add an operation: write `<service>/<operation>.rs` with its `OPERATION`, and name it in the table of
//! `<service>/service.rs`. To add a service: a folder with such a table, named in `services.rs`.

mod document;
mod fault;
mod input;
mod operation;
mod limits;
mod loopback;
mod page;
mod tag_list;
mod services;
mod protocol;
mod faults;
mod settings;
mod day;
mod delivery;
mod journal;
mod queries;
mod state;
mod stores;
mod region;
mod server;
mod router;
pub mod ce;
pub mod athena;
pub mod budgets;
pub mod cloudwatch;
pub mod elb;
pub mod logs;
pub mod s3;
pub mod sns;
pub mod sts;
pub mod tagging;
mod vended;

pub use document::{Document, Members};
pub use fault::Fault;
pub use faults::{Faults, FaultsError, Tally};
pub use input::{Input, Words};
pub use loopback::is_loopback_url;
pub use operation::{Context, Operation, Service};
pub use page::Page;
pub use protocol::Protocol;
pub use s3::is_bucket_name;
pub use server::Endpoint;
pub use settings::{EndpointError, Settings};
pub use stores::{Regional, Stores};
pub use tag_list::{read_tags, write_tags};
