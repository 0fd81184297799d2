//! C-20: a norm says things that can be meant. A wrong norm file is told like a wrong record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Origine;
use super::files::Files;
use super::names::unknown_word;
use crate::conformita::qualifiche;
use crate::path;
use crate::record::{CategoriaEnte, Norma, Regola, TIPI, Tipo, Voce};
use crate::report::{Diagnostic, Report, Step};
use crate::suggest;
use crate::value::Id;

/// Families of codes that no norm may use: they are of the program.
const RESERVED: &[&str] = &["A", "C", "M", "Q", "R"];

/// Judges the norms of the site (the built-in ones are judged by the tests), and names the rules that judge nothing.
pub(super) fn coherent(
    files: &Files,
    norme: &BTreeMap<Id, Arc<Norma>>,
    (categorie, qualifiche): (&[CategoriaEnte], &[Voce]),
    servizi: &[Voce],
    report: &mut Report,
) -> BTreeSet<String> {
    let mut senseless = BTreeSet::new();
    for (id, own, origine) in &files.norme {
        let Some(whole) = norme.get(id) else { continue };
        let words = Words {
            qualifiche: qualifiche::words(categorie, qualifiche, Some(whole)),
            macrocategorie: whole.macrocategorie.iter().map(|voce| voce.id.as_str()).collect(),
            gruppi: whole.macrocategorie.iter().filter_map(|voce| voce.gruppo.as_deref()).collect(),
            dimensioni: whole.dimensioni.iter().map(|dimensione| dimensione.id.as_str()).collect(),
            servizi: servizi.iter().map(|voce| voce.id.as_str()).collect(),
        };
        let others: BTreeSet<&str> = norme
            .iter()
            .filter(|(other, _)| *other != id && !extends(norme, id, other) && !extends(norme, other, id))
            .flat_map(|(_, norma)| &norma.regole)
            .map(|regola| regola.codice.as_str())
            .collect();
        for (i, seggio) in own.organismo.iter().flat_map(|organismo| organismo.seggi.iter().enumerate()) {
            let at = |j: usize| path!["organismo", "seggi", i, "qualifiche", j];
            known(&words.qualifiche, "le qualifiche", &seggio.qualifiche, at, origine, report);
        }
        let mut seen = BTreeSet::new();
        for (r, regola) in own.regole.iter().enumerate() {
            let before = report.diagnostics().len();
            let place = || origine.value(path!["regole", r, "codice"]);
            if !seen.insert(regola.codice.as_str()) || others.contains(regola.codice.as_str()) {
                report.add(
                    Diagnostic::error("C-09", format!("il codice `{}` è già di un'altra regola", regola.codice))
                        .at(place())
                        .help("dai alla regola un codice suo"),
                );
            }
            if let Some(why) = bad_code(&regola.codice) {
                report.add(
                    Diagnostic::error("C-20", format!("`{}` non può essere il codice di una regola", regola.codice))
                        .at(place())
                        .label(why)
                        .help("scrivi una sigla tua, un trattino e un numero, come `P28-01`"),
                );
            }
            kind(regola, r, origine, report);
            for (_, tipo) in regola.tipi() {
                parameters(&tipo, &words, &[Step::from("regole"), Step::from(r)], origine, report);
            }
            if report.diagnostics().len() > before {
                senseless.insert(regola.codice.clone());
            }
        }
    }
    senseless
}

/// The words that the rules of a norm may use.
struct Words<'a> {
    qualifiche: BTreeSet<&'a str>,
    macrocategorie: BTreeSet<&'a str>,
    gruppi: BTreeSet<&'a str>,
    dimensioni: BTreeSet<&'a str>,
    servizi: BTreeSet<&'a str>,
}

/// Whether a norm stands over another, directly or not.
pub fn extends(norme: &BTreeMap<Id, Arc<Norma>>, id: &Id, base: &Id) -> bool {
    let mut at = norme.get(id).and_then(|norma| norma.estende.as_ref());
    // A circle has had its own message.
    for _ in 0..norme.len() {
        match at {
            Some(here) if here == base => return true,
            Some(here) => at = norme.get(here).and_then(|norma| norma.estende.as_ref()),
            None => return false,
        }
    }
    false
}

fn bad_code(codice: &str) -> Option<&'static str> {
    let Some((family, number)) = codice.split_once('-') else { return Some("manca il trattino") };
    let upper = family.starts_with(|c: char| c.is_ascii_uppercase())
        && family.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if !upper || number.is_empty() || !number.chars().all(|c| c.is_ascii_digit()) {
        return Some("servono lettere maiuscole, un trattino e un numero");
    }
    RESERVED.contains(&family).then_some("questa lettera è delle regole del programma")
}

/// A rule has one kind.
fn kind(regola: &Regola, r: usize, origine: &Origine, report: &mut Report) {
    let tipi = regola.tipi();
    let found = match tipi.as_slice() {
        [_] => return,
        [] => Diagnostic::error("C-20", format!("la regola `{}` non dice che cosa controllare", regola.codice))
            .at(origine.value(path!["regole", r, "codice"]))
            .help(format!("aggiungi uno fra {}", suggest::list(TIPI.iter().copied()))),
        [(first, _), (second, _), ..] => {
            Diagnostic::error("C-20", format!("la regola `{}` controlla due cose", regola.codice))
                .at(origine.key(path!["regole", r, *second]))
                .related(origine.key(path!["regole", r, *first]), "qui la prima")
                .help("fai due regole, ciascuna col suo codice")
        }
    };
    report.add(found);
}

fn known(
    words: &BTreeSet<&str>,
    among: &str,
    ids: &[Id],
    at: impl Fn(usize) -> Vec<Step>,
    origine: &Origine,
    report: &mut Report,
) {
    for (i, id) in ids.iter().enumerate().filter(|(_, id)| !words.contains(id.as_str())) {
        let note: Vec<&str> = words.iter().copied().collect();
        report.add(unknown_word(among, id, origine.value(at(i)), &note));
    }
}

fn parameters(tipo: &Tipo, words: &Words, rule: &[Step], origine: &Origine, report: &mut Report) {
    let under = |steps: Vec<Step>| [rule, &steps].concat();
    let wrong = |message: &str, steps: Vec<Step>, help: &str| {
        Diagnostic::error("C-20", message.to_owned()).at(origine.value(under(steps))).help(help.to_owned())
    };
    match tipo {
        Tipo::Partenariato(dati) => {
            for (i, requisito) in dati.requisiti.iter().enumerate() {
                let lists: [(&'static str, &[Id]); 4] = [
                    ("se_capofila", &requisito.se_capofila),
                    ("con", &requisito.con),
                    ("ammessi", &requisito.ammessi),
                    ("certi", &requisito.certi),
                ];
                for (key, ids) in lists {
                    let at = |j: usize| under(path!["partenariato", "requisiti", i, key, j]);
                    known(&words.qualifiche, "le qualifiche", ids, at, origine, report);
                }
                let asks = requisito.almeno.is_some() || !requisito.ammessi.is_empty() || !requisito.certi.is_empty();
                if requisito.almeno.is_some() == requisito.con.is_empty() {
                    let steps = path!["partenariato", "requisiti", i];
                    report.add(wrong("`almeno` e `con` vanno insieme", steps, "scrivi quanti enti, e di quali tipi"));
                } else if !asks && requisito.contributo_massimo.is_none() {
                    let steps = path!["partenariato", "requisiti", i];
                    let help = "aggiungi `almeno` e `con`, `ammessi`, `certi` o `contributo_massimo`";
                    report.add(wrong("il requisito non chiede niente", steps, help));
                }
            }
        }
        Tipo::RequisitiEnte(dati) => {
            let at = |j: usize| under(path!["requisiti_ente", "con", j]);
            known(&words.qualifiche, "le qualifiche", &dati.con, at, origine, report);
        }
        Tipo::ImpreseServite(dati) => {
            for (i, voce) in dati.voci.iter().enumerate() {
                let own = std::slice::from_ref(&voce.macrocategoria);
                let at = |_| under(path!["imprese_servite", "voci", i, "macrocategoria"]);
                known(&words.macrocategorie, "le macrocategorie della norma", own, at, origine, report);
                for (key, ids) in [("dimensioni", &voce.dimensioni), ("altre", &voce.altre)] {
                    let at = |j: usize| under(path!["imprese_servite", "voci", i, key, j]);
                    known(&words.dimensioni, "le dimensioni della norma", ids, at, origine, report);
                }
            }
        }
        Tipo::Tempi(dati) => {
            if dati.mesi == Some(0) {
                report.add(wrong("una durata di zero mesi non è una durata", path!["tempi", "mesi"], "scrivi i mesi"));
            }
            let in_year = |entro: &crate::record::GiornoDellAnno| {
                let giorno = i8::try_from(entro.giorno).ok();
                let mese = i8::try_from(entro.mese).ok();
                // Of a leap year, so that 29 February is a day.
                matches!((mese, giorno), (Some(m), Some(g)) if jiff::civil::Date::new(2028, m, g).is_ok())
            };
            if dati.trasferimenti_entro.as_ref().is_some_and(|entro| !in_year(entro)) {
                let steps = path!["tempi", "trasferimenti_entro"];
                report.add(wrong("questo giorno non esiste nel calendario", steps, "correggi `giorno` o `mese`"));
            }
            if dati.domande.as_ref().is_some_and(|finestra| finestra.al <= finestra.dal) {
                let steps = path!["tempi", "domande", "al"];
                report.add(wrong("la finestra si chiude prima di aprirsi", steps, "correggi `dal` o `al`"));
            }
        }
        Tipo::Classificazione(dati) => {
            let both: BTreeSet<&str> = words.macrocategorie.union(&words.gruppi).copied().collect();
            for (key, list) in [("ammesse", &dati.ammesse), ("incerte", &dati.incerte)] {
                for (j, word) in list.iter().enumerate().filter(|(_, word)| !both.contains(word.as_str())) {
                    let found = Diagnostic::error(
                        "C-08",
                        format!("`{word}` non è fra le macrocategorie e i gruppi della norma"),
                    )
                    .at(origine.value(under(path!["classificazione", key, j])))
                    .label("nome sconosciuto");
                    report.add(match suggest::closest(word, both.iter().copied()) {
                        Some(near) => found.help(format!("forse intendevi `{near}`?")),
                        None => found.help(format!("si può scegliere fra {}", suggest::list(both.iter().copied()))),
                    });
                }
            }
        }
        Tipo::RichiestaDiDichiarazione(dati) => {
            let campi: BTreeSet<&str> = dati.chiede.iter().map(|domanda| domanda.campo.as_str()).collect();
            for (i, domanda) in dati.chiede.iter().enumerate() {
                let step = |key: &'static str| path!["dichiarazione", "chiede", i, key];
                if let Some(se) = &domanda.se {
                    let at = |_| under(step("se"));
                    known(&campi, "i campi di questa regola", std::slice::from_ref(se), at, origine, report);
                }
                let at = |j: usize| under([step("macrocategorie"), path![j]].concat());
                known(
                    &words.macrocategorie,
                    "le macrocategorie della norma",
                    &domanda.macrocategorie,
                    at,
                    origine,
                    report,
                );
                let at = |j: usize| under([step("categorie_servizi"), path![j]].concat());
                known(&words.servizi, "le categorie di servizi", &domanda.categorie_servizi, at, origine, report);
            }
        }
        Tipo::Limite(dati) => {
            if dati.percentuale.is_some_and(|percentuale| percentuale > 100) {
                report.add(wrong(
                    "la percentuale supera il 100 %",
                    path!["limite", "percentuale"],
                    "correggi la percentuale",
                ));
            }
        }
        Tipo::VincoloAzioneDiSistema(dati) => {
            let at = |j: usize| under(path!["azione_di_sistema", "capofila", j]);
            known(&words.qualifiche, "le qualifiche", &dati.capofila, at, origine, report);
            let (minima, massima) = (dati.quota_minima.unwrap_or(0), dati.quota_massima.unwrap_or(100));
            if minima > massima || massima > 100 {
                let steps = path!["azione_di_sistema"];
                report.add(wrong(
                    "la quota minima supera la massima, o la massima il 100 %",
                    steps,
                    "correggi le quote",
                ));
            }
        }
        Tipo::Campi(_)
        | Tipo::Governo(_)
        | Tipo::VincoloGraduatoria(_)
        | Tipo::VincoloRiparto(_)
        | Tipo::Aiuti(_)
        | Tipo::Trasparenza(_)
        | Tipo::Informazione(_) => {}
    }
}
