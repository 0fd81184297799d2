//! The table of rules: code, what is required, why, and the function that judges it.
//!
//! Rules without a function are found while files are read, parsed and resolved, or on the final bytes.

use super::{aritmetica, date, indirizzi, testi};
use crate::plan::Plan;
use crate::report::Report;

/// A rule that holds in every period.
pub struct Rule {
    pub code: &'static str,
    pub what: &'static str,
    pub why: &'static str,
    pub judge: Option<fn(&Plan, &mut Report)>,
}

const fn found(code: &'static str, what: &'static str, why: &'static str) -> Rule {
    Rule { code, what, why, judge: None }
}

const fn judged(code: &'static str, what: &'static str, why: &'static str, judge: fn(&Plan, &mut Report)) -> Rule {
    Rule { code, what, why, judge: Some(judge) }
}

/// Every code that a build can report, in the order of the codes.
pub const RULES: &[Rule] = &[
    found("A-01", "la frase di attribuzione si vede in ogni prodotto", "lo chiede la DGR XII/5464 al paragrafo 4.5"),
    found("A-02", "il logo dell'ATS si vede in ogni prodotto", "lo chiede la DGR XII/5464 al paragrafo 4.5"),
    found("A-03", "si può decidere se frase e logo si vedono", "ciò che non si può decidere conta come nascosto"),
    found("C-01", "il file è YAML leggibile", "un file che non si legge non si pubblica"),
    found("C-02", "ogni campo è fra quelli previsti", "un campo scritto male sparirebbe in silenzio"),
    found("C-03", "i campi obbligatori ci sono tutti", "senza, la pagina non si può comporre"),
    found("C-04", "ogni campo ha un valore del tipo previsto", "un importo o una data scritti male falsano i conti"),
    found("C-05", "ogni campo è scritto una volta sola", "di due valori non si sa quale vale"),
    found("C-06", "le scelte sono fra quelle ammesse", "le pagine e i conti dipendono da parole fisse"),
    found("C-07", "il file sta nei limiti di grandezza e profondità", "un file enorme è un errore o un attacco"),
    found("C-08", "ogni riferimento porta a una scheda che esiste", "un riferimento a vuoto è un dato perso"),
    found("C-09", "nessun identificativo e nessuna voce sono doppi", "i conteggi ne sarebbero falsati"),
    found(
        "C-10",
        "ogni file ha un nome e un posto che concilia conosce",
        "un file fuori posto non verrebbe pubblicato",
    ),
    found("C-11", "i testi sono in UTF-8", "le lettere accentate si leggerebbero male"),
    found("C-12", "i file si possono leggere e stanno nella cartella", "nulla di esterno finisce nel sito per errore"),
    found(
        "C-13",
        "le parole sono scritte con le nostre lettere",
        "una lettera cirillica si vede uguale ma non si trova",
    ),
    found("C-14", "i file necessari ci sono", "senza `sito.yaml`, `piano.yaml` e il logo non c'è sito"),
    judged(
        "C-15",
        "le date sono in ordine e dentro il periodo",
        "una fine prima dell'inizio è un errore",
        date::in_ordine,
    ),
    judged(
        "C-16",
        "indirizzi e collegamenti sono di tipi sicuri",
        "un collegamento può eseguire codice",
        indirizzi::sicuri,
    ),
    judged(
        "C-17",
        "il testo non contiene HTML",
        "l'HTML non viene interpretato: si leggerebbe così com'è",
        indirizzi::senza_html,
    ),
    judged("C-18", "il sito ha un indirizzo pubblico", "senza, mancano mappa del sito e novità", indirizzi::pubblico),
    judged(
        "C-19",
        "titoli e nomi non sono vuoti",
        "una pagina senza titolo non si trova e non si legge",
        testi::non_vuoti,
    ),
    found(
        "C-22",
        "i collegamenti portano a pagine, punti e file del sito che ci sono",
        "chi legge finirebbe su una pagina che non c'è",
    ),
    found("M-01", "i modelli del tema si leggono", "un modello sbagliato non produce pagine"),
    found("M-02", "i modelli del tema si compongono con i dati", "un modello può chiedere un dato che non c'è"),
    found("M-03", "due pagine non hanno lo stesso indirizzo", "una cancellerebbe l'altra"),
    found(
        "M-04",
        "ogni file del tema serve a qualcosa",
        "un nome sbagliato lascerebbe al suo posto il file incorporato",
    ),
    judged(
        "Q-01",
        "costo = contributo richiesto + cofinanziamento",
        "il piano finanziario deve tornare",
        aritmetica::costo,
    ),
    judged(
        "Q-02",
        "il riconosciuto non supera il richiesto",
        "non si concede più di quanto chiesto",
        aritmetica::riconosciuto,
    ),
    judged(
        "Q-03",
        "i totali dichiarati tornano",
        "una differenza non spiegata è un errore",
        aritmetica::totali_dichiarati,
    ),
    judged("Q-04", "le percentuali fanno 100", "le parti devono dare l'intero", aritmetica::composizione),
    judged("Q-05", "le quote del partenariato fanno il costo", "ogni euro ha chi lo gestisce", aritmetica::quote),
    judged("Q-06", "i costi delle azioni stanno nel costo", "le parti non superano l'intero", aritmetica::azioni),
    judged("Q-07", "il riparto fra le ATS torna", "le righe devono dare i totali", aritmetica::riparto),
    judged("Q-08", "gli esiti per provincia danno il totale", "le righe devono dare i totali", aritmetica::esiti),
    judged("Q-09", "la quota in denaro sta nel cofinanziamento", "la parte non supera l'intero", aritmetica::denaro),
    judged(
        "Q-10",
        "l'azione di sistema ha la quota dichiarata",
        "la quota è fissata dagli atti",
        aritmetica::azione_di_sistema,
    ),
    judged(
        "Q-11",
        "ogni posto in graduatoria è di un solo progetto",
        "la graduatoria decide chi riceve",
        aritmetica::graduatoria,
    ),
    found("R-01", "nessun codice fiscale di una persona", "lo vietano il D.Lgs. 33/2013 (art. 26 c. 4) e il GDPR"),
    found("R-02", "nessun codice IBAN", "le coordinate bancarie non servono alla trasparenza"),
    found("R-03", "ogni indirizzo e-mail è il recapito dichiarato di un ente", "quello di una persona non si pubblica"),
    found("R-04", "ogni cellulare è il recapito dichiarato di un ente", "quello di una persona non si pubblica"),
];
