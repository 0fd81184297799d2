//! C-20: a norm says things that can be meant. A wrong norm file is told like a wrong record.

use std::collections::BTreeSet;

use super::Origine;
use super::files::Files;
use super::names::{Elenco, Liste, sorted};
use super::norme::{Norme, extends};
use super::qualifiche;
use crate::path;
use crate::record::{CategoriaEnte, Regola, TIPI, Voce};
use crate::report::{Diagnostic, Report, Rule, never_waived};
use crate::suggest;

pub const RULES: &[Rule] = &[Rule::new("C-20", "le norme dicono cose che si possono controllare")
    .why("una regola che non si capisce non protegge nessuno")
    .example("una regola senza tipo, o con `percentuale: 170`")];

/// Judges the norms of the site (the built-in ones are judged by the tests), and names the rules that judge nothing.
pub(super) fn coherent(
    files: &Files,
    norme: &Norme,
    (categorie, qualifiche): (&[CategoriaEnte], &[Voce]),
    servizi: &[Voce],
    report: &mut Report,
) -> BTreeSet<String> {
    let mut senseless = BTreeSet::new();
    for (id, own, origine) in &files.norme {
        let Some(whole) = norme.get(id) else { continue };
        let macrocategorie = || whole.macrocategorie.iter().map(|voce| voce.id.as_str());
        let gruppi = whole.macrocategorie.iter().filter_map(|voce| voce.gruppo.as_deref());
        let dimensioni = whole.dimensioni.iter().map(|dimensione| dimensione.id.as_str());
        let qualifiche = qualifiche::words(categorie, qualifiche, Some(whole));
        let servizi = servizi.iter().map(|voce| voce.id.as_str());
        let classi = sorted(macrocategorie().chain(gruppi));
        let liste = Liste::default()
            .con("qualifiche", Elenco::di_parole("le qualifiche", qualifiche))
            .con("macrocategorie", Elenco::di_parole("le macrocategorie della norma", sorted(macrocategorie())))
            .con("classi", Elenco::di_parole("le macrocategorie e i gruppi della norma", classi))
            .con("dimensioni", Elenco::di_parole("le dimensioni della norma", sorted(dimensioni)))
            .con("categorie_servizi", Elenco::di_parole("le categorie di servizi", sorted(servizi)));
        let others: BTreeSet<&str> = norme
            .iter()
            .filter(|(other, _)| *other != id && !extends(norme, id, other) && !extends(norme, other, id))
            .flat_map(|(_, norma)| &norma.regole)
            .map(|regola| regola.codice.as_str())
            .collect();
        liste.check("norma", &path!["organismo"], &own.organismo, origine, report);
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
            let domande = regola.dichiarazione.iter().flat_map(|dati| &dati.chiede);
            let domande = domande.map(|domanda| domanda.campo.as_str());
            let liste = liste.clone().con("domande", Elenco::di_parole("i campi di questa regola", domande));
            liste.check("norma", &path!["regole", r], regola, origine, report);
            for tipo in regola.tipi() {
                tipo.lint(&mut |steps, message, help| {
                    let place = origine.value([path!["regole", r, tipo.nome()], steps].concat());
                    report.add(Diagnostic::error("C-20", message).at(place).help(help));
                });
            }
            if report.diagnostics().len() > before {
                senseless.insert(regola.codice.clone());
            }
        }
    }
    senseless
}

fn bad_code(codice: &str) -> Option<&'static str> {
    let Some((family, number)) = codice.split_once('-') else { return Some("manca il trattino") };
    let upper = family.starts_with(|c: char| c.is_ascii_uppercase())
        && family.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if !upper || number.is_empty() || !number.chars().all(|c| c.is_ascii_digit()) {
        return Some("servono lettere maiuscole, un trattino e un numero");
    }
    never_waived(codice).map(|_| "questa lettera è delle regole del programma")
}

/// A rule has one kind.
fn kind(regola: &Regola, r: usize, origine: &Origine, report: &mut Report) {
    let tipi = regola.tipi();
    let found = match tipi.as_slice() {
        [_] => return,
        [] => Diagnostic::error("C-20", format!("la regola `{}` non dice che cosa controllare", regola.codice))
            .at(origine.value(path!["regole", r, "codice"]))
            .help(format!("aggiungi uno fra {}", suggest::list(TIPI.iter().map(|(tipo, _)| *tipo)))),
        [first, second, ..] => Diagnostic::error("C-20", format!("la regola `{}` controlla due cose", regola.codice))
            .at(origine.key(path!["regole", r, second.nome()]))
            .related(origine.key(path!["regole", r, first.nome()]), "qui la prima")
            .help("fai due regole, ciascuna col suo codice"),
    };
    report.add(found);
}
