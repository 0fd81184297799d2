//! The logo of the agency: it is there, has words for who does not see it, and can be shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Origine;
use super::misplaced::Misplaced;
use crate::markdown;
use crate::path;
use crate::print::tipografia;
use crate::record;
use crate::report::{Diagnostic, Report, Step};
use crate::suggest;

pub(super) fn logo(
    sito: &record::Sito,
    origine: &Origine,
    media: &BTreeMap<String, Arc<[u8]>>,
    rotti: &BTreeSet<&str>,
    misplaced: &Misplaced,
    content: &str,
    report: &mut Report,
) -> Option<Arc<[u8]>> {
    let mut cerca = |che: &str, file: &str, passi: Vec<Step>| {
        let trovato = media.get(file).cloned();
        if trovato.is_none() && !rotti.contains(file) && !misplaced.hides("media") {
            let noti: Vec<&str> = media.keys().map(String::as_str).collect();
            let problem = Diagnostic::error("C-14", format!("{che} `{file}` non c'è"))
                .at(origine.value(passi.clone()))
                .label(format!("cercato in `{content}/{file}`"));
            let metti = || "metti il file in `media` e scrivi qui il suo percorso, come `media/logo.svg`".to_owned();
            report.add(problem.help(suggest::meant(suggest::closest(file, noti.iter().copied()), metti)));
        }
        if let Some(why) = trovato.as_deref().and_then(|bytes| no_picture(file, bytes)) {
            report.add(
                Diagnostic::error("C-04", format!("{che} `{file}` non si può mostrare: {why}"))
                    .at(origine.value(passi))
                    .help("usa un'immagine SVG, PNG, JPEG o WebP"),
            );
        }
        trovato
    };
    let trovato = cerca("il logo", &sito.logo.file, path!["logo", "file"]);
    if let Some(icona) = &sito.icona {
        cerca("l'icona", icona, path!["icona"]);
    }
    if !markdown::describes(&sito.logo.alternativa) {
        report.add(
            Diagnostic::error("C-04", "il testo alternativo del logo non dice che cosa si vede")
                .at(origine.value(path!["logo", "alternativa"]))
                .help("scrivilo a parole, come `Logo di ATS Bergamo`: chi non vede l'immagine lo ascolta"),
        );
    }
    trovato
}

/// Why a file cannot stand for the logo, if it cannot.
fn no_picture(file: &str, bytes: &[u8]) -> Option<&'static str> {
    if bytes.is_empty() {
        return Some("il file è vuoto");
    }
    let is_kind = match file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "jpg" | "jpeg" => bytes.starts_with(b"\xff\xd8\xff"),
        "webp" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        "svg" => {
            let text = String::from_utf8_lossy(bytes);
            let tag = text.split_once("<svg").and_then(|(_, rest)| rest.split_once('>')).map(|(tag, _)| tag);
            let is_nothing = |side: &str| {
                ["0", "0px", "0%"].iter().any(|zero| {
                    tag.is_some_and(|tag| {
                        tag.contains(&format!(" {side}=\"{zero}\"")) || tag.contains(&format!(" {side}='{zero}'"))
                    })
                })
            };
            if is_nothing("width") || is_nothing("height") {
                return Some("ha larghezza o altezza zero");
            }
            if let Some(why) = tipografia::svg::fault(bytes) {
                return Some(why);
            }
            tag.is_some()
        }
        _ => false,
    };
    (!is_kind).then_some("non è un'immagine del tipo che il nome dice")
}
