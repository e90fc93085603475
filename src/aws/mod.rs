//! The only room that names the AWS SDK.
