//! `concilia guida`: the guide for the office, which the program has in itself.

use std::process::ExitCode;

use clap::ArgMatches;
use rust_embed::RustEmbed;

use crate::pipeline::Request;
use crate::publish::scrivi_nuovi;

use super::{Done, or_fail, say};

/// The site of the guide, as its records are.
#[derive(RustEmbed)]
#[folder = "docs/guida/"]
struct Guida;

pub fn run(args: &ArgMatches) -> Done {
    let port = args.get_one("port").copied().unwrap_or(0);
    let no_place = |cause: std::io::Error| format!("non riesco a preparare la guida: {}", crate::io_message(&cause));
    let folder = or_fail(tempfile::Builder::new().prefix("concilia-guida-").tempdir().map_err(no_place))?;
    let file = Guida::iter().filter_map(|nome| Some((nome.to_string(), Guida::get(&nome)?.data.into_owned())));
    or_fail(scrivi_nuovi(folder.path(), &file.collect::<Vec<_>>()))?;
    let request = Request { content: folder.path().join("content"), base_url: None, theme: None };
    // What there would be to say of its records is for whoever writes it.
    let preview = or_fail(crate::serve::start(&request, port, |_| ()))?;
    say(&format!("La guida è su http://127.0.0.1:{}/. Per finire premi Ctrl+C.", preview.port));
    preview.run();
    Ok(ExitCode::SUCCESS)
}
