use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sts::config::{Credentials, SharedCredentialsProvider};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use super::{CloudError, LocalState, in_process, paced};
use crate::endpoint::{Endpoint, EndpointError, Settings};
use crate::rates::Pacer;

/// Where the calls go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The local environment: at the address under which it is served, if it is; else the embedded endpoint
    /// in this process, over the environment's folder.
    Local {
        /// Where its state is.
        state: LocalState,
        /// Twelve digits.
        account: String,
        /// `us-east-1`.
        region: String,
    },
    /// An endpoint at an address, such as `belfry endpoint` on loopback, with local credentials.
    Address {
        /// `http://127.0.0.1:8401`.
        url: String,
        /// `us-east-1`.
        region: String,
    },
    /// AWS itself, through the ordinary chain of credentials. `AWS_ENDPOINT_URL` is honoured as every
    /// AWS tool honours it.
    Aws {
        /// Twelve digits; every write is preceded by a comparison with the caller's own account.
        account: String,
        /// The region of all resources.
        region: String,
        /// A profile of the shared configuration files.
        profile: Option<String>,
    },
}

/// Clients for one account and region.
#[derive(Clone, Debug)]
pub struct Session {
    config: SdkConfig,
    /// The account that writes may go to; `None` where any answers.
    account: Option<String>,
}

impl Session {
    /// Reaches `target`. Nothing is called yet; credentials are looked up on the first call.
    pub async fn connect(target: &Target) -> Result<Self, CloudError> {
        match target {
            Target::Local {
                state,
                account,
                region,
            } => Self::local(state, account, region).await,
            Target::Address { url, region } => Ok(Self::at(url, region)),
            Target::Aws {
                account,
                region,
                profile,
            } => Ok(Self::aws(account, region, profile.as_deref()).await),
        }
    }

    /// The endpoint that answers at `url`, with static credentials that mean nothing.
    pub fn at(url: &str, region: &str) -> Self {
        Self::over(https_client(), url, region)
    }

    /// The embedded endpoint in this process, without a network.
    pub fn in_process(endpoint: &Arc<Endpoint>, region: &str) -> Self {
        Self::over(in_process::client(endpoint), "http://127.0.0.1", region)
    }

    async fn local(state: &LocalState, account: &str, region: &str) -> Result<Self, CloudError> {
        let mut attempts = 0;
        loop {
            if let Some(url) = state.served_at().await {
                return Ok(Self::at(&url, region));
            }
            let settings = Settings {
                account_id: account.to_owned(),
                region: region.to_owned(),
                data: Some(state.folder().to_path_buf()),
                ..Settings::default()
            };
            match Endpoint::open(settings) {
                Ok(endpoint) => return Ok(Self::in_process(&endpoint, region)),
                // A command that works in the folder is done soon; a server says its address first.
                Err(EndpointError::InUse { .. }) if attempts < PATIENCE => attempts += 1,
                Err(error) => return Err(not_opened(state, &error)),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    fn over(client: SharedHttpClient, url: &str, region: &str) -> Self {
        let credentials = Credentials::new("local", "local", None, None, "belfry-local");
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .endpoint_url(url)
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .timeout_config(timeouts(ATTEMPT))
            .http_client(client)
            .build();
        Self {
            config,
            account: None,
        }
    }

    async fn aws(account: &str, region: &str, profile: Option<&str>) -> Self {
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .timeout_config(timeouts(ATTEMPT))
            .http_client(https_client());
        if let Some(profile) = profile {
            loader = loader.profile_name(profile);
        }
        let session = Self {
            config: loader.load().await,
            account: Some(account.to_owned()),
        };
        session.with_pace(1)
    }

    /// The same, with calls held back to `times` the rates that AWS publishes.
    #[must_use]
    pub fn with_pace(self, times: u32) -> Self {
        let Some(client) = self.config.http_client() else {
            return self;
        };
        let client = paced::client(client, Arc::new(Pacer::new(times)));
        let config = self.config.into_builder().http_client(client).build();
        Self { config, ..self }
    }

    /// The same with other waiting: for the answer to an attempt, and before the first retry.
    #[must_use]
    pub fn with_patience(self, attempt: Duration, backoff: Duration) -> Self {
        let retries = RetryConfig::standard().with_initial_backoff(backoff);
        let config = self.config.into_builder();
        Self {
            config: config
                .timeout_config(timeouts(attempt))
                .retry_config(retries)
                .build(),
            ..self
        }
    }

    /// The same account in another region: what AWS keeps in one region only (billing metrics, and the alarms
    /// and topics that watch them, in us-east-1).
    #[must_use]
    pub fn in_region(&self, region: &str) -> Self {
        let config = self.config.clone().into_builder();
        Self {
            config: config.region(Region::new(region.to_owned())).build(),
            account: self.account.clone(),
        }
    }

    /// The region of all calls.
    pub fn region(&self) -> &str {
        self.config.region().map_or("", Region::as_ref)
    }

    /// The account that writes may go to, where the environment names one.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    pub(super) fn logs(&self) -> aws_sdk_cloudwatchlogs::Client {
        aws_sdk_cloudwatchlogs::Client::new(&self.config)
    }

    /// CloudWatch.
    pub fn cloudwatch(&self) -> aws_sdk_cloudwatch::Client {
        aws_sdk_cloudwatch::Client::new(&self.config)
    }

    pub(super) fn sns(&self) -> aws_sdk_sns::Client {
        aws_sdk_sns::Client::new(&self.config)
    }

    /// S3. At an address of its own the bucket stands in the path, as no host name can hold it there.
    pub fn s3(&self) -> aws_sdk_s3::Client {
        let is_addressed = self.config.endpoint_url().is_some();
        let config = aws_sdk_s3::config::Builder::from(&self.config);
        aws_sdk_s3::Client::from_conf(config.force_path_style(is_addressed).build())
    }

    /// Elastic Load Balancing, version 2.
    pub fn elb(&self) -> aws_sdk_elasticloadbalancingv2::Client {
        aws_sdk_elasticloadbalancingv2::Client::new(&self.config)
    }

    /// Athena.
    pub fn athena(&self) -> aws_sdk_athena::Client {
        aws_sdk_athena::Client::new(&self.config)
    }

    /// Budgets.
    pub fn budgets(&self) -> aws_sdk_budgets::Client {
        aws_sdk_budgets::Client::new(&self.config)
    }

    /// The Resource Groups Tagging API.
    pub fn tagging(&self) -> aws_sdk_resourcegroupstagging::Client {
        aws_sdk_resourcegroupstagging::Client::new(&self.config)
    }

    /// Cost Explorer, which AWS serves in us-east-1 for all regions.
    pub(super) fn cost_explorer(&self) -> aws_sdk_costexplorer::Client {
        let home = self.in_region("us-east-1");
        aws_sdk_costexplorer::Client::new(&home.config)
    }

    pub(super) fn sts(&self) -> aws_sdk_sts::Client {
        aws_sdk_sts::Client::new(&self.config)
    }
}

/// How often the folder of the local environment is tried, a tenth of a second apart, while another
/// command works in it.
const PATIENCE: u32 = 100;

/// An attempt without an answer is given up after this, and tried again as the SDK's retry mode says.
const ATTEMPT: Duration = Duration::from_secs(60);

fn timeouts(attempt: Duration) -> TimeoutConfig {
    TimeoutConfig::builder()
        .operation_attempt_timeout(attempt)
        .build()
}

fn not_opened(state: &LocalState, error: &EndpointError) -> CloudError {
    let reason = match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    };
    let folder = state.folder().display().to_string();
    CloudError::local("opening the local environment", folder, reason)
}

fn https_client() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https()
}
