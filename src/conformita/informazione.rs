//! Kind `informazione`: what records cannot decide. It is shown, or proved elsewhere.

use super::contesto::{Contesto, Giudizi};
use super::giudizio::{Esame, Giudizio, non_dichiarato};
use crate::path;
use crate::record::{Informazione, Mostra};

pub fn judge(dati: &Informazione, contesto: &Contesto) -> Giudizi {
    let judge = |giudizio: &mut Giudizio| match dati.mostra {
        // Persons are never recorded: nobody can tell here who asked for a service.
        Mostra::Destinatari | Mostra::Regola => giudizio.push(Esame::Informa),
        // Where the site is not the agency's, its logo may not be either, and the agency's products are elsewhere.
        Mostra::Attribuzione if contesto.plan.sito.avvertenza.is_some() => giudizio.push(Esame::Informa),
        Mostra::Attribuzione if contesto.plan.sito.logo.provvisorio => {
            let logo = contesto.plan.sito_origine.value(path!["logo", "provvisorio"]);
            let found = non_dichiarato("il logo è ancora quello provvisorio").at(logo);
            giudizio.push(found.help(
                "metti il logo dell'ATS in `content/media` e il suo nome in `content/sito.yaml`, e togli `provvisorio`",
            ));
        }
        // A site whose products lack phrase or logo is not published at all.
        Mostra::Attribuzione => giudizio.push(Esame::Caso),
    };
    if contesto.del_piano { contesto.sul_piano(judge) } else { contesto.degli_avvisi(|_, giudizio| judge(giudizio)) }
}
