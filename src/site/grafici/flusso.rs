//! The money of a plan from where it comes to who receives it, as one stream: every step has the amounts of the tables.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use super::{centesimi, di_piano};
use crate::plan::{Periodo, Plan, Progetto};
use crate::site::parole;
use crate::value::{Euro, euro};
use crate::view::disegno::{Gruppo, Nodo, Tappa, corso};
use crate::view::grafico::{Grafico, Scarica, Tabella, di_numeri, di_parole};

/// More than these in one group nobody tells apart: the smallest are drawn as one.
const NODI_MASSIMI: usize = 10;

/// An amount of a step.
struct Parte {
    nome: String,
    importo: Euro,
    serie: usize,
    finisce: bool,
}

impl Parte {
    fn nuova(nome: impl Into<String>, importo: Euro) -> Self {
        Parte { nome: nome.into(), importo, serie: 1, finisce: false }
    }

    fn nodo(&self) -> Nodo {
        let Parte { nome, importo, serie, finisce } = self;
        Nodo {
            nome: nome.clone(),
            importo: euro(*importo),
            peso: centesimi(*importo),
            serie: *serie,
            finisce: *finisce,
        }
    }
}

/// Amounts with a name together.
struct Parti {
    titolo: String,
    parti: Vec<Parte>,
    /// What the smallest are called together.
    altri: &'static str,
}

impl Parti {
    /// What is drawn of them, and as which each part is drawn.
    fn in_gruppo(&self) -> (Gruppo, Vec<usize>) {
        let totale = self.parti.iter().map(|parte| parte.importo).sum();
        let gruppo = |nodi| Gruppo { titolo: self.titolo.clone(), totale: euro(totale), nodi };
        if self.parti.len() <= NODI_MASSIMI {
            return (gruppo(self.parti.iter().map(Parte::nodo).collect()), (0..self.parti.len()).collect());
        }
        let mut ordinate: Vec<usize> = (0..self.parti.len()).collect();
        ordinate.sort_by_key(|&i| Reverse(self.parti[i].importo));
        let (prime, altre) = ordinate.split_at(NODI_MASSIMI - 1);
        let resto = altre.iter().map(|&i| self.parti[i].importo).sum();
        let finisce = self.parti.iter().all(|parte| parte.finisce);
        let altri = Parte { finisce, ..Parte::nuova(format!("Altri {} {}", altre.len(), self.altri), resto) };
        let nodi = prime.iter().map(|&i| self.parti[i].nodo()).chain([altri.nodo()]).collect();
        let mut posti = vec![prime.len(); self.parti.len()];
        prime.iter().enumerate().for_each(|(posto, &i)| posti[i] = posto);
        (gruppo(nodi), posti)
    }
}

/// A step, and where each of its parts comes from in the one above, where they change places: from, to, how much.
#[derive(Default)]
struct Passo {
    gruppi: Vec<Parti>,
    sorgente: bool,
    fili: Vec<(usize, usize, Euro)>,
}

impl Passo {
    fn uno(titolo: &str, parti: Vec<Parte>, altri: &'static str) -> Self {
        Passo { gruppi: vec![Parti { titolo: titolo.into(), parti, altri }], ..Passo::default() }
    }

    fn parti(&self) -> impl Iterator<Item = (&str, &Parte)> {
        self.gruppi.iter().flat_map(|gruppo| gruppo.parti.iter().map(|parte| (gruppo.titolo.as_str(), parte)))
    }

    fn totale(&self) -> Euro {
        self.parti().map(|(_, parte)| parte.importo).sum()
    }

    fn finisce(&mut self) {
        self.gruppi.iter_mut().flat_map(|gruppo| &mut gruppo.parti).for_each(|parte| parte.finisce = true);
    }
}

/// The steps as they are drawn.
fn tappe(passi: &[Passo]) -> Vec<Tappa> {
    let mut sopra: Vec<usize> = Vec::new();
    let tappa = |passo: &Passo| {
        let (mut gruppi, mut posti) = (Vec::new(), Vec::new());
        let mut prima = 0;
        for (gruppo, suoi) in passo.gruppi.iter().map(Parti::in_gruppo) {
            posti.extend(suoi.into_iter().map(|posto| prima + posto));
            prima += gruppo.nodi.len();
            gruppi.push(gruppo);
        }
        let mut fili: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        for &(da, a, importo) in passo.fili.iter().filter(|(da, ..)| *da < sopra.len()) {
            *fili.entry((sopra[da], posti[a])).or_default() += centesimi(importo);
        }
        sopra = posti;
        let intreccio = fili.into_iter().map(|((da, a), peso)| (da, a, peso)).collect();
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
    let resto = conto.disponibile - concesso - azione;
    let finanziati: Vec<(&Progetto, Euro)> = periodo
        .propri(ats)
        .filter_map(|progetto| Some((progetto, periodo.conto(progetto).concesso.filter(|euro| !euro.e_zero())?)))
        .collect();
    // In the order in which they are drawn, call by call.
    let finanziati: Vec<(&Progetto, Euro)> = per_avviso(&finanziati).flat_map(|(_, suoi)| suoi).collect();
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
    let mut passi: Vec<Passo> = std::iter::once(da_dove(periodo)?)
        .chain([dove(plan, periodo, &finanziati, azione, resto), ai_progetti(periodo, &finanziati)])
        .chain(enti)
        .filter(|passo| passo.parti().nth(1).is_some())
        .collect();
    if passi.len() < 2 {
        return None;
    }
    passi.last_mut()?.finisce();
    let righe = passi.iter().flat_map(Passo::parti);
    let righe = righe.map(|(titolo, Parte { nome, importo, .. })| {
        vec![titolo.to_owned().into(), nome.clone().into(), (*importo).into()]
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
        flusso: Some(corso(&tappe(&passi))),
        scarica: Some(Scarica::sotto(&di_piano(periodo, "flusso"))),
        ..Grafico::default()
    })
}

/// Endowment and residuals.
fn da_dove(periodo: &Periodo) -> Option<Passo> {
    let dati = &periodo.risorse.as_ref()?.dati;
    let dotazione = dati.dotazione.iter().map(|voce| Parte::nuova(voce.descrizione.as_str(), voce.importo));
    let residui = dati
        .residui
        .iter()
        .map(|residuo| Parte { serie: 2, ..Parte::nuova(residuo.descrizione.as_str(), periodo.utilizzabile(residuo)) });
    let parti = dotazione.chain(residui).filter(|parte| !parte.importo.e_zero()).collect();
    Some(Passo { sorgente: true, ..Passo::uno("Da dove viene", parti, "voci") })
}

/// Each call, the system action, and what is left.
fn dove(plan: &Plan, periodo: &Periodo, finanziati: &[(&Progetto, Euro)], azione: Euro, resto: Euro) -> Passo {
    let avvisi = per_avviso(finanziati).map(|(avviso, suoi)| Parte::nuova(nome(periodo, avviso), somma(&suoi)));
    // The system action that has no price yet is in what is left.
    let conto = periodo.conto_del_piano(&plan.sito.ats.nome);
    let noto = conto.is_some_and(|conto| conto.non_assegnato.is_some());
    let resta = if noto { "Non assegnato" } else { "Azione di sistema e non assegnato" };
    let mut parti: Vec<Parte> = avvisi.collect();
    parti.push(Parte { finisce: true, ..Parte::nuova("Azione di sistema", azione) });
    parti.push(Parte { finisce: true, serie: 3, ..Parte::nuova(resta, resto) });
    parti.retain(|parte| parte.importo > Euro::ZERO);
    Passo::uno("Dove va", parti, "avvisi")
}

/// The projects, call by call.
fn ai_progetti(periodo: &Periodo, finanziati: &[(&Progetto, Euro)]) -> Passo {
    let uno = per_avviso(finanziati).count() == 1;
    let gruppi = per_avviso(finanziati).map(|(avviso, suoi)| {
        let titolo = if uno { "Ai progetti".to_owned() } else { format!("Ai progetti: {}", nome(periodo, avviso)) };
        let parti = suoi.iter().map(|(progetto, importo)| Parte::nuova(progetto.dati.titolo.as_str(), *importo));
        Parti { titolo, parti: parti.collect(), altri: "progetti" }
    });
    Passo { gruppi: gruppi.collect(), ..Passo::default() }
}

/// The bodies, where the records say how every grant is divided.
fn agli_enti(plan: &Plan, periodo: &Periodo, finanziati: &[(&Progetto, Euro)]) -> Option<Passo> {
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
    let fili = dati.into_iter().map(|(i, ente, importo)| (i, posti[&ente], importo)).collect();
    let parti = enti.iter().map(|&(ente, importo)| Parte::nuova(plan.enti[ente].dati.nome.as_str(), importo)).collect();
    Some(Passo { fili, ..Passo::uno("Agli enti", parti, "enti") })
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
