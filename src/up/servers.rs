use std::net::SocketAddr;
use std::sync::Arc;

use belfry_engine::base::Clock;
use tokio::net::TcpListener;

use super::error::UpError;
use super::options::Options;
use super::ports::{Server, listen};
use super::tell::Teller;
use crate::aws::{Session, Widgets};
use crate::endpoint::{self, Endpoint};
use crate::web;

/// The AWS endpoint, and the server on which it is reached.
pub(super) async fn start_endpoint(
    options: &Options,
    clock: &Arc<dyn Clock>,
    tell: &Teller,
) -> Result<(Server, Arc<Endpoint>), UpError> {
    let teller = tell.clone();
    let port = options.ports.endpoint;
    let (listener, address) = listen("the AWS endpoint", port, "--endpoint-port").await?;
    let environment = &options.suite.environment;
    let endpoint = Endpoint::open(endpoint::Settings {
        clock: Arc::clone(clock),
        account_id: environment.account.clone(),
        region: environment.region.clone(),
        data: options.data.clone(),
        remark: Arc::new(move |remark| teller.say(format_args!("endpoint: {remark}"))),
        ..endpoint::Settings::default()
    })?;
    let serving = Arc::clone(&endpoint);
    let server = Server::start(address, |shutdown| async move {
        let served = serving.serve(listener, shutdown.requested()).await;
        served.map_err(|error| error.to_string())
    });
    Ok((server, endpoint))
}

/// The pages, over the endpoint.
pub(super) fn start_page(
    (listener, address): (TcpListener, SocketAddr),
    session: &Session,
    clock: &Arc<dyn Clock>,
) -> Server {
    let source = Arc::new(Widgets::new(session).local());
    let clock = Arc::clone(clock);
    Server::start(address, |shutdown| async move {
        let served = web::serve(listener, source, clock, shutdown.requested()).await;
        served.map_err(|error| error.to_string())
    })
}
