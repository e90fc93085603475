//! S3 as clients see it: the real SDK over loopback, and raw bytes through the router.

mod buckets;
mod configuration;
mod hostile;
mod listing;
mod objects;
mod parts;
mod restart;

use aws_sdk_s3::Client;

use super::served::Served;

/// The code of a refusal.
macro_rules! code {
    ($result:expr) => {{
        use aws_sdk_s3::error::ProvideErrorMetadata as _;
        let error = $result.expect_err("a refusal").into_service_error();
        error.code().unwrap_or_default().to_owned()
    }};
}
use code;

/// A served endpoint and a client of it.
async fn s3(region: &'static str) -> (Served, Client) {
    let served = Served::new().await;
    let client = client(&served, region);
    (served, client)
}

fn client(served: &Served, region: &'static str) -> Client {
    let config = aws_sdk_s3::config::Builder::from(&served.config(region));
    Client::from_conf(config.force_path_style(true).build())
}

/// A served endpoint with the bucket `logs`, and a client of it.
async fn with_bucket() -> (Served, Client) {
    let (served, client) = s3("us-east-1").await;
    client.create_bucket().bucket("logs").send().await.unwrap();
    (served, client)
}
