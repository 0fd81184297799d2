//! The words that readers see for the choices in records.

use crate::plan::{RuoloInAlleanza, Somma};
use crate::record::{
    Destinazione, Gravita, Modalita, Natura, Ruolo, StatoPiano, StatoProgetto, TipoAvviso, VoceFinanziaria,
};
use crate::value::{NBSP, migliaia};

pub fn stato_progetto(stato: StatoProgetto) -> &'static str {
    match stato {
        StatoProgetto::Presentato => "presentato",
        StatoProgetto::Ammesso => "ammesso",
        StatoProgetto::Finanziato => "finanziato",
        StatoProgetto::InCorso => "in corso",
        StatoProgetto::Concluso => "concluso",
        StatoProgetto::Ritirato => "ritirato",
    }
}

pub fn stato_piano(stato: StatoPiano) -> &'static str {
    match stato {
        StatoPiano::InPreparazione => "in preparazione",
        StatoPiano::Bozza => "bozza",
        StatoPiano::Adottato => "adottato",
        StatoPiano::Inviato => "inviato alla Regione",
        StatoPiano::Validato => "validato dalla Regione",
        StatoPiano::PresoAtto => "con presa d'atto della Regione",
    }
}

/// What readers have to know of a plan that nobody has adopted yet.
pub fn non_definitivo(stato: StatoPiano) -> Option<&'static str> {
    match stato {
        StatoPiano::InPreparazione => Some(
            "in preparazione: il testo del Piano non è fra i documenti di questo sito, e ciò che si legge può cambiare",
        ),
        StatoPiano::Bozza => Some("bozza: il Piano non è ancora adottato, e ciò che si legge può cambiare"),
        StatoPiano::Adottato | StatoPiano::Inviato | StatoPiano::Validato | StatoPiano::PresoAtto => None,
    }
}

/// A step of a plan, by its key.
pub fn passaggio(chiave: &str) -> &'static str {
    match chiave {
        "adozione" => "Adottato dall'ATS",
        "invio" => "Inviato alla Regione",
        _ => "Presa d'atto della Regione",
    }
}

pub fn ruolo(ruolo: Ruolo) -> &'static str {
    match ruolo {
        Ruolo::Capofila => "capofila",
        Ruolo::Partner => "partner",
        Ruolo::Associato => "partner associato",
        Ruolo::Attuatore => "soggetto attuatore",
        Ruolo::Sostenitore => "sostenitore",
    }
}

pub fn ruolo_in_alleanza(ruolo: RuoloInAlleanza) -> &'static str {
    match ruolo {
        RuoloInAlleanza::Capofila => "capofila",
        RuoloInAlleanza::Partner => "partner",
        RuoloInAlleanza::ReteDiSupporto => "rete di supporto",
    }
}

pub fn modalita(modalita: Modalita) -> &'static str {
    match modalita {
        Modalita::Gratuito => "gratuito",
        Modalita::Calmierato => "a tariffa agevolata",
        Modalita::Voucher => "con voucher",
        Modalita::Rimborso => "con rimborso",
        Modalita::Pagamento => "a pagamento",
        Modalita::CalmieratoOVoucher => "a tariffa agevolata o con voucher",
    }
}

/// What lists are narrowed by: a service that can be had in one of two ways is found by either.
pub fn accesso(scelta: Modalita) -> Vec<&'static str> {
    match scelta {
        Modalita::CalmieratoOVoucher => vec![modalita(Modalita::Calmierato), modalita(Modalita::Voucher)],
        una => vec![modalita(una)],
    }
}

pub fn natura(natura: Natura) -> &'static str {
    match natura {
        Natura::Pubblico => "ente pubblico",
        Natura::PrivatoNonProfit => "privato non profit",
        Natura::Impresa => "impresa",
        Natura::Rappresentanza => "rappresentanza",
    }
}

pub fn destinazione(destinazione: Destinazione) -> &'static str {
    match destinazione {
        Destinazione::Progetti => "progetti delle alleanze",
        Destinazione::AzioneDiSistema => "azione di sistema",
        Destinazione::Piano => "piano",
    }
}

pub fn tipo_avviso(tipo: TipoAvviso) -> &'static str {
    match tipo {
        TipoAvviso::Avviso => "avviso",
        TipoAvviso::AvvisoDiCoprogettazione => "avviso di coprogettazione",
        TipoAvviso::ManifestazioneDiInteresse => "manifestazione di interesse",
    }
}

pub fn voce(voce: VoceFinanziaria) -> &'static str {
    match voce {
        VoceFinanziaria::CostoComplessivo => "costo complessivo",
        VoceFinanziaria::Cofinanziamento => "cofinanziamento",
        VoceFinanziaria::ContributoRichiesto => "contributo richiesto",
        VoceFinanziaria::ContributoRiconosciuto => "contributo riconosciuto",
    }
}

/// What is said of an act, or of a code, that a record leaves out. Those of today are the office's own: no source
/// is silent about them.
pub fn manca(storica: bool) -> &'static str {
    if storica { "Non indicato nella fonte" } else { "Non ancora registrato" }
}

/// What breaking a rule leads to.
pub fn gravita(gravita: Gravita) -> &'static str {
    match gravita {
        Gravita::Errore => "vincolante",
        Gravita::Avviso => "solo segnalata",
    }
}

/// `1 progetto`, `1.204 progetti`.
pub fn conta(numero: usize, uno: &str, molti: &str) -> String {
    format!("{} {}", migliaia(&numero.to_string()), if numero == 1 { uno } else { molti })
}

/// `a, b e c`.
pub fn elenco(voci: impl IntoIterator<Item = String>) -> String {
    let mut voci: Vec<String> = voci.into_iter().collect();
    let ultima = voci.pop().unwrap_or_default();
    if voci.is_empty() { ultima } else { format!("{} e {ultima}", voci.join(", ")) }
}

/// A sum in words of figures, and over how many projects it is computed where some do not tell the amount.
pub fn somma(somma: Somma, progetti: usize) -> String {
    match somma.importo {
        None => "non indicato".to_owned(),
        Some(euro) if somma.su == progetti => euro.italiano(),
        Some(euro) => format!("{} (somma di {} progetti su {progetti})", euro.italiano(), somma.su),
    }
}

/// The same in a sentence.
pub fn somma_in_euro(voce: Somma, progetti: usize) -> String {
    let unita = if voce.importo.is_some() { format!("€{NBSP}") } else { String::new() };
    format!("{unita}{}", somma(voce, progetti))
}
