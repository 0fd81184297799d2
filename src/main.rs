use std::process::ExitCode;

fn main() -> ExitCode {
    concilia::cli::run(std::env::args_os())
}
