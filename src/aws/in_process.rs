use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::endpoint::Endpoint;

/// An HTTP client without a network: every request is a call of the embedded endpoint's router, with
/// the bytes that would otherwise go over the wire.
pub(super) fn client(endpoint: &Arc<Endpoint>) -> SharedHttpClient {
    SharedHttpClient::new(InProcess(Arc::clone(endpoint)))
}

#[derive(Clone)]
struct InProcess(Arc<Endpoint>);

impl HttpClient for InProcess {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let endpoint = Arc::clone(&self.0);
        HttpConnectorFuture::new(async move { answer(&endpoint, request).await })
    }
}

async fn answer(
    endpoint: &Arc<Endpoint>,
    request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    let broken = |error| ConnectorError::other(error, None);
    let request = request.try_into_http1x().map_err(|e| broken(e.into()))?;
    let Ok(response) = endpoint.router().oneshot(request).await;
    let (parts, body) = response.into_parts();
    // A body that ends half-way is a connection that closed.
    let body = body.collect().await;
    let body = body.map_err(|e| ConnectorError::io(e.into()))?;
    let response = http::Response::from_parts(parts, SdkBody::from(body.to_bytes()));
    HttpResponse::try_from(response).map_err(|e| broken(e.into()))
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcess")
    }
}
