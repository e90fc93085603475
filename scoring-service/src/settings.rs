//! What can be set: each setting is a flag, most have an environment variable too.

use std::net::SocketAddr;

use thiserror::Error;

/// What `scoring-service --help` prints.
pub const USAGE: &str = "\
Scores transactions for fraud.

usage: scoring-service [options]

  --listen ADDRESS       where to listen [default: 127.0.0.1:8000, env: SCORING_SERVICE_LISTEN]
  --customers COUNT      how many customers to remember [default: 100000, env: SCORING_SERVICE_CUSTOMERS]
  --allow-incidents      answer POST /admin/incident from loopback: faults on purpose
  --stop-with-stdin      stop when standard input is closed, so that no parent leaves it behind
  --print-signals        print the signal contract (signals.json) and end
  --help                 print this
";

/// How the service runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where to listen. Port 0 takes any free port; the log's first line says which.
    pub listen: SocketAddr,
    /// How many customers are remembered.
    pub customers: usize,
    /// Whether `POST /admin/incident` exists.
    pub allow_incidents: bool,
    /// Whether the end of standard input stops the service, beside SIGTERM and Ctrl-C.
    pub stop_with_stdin: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8000)),
            customers: 100_000,
            allow_incidents: false,
            stop_with_stdin: false,
        }
    }
}

/// What a command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// To serve.
    Serve(Settings),
    /// To print the signal contract.
    PrintSignals,
    /// To print [`USAGE`].
    Help,
}

/// A flag or variable that cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SettingsError {
    /// The flag does not exist.
    #[error("unknown option `{0}`, see `--help`")]
    Unknown(String),
    /// The flag's value is missing.
    #[error("`{0}` needs a value")]
    NoValue(&'static str),
    /// The value does not fit.
    #[error("`{name}` is `{value}`, expected {expected}")]
    Wrong {
        /// The flag or variable.
        name: &'static str,
        /// What was found.
        value: String,
        /// What fits.
        expected: &'static str,
    },
}

impl Command {
    /// Reads the process's own command line and environment.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads settings"
    )]
    pub fn from_process() -> Result<Self, SettingsError> {
        Self::parse(std::env::args().skip(1), |name| std::env::var(name).ok())
    }

    /// Reads a command line without the program's name; a flag wins over a variable.
    pub fn parse(
        arguments: impl IntoIterator<Item = String>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, SettingsError> {
        let mut settings = Settings::default();
        if let Some(value) = variable("SCORING_SERVICE_LISTEN") {
            settings.listen = address("SCORING_SERVICE_LISTEN", value)?;
        }
        if let Some(value) = variable("SCORING_SERVICE_CUSTOMERS") {
            settings.customers = count("SCORING_SERVICE_CUSTOMERS", value)?;
        }
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let mut value = |flag| arguments.next().ok_or(SettingsError::NoValue(flag));
            match argument.as_str() {
                "--listen" => settings.listen = address("--listen", value("--listen")?)?,
                "--customers" => settings.customers = count("--customers", value("--customers")?)?,
                "--allow-incidents" => settings.allow_incidents = true,
                "--stop-with-stdin" => settings.stop_with_stdin = true,
                "--print-signals" => return Ok(Self::PrintSignals),
                "--help" | "-h" => return Ok(Self::Help),
                _ => return Err(SettingsError::Unknown(argument)),
            }
        }
        Ok(Self::Serve(settings))
    }
}

fn address(name: &'static str, value: String) -> Result<SocketAddr, SettingsError> {
    value.parse().map_err(|_| SettingsError::Wrong {
        name,
        value,
        expected: "an address with a port, such as `127.0.0.1:8000`",
    })
}

fn count(name: &'static str, value: String) -> Result<usize, SettingsError> {
    match value.parse() {
        Ok(count) if count > 0 => Ok(count),
        _ => Err(SettingsError::Wrong {
            name,
            value,
            expected: "a count above 0",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Command, SettingsError> {
        Command::parse(text.split_whitespace().map(str::to_owned), |_| None)
    }

    #[test]
    fn without_flags_it_listens_on_loopback_port_8000() {
        assert_eq!(parse(""), Ok(Command::Serve(Settings::default())));
    }

    #[test]
    fn a_flag_wins_over_a_variable() {
        let arguments = ["--listen".to_owned(), "0.0.0.0:1".to_owned()];
        let variable =
            |name: &str| (name == "SCORING_SERVICE_LISTEN").then(|| "1.1.1.1:2".to_owned());
        let command = Command::parse(arguments, variable).unwrap();
        let Command::Serve(settings) = command else {
            panic!("{command:?}");
        };
        assert_eq!(settings.listen.to_string(), "0.0.0.0:1");
        let variable = |name: &str| (name == "SCORING_SERVICE_CUSTOMERS").then(|| "7".to_owned());
        let Ok(Command::Serve(settings)) = Command::parse([], variable) else {
            panic!();
        };
        assert_eq!(settings.customers, 7);
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let text = |arguments| parse(arguments).unwrap_err().to_string();
        assert_eq!(text("--port 1"), "unknown option `--port`, see `--help`");
        assert_eq!(text("--listen"), "`--listen` needs a value");
        assert_eq!(
            text("--customers 0"),
            "`--customers` is `0`, expected a count above 0"
        );
        assert_eq!(
            text("--listen 8000"),
            "`--listen` is `8000`, expected an address with a port, such as `127.0.0.1:8000`"
        );
    }

    #[test]
    fn every_flag_is_in_the_usage() {
        for flag in [
            "--listen",
            "--customers",
            "--allow-incidents",
            "--stop-with-stdin",
            "--print-signals",
        ] {
            assert!(USAGE.contains(flag));
        }
    }
}
