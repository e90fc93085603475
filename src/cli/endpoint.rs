use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use tokio::net::TcpListener;

use super::interrupt::Interrupt;
use super::{CommandError, Context, Exit, Kind};
use crate::endpoint::{Endpoint, Faults, Settings};

/// Serve the embedded AWS endpoint alone
///
/// Any AWS client can talk to it: the AWS CLI, boto3, the SDKs. Credentials may be anything.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Where to listen, on this machine only; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8401")]
    listen: SocketAddr,
    /// The folder that keeps everything acknowledged; without it all is gone at the end
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A cost export (CUR 2.0 or FOCUS 1.x; CSV, gzip or Parquet) or a folder of them, which Cost Explorer answers from; may be
    /// repeated. Those in `costs/` of the data folder are read as well
    #[arg(long, value_name = "PATH")]
    costs: Vec<PathBuf>,
    /// The region of requests that name none
    #[arg(long, value_name = "REGION", default_value = "us-east-1")]
    region: String,
    /// The account's twelve digits
    #[arg(long, value_name = "ACCOUNT", default_value = "000000000000", value_parser = account_id)]
    account: String,
    /// Make a share of the requests go wrong, to try clients: throttle, error, drop, timeout, slow
    #[arg(long, value_name = "FAULTS")]
    faults: Option<Faults>,
}

const EXAMPLES: &str = "\
Examples:
  belfry endpoint --data .belfry/endpoint
  belfry endpoint --faults throttle=5%,error=1%,drop=1%,slow=10%,delay=300ms,seed=7
  belfry endpoint --faults rates=1                  refuses what AWS would as too often
  AWS_ENDPOINT_URL=http://127.0.0.1:8401 aws logs describe-log-groups";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    if !arguments.listen.ip().is_loopback() {
        return Err(CommandError::usage(format!(
            "the endpoint checks no credentials and listens on this machine only: `{}` is no loopback address",
            arguments.listen
        )));
    }
    let quiet = cx.globals.quiet;
    let settings = Settings {
        clock: Arc::clone(&cx.clock),
        account_id: arguments.account.clone(),
        region: arguments.region.clone(),
        data: arguments.data.clone(),
        costs: arguments.costs.clone(),
        faults: arguments.faults,
        remark: Arc::new(move |text| remark(quiet, text)),
        ..Settings::default()
    };
    if let Some(faults) = &arguments.faults {
        remark(quiet, &format!("requests go wrong on purpose: {faults}"));
    }
    let endpoint =
        Endpoint::open(settings).map_err(|error| CommandError::new(Kind::User, error))?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(serve(cx, &endpoint, arguments.listen))?;
    Ok(Exit::Fine)
}

async fn serve(
    cx: &mut Context,
    endpoint: &Arc<Endpoint>,
    listen: SocketAddr,
) -> Result<(), CommandError> {
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        let error = anyhow::Error::new(error);
        CommandError::new(
            Kind::User,
            error.context(format!("cannot listen on {listen}")),
        )
    })?;
    writeln!(
        cx.out,
        "the AWS endpoint listens on http://{}",
        listener.local_addr()?
    )?;
    cx.out.flush()?;
    let mut interrupt = Interrupt::listen()?;
    endpoint
        .serve(listener, async move { interrupt.next().await })
        .await
        .map_err(|error| CommandError::new(Kind::User, error))
}

fn remark(quiet: bool, text: &str) {
    if !quiet {
        // Where standard error cannot be written, nobody is left to read about it.
        let _ = writeln!(io::stderr(), "note: {text}");
    }
}

fn account_id(text: &str) -> Result<String, String> {
    if text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()) {
        Ok(text.to_owned())
    } else {
        Err("expected twelve digits".to_owned())
    }
}
