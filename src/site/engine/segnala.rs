//! Where a visitor reports a mistake on a page: the office reads which page it is.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Site, address_of};

/// The address that reports a mistake on a page; nothing where the site names nobody to write to.
pub fn indirizzo(site: &Site, path: &str, titolo: &str) -> Option<String> {
    let sito = &site.plan.sito;
    let dove = sito.segnalazioni.as_deref().or(sito.ats.contatti.email.as_deref())?;
    if dove.contains("://") {
        return Some(dove.to_owned());
    }
    let posta = dove.strip_prefix("mailto:").unwrap_or(dove);
    let pagina = match &site.plan.indirizzo {
        Some(base) => format!("{base}{}", address_of(path)),
        None => format!("/{}", address_of(path)),
    };
    let segno = if posta.contains('?') { '&' } else { '?' };
    Some(format!(
        "mailto:{posta}{segno}subject={}&body={}",
        encoded(&format!("Errore: {titolo}")),
        encoded(&format!("Pagina: {pagina}\r\n\r\n"))
    ))
}

/// As RFC 6068 wants the parts of a `mailto:`: mail programs take `+` and unescaped letters in different ways.
fn encoded(text: &str) -> String {
    const ESCAPED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b':');
    utf8_percent_encode(text, ESCAPED).to_string()
}
