use belfry::endpoint::{Endpoint, Settings};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// An endpoint on loopback that outlives the commands that use it, with clients for what is made behind their backs.
pub(super) struct Served {
    runtime: Runtime,
    url: String,
}

impl Served {
    pub(super) fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let endpoint = Endpoint::open(Settings::default()).unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(async move { endpoint.serve(listener, std::future::pending()).await });
        Self { runtime, url }
    }

    /// The variable that takes `belfry` here.
    pub(super) fn variables(&self) -> [(&str, &str); 1] {
        [("AWS_ENDPOINT_URL", self.url.as_str())]
    }

    pub(super) fn run<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    pub(super) fn logs(&self) -> aws_sdk_cloudwatchlogs::Client {
        aws_sdk_cloudwatchlogs::Client::new(&self.config())
    }

    pub(super) fn cloudwatch(&self) -> aws_sdk_cloudwatch::Client {
        aws_sdk_cloudwatch::Client::new(&self.config())
    }

    pub(super) fn sns(&self) -> aws_sdk_sns::Client {
        aws_sdk_sns::Client::new(&self.config())
    }

    pub(super) fn athena(&self) -> aws_sdk_athena::Client {
        aws_sdk_athena::Client::new(&self.config())
    }

    pub(super) fn s3(&self) -> aws_sdk_s3::Client {
        let config = aws_sdk_s3::config::Builder::from(&self.config());
        aws_sdk_s3::Client::from_conf(config.force_path_style(true).build())
    }

    fn config(&self) -> aws_config::SdkConfig {
        let credentials = aws_sdk_sts::config::Credentials::new("a", "b", None, None, "test");
        aws_config::SdkConfig::builder()
            .behavior_version(aws_config::BehaviorVersion::latest())
            .region(aws_config::Region::new("us-east-1"))
            .endpoint_url(&self.url)
            .credentials_provider(aws_sdk_sts::config::SharedCredentialsProvider::new(
                credentials,
            ))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build()
    }
}
