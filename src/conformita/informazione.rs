//! Kind `informazione`: what records cannot decide. It is shown, or proved elsewhere.

use super::contesto::{Contesto, Soggetto};
use super::giudizio::Giudizio;
use crate::record::{Informazione, Mostra};

pub fn judge(dati: &Informazione, contesto: &Contesto) -> Vec<(Soggetto, Giudizio)> {
    let giudizio = match dati.mostra {
        // Persons are never recorded: nobody can tell here who asked for a service.
        Mostra::Destinatari | Mostra::Regola => Giudizio { informa: true, ..Giudizio::default() },
        // A site whose products lack phrase or logo is not published at all.
        Mostra::Attribuzione => Giudizio { casi: 1, ..Giudizio::default() },
    };
    if contesto.del_piano {
        return vec![(Soggetto::Piano, giudizio)];
    }
    contesto
        .avvisi
        .iter()
        .map(|&a| {
            (Soggetto::Avviso(a), Giudizio { casi: giudizio.casi, informa: giudizio.informa, ..Giudizio::default() })
        })
        .collect()
}
