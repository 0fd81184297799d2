//! The money of a plan from where it comes to who receives it, step by step: every step is a fan, and each shows the same
//! amounts as the tables.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use super::{centesimi, di_piano};
use crate::plan::{Periodo, Plan, Progetto};
use crate::site::parole;
use crate::value::{Euro, euro};
use crate::view::disegno::{Nodo, ventaglio};
use crate::view::grafico::{Grafico, Scarica, Tabella, di_numeri, di_parole};

/// More than these in one step nobody tells apart: the smallest are drawn as one.
const NODI_MASSIMI: usize = 10;

/// One step: a whole, and its parts.
struct Passo {
    titolo: String,
    parti: Vec<(String, Euro, usize)>,
    si_uniscono: bool,
    /// What the smallest parts are called together.
    altri: &'static str,
}

impl Passo {
    fn che_si_divide(titolo: impl Into<String>, parti: Vec<(String, Euro, usize)>, altri: &'static str) -> Self {
        Passo { titolo: titolo.into(), parti, si_uniscono: false, altri }
    }

    fn totale(&self) -> Euro {
        self.parti.iter().map(|&(_, importo, _)| importo).sum()
    }

    fn nodi(&self) -> Vec<Nodo> {
        let nodo = |nome: &str, importo: Euro, serie| Nodo {
            nome: nome.to_owned(),
            importo: euro(importo),
            peso: centesimi(importo),
            serie,
        };
        if self.parti.len() <= NODI_MASSIMI {
            return self.parti.iter().map(|(nome, importo, serie)| nodo(nome, *importo, *serie)).collect();
        }
        let mut ordinate: Vec<&(String, Euro, usize)> = self.parti.iter().collect();
        ordinate.sort_by_key(|(_, importo, _)| Reverse(*importo));
        let (prime, altre) = ordinate.split_at(NODI_MASSIMI - 1);
        let resto = altre.iter().map(|&&(_, importo, _)| importo).sum();
        let altri = format!("Altri {} {}", altre.len(), self.altri);
        let prime = prime.iter().map(|(nome, importo, serie)| nodo(nome, *importo, *serie));
        prime.chain([nodo(&altri, resto, 1)]).collect()
    }
}

/// None before projects have been granted something, or where one step would be all there is.
pub fn flusso(plan: &Plan, periodo: &Periodo) -> Option<Grafico> {
    let ats = plan.sito.ats.nome.as_str();
    let conto = periodo.conto_del_piano(ats)?;
    let concesso = conto.concesso.filter(|concesso| !concesso.e_zero())?;
    let azione = conto.azione_di_sistema.unwrap_or_default();
    let resto = conto.disponibile - concesso - azione;
    let finanziati: Vec<(&Progetto, Euro)> = periodo
        .propri(ats)
        .filter_map(|progetto| Some((progetto, periodo.conto(progetto).concesso.filter(|euro| !euro.e_zero())?)))
        .collect();
    let enti = agli_enti(plan, periodo, &finanziati).filter(|enti| enti.totale() <= concesso);
    let descrizione = format!(
        "Di {} disponibili, {} vanno a {}{}{}.{}",
        euro(conto.disponibile),
        euro(concesso),
        parole::conta(finanziati.len(), "progetto", "progetti"),
        if azione.e_zero() { String::new() } else { format!(", {} all'azione di sistema", euro(azione)) },
        match resto.cmp(&Euro::ZERO) {
            Ordering::Equal => String::new(),
            Ordering::Greater => format!("; {} non sono assegnati", euro(resto)),
            Ordering::Less => format!("; {} sono assegnati in più di ciò che c'è", euro(Euro::ZERO - resto)),
        },
        if enti.is_none() { " Gli atti non dicono come ogni contributo si divide fra gli enti." } else { "" },
    );
    let passi: Vec<Passo> = std::iter::once(da_dove(periodo)?)
        .chain([dove(plan, periodo, &finanziati, azione, resto)])
        .chain(ai_progetti(periodo, &finanziati))
        .chain(enti)
        .filter(|passo| passo.parti.len() > 1)
        .collect();
    if passi.len() < 2 {
        return None;
    }
    let massimo = centesimi(conto.disponibile);
    let righe = passi.iter().flat_map(|passo| {
        let riga = |(nome, importo, _): &(String, Euro, usize)| {
            vec![passo.titolo.clone().into(), nome.clone().into(), (*importo).into()]
        };
        passo.parti.iter().map(riga)
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
        flusso: passi
            .iter()
            .map(|passo| {
                ventaglio(passo.titolo.clone(), euro(passo.totale()), &passo.nodi(), massimo, passo.si_uniscono)
            })
            .collect(),
        scarica: Some(Scarica::sotto(&di_piano(periodo, "flusso"))),
        ..Grafico::default()
    })
}

/// Endowment and residuals.
fn da_dove(periodo: &Periodo) -> Option<Passo> {
    let dati = &periodo.risorse.as_ref()?.dati;
    let dotazione = dati.dotazione.iter().map(|voce| (voce.descrizione.clone(), voce.importo, 1));
    let residui = dati.residui.iter().map(|residuo| (residuo.descrizione.clone(), periodo.utilizzabile(residuo), 2));
    let parti = dotazione.chain(residui).filter(|(_, importo, _)| !importo.e_zero()).collect();
    Some(Passo { titolo: "Da dove viene".into(), parti, si_uniscono: true, altri: "voci" })
}

/// Each call, the system action, and what is left.
fn dove(plan: &Plan, periodo: &Periodo, finanziati: &[(&Progetto, Euro)], azione: Euro, resto: Euro) -> Passo {
    let mut parti: Vec<(String, Euro, usize)> =
        per_avviso(finanziati).map(|(avviso, suoi)| (nome(periodo, avviso), somma(&suoi), 1)).collect();
    parti.push(("Azione di sistema".to_owned(), azione, 1));
    // The system action that has no price yet is in what is left.
    let conto = periodo.conto_del_piano(&plan.sito.ats.nome);
    let noto = conto.is_some_and(|conto| conto.non_assegnato.is_some());
    let resta = if noto { "Non assegnato" } else { "Azione di sistema e non assegnato" };
    parti.push((resta.to_owned(), resto, 3));
    parti.retain(|(_, importo, _)| *importo > Euro::ZERO);
    Passo::che_si_divide("Dove va", parti, "avvisi")
}

/// The projects, call by call.
fn ai_progetti<'a>(periodo: &'a Periodo, finanziati: &'a [(&'a Progetto, Euro)]) -> impl Iterator<Item = Passo> + 'a {
    let uno = per_avviso(finanziati).count() == 1;
    per_avviso(finanziati).map(move |(avviso, suoi)| {
        let titolo = if uno { "Ai progetti".to_owned() } else { format!("Ai progetti: {}", nome(periodo, avviso)) };
        let parti = suoi.iter().map(|(progetto, importo)| (progetto.dati.titolo.clone(), *importo, 1)).collect();
        Passo::che_si_divide(titolo, parti, "progetti")
    })
}

/// The bodies, where the records say how every grant is divided.
fn agli_enti(plan: &Plan, periodo: &Periodo, finanziati: &[(&Progetto, Euro)]) -> Option<Passo> {
    let mut per_ente: BTreeMap<usize, Euro> = BTreeMap::new();
    for (progetto, _) in finanziati {
        let concessione = periodo.concessione(progetto).filter(|concessione| concessione.ripartita)?;
        for beneficiario in concessione.riceventi() {
            let somma = per_ente.entry(beneficiario.ente).or_default();
            *somma = *somma + beneficiario.importo?;
        }
    }
    let parti = per_ente.into_iter().map(|(ente, importo)| (plan.enti[ente].dati.nome.clone(), importo, 1));
    let mut parti: Vec<_> = parti.collect();
    parti.sort_by_key(|&(_, importo, _)| Reverse(importo));
    Some(Passo::che_si_divide("Agli enti", parti, "enti"))
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
