//! `concilia guida`: the guide for the office.

use std::process::ExitCode;

use clap::ArgMatches;

use crate::serve::guida;

use super::{Done, or_fail, say};

pub fn run(args: &ArgMatches) -> Done {
    let (preview, _folder) = or_fail(guida::apri(args.get_one("port").copied().unwrap_or(0)))?;
    say(&format!("La guida è su http://127.0.0.1:{}/. Per finire premi Ctrl+C.", preview.port));
    preview.run();
    Ok(ExitCode::SUCCESS)
}
