//! Kind `dichiarazione`: what only the author of a record can say. The questions are data of the norm.

use std::collections::{BTreeMap, BTreeSet};

use super::contesto::{Contesto, Giudizi, Soggetto, chosen_by_the_editor, whole};
use super::giudizio::{Dichiarato, Esame, Giudizio, non_dichiarato, viola};
use crate::path;
use crate::plan::{Origine, Periodo};
use crate::record::{Dichiarazioni, Domanda, RichiestaDiDichiarazione, SuCosa};
use crate::report::{Diagnostic, Place, Report, Step};
use crate::suggest;
use crate::value::{Dichiarazione, Id};

pub fn judge(dati: &RichiestaDiDichiarazione, contesto: &Contesto) -> Giudizi {
    let soggetti: Vec<Soggetto> = match dati.su {
        SuCosa::Piano => contesto.del_piano.then_some(Soggetto::Piano).into_iter().collect(),
        SuCosa::Avviso => contesto.avvisi.iter().map(|&a| Soggetto::Avviso(a)).collect(),
        SuCosa::Progetto | SuCosa::Azione | SuCosa::Servizio => {
            contesto.progetti.iter().map(|&i| Soggetto::Progetto(i)).collect()
        }
    };
    soggetti.into_iter().map(|soggetto| (soggetto, asked_of(dati, contesto, soggetto))).collect()
}

fn asked_of(dati: &RichiestaDiDichiarazione, contesto: &Contesto, soggetto: Soggetto) -> Giudizio {
    let mut giudizio = Giudizio::default();
    for parte in parts(contesto.periodo, soggetto) {
        let asked = dati.domande(parte.su).filter(|domanda| parte.concerns(domanda));
        giudizio.extend(asked.map(|domanda| parte.answer(domanda)));
    }
    if let Soggetto::Progetto(i) = soggetto
        && giudizio.is_empty()
        && dati.chiede.iter().any(|domanda| !domanda.macrocategorie.is_empty())
    {
        giudizio.extend(chosen_by_the_editor(&contesto.periodo.progetti[i]));
    }
    giudizio
}

/// A record, or a part of one, that can declare something.
struct Parte<'a> {
    su: SuCosa,
    dichiarazioni: &'a Dichiarazioni,
    origine: &'a Origine,
    steps: Vec<Step>,
    /// Where it is named, for what is absent.
    nome: Place,
    macrocategorie: BTreeSet<&'a Id>,
    categorie_servizi: BTreeSet<&'a Id>,
}

impl Parte<'_> {
    fn concerns(&self, domanda: &Domanda) -> bool {
        let one_of = |asked: &[Id], own: &BTreeSet<&Id>| asked.is_empty() || asked.iter().any(|id| own.contains(id));
        let follows = domanda
            .se
            .as_ref()
            .is_none_or(|altra| self.dichiarazioni.0.get(altra) == Some(&Dichiarazione::Detto(true)));
        follows
            && one_of(&domanda.macrocategorie, &self.macrocategorie)
            && one_of(&domanda.categorie_servizi, &self.categorie_servizi)
    }

    fn value(&self, campo: &Id) -> Place {
        let own = path!["dichiarazioni", campo.as_str().to_owned()];
        self.origine.value([self.steps.as_slice(), &own].concat())
    }

    fn answer(&self, domanda: &Domanda) -> Esame {
        let campo = &domanda.campo;
        let asked = &domanda.domanda;
        let broken = |message| viola(message).at(self.value(campo)).label(asked);
        match (self.dichiarazioni.0.get(campo), domanda.atteso) {
            (None, _) => {
                let value = if domanda.testo { "…" } else { "true o false" };
                non_dichiarato(format!("manca la dichiarazione `{campo}`"))
                    .at(self.nome.clone())
                    .label(asked)
                    .help(format!("scrivi `dichiarazioni: {{ {campo}: {value} }}`"))
            }
            (Some(Dichiarazione::Testo(testo)), _) if domanda.testo && says_none(testo) => {
                broken(format!("l'ATS risponde «{}»", testo.trim()))
            }
            (Some(Dichiarazione::Testo(_)), _) if domanda.testo => Dichiarato,
            (Some(_), _) if domanda.testo => broken(format!("la dichiarazione `{campo}` chiede un testo")),
            (Some(Dichiarazione::Testo(_)), _) => broken(format!("la dichiarazione `{campo}` chiede `true` o `false`")),
            (Some(Dichiarazione::Detto(detto)), Some(atteso)) if *detto != atteso => {
                broken(format!("la dichiarazione `{campo}` non è quella ammessa"))
                    .label(format!("`{detto}`, mentre la norma chiede `{atteso}`: {asked}"))
            }
            (Some(Dichiarazione::Detto(_)), _) => Dichiarato,
        }
    }
}

/// The parts of a record that can declare something.
fn parts(periodo: &Periodo, soggetto: Soggetto) -> Vec<Parte<'_>> {
    let simple = |su, dichiarazioni, origine| Parte {
        su,
        dichiarazioni,
        origine,
        steps: Vec::new(),
        nome: whole(origine),
        macrocategorie: BTreeSet::new(),
        categorie_servizi: BTreeSet::new(),
    };
    match soggetto {
        Soggetto::Piano => vec![simple(SuCosa::Piano, &periodo.dati.dichiarazioni, &periodo.origine)],
        Soggetto::Avviso(a) => {
            let avviso = &periodo.avvisi[a];
            vec![simple(SuCosa::Avviso, &avviso.dati.dichiarazioni, &avviso.origine)]
        }
        Soggetto::Progetto(i) => {
            let progetto = &periodo.progetti[i];
            let origine = &progetto.origine;
            let macrocategorie: BTreeSet<&Id> =
                progetto.dati.azioni.iter().filter_map(|azione| azione.macrocategoria.as_ref()).collect();
            let own = Parte {
                macrocategorie: macrocategorie.clone(),
                ..simple(SuCosa::Progetto, &progetto.dati.dichiarazioni, origine)
            };
            let azioni = progetto.dati.azioni.iter().enumerate().map(|(a, azione)| Parte {
                steps: path!["azioni", a],
                nome: origine.value(path!["azioni", a, "titolo"]),
                macrocategorie: azione.macrocategoria.iter().collect(),
                ..simple(SuCosa::Azione, &azione.dichiarazioni, origine)
            });
            let servizi = progetto.dati.servizi.iter().enumerate().map(|(s, servizio)| Parte {
                steps: path!["servizi", s],
                nome: origine.value(path!["servizi", s, "nome"]),
                macrocategorie: macrocategorie.clone(),
                categorie_servizi: BTreeSet::from([&servizio.categoria]),
                ..simple(SuCosa::Servizio, &servizio.dichiarazioni, origine)
            });
            std::iter::once(own).chain(azioni).chain(servizi).collect()
        }
    }
}

/// An answer that there is none: it is told as it stands, and is not what the norm asks for.
fn says_none(testo: &str) -> bool {
    let word = testo.trim().trim_end_matches(['.', '!']).to_lowercase();
    let first = word.split_whitespace().next().unwrap_or_default();
    matches!(first, "nessuna" | "nessuno" | "nessun" | "niente" | "nulla" | "non" | "-" | "–" | "")
}

/// C-08: a declaration that no norm of the period asks for is a misspelt one.
pub fn unknown(contesti: &[Contesto], periodo: &Periodo, report: &mut Report) {
    let asked = |su: SuCosa| -> BTreeSet<&str> {
        let regole = contesti.iter().flat_map(|contesto| &contesto.norma.regole);
        let richieste = regole.filter_map(|regola| regola.dichiarazione.as_ref());
        richieste.flat_map(|dati| dati.domande(su)).map(|domanda| domanda.campo.as_str()).collect()
    };
    let mut known: BTreeMap<SuCosa, BTreeSet<&str>> = BTreeMap::new();
    for parte in Soggetto::tutti(periodo).flat_map(|soggetto| parts(periodo, soggetto)) {
        for campo in parte.dichiarazioni.0.keys() {
            let known = known.entry(parte.su).or_insert_with(|| asked(parte.su));
            if known.contains(campo.as_str()) {
                continue;
            }
            let found =
                Diagnostic::error("C-08", format!("`{campo}` non è fra le dichiarazioni che la norma chiede qui"))
                    .at(parte.value(campo))
                    .label("nome sconosciuto");
            report.add(match suggest::closest(campo.as_str(), known.iter().copied()) {
                Some(near) => found.help(format!("forse intendevi `{near}`?")),
                None if known.is_empty() => found.help("togli la riga: qui la norma non chiede dichiarazioni"),
                None => found.help(format!("si può scegliere fra {}", suggest::list(known.iter().copied()))),
            });
        }
    }
}
