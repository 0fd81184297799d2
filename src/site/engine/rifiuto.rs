//! Why something could not be set in type, told at the template that it is made with.

use super::super::parole;
use super::Site;
use crate::print::tipografia::{Guasto, Perche, Rifiuto};
use crate::report::{Diagnostic, Place};

/// The finding for a product that could not be set; `modello` is its template.
pub fn rifiutato(site: &Site, path: &str, modello: &str, rifiuto: Rifiuto) -> Box<Diagnostic> {
    let qui = || Place::file(site.theme.modello_di_documento(modello));
    Box::new(match rifiuto {
        Rifiuto::Guasto(guasto) => problema(site, path, modello, guasto),
        Rifiuto::Frase(pagine, perche) => {
            let quali = parole::elenco(pagine.iter().take(5).map(usize::to_string));
            let dove = if pagine.len() == 1 { "alla pagina" } else { "alle pagine" };
            let messaggio = match perche {
                Perche::Manca => format!("la frase di attribuzione manca in `{path}`"),
                perche => format!("in `{path}` la frase di attribuzione non si vede: {}", perche.detto()),
            };
            Diagnostic::error("A-01", messaggio).at(qui()).help(format!(
                "{dove} {quali}: il modello la mette su ognuna, intera, in lettere di almeno 6 punti e ben distinte dal fondo"
            ))
        }
        Rifiuto::Logo(perche) => {
            let messaggio = match perche {
                Perche::Manca => format!("in `{path}` manca il logo dell'ATS"),
                perche => format!("in `{path}` il logo dell'ATS non si vede: {}", perche.detto()),
            };
            Diagnostic::error("A-02", messaggio)
                .at(qui())
                .help("il modello lo mostra intero, alto e largo almeno 12 punti")
        }
    })
}

fn problema(site: &Site, path: &str, modello: &str, guasto: Guasto) -> Diagnostic {
    let trovato = Diagnostic::error("M-02", format!("`{path}` non si compone: {}", guasto.messaggio));
    let trovato = trovato.at(match guasto.dove {
        Some((modello, span)) => Place::span(site.theme.modello_di_documento(&modello), span),
        None => Place::file(site.theme.modello_di_documento(modello)),
    });
    if guasto.consigli.is_empty() { trovato } else { trovato.help(guasto.consigli.join("; ")) }
}
