//! S3: a small, exact subset over a folder. One file per operation, each with its `OPERATION` and its `ROUTE`, which says
//! how it stands in HTTP.
//!
//! In come calls whose bytes are put aside already (`bodies`); out go documents. Buckets are in no region's account: their
//! names are one space. Lifecycle rules are kept, not carried out; access lists, versions, KMS and archives are refused by
//! name. To add an operation: its file, named in both tables of `service.rs`, and its lists in `protocol/xml_lists.rs`.

mod abort_multipart_upload;
mod bodies;
mod complete_multipart_upload;
mod conditions;
mod copy_object;
mod create_bucket;
mod create_multipart_upload;
mod delete_bucket;
mod delete_bucket_encryption;
mod delete_bucket_lifecycle;
mod delete_bucket_ownership_controls;
mod delete_bucket_policy;
mod delete_bucket_tagging;
mod delete_object;
mod delete_objects;
mod delete_public_access_block;
mod get_bucket_encryption;
mod get_bucket_lifecycle_configuration;
mod get_bucket_location;
mod get_bucket_ownership_controls;
mod get_bucket_policy;
mod get_bucket_tagging;
mod get_object;
mod get_public_access_block;
mod head_bucket;
mod head_object;
mod lifecycle;
mod list_buckets;
mod list_multipart_uploads;
mod list_objects_v2;
mod list_parts;
mod listing;
mod names;
mod object_show;
mod policy;
mod policy_condition;
mod put_bucket_encryption;
mod put_bucket_lifecycle_configuration;
mod put_bucket_ownership_controls;
mod put_bucket_policy;
mod put_bucket_tagging;
mod put_object;
mod put_public_access_block;
mod range;
mod read;
mod refusals;
mod refused;
mod route;
mod routes;
mod service;
mod store;
mod upload_part;

pub use names::is_bucket_name;
pub(super) use policy::{Asked, Policy};
pub(super) use policy_condition::Facts;
pub(super) use refusals::malformed_xml;
pub(super) use route::{Gives, On, Route, Takes};
pub(super) use routes::find;
pub use service::SERVICE;
pub(super) use service::route_of;
pub use store::S3Store;
