//! The guide for the office, which the program has in itself, as a site of its own on this computer.

use rust_embed::RustEmbed;
use tempfile::TempDir;

use super::{Preview, start};
use crate::pipeline::Request;
use crate::publish::scrivi_nuovi;

/// The site of the guide, as its records are.
#[derive(RustEmbed)]
#[folder = "docs/guida/"]
struct Guida;

/// The preview of the guide, and the folder that it is made from.
pub fn apri(port: u16) -> Result<(Preview, TempDir), String> {
    let folder = tempfile::Builder::new()
        .prefix("concilia-guida-")
        .tempdir()
        .map_err(|cause| format!("non riesco a preparare la guida: {}", crate::io_message(&cause)))?;
    let file = Guida::iter().filter_map(|nome| Some((nome.to_string(), Guida::get(&nome)?.data.into_owned())));
    scrivi_nuovi(folder.path(), &file.collect::<Vec<_>>())?;
    let request = Request { content: folder.path().join("content"), base_url: None, theme: None };
    // What there would be to say of its records is for whoever writes it.
    Ok((start(&request, port, |_| ())?, folder))
}

/// Where a page of the guide is on its site; what it does not have is on its first page.
pub fn pagina(nome: &str) -> String {
    let c_e = Guida::get(&format!("content/pagine/{nome}.md")).is_some();
    if c_e { format!("{nome}/") } else { String::new() }
}
