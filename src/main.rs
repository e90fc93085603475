//! The tool's entry: see `belfry::cli`.

fn main() -> std::process::ExitCode {
    belfry::cli::main()
}
