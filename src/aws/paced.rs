use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::rates::Pacer;

/// An HTTP client that holds each request back until its operation's turn: retries too, since the SDK sends them
/// through here.
pub(super) fn client(inner: SharedHttpClient, pacer: Arc<Pacer>) -> SharedHttpClient {
    SharedHttpClient::new(Paced { inner, pacer })
}

#[derive(Clone)]
struct Paced<T> {
    inner: T,
    pacer: Arc<Pacer>,
}

impl HttpClient for Paced<SharedHttpClient> {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Paced {
            inner: self.inner.http_connector(settings, components),
            pacer: Arc::clone(&self.pacer),
        })
    }
}

impl HttpConnector for Paced<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self { inner, pacer } = self.clone();
        HttpConnectorFuture::new(async move {
            if let Some((service, region, operation)) = called(&request) {
                pacer.wait(&service, &region, &operation).await;
            }
            inner.call(request).await
        })
    }
}

/// Service, region and operation of a signed request: the first two stand in its signature's scope, the operation in
/// a header (JSON), in the path (CBOR) or in the body (forms).
fn called(request: &HttpRequest) -> Option<(String, String, String)> {
    let signature = request.headers().get("authorization")?;
    let scope = signature.split("Credential=").nth(1)?.split(',').next()?;
    let mut scope = scope.rsplit('/');
    let (service, region) = (scope.nth(1)?, scope.next()?);
    let operation = operation(request)?;
    Some((service.to_owned(), region.to_owned(), operation))
}

fn operation(request: &HttpRequest) -> Option<String> {
    if let Some(target) = request.headers().get("x-amz-target") {
        return target.rsplit('.').next().map(str::to_owned);
    }
    if let Some((_, operation)) = request.uri().split_once("/operation/") {
        return operation.split('?').next().map(str::to_owned);
    }
    let body = std::str::from_utf8(request.body().bytes()?).ok()?;
    let mut pairs = body.split('&');
    let action = pairs.find_map(|pair| pair.strip_prefix("Action="))?;
    Some(action.to_owned())
}

impl<T> fmt::Debug for Paced<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Paced")
    }
}
