//! What a site says of itself: its colours, its address, its theme, what it changes in the norms.

use super::schede::ogni_testo;
use super::{Check, Judge};
use crate::input::source::{promesso, untrue};
use crate::path;
use crate::plan::Plan;
use crate::report::{Diagnostic, Place, Report, Rule};
use crate::theme::Theme;
use crate::value::{Colore, Contrasto};

pub const CHECKS: &[Check] = &[
    Rule::new("M-07", "i colori del sito si leggono sul loro fondo")
        .why("collegamenti, pulsanti e titoli hanno il colore principale: le linee guida per l'accessibilità chiedono che si stacchi dal fondo")
        .example("`colore: \"#66b3ff\"`: un azzurro chiaro, che sul bianco non si legge")
        .by(leggibili),
    Rule::new("C-18", "il sito ha un indirizzo pubblico")
        .why("senza, mancano mappa del sito e novità")
        .example("`sito.yaml` senza `indirizzo`")
        .by(pubblico),
    Rule::new("C-30", "ciò che il sito cambia nelle norme è detto a chi legge")
        .why("una regola scritta in un altro modo non è quella dell'atto: chi riceve il Piano deve saperlo")
        .example("in `norme/dgr-5464-2025.yaml` del sito, P25-01 che chiede un ente al posto di tre")
        .by(dette),
    Check::also(Judge::Plan(veri)),
    Check::also(Judge::Plan(leggeri)),
];

/// Larger pictures keep whoever reads on a telephone waiting.
const PESANTE: usize = 4 << 20;

/// The files of `media/` with their places; the logo and the icon have a judge of their own.
fn allegati(plan: &Plan) -> impl Iterator<Item = (&str, &[u8], Place)> {
    let content = plan.sito_origine.file.strip_suffix("sito.yaml").unwrap_or_default();
    let sito = &plan.sito;
    let own = move |file: &str| file == sito.logo.file || sito.icona.as_deref() == Some(file);
    let allegati = plan.media.iter().filter(move |(file, _)| !own(file));
    allegati.map(move |(file, bytes)| (file.as_str(), &**bytes, Place::file(format!("{content}{file}"))))
}

/// C-10: an attachment is what its name says.
fn veri(plan: &Plan, report: &mut Report) {
    report.extend(allegati(plan).filter_map(|(file, bytes, place)| Some(untrue(file, bytes)?.at(place))));
}

/// C-07: a picture is light enough for a page.
fn leggeri(plan: &Plan, report: &mut Report) {
    let is_heavy =
        |file: &str, bytes: &[u8]| bytes.len() > PESANTE && promesso(file).is_some_and(|tipo| tipo.is_picture);
    for (file, bytes, place) in allegati(plan).filter(|(file, bytes, _)| is_heavy(file, bytes)) {
        let name = file.rsplit('/').next().unwrap_or(file);
        report.add(
            Diagnostic::warning("C-07", format!("l'immagine `{name}` pesa {} MB", bytes.len() >> 20))
                .at(place)
                .help("riducila: su una pagina bastano 1600 punti di larghezza, e chi legge dal telefono aspetta meno"),
        );
    }
}

/// M-07: the main colour stands out enough on the light page, its companion on the dark one.
fn leggibili(plan: &Plan, report: &mut Report) {
    let sito = &plan.sito;
    let mut guarda =
        |campo: &'static str, colore: Option<Colore>, contrasto: fn(Colore) -> Contrasto, fondo: &str, come: &str| {
            let Some(colore) = colore else { return };
            let trovato = contrasto(colore);
            if trovato < Contrasto::MINIMO {
                report.add(
                    Diagnostic::error("M-07", format!("il colore `{colore}` non si legge {fondo}"))
                        .at(plan.sito_origine.value(path![campo]))
                        .label(format!("contrasto {trovato} a 1, ne serve almeno {} a 1", Contrasto::MINIMO))
                        .help(format!("scegli un colore più {come}, o togli `{campo}`")),
                );
            }
        };
    guarda("colore", sito.colore, Colore::sul_chiaro, "sul fondo chiaro delle pagine", "scuro");
    guarda("colore_scuro", sito.colore_scuro, Colore::sullo_scuro, "sul fondo scuro delle pagine", "chiaro");
}

/// C-18: without a public address there is no canonical address, sitemap or feed.
fn pubblico(plan: &Plan, report: &mut Report) {
    if plan.indirizzo.is_none() {
        report.add(
            Diagnostic::warning(
                "C-18",
                "il sito non ha un indirizzo pubblico: mancheranno la mappa per i motori di ricerca e le novità per chi lo segue",
            )
            .at(plan.sito_origine.value(path![]))
            .help("scrivi `indirizzo: https://…` in `sito.yaml`, o usa `--base-url`"),
        );
    }
}

/// C-30: one note for each rule of a norm that the site words in another way, takes away or surrounds with other lists.
fn dette(plan: &Plan, report: &mut Report) {
    for sostituzione in &plan.sostituzioni {
        let (accaduto, rimedio) = match sostituzione.tolta() {
            Some(_) => ("in questo file la regola non c'è più", "rimetti la regola com'era"),
            None => ("prende il posto di ciò che dice la norma", "togli di qui ciò che cambia"),
        };
        report.add(
            Diagnostic::note("C-30", sostituzione.detta())
                .at(sostituzione.posto.clone())
                .label(accaduto)
                .help(format!("sito, documento e pacchetto lo dicono a chi legge; per tornare alla norma, {rimedio}")),
        );
    }
}

/// M-04: every file of the site's theme is good for something; a text may name it.
pub fn tema_usato(plan: &Plan, theme: &Theme) -> Vec<Diagnostic> {
    let pagine: Vec<&str> = plan.pagine.iter().map(|pagina| pagina.id.as_str()).collect();
    theme.unused(&pagine, &|file| {
        let mut found = false;
        ogni_testo(plan, |testo| found |= testo.testo.contains(file));
        found
    })
}
