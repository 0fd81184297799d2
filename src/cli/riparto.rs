//! The reproduced split among the agencies in words and tables.

use std::cmp::Ordering;

use crate::plan::Periodo;
use crate::plan::simulazione::riparto::{Annata, Ripartizione};
use crate::value::{Euro, elenco, euro, migliaia};

use super::tabella::Verso::{Destra, Sinistra, Titolo};
use super::tabella::{Tabella, conta, differenza, o_nulla, paragrafo};

pub fn testo(periodo: &Periodo, ripartizione: &Ripartizione) -> String {
    let mut parti =
        vec![paragrafo(&format!("Riparto simulato: {}", periodo.dati.titolo)) + &paragrafo(ripartizione.titolo)];
    for annate in ripartizione.anni.chunk_by(uguali) {
        parti.push(tabella(ripartizione, annate));
    }
    parti.push(in_breve(ripartizione));
    parti.join("\n")
}

/// Years that split the same money in the same way are one table.
fn uguali(una: &Annata, altra: &Annata) -> bool {
    una.totale == altra.totale && una.righe == altra.righe
}

/// `2025`, `2025 e 2026`, `2025, 2026 e 2027`.
fn anni(annate: &[Annata]) -> Option<String> {
    let anni = elenco(annate.iter().filter_map(|annata| annata.anno).map(|anno| anno.to_string()));
    (!anni.is_empty()).then_some(anni)
}

fn tabella(ripartizione: &Ripartizione, annate: &[Annata]) -> String {
    let annata = &annate[0];
    let confronta = annata.registrate > 0;
    let ogni = if annate.len() > 1 { " ogni anno" } else { "" };
    let titolo = match (anni(annate), ripartizione.ipotesi) {
        (Some(anni), false) => format!("{anni}: {}{ogni}", euro(annata.totale)),
        (Some(anni), true) => format!("{anni}, provando {}{ogni}", euro(annata.totale)),
        (None, _) => format!("Provando {}", euro(annata.totale)),
    };
    let mut colonne = vec![("ATS", Titolo), ("Abitanti", Destra), ("Riprodotto", Destra)];
    if confronta {
        colonne.push(("Registrato", Destra));
        let diverse = annata.riprodotte < annata.registrate;
        colonne.push(if diverse { ("Differenza", Destra) } else { ("", Sinistra) });
    }
    // A total that is only tried need not explain the method: the names get the room.
    let spiega = !ripartizione.ipotesi;
    if spiega {
        colonne.push(("Arrotondando", Destra));
    }
    let mut tabella = Tabella::new(colonne);
    let riga = |nome: String, abitanti: u64, riprodotto: Euro, registrato: Option<Euro>, arrotondato: Euro| {
        let mut celle = vec![nome, migliaia(&abitanti.to_string()), riprodotto.italiano()];
        if confronta {
            celle.push(o_nulla(registrato));
            celle.push(differenza(riprodotto - registrato.unwrap_or_default()));
        }
        celle.extend(spiega.then(|| arrotondato.italiano()));
        celle
    };
    for voce in &annata.righe {
        let nome = format!("{}{}", voce.ats, if voce.questa { " (questa)" } else { "" });
        tabella.riga(riga(nome, voce.abitanti.into(), voce.riprodotto, voce.registrato, voce.arrotondato));
    }
    tabella.filetto();
    let riprodotto = annata.totale - annata.non_ripartito;
    let registrato = annata.righe.iter().filter_map(|riga| riga.registrato).sum();
    tabella.riga(riga("Totale".into(), ripartizione.abitanti, riprodotto, Some(registrato), annata.arrotondando));
    paragrafo(&titolo) + "\n" + &tabella.scrivi()
}

fn in_breve(ripartizione: &Ripartizione) -> String {
    let mut frasi = vec![format!(
        "Le schede dicono gli abitanti, non come si arrotonda: il riparto è riprodotto con il metodo dei resti maggiori sul \
         numero di abitanti, a passi di {}.",
        euro(ripartizione.unita)
    )];
    for annate in ripartizione.anni.chunk_by(uguali) {
        let quando = anni(annate).map(|anni| format!("{anni}: ")).unwrap_or_else(|| "Con questo totale: ".into());
        frasi.push(quando + &confronto(&annate[0], ripartizione.ipotesi));
        frasi.extend(resti(&annate[0], ripartizione.unita));
    }
    frasi.iter().map(|frase| paragrafo(frase)).collect()
}

fn confronto(annata: &Annata, ipotesi: bool) -> String {
    let (tutte, diverse) = (annata.registrate, annata.registrate - annata.riprodotte);
    match diverse {
        _ if tutte == 0 => "nessun importo è registrato, non c'è nulla con cui confrontare.".to_owned(),
        0 => format!("il metodo ridà gli importi registrati, {tutte} righe su {tutte}."),
        _ if ipotesi => {
            let cambia = if diverse == 1 { "cambia" } else { "cambiano" };
            format!("con questo totale {cambia} {} su {tutte}.", conta(diverse, "riga", "righe"))
        }
        _ => format!(
            "il metodo ridà gli importi registrati in {} su {tutte}. È un'informazione, non un errore: l'atto può averne \
             seguito un altro.",
            conta(annata.riprodotte, "riga", "righe")
        ),
    }
}

/// Why the shares are not just rounded, and what the unit leaves over.
fn resti(annata: &Annata, unita: Euro) -> Vec<String> {
    let riprodotto = annata.totale - annata.non_ripartito;
    let arrotondando = annata.arrotondando;
    let scarto = match arrotondando.cmp(&riprodotto) {
        Ordering::Equal => "lo stesso totale".to_owned(),
        Ordering::Greater => format!("cioè {} di troppo", euro(arrotondando - riprodotto)),
        Ordering::Less => format!("cioè {} di meno", euro(riprodotto - arrotondando)),
    };
    let mut frasi =
        vec![format!("Arrotondando ogni quota per conto suo si darebbero {}, {scarto}.", euro(arrotondando))];
    if !annata.non_ripartito.e_zero() {
        let perche = if annata.non_ripartito < unita { "meno di un passo" } else { "senza abitanti fra cui dividerli" };
        frasi.push(format!("Restano {}, {perche}.", euro(annata.non_ripartito)));
    }
    frasi
}
