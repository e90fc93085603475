use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// The flags that every command has.
#[derive(Clone, Debug, Args)]
pub struct Globals {
    /// The environment of belfry.toml to work on; `local` needs no account
    #[arg(long, global = true, value_name = "NAME", default_value = "local")]
    pub env: String,
    /// The folder of belfry.toml [default: this folder or the nearest above that has one]
    #[arg(long, global = true, value_name = "DIR")]
    pub suite: Option<PathBuf>,
    /// How answers are printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// When to use colour; NO_COLOR is honoured too
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColorWhen::Auto)]
    pub color: ColorWhen,
    /// No progress and no remarks; errors and answers only
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// How answers are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables and text, for people
    #[value(alias = "text")]
    Table,
    /// One JSON object, when all of the answer is known
    Json,
    /// Comma-separated values, where the answer is a table
    Csv,
    /// A Markdown table, where the answer is a table
    #[value(alias = "md")]
    Markdown,
    /// A report of tests in JUnit's XML, for CI servers
    Junit,
    /// Findings of checks and tests as annotations of GitHub's workflows
    Github,
    /// Findings of checks in SARIF 2.1.0, for code scanning and editors
    Sarif,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// Where the stream is a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<ColorWhen> for anstream::ColorChoice {
    fn from(when: ColorWhen) -> Self {
        match when {
            ColorWhen::Auto => Self::Auto,
            ColorWhen::Always => Self::Always,
            ColorWhen::Never => Self::Never,
        }
    }
}
