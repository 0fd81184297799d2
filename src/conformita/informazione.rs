//! Kind `informazione`: what records cannot decide. It is shown, or proved elsewhere.

use super::contesto::{Contesto, Giudizi};
use super::giudizio::{Esame, Giudizio};
use crate::record::{Informazione, Mostra};

pub fn judge(dati: &Informazione, contesto: &Contesto) -> Giudizi {
    let judge = |giudizio: &mut Giudizio| match dati.mostra {
        // Persons are never recorded: nobody can tell here who asked for a service.
        Mostra::Destinatari | Mostra::Regola => giudizio.push(Esame::Informa),
        // Where the site is not the agency's, its logo may not be either, and the agency's products are elsewhere.
        Mostra::Attribuzione if contesto.plan.sito.avvertenza.is_some() => giudizio.push(Esame::Informa),
        // A site whose products lack phrase or logo is not published at all.
        Mostra::Attribuzione => giudizio.push(Esame::Caso),
    };
    if contesto.del_piano { contesto.sul_piano(judge) } else { contesto.degli_avvisi(|_, giudizio| judge(giudizio)) }
}
