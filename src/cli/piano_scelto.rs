//! The plan that a command is about, where a site has several.

use crate::input::source::Kind;
use crate::input::store::Store;
use crate::suggest;
use crate::value::Id;

/// The plan that was named, the only one, or the one that the site shows first; `come` is how another one is named.
pub fn scegli(store: &Store, detto: Option<&str>, come: &str) -> Result<Id, String> {
    let piani: Vec<&Id> = store
        .entries
        .values()
        .filter_map(|entry| match &entry.source.kind {
            Kind::Piano(piano) => Some(piano),
            _ => None,
        })
        .collect();
    let nomi = || piani.iter().map(|piano| piano.as_str());
    if let Some(nome) = detto {
        let trovato = piani.iter().find(|piano| piano.as_str() == nome);
        return trovato.map(|&piano| piano.clone()).ok_or_else(|| match piani[..] {
            [] => format!("il Piano `{nome}` non c'è: fallo con `concilia nuovo piano {nome}`"),
            _ => format!("il Piano `{nome}` non c'è: ci sono {}", suggest::list(nomi())),
        });
    }
    let corrente = store.sito().and_then(|sito| sito.piano_corrente.as_ref());
    let trovato = piani.iter().find(|piano| corrente == Some(**piano)).or(match &piani[..] {
        [uno] => Some(uno),
        _ => None,
    });
    trovato.map(|&piano| piano.clone()).ok_or_else(|| match piani[..] {
        [] => "il sito non ha ancora un Piano: fallo con `concilia nuovo piano 2025-2027`".to_owned(),
        _ => format!("i Piani sono più d'uno: scegli con {come} fra {}", suggest::list(nomi())),
    })
}
