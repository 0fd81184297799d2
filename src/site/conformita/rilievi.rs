//! What was found: records of which the same is said stand together.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use tera::Value;

use super::esiti::slug;
use super::leggibile::leggibile;
use crate::conformita::{Esito, Rilievo, Soggetto, deroghe_di};
use crate::plan::{Periodo, Plan};
use crate::record::{Deroga, Progetto};
use crate::report::{Place, Step, Target};
use crate::site::indice_regole::Scheda;
use crate::site::parole;
use crate::site::viste::{Collegamento, collegamento, collegamento_avviso, collegamento_progetto};

/// So many projects are named, even where they are all of the plan, or all the others.
const NOMINATI: usize = 4;

/// What is said of records with the same outcome.
struct Gruppo<'a> {
    esito: Esito,
    messaggi: Vec<Value>,
    schede: Vec<SchedaTrovata<'a>>,
}

struct SchedaTrovata<'a> {
    soggetto: Soggetto,
    /// Where in the record, and what holds for it alone.
    dettagli: Vec<String>,
    deroga: Option<&'a Deroga>,
}

/// A record that a rule speaks of: its kind, its name and its page.
pub fn collegato(periodo: &Periodo, soggetto: Soggetto) -> (&'static str, Collegamento<'_>) {
    match soggetto {
        Soggetto::Piano => ("piano", collegamento(&periodo.id, &periodo.dati.titolo, format!("{}/", periodo.id))),
        Soggetto::Avviso(a) => ("avviso", collegamento_avviso(periodo, a)),
        Soggetto::Progetto(i) => ("progetto", collegamento_progetto(periodo, &periodo.progetti[i])),
    }
}

pub fn vista_soggetto(periodo: &Periodo, soggetto: Soggetto) -> Value {
    let (tipo, Collegamento { nome, indirizzo, .. }) = collegato(periodo, soggetto);
    vista! { "tipo": tipo, "nome": nome, "indirizzo": indirizzo }
}

pub fn deroga<'a>(periodo: &'a Periodo, scheda: &Scheda) -> Option<&'a Deroga> {
    scheda.deroga.map(|i| &deroghe_di(periodo, scheda.soggetto).0[i])
}

/// Groups findings by their message, in the order in which these come, each with the records that it is about. Messages
/// about the same records are one group, unless they name parts of them.
pub fn gruppi(plan: &Plan, periodo: &Periodo, schede: &[Scheda]) -> Vec<Value> {
    let mut detti: Vec<Detto> = Vec::new();
    for scheda in schede {
        for rilievo in &scheda.rilievi {
            let testo = rilievo.messaggio.as_str();
            let noto = detti.iter().position(|detto| (detto.esito, detto.testo) == (scheda.esito, testo));
            let i = noto.unwrap_or_else(|| {
                detti.push(Detto { esito: scheda.esito, testo, di: Vec::new() });
                detti.len() - 1
            });
            match detti[i].di.last_mut().filter(|(ultima, _)| ultima.soggetto == scheda.soggetto) {
                Some((_, rilievi)) => rilievi.push(rilievo),
                None => detti[i].di.push((scheda, vec![rilievo])),
            }
        }
    }
    let mut dette = BTreeSet::new();
    let mut gruppi: Vec<Gruppo> = Vec::new();
    for detto in detti {
        let gruppo = detto.gruppo(plan, periodo, &mut dette);
        match gruppi.iter_mut().find(|prima| prima.e_degli_stessi(&gruppo)) {
            Some(prima) => prima.messaggi.extend(gruppo.messaggi),
            None => gruppi.push(gruppo),
        }
    }
    let insieme = gli_altri(periodo, &gruppi);
    gruppi.iter().enumerate().map(|(i, gruppo)| gruppo.vista(periodo, insieme.filter(|(suo, _)| *suo == i))).collect()
}

/// The group that takes in all the projects of which nothing else is said, and how to call them.
fn gli_altri(periodo: &Periodo, gruppi: &[Gruppo]) -> Option<(usize, &'static str)> {
    let progetti = |gruppo: &Gruppo| {
        gruppo.soggetti().filter(|soggetto| matches!(soggetto, Soggetto::Progetto(_))).collect::<BTreeSet<_>>()
    };
    let (i, gruppo) = gruppi.iter().enumerate().max_by_key(|(i, gruppo)| (progetti(gruppo).len(), Reverse(*i)))?;
    let suoi = progetti(gruppo);
    if suoi.len() <= NOMINATI || suoi.len() < gruppo.schede.len() || !gruppo.in_riga() {
        return None;
    }
    let mut altri = BTreeSet::new();
    gruppi.iter().enumerate().filter(|(altro, _)| *altro != i).for_each(|(_, gruppo)| altri.extend(progetti(gruppo)));
    let come = if altri.is_empty() { parole::tutti(suoi.len()) } else { "gli altri" };
    (altri.is_disjoint(&suoi) && altri.len() + suoi.len() == periodo.progetti.len()).then_some((i, come))
}

/// One message, and the records of which it is said.
struct Detto<'a, 's> {
    esito: Esito,
    testo: &'a str,
    di: Vec<(&'s Scheda<'a>, Vec<&'a Rilievo>)>,
}

impl<'a> Detto<'a, '_> {
    /// `dette` are the records whose waiver was told already.
    fn gruppo(self, plan: &Plan, periodo: &'a Periodo, dette: &mut BTreeSet<Soggetto>) -> Gruppo<'a> {
        let mut etichette = self.di.iter().flat_map(|(_, rilievi)| rilievi).map(|rilievo| rilievo.etichetta.as_str());
        let prima = etichette.next().filter(|etichetta| !etichetta.is_empty());
        let etichetta = prima.filter(|prima| etichette.all(|altra| altra == *prima));
        let schede: Vec<SchedaTrovata> = self
            .di
            .iter()
            .map(|(scheda, rilievi)| SchedaTrovata {
                soggetto: scheda.soggetto,
                dettagli: details(plan, periodo, scheda.soggetto, rilievi, etichetta.is_some()),
                deroga: deroga(periodo, scheda).filter(|_| dette.insert(scheda.soggetto)),
            })
            .collect();
        Gruppo {
            esito: self.esito,
            messaggi: vec![vista! {
                "testo": leggibile(plan, periodo, self.testo),
                // The value found and the one required, where it is the same for all.
                "etichetta": etichetta.map(|etichetta| leggibile(plan, periodo, etichetta)),
            }],
            schede,
        }
    }
}

impl Gruppo<'_> {
    fn e_degli_stessi(&self, altro: &Gruppo) -> bool {
        self.esito == altro.esito
            && self.schede.iter().chain(&altro.schede).all(|scheda| scheda.dettagli.is_empty())
            && self.soggetti().eq(altro.soggetti())
    }

    fn soggetti(&self) -> impl Iterator<Item = Soggetto> {
        self.schede.iter().map(|scheda| scheda.soggetto)
    }

    /// Nothing is said of a single record: they can stand on one line.
    fn in_riga(&self) -> bool {
        self.schede.iter().all(|scheda| scheda.dettagli.is_empty() && scheda.deroga.is_none())
    }

    fn vista(&self, periodo: &Periodo, insieme: Option<(usize, &str)>) -> Value {
        let scheda = |SchedaTrovata { soggetto, dettagli, deroga }: &SchedaTrovata| {
            vista! { "soggetto": vista_soggetto(periodo, *soggetto), "dettagli": dettagli, "deroga": deroga }
        };
        vista! {
            "esito": slug(self.esito),
            "esito_nome": self.esito.parola(),
            "messaggi": self.messaggi,
            "schede": self.schede.iter().map(scheda).collect::<Vec<_>>(),
            "in_riga": self.in_riga(),
            "insieme": insieme.map(|(_, come)| come),
        }
    }
}

/// Where in the record, and what was found there alone.
fn details(plan: &Plan, periodo: &Periodo, soggetto: Soggetto, rilievi: &[&Rilievo], is_shared: bool) -> Vec<String> {
    let mut dettagli: Vec<String> = Vec::new();
    for rilievo in rilievi {
        let etichetta =
            (!is_shared && !rilievo.etichetta.is_empty()).then(|| leggibile(plan, periodo, &rilievo.etichetta));
        let parti: Vec<String> = part(periodo, soggetto, rilievo).into_iter().chain(etichetta).collect();
        let dettaglio = parti.join(": ");
        if !dettaglio.is_empty() && !dettagli.contains(&dettaglio) {
            dettagli.push(dettaglio);
        }
    }
    dettagli
}

/// The action or the service that is meant, where the message does not name it.
fn part(periodo: &Periodo, soggetto: Soggetto, rilievo: &Rilievo) -> Option<String> {
    let Soggetto::Progetto(i) = soggetto else { return None };
    let progetto = &periodo.progetti[i];
    if rilievo.posto.file != *progetto.origine.file {
        return None;
    }
    let (tipo, nome) = named(&progetto.dati, &rilievo.posto)?;
    (!rilievo.messaggio.contains(nome)).then(|| format!("{tipo} «{nome}»"))
}

fn named<'a>(dati: &'a Progetto, posto: &Place) -> Option<(&'static str, &'a str)> {
    let (Target::Value(steps) | Target::Key(steps)) = &posto.target else { return None };
    let [Step::Key(key), Step::Index(i), ..] = steps.as_slice() else { return None };
    match key.as_ref() {
        "azioni" => dati.azioni.get(*i).map(|azione| ("azione", azione.titolo.as_str())),
        "servizi" => dati.servizi.get(*i).map(|servizio| ("servizio", servizio.nome.as_str())),
        _ => None,
    }
}
