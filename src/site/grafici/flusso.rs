//! The money of a plan from where it comes to who receives it, as one stream: every step has the amounts of the tables.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use super::di_piano;
use crate::plan::{Periodo, Plan, Progetto};
use crate::site::parole;
use crate::value::{Euro, euro};
use crate::view::disegno::{Gruppo, Nodo, Tappa, corso};
use crate::view::grafico::{Grafico, Scarica, Tabella, di_numeri, di_parole};

/// More than these in one group nobody tells apart: the smallest are drawn as one.
const NODI_MASSIMI: usize = 10;

/// What is drawn of a group, and as which each of its amounts is drawn.
fn in_breve(gruppo: &Gruppo) -> (Gruppo, Vec<usize>) {
    let nodi = &gruppo.nodi;
    if nodi.len() <= NODI_MASSIMI {
        return (gruppo.clone(), (0..nodi.len()).collect());
    }
    let mut ordinati: Vec<usize> = (0..nodi.len()).collect();
    ordinati.sort_by_key(|&i| Reverse(nodi[i].importo));
    let (primi, altri) = ordinati.split_at(NODI_MASSIMI - 1);
    let resto = altri.iter().map(|&i| nodi[i].importo).sum();
    let finisce = nodi.iter().all(|nodo| nodo.finisce);
    let insieme = Nodo { finisce, ..Nodo::nuovo(format!("Altri {} {}", altri.len(), gruppo.altri), resto) };
    let mut posti = vec![primi.len(); nodi.len()];
    primi.iter().enumerate().for_each(|(posto, &i)| posti[i] = posto);
    let nodi = primi.iter().map(|&i| nodi[i].clone()).chain([insieme]).collect();
    (Gruppo { nodi, ..gruppo.clone() }, posti)
}

fn una(titolo: &str, nodi: Vec<Nodo>, altri: &'static str) -> Tappa {
    Tappa { gruppi: vec![Gruppo { titolo: titolo.into(), nodi, altri }], ..Tappa::default() }
}

/// The steps as they are drawn.
fn disegnate(passi: &[Tappa]) -> Vec<Tappa> {
    let mut sopra: Vec<usize> = Vec::new();
    let tappa = |passo: &Tappa| {
        let (mut gruppi, mut posti) = (Vec::new(), Vec::new());
        let mut prima = 0;
        for (gruppo, suoi) in passo.gruppi.iter().map(in_breve) {
            posti.extend(suoi.into_iter().map(|posto| prima + posto));
            prima += gruppo.nodi.len();
            gruppi.push(gruppo);
        }
        let mut fili: BTreeMap<(usize, usize), Euro> = BTreeMap::new();
        for &(da, a, importo) in passo.intreccio.iter().filter(|(da, ..)| *da < sopra.len()) {
            let filo = fili.entry((sopra[da], posti[a])).or_default();
            *filo = *filo + importo;
        }
        sopra = posti;
        let intreccio = fili.into_iter().map(|((da, a), importo)| (da, a, importo)).collect();
        Tappa { gruppi, sorgente: passo.sorgente, intreccio }
    };
    passi.iter().map(tappa).collect()
}

/// None before projects have been granted something, or where one step would be all there is.
pub fn flusso(plan: &Plan, periodo: &Periodo) -> Option<Grafico> {
    let ats = plan.sito.ats.nome.as_str();
    let conto = periodo.conto_del_piano(ats)?;
    let concesso = conto.concesso.filter(|concesso| !concesso.e_zero())?;
    let azione = conto.azione_di_sistema.unwrap_or_default();
    let proposta = proposta(periodo);
    let resto = conto.disponibile - concesso - azione;
    let finanziati: Vec<(&Progetto, Euro)> = periodo
        .propri(ats)
        .filter_map(|progetto| Some((progetto, periodo.conto(progetto).concesso.filter(|euro| !euro.e_zero())?)))
        .collect();
    // In the order in which they are drawn, call by call.
    let finanziati: Vec<(&Progetto, Euro)> = per_avviso(&finanziati).flat_map(|(_, suoi)| suoi).collect();
    let enti = agli_enti(plan, periodo, &finanziati)
        .filter(|enti| enti.nodi().map(|nodo| nodo.importo).sum::<Euro>() <= concesso);
    let descrizione = format!(
        "Di {} disponibili, {} vanno a {}{}{}{}.{}",
        euro(conto.disponibile),
        euro(concesso),
        parole::conta(finanziati.len(), "progetto", "progetti"),
        if azione.e_zero() { String::new() } else { format!(" e {} all'azione di sistema", euro(azione)) },
        if azione.e_zero() || !proposta { "" } else { ", se è come fu proposto" },
        match resto.cmp(&Euro::ZERO) {
            Ordering::Equal => String::new(),
            Ordering::Greater => format!("; {} non sono assegnati", euro(resto)),
            Ordering::Less => format!("; {} sono assegnati in più di ciò che c'è", euro(Euro::ZERO - resto)),
        },
        if enti.is_none() { " Gli atti non dicono come ogni contributo si divide fra gli enti." } else { "" },
    );
    let mut passi: Vec<Tappa> = std::iter::once(da_dove(periodo)?)
        .chain([dove(plan, periodo, &finanziati, azione, resto), ai_progetti(periodo, &finanziati)])
        .chain(enti)
        .filter(|passo| passo.nodi().nth(1).is_some())
        .collect();
    if passi.len() < 2 {
        return None;
    }
    passi.last_mut()?.gruppi.iter_mut().flat_map(|gruppo| &mut gruppo.nodi).for_each(|nodo| nodo.finisce = true);
    let righe = passi.iter().flat_map(|passo| &passo.gruppi).flat_map(|gruppo| {
        let riga = move |nodo: &Nodo| vec![gruppo.titolo.clone().into(), nodo.nome.clone().into(), nodo.importo.into()];
        gruppo.nodi.iter().map(riga)
    });
    Some(Grafico {
        id: "flusso".into(),
        titolo: "Il percorso del denaro".into(),
        descrizione,
        tabella: Tabella {
            didascalia: "Da dove viene il denaro e a chi va, in euro".into(),
            colonne: vec![di_parole("Passo"), di_parole("Voce"), di_numeri("Importo")],
            righe: righe.collect(),
            totale: None,
        },
        flusso: Some(corso(&disegnate(&passi))),
        scarica: Some(Scarica::sotto(&di_piano(periodo, "flusso"))),
        ..Grafico::default()
    })
}

/// Whether nobody says that the money of the system action was decided.
fn proposta(periodo: &Periodo) -> bool {
    let azione = periodo.risorse.as_ref().and_then(|risorse| risorse.dati.azione_di_sistema.as_ref());
    azione.is_some_and(|azione| azione.proposta)
}

/// Endowment and residuals.
fn da_dove(periodo: &Periodo) -> Option<Tappa> {
    let dati = &periodo.risorse.as_ref()?.dati;
    let dotazione = dati.dotazione.iter().map(|voce| Nodo::nuovo(voce.descrizione.as_str(), voce.importo));
    let residui = dati
        .residui
        .iter()
        .map(|residuo| Nodo { serie: 2, ..Nodo::nuovo(residuo.descrizione.as_str(), periodo.utilizzabile(residuo)) });
    let nodi = dotazione.chain(residui).filter(|nodo| !nodo.importo.e_zero()).collect();
    Some(Tappa { sorgente: true, ..una("Da dove viene", nodi, "voci") })
}

/// Each call, the system action, and what is left.
fn dove(plan: &Plan, periodo: &Periodo, finanziati: &[(&Progetto, Euro)], azione: Euro, resto: Euro) -> Tappa {
    let avvisi = per_avviso(finanziati).map(|(avviso, suoi)| Nodo::nuovo(nome(periodo, avviso), somma(&suoi)));
    // The system action that has no price yet is in what is left.
    let conto = periodo.conto_del_piano(&plan.sito.ats.nome);
    let noto = conto.is_some_and(|conto| conto.non_assegnato.is_some());
    let resta = if noto { "Non assegnato" } else { "Azione di sistema e non assegnato" };
    let mut nodi: Vec<Nodo> = avvisi.collect();
    let della_azione = if proposta(periodo) { "Azione di sistema: proposta" } else { "Azione di sistema" };
    nodi.push(Nodo { finisce: true, ..Nodo::nuovo(della_azione, azione) });
    nodi.push(Nodo { finisce: true, serie: 3, ..Nodo::nuovo(resta, resto) });
    nodi.retain(|nodo| nodo.importo > Euro::ZERO);
    una("Dove va", nodi, "avvisi")
}

/// The projects, call by call.
fn ai_progetti(periodo: &Periodo, finanziati: &[(&Progetto, Euro)]) -> Tappa {
    let uno = per_avviso(finanziati).count() == 1;
    let gruppi = per_avviso(finanziati).map(|(avviso, suoi)| {
        let titolo = if uno { "Ai progetti".to_owned() } else { format!("Ai progetti: {}", nome(periodo, avviso)) };
        let nodi = suoi.iter().map(|(progetto, importo)| Nodo::nuovo(progetto.dati.titolo.as_str(), *importo));
        Gruppo { titolo, nodi: nodi.collect(), altri: "progetti" }
    });
    Tappa { gruppi: gruppi.collect(), ..Tappa::default() }
}

/// The bodies, where the records say how every grant is divided.
fn agli_enti(plan: &Plan, periodo: &Periodo, finanziati: &[(&Progetto, Euro)]) -> Option<Tappa> {
    let mut dati: Vec<(usize, usize, Euro)> = Vec::new();
    let mut per_ente: BTreeMap<usize, Euro> = BTreeMap::new();
    for (i, (progetto, _)) in finanziati.iter().enumerate() {
        let concessione = periodo.concessione(progetto).filter(|concessione| concessione.ripartita)?;
        for beneficiario in concessione.riceventi() {
            let somma = per_ente.entry(beneficiario.ente).or_default();
            *somma = *somma + beneficiario.importo?;
            dati.push((i, beneficiario.ente, beneficiario.importo?));
        }
    }
    let mut enti: Vec<(usize, Euro)> = per_ente.into_iter().collect();
    enti.sort_by_key(|&(_, importo)| Reverse(importo));
    let posti: BTreeMap<usize, usize> = enti.iter().zip(0..).map(|(&(ente, _), posto)| (ente, posto)).collect();
    let intreccio = dati.into_iter().map(|(i, ente, importo)| (i, posti[&ente], importo)).collect();
    let nodi = enti.iter().map(|&(ente, importo)| Nodo::nuovo(plan.enti[ente].dati.nome.as_str(), importo)).collect();
    Some(Tappa { intreccio, ..una("Agli enti", nodi, "enti") })
}

fn per_avviso<'a>(
    finanziati: &[(&'a Progetto, Euro)],
) -> impl Iterator<Item = (Option<usize>, Vec<(&'a Progetto, Euro)>)> + use<'a> {
    let mut gruppi: BTreeMap<Option<usize>, Vec<(&Progetto, Euro)>> = BTreeMap::new();
    for &(progetto, importo) in finanziati {
        gruppi.entry(progetto.avviso).or_default().push((progetto, importo));
    }
    gruppi.into_iter()
}

fn nome(periodo: &Periodo, avviso: Option<usize>) -> String {
    avviso.map_or_else(|| "Progetti senza avviso".to_owned(), |a| periodo.avvisi[a].dati.titolo.clone())
}

fn somma(progetti: &[(&Progetto, Euro)]) -> Euro {
    progetti.iter().map(|&(_, importo)| importo).sum()
}
