use std::sync::Arc;

use clap::Args;
use tokio::net::TcpListener;

use super::connection::{connect, load_suite};
use super::interrupt::Interrupt;
use super::{CommandError, Context, Exit, Format, Kind};
use crate::aws::Widgets;
use crate::web;

/// Serve the pages with the dashboards of an environment
///
/// The same pages as those of `belfry up`, over the local environment or over AWS: dashboards as they stand
/// there, drawn from what is measured there. They listen on this machine only. On AWS every drawing of a page asks CloudWatch
/// for its metrics and runs its queries, which AWS charges for.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The port of the pages; 0 takes any free one
    #[arg(long, value_name = "PORT", default_value_t = 8400)]
    port: u16,
}

const EXAMPLES: &str = "\
Examples:
  belfry serve                     the local environment
  belfry serve --env aws --port 0  AWS, on any free port";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    if cx.globals.format != Format::Table {
        return Err(CommandError::usage("`serve` says its address as text only"));
    }
    let loaded = load_suite(cx)?;
    let port = arguments.port;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let mut interrupt = Interrupt::listen()?;
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        let listener = listener.map_err(|error| taken(port, error))?;
        let session = connect(cx, &loaded).await?;
        session.guard_account().await?;
        writeln!(
            cx.out,
            "the dashboards of {} are on http://{}",
            loaded.suite.environment.name,
            listener.local_addr()?
        )?;
        cx.out.flush()?;
        let source = Widgets::new(&session);
        let source = Arc::new(match loaded.suite.environment.is_local() {
            true => source.local(),
            false => source,
        });
        let ended = async move { interrupt.next().await };
        web::serve(listener, source, Arc::clone(&cx.clock), ended).await?;
        Ok(Exit::Fine)
    })
}

fn taken(port: u16, error: std::io::Error) -> CommandError {
    let error = anyhow::Error::new(error).context(format!("cannot listen on 127.0.0.1:{port}"));
    CommandError::new(Kind::User, error)
        .hint("`--port` chooses another port, `--port 0` any free one")
}
