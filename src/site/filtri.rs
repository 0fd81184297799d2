//! By what lists can be narrowed: each record says its values in the page, and `assets/filtri.js` makes the form.
//!
//! What a source does not say is a value too: nothing disappears because a record is silent.

use serde::Serialize;

use super::offerta::{VistaServizio, territorio_di};
use super::parole;
use super::situazione::Situazione;
use crate::plan::{Alleanza, Ente, Periodo, Plan, Progetto, Somma};
use crate::record::{IMPORTI, Territorio};
use crate::value::{Euro, NBSP};

pub const NON_INDICATO: &str = "non indicato";

/// Between the values of one filter in an attribute: no name has it.
const FRA: &str = "|";

/// What a record says of itself: a value by which it is found, `data-f-stato="finanziato"`, or a figure that lists add up,
/// `data-c-contributo="4000000"` in cents, `data-n-partner="7"`.
#[derive(Debug, Serialize)]
pub struct Filtro {
    genere: &'static str,
    chiave: &'static str,
    valori: String,
}

pub fn filtro<S: AsRef<str>>(chiave: &'static str, valori: impl IntoIterator<Item = S>) -> Filtro {
    let mut detti: Vec<String> = Vec::new();
    for valore in valori {
        let valore = valore.as_ref().replace(FRA, "/");
        if !valore.is_empty() && !detti.contains(&valore) {
            detti.push(valore);
        }
    }
    let valori = if detti.is_empty() { NON_INDICATO.to_owned() } else { detti.join(FRA) };
    Filtro { genere: "f", chiave, valori }
}

/// What is not known is not zero: it says nothing.
pub fn importo(chiave: &'static str, importo: Option<Euro>) -> Option<Filtro> {
    importo.map(|importo| Filtro { genere: "c", chiave, valori: importo.centesimi().to_string() })
}

pub fn numero(chiave: &'static str, numero: u64) -> Filtro {
    Filtro { genere: "n", chiave, valori: numero.to_string() }
}

/// The same without the facets that have one value in the whole list: they part nothing, and a page has a weight to keep.
pub fn che_dividono(mut liste: Vec<Vec<Filtro>>) -> Vec<Vec<Filtro>> {
    let Some(prima) = liste.first() else { return liste };
    let is_one = |filtro: &&Filtro| {
        let e_lui = |altro: &Filtro| (altro.chiave, &altro.valori) == (filtro.chiave, &filtro.valori);
        filtro.genere == "f" && liste.iter().all(|lista| lista.iter().any(e_lui))
    };
    let uguali: Vec<&'static str> = prima.iter().filter(is_one).map(|filtro| filtro.chiave).collect();
    liste.iter_mut().for_each(|lista| lista.retain(|filtro| filtro.genere != "f" || !uguali.contains(&filtro.chiave)));
    liste
}

/// Bands of the amounts of a list, in cents: round limits between amounts that differ, so that each band has some.
pub struct Fasce(Vec<i64>);

/// Fewer amounts than these are read one by one.
const POCHI: usize = 4;

/// A limit is round if its step goes no more than so many times into it.
const TONDO: i64 = 20;

impl Fasce {
    pub fn di(importi: impl IntoIterator<Item = Option<Euro>>) -> Self {
        let mut noti: Vec<i64> = importi.into_iter().flatten().map(Euro::centesimi).collect();
        noti.sort_unstable();
        if noti.len() < POCHI {
            return Fasce(Vec::new());
        }
        let taglio = |dove: std::ops::RangeInclusive<usize>| {
            let tagli = dove.filter(|&i| (1..noti.len()).contains(&i) && noti[i - 1] < noti[i]);
            let tondi = tagli.map(|i| tondo(noti[i - 1], noti[i])).filter(|(passo, limite)| passo * TONDO >= *limite);
            tondi.max_by_key(|(passo, _)| *passo).map(|(_, limite)| limite)
        };
        // About a quarter of the amounts in each band, as far as a round limit is near.
        let (quarto, scarto) = (noti.len() / 4, noti.len() / 8);
        let mut limiti: Vec<i64> =
            (1..4).filter_map(|n| taglio(n * quarto - scarto.min(quarto)..=n * quarto + scarto)).collect();
        if limiti.is_empty() {
            limiti.extend(taglio(1..=noti.len()));
        }
        limiti.dedup();
        Fasce(limiti)
    }

    pub fn filtro(&self, chiave: &'static str, importo: Option<Euro>) -> Filtro {
        filtro(chiave, importo.and_then(|importo| self.nome(importo)))
    }

    fn nome(&self, importo: Euro) -> Option<String> {
        let euro = |centesimi: &i64| Euro::da_centesimi(centesimi.unsigned_abs()).breve().replace(NBSP, " ");
        let Fasce(limiti) = self;
        Some(match limiti.iter().position(|limite| importo.centesimi() <= *limite) {
            Some(0) => format!("fino a {}", euro(&limiti[0])),
            Some(i) => format!("oltre {}, fino a {}", euro(&limiti[i - 1]), euro(&limiti[i])),
            None => format!("oltre {}", euro(limiti.last()?)),
        })
    }
}

/// The roundest amount from one up to another, which it does not reach, after its step.
fn tondo(da: i64, a: i64) -> (i64, i64) {
    let passi = (0..=13).rev().flat_map(|zeri| [5, 2, 1].map(|cifra| cifra * 10_i64.pow(zeri)));
    let primo = |passo: i64| (da.max(1) + passo - 1) / passo * passo;
    passi.map(|passo| (passo, primo(passo))).find(|(_, limite)| *limite < a).unwrap_or((1, da))
}

pub fn dove(territorio: &Territorio) -> impl Iterator<Item = &String> {
    territorio.ambiti.iter().chain(&territorio.comuni)
}

pub fn di_progetto(plan: &Plan, periodo: &Periodo, progetto: &Progetto, fasce: &Fasce) -> Vec<Filtro> {
    let dati = &*progetto.dati;
    let alleanza = &periodo.alleanze[progetto.alleanza];
    let capofila = &plan.enti[periodo.capofila(progetto)];
    let bisogni = plan.categorie_servizi.iter().filter(|voce| dati.servizi.iter().any(|s| s.categoria == voce.id));
    let macrocategorie = plan.norma_di(periodo, progetto).1.macrocategorie.iter();
    let azioni = macrocategorie.filter(|voce| dati.azioni.iter().any(|a| a.macrocategoria.as_ref() == Some(&voce.id)));
    let filtri = [
        filtro("bisogno", bisogni.map(|voce| &voce.nome)),
        filtro("azioni", azioni.map(|voce| &voce.nome)),
        filtro("territorio", dove(territorio_di(&dati.territorio, &alleanza.dati.territorio))),
        filtro("capofila", [&plan.categorie_enti[capofila.categoria].nome]),
        fasce.filtro("contributo", dati.finanziamento.contributo_riconosciuto),
        filtro("stato", [parole::nome(dati.stato())]),
    ];
    let colonne = IMPORTI.iter().filter(|voce| voce.in_elenco());
    filtri.into_iter().chain(colonne.filter_map(|voce| importo(voce.id, (voce.di)(&dati.finanziamento)))).collect()
}

fn stato_di(situazione: &Situazione) -> &'static str {
    match situazione.finita {
        true => "finito o oltre il termine",
        false if situazione.sospesa() => "sospeso",
        false => "in corso o da avviare",
    }
}

pub fn di_servizio(voce: &VistaServizio) -> Vec<Filtro> {
    vec![
        filtro("bisogno", [voce.categoria.nome]),
        filtro("territorio", dove(voce.territorio)),
        filtro("accesso", voce.servizio.modalita.into_iter().flat_map(parole::accesso)),
        filtro("ente", voce.erogatore.as_ref().map(|ente| ente.categoria)),
        filtro("stato", [stato_di(&voce.situazione)]),
        filtro("periodo", [voce.periodo]),
    ]
}

/// What a body has in all, and how many projects and alliances.
#[derive(Serialize)]
pub struct InTutto {
    pub quota: Option<Euro>,
    pub contributo: Option<Euro>,
    pub alleanze: usize,
    pub progetti: usize,
}

pub fn di_ente(plan: &Plan, ente: &Ente, suoi: &InTutto, [quote, contributi]: &[Fasce; 2]) -> Vec<Filtro> {
    let categoria = &plan.categorie_enti[ente.categoria];
    let periodi = ente.alleanze.iter().map(|a| a.periodo).chain(ente.progetti.iter().map(|p| p.periodo));
    let periodi = periodi.chain(ente.pagato.iter().map(|(periodo, _)| *periodo));
    let filtri = [
        filtro("tipo", [&categoria.nome]),
        filtro("natura", [parole::nome(categoria.natura)]),
        filtro("sede", &ente.dati.comune),
        filtro("periodo", periodi.map(|p| plan.periodi[p].id.as_str())),
        quote.filtro("quote", suoi.quota),
        contributi.filtro("contributi", suoi.contributo),
        numero("partecipazioni", suoi.progetti as u64),
    ];
    filtri.into_iter().chain(importo("quota", suoi.quota)).chain(importo("contributo", suoi.contributo)).collect()
}

/// What its projects were granted.
pub fn contributo_di_alleanza(periodo: &Periodo, alleanza: &Alleanza) -> Option<Euro> {
    let progetti = alleanza.progetti.iter().map(|&i| &periodo.progetti[i]);
    Somma::dei(progetti, |voci| voci.contributo_riconosciuto).importo
}

pub fn di_alleanza(plan: &Plan, periodo: &Periodo, alleanza: &Alleanza, fasce: &Fasce) -> Vec<Filtro> {
    let capofila = &plan.enti[alleanza.capofila];
    let progetti = || alleanza.progetti.iter().map(|&i| &periodo.progetti[i]);
    let contributo = contributo_di_alleanza(periodo, alleanza);
    let costo = Somma::dei(progetti(), |voci| voci.costo_complessivo).importo;
    let filtri = [
        filtro("novita", alleanza.dati.nuova.map(|nuova| if nuova { "nuova" } else { "già attiva" })),
        filtro("territorio", dove(&alleanza.dati.territorio)),
        filtro("capofila", [&plan.categorie_enti[capofila.categoria].nome]),
        filtro("tema", &alleanza.dati.tema),
        fasce.filtro("contributo", contributo),
        filtro("stato", progetti().map(|progetto| parole::nome(progetto.dati.stato()))),
        numero("partner", alleanza.numero_partner()),
        numero("progetti", alleanza.progetti.len() as u64),
    ];
    filtri.into_iter().chain(importo("costo", costo)).chain(importo("contributo", contributo)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fasce(euro: &[&str]) -> Vec<String> {
        let importi: Vec<Euro> = euro.iter().map(|euro| Euro::parse(euro).expect("an amount")).collect();
        let fasce = Fasce::di(importi.iter().copied().map(Some));
        let mut nomi: Vec<String> = importi.iter().filter_map(|importo| fasce.nome(*importo)).collect();
        nomi.dedup();
        nomi
    }

    #[test]
    fn bands_have_round_limits_and_none_is_empty() {
        assert_eq!(
            fasce(&["24078.25", "40000", "40000", "40000", "40000", "40000", "40000", "40000"]),
            ["fino a € 30.000", "oltre € 30.000"]
        );
        assert_eq!(
            fasce(&["900", "1100", "4800", "5200", "9000", "12000", "48000", "120000"]),
            ["fino a € 5.000", "oltre € 5.000, fino a € 10.000", "oltre € 10.000, fino a € 100.000", "oltre € 100.000"]
        );
        assert_eq!(fasce(&["0", "10.01", "10.02", "10.03"]).len(), 2);
    }

    #[test]
    fn a_facet_with_one_value_in_the_whole_list_is_left_out() {
        let riga = |dove: &str| vec![filtro("stato", ["finito"]), filtro("dove", [dove]), numero("partner", 3)];
        let chiavi = |liste: Vec<Vec<Filtro>>| liste[0].iter().map(|filtro| filtro.chiave).collect::<Vec<_>>();
        assert_eq!(chiavi(che_dividono(vec![riga("Alto"), riga("Basso")])), ["dove", "partner"]);
        assert_eq!(chiavi(che_dividono(vec![riga("Alto"), riga("Alto")])), ["partner"]);
    }

    #[test]
    fn few_amounts_and_equal_ones_have_no_bands() {
        assert!(fasce(&["1", "2", "3"]).is_empty());
        assert!(fasce(&["1", "1", "1", "1", "1"]).is_empty());
    }

    #[test]
    fn an_amount_at_a_limit_is_in_the_lower_band() {
        let fasce = Fasce(vec![3_000_000]);
        let nome = |euro| fasce.nome(Euro::parse(euro).expect("an amount")).expect("a band");
        assert_eq!([nome("30000.00"), nome("30000.01")], ["fino a € 30.000", "oltre € 30.000"]);
    }
}
