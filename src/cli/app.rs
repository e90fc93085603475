use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use super::{
    CommandError, Context, Exit, Globals, Settings, adopt, apply, athena, backtest, check,
    completions, cost, destroy, drift, endpoint, estimate, explain, explain_line, iam, plan,
    prices, pull, query, scoring_service, serve, tail, test, trace, up, why,
};

/// The observability suite of a fraud-scoring service, and the tool that keeps it.
#[derive(Debug, Parser)]
#[command(name = "belfry", version, max_term_width = 100, after_help = EXAMPLES)]
pub(super) struct Belfry {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  belfry up                        run the whole suite on this machine
  belfry test                      what the alarms do when the service misbehaves
  belfry plan --env aws            what an environment lacks
  belfry drift --env aws           what was changed by hand
  belfry query error-logs          run a saved query
  belfry tail app.jsonl            follow a file or a log group
  belfry why fraud-error-count     why an alarm fired or stayed silent
  belfry trace 19a9b2f4c11-1f-2a   one request, from the load balancer and the service
  belfry backtest --file logs/     when the alarms would have fired
  belfry cost --env aws            what was spent, and will be
  belfry estimate                  what the suite will cost a month
  belfry explain-line --file a.log what a log line becomes, and why not more
  belfry explain Q0301             what a code in a message means

Exit codes:
  0 fine   1 a text or file is wrong   2 usage   3 there are changes (plan --exit-code, drift)
  4 a check failed   5 AWS refused or was not reached   70 a bug in belfry";

#[derive(Debug, Subcommand)]
enum Command {
    Up(up::Arguments),
    Check(check::Arguments),
    Test(test::Arguments),
    Plan(plan::Arguments),
    Apply(apply::Arguments),
    Drift(drift::Arguments),
    Pull(pull::Arguments),
    Adopt(adopt::Arguments),
    Destroy(destroy::Arguments),
    Iam(iam::Arguments),
    Query(query::Arguments),
    Athena(athena::Arguments),
    Tail(tail::Arguments),
    Why(why::Arguments),
    Trace(trace::Arguments),
    Backtest(backtest::Arguments),
    ExplainLine(explain_line::Arguments),
    Serve(serve::Arguments),
    Cost(cost::Arguments),
    Estimate(estimate::Arguments),
    Prices(prices::Arguments),
    Endpoint(endpoint::Arguments),
    Explain(explain::Arguments),
    Completions(completions::Arguments),
    #[command(hide = true)]
    ScoringService(scoring_service::Arguments),
}

impl Command {
    fn run(&self, cx: &mut Context) -> Result<Exit, CommandError> {
        match self {
            Self::Up(arguments) => up::run(cx, arguments),
            Self::Check(arguments) => check::run(cx, arguments),
            Self::Test(arguments) => test::run(cx, arguments),
            Self::Plan(arguments) => plan::run(cx, arguments),
            Self::Apply(arguments) => apply::run(cx, arguments),
            Self::Drift(arguments) => drift::run(cx, arguments),
            Self::Pull(arguments) => pull::run(cx, arguments),
            Self::Adopt(arguments) => adopt::run(cx, arguments),
            Self::Destroy(arguments) => destroy::run(cx, arguments),
            Self::Iam(arguments) => iam::run(cx, arguments),
            Self::Query(arguments) => query::run(cx, arguments),
            Self::Athena(arguments) => athena::run(cx, arguments),
            Self::Tail(arguments) => tail::run(cx, arguments),
            Self::Why(arguments) => why::run(cx, arguments),
            Self::Trace(arguments) => trace::run(cx, arguments),
            Self::Backtest(arguments) => backtest::run(cx, arguments),
            Self::ExplainLine(arguments) => explain_line::run(cx, arguments),
            Self::Serve(arguments) => serve::run(cx, arguments),
            Self::Cost(arguments) => cost::run(cx, arguments),
            Self::Prices(arguments) => prices::run(cx, arguments),
            Self::Estimate(arguments) => estimate::run(cx, arguments),
            Self::Endpoint(arguments) => endpoint::run(cx, arguments),
            Self::Explain(arguments) => explain::run(cx, arguments),
            Self::Completions(arguments) => completions::run(cx, arguments),
            Self::ScoringService(arguments) => scoring_service::run(cx, arguments),
        }
    }
}

/// Runs the tool over the process's own command line, environment and streams.
pub fn main() -> ExitCode {
    run(std::env::args_os(), Settings::from_environment()).into()
}

fn run(arguments: impl IntoIterator<Item = OsString>, settings: Settings) -> Exit {
    let belfry = match Belfry::try_parse_from(arguments) {
        Ok(belfry) => belfry,
        Err(error) => return usage(&error),
    };
    let mut cx = Context::of_process(belfry.globals, settings);
    let outcome = belfry.command.run(&mut cx).and_then(|exit| {
        cx.out.flush()?;
        Ok(exit)
    });
    match outcome {
        Ok(exit) => exit,
        Err(error) => error.report(&mut cx),
    }
}

/// Help and version are no errors; clap writes both kinds to the right stream.
fn usage(error: &clap::Error) -> Exit {
    // Where even this cannot be written, nobody is left to read about it.
    let _ = error.print();
    if error.use_stderr() {
        Exit::Usage
    } else {
        Exit::Fine
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Belfry;

    #[test]
    fn the_command_line_is_declared_without_contradictions() {
        Belfry::command().debug_assert();
    }
}
