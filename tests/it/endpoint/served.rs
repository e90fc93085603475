use std::sync::Arc;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sts::config::{Credentials, SharedCredentialsProvider};
use belfry::endpoint::{Endpoint, Settings};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// An endpoint that listens on a free port of this machine, in real time.
pub(super) struct Served {
    pub(super) address: String,
    stop: Option<oneshot::Sender<()>>,
}

impl Served {
    pub(super) async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    pub(super) async fn with(settings: Settings) -> Self {
        let endpoint = Endpoint::open(settings).unwrap();
        Self::of(endpoint).await
    }

    pub(super) async fn of(endpoint: Arc<Endpoint>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            endpoint.serve(listener, stopped).await.unwrap();
        });
        Self {
            address,
            stop: Some(stop),
        }
    }

    /// What an SDK client of this endpoint is made of.
    pub(super) fn config(&self, region: &'static str) -> SdkConfig {
        let credentials = Credentials::new("local", "local", None, None, "test");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static(region))
            .endpoint_url(&self.address)
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}
