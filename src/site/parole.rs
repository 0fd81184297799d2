//! The words that readers see for the choices in records.

use crate::plan::{Periodo, RuoloInAlleanza, Somma};
use crate::record::{Modalita, Saldo, StatoPiano};
pub use crate::schema::in_parole::passaggio;
pub use crate::schema::nome;
pub use crate::value::elenco;
use crate::value::{NBSP, migliaia};

/// What readers have to know of a plan that is not adopted yet.
pub fn non_definitivo(periodo: &Periodo) -> Option<&'static str> {
    match periodo.dati.stato {
        StatoPiano::NonIndicato if !periodo.norma.fonte_storica => Some(
            "stato non indicato: il testo del Piano non è fra i documenti di questo sito, e ciò che si legge può cambiare",
        ),
        StatoPiano::InPreparazione => {
            Some("in preparazione: il Piano non è ancora adottato, e ciò che si legge può cambiare")
        }
        StatoPiano::Bozza => Some("bozza: il Piano non è ancora adottato, e ciò che si legge può cambiare"),
        StatoPiano::Adottato
        | StatoPiano::Inviato
        | StatoPiano::Validato
        | StatoPiano::PresoAtto
        | StatoPiano::NonIndicato => None,
    }
}

/// `tutti gli 8`, `tutti i 9`: before a number that begins with a vowel.
pub fn tutti(numero: usize) -> &'static str {
    let vocale = numero == 11 || numero.to_string().starts_with('8');
    if vocale { "tutti gli" } else { "tutti i" }
}

/// A plan by its title, in a sentence: `del Piano 2017-2018`, `di «Conciliazione e welfare aziendale»`.
pub fn del_piano(titolo: &str) -> String {
    if titolo.starts_with("Piano ") { format!("del {titolo}") } else { format!("di «{titolo}»") }
}

pub fn ruolo_in_alleanza(ruolo: RuoloInAlleanza) -> &'static str {
    match ruolo {
        RuoloInAlleanza::Capofila => "capofila",
        RuoloInAlleanza::Partner => "partner",
        RuoloInAlleanza::ReteDiSupporto => "rete di supporto",
    }
}

/// What the last payment covers, for who has never read a call.
pub fn come_si_salda(saldo: Saldo) -> &'static str {
    match saldo {
        Saldo::Percentuale => "Il contributo copre delle spese ammesse la stessa parte che copriva del costo",
        Saldo::Pareggio => "Il contributo copre ciò che, delle spese ammesse, il cofinanziamento non copre",
    }
}

/// The values of the filter by access: a service that can be had in one of two ways is found by either.
pub fn accesso(scelta: Modalita) -> Vec<&'static str> {
    match scelta {
        Modalita::CalmieratoOVoucher => vec![nome(Modalita::Calmierato), nome(Modalita::Voucher)],
        Modalita::GratuitoOPagamento => vec![nome(Modalita::Gratuito), nome(Modalita::Pagamento)],
        una => vec![nome(una)],
    }
}

/// The words for an act or a code that a record leaves out. The office makes those of today itself, so no source can be
/// silent about them.
pub fn manca(storica: bool) -> &'static str {
    if storica { "Non indicato nella fonte" } else { "Non ancora registrato" }
}

/// `1 progetto`, `1.204 progetti`.
pub fn conta(numero: usize, uno: &str, molti: &str) -> String {
    format!("{} {}", migliaia(&numero.to_string()), if numero == 1 { uno } else { molti })
}

/// A sum in words of figures, and over how many projects it is computed where some do not tell the amount.
pub fn somma(somma: Somma, progetti: usize) -> String {
    match somma.importo {
        None => "non indicato".to_owned(),
        Some(euro) if somma.su == progetti => euro.italiano(),
        Some(euro) => {
            format!("{} (somma di {} su {progetti})", euro.italiano(), conta(somma.su, "progetto", "progetti"))
        }
    }
}

/// The same in a sentence.
pub fn somma_in_euro(voce: Somma, progetti: usize) -> String {
    let unita = if voce.importo.is_some() { format!("€{NBSP}") } else { String::new() };
    format!("{unita}{}", somma(voce, progetti))
}
