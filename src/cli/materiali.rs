//! `concilia materiali`: a poster and a card for each project and call of a plan.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;

use crate::pipeline;
use crate::plan::{Periodo, Progetto};
use crate::publish::{Outcome, Publication, PublishError};
use crate::schema;
use crate::site::materiali::{Fatto, TITOLO, esclusi, fatti, titoli_tagliati};
use crate::value::impronta;
use crate::view::Colonne;

use super::args::{file, shown, word};
use super::simula::scelto;
use super::uscita::reserved;
use super::{Done, close, complain, fail, or_fail, refused, site_or_refused, tell};

const REGISTRO: &str = "registro.csv";
const NIENTE: &str = "Materiali non composti";
const RESTA: &str = "; nessun file è stato scritto";

pub fn run(args: &ArgMatches) -> Done {
    let shown = &shown(args)?;
    or_fail(reserved(file(args, "out"), &shown.request.content))?;
    let mut prepared = or_fail(pipeline::prepare(&shown.request))?;
    let site = site_or_refused(&prepared, shown, NIENTE, RESTA)?;
    let p = or_fail(scelto(&site.plan, word(args, "periodo")))?;
    let periodo = &site.plan.periodi[p];
    if site.plan.indirizzo.is_none() {
        return Err(fail(
            &"i materiali portano a una pagina del sito con un codice QR, e il sito non ha un indirizzo: scrivilo in \
              `sito.yaml`, nel campo `indirizzo`, o aggiungi `--base-url`",
        ));
    }
    if periodo.progetti.is_empty() && periodo.avvisi.is_empty() {
        return Err(fail(&format!("il Piano {} non ha né progetti né avvisi: non c'è niente da comporre", periodo.id)));
    }
    let senza = senza_materiali(periodo);
    if periodo.avvisi.is_empty() && esclusi(periodo).count() == periodo.progetti.len() {
        let senza = senza.unwrap_or_default();
        return Err(fail(&format!("il Piano {} non ha avvisi, e {senza}: non c'è niente da comporre", periodo.id)));
    }
    let folder = file(args, "out").map_or_else(|| PathBuf::from(format!("materiali-{}", periodo.id)), Path::to_owned);
    let theme = shown.request.theme_folder(&site.plan).filter(|folder| folder.exists());
    let protected: Vec<&Path> = std::iter::once(shown.request.content.as_path()).chain(theme.as_deref()).collect();
    let publication = or_fail(Publication::begin(&folder, &protected))?;
    let made = match fatti(site, p, &|name, key| publication.lend(name, key)) {
        Ok(made) => made,
        Err(problems) => {
            drop(publication);
            prepared.report.extend(problems);
            return refused(&prepared, shown, NIENTE, RESTA);
        }
    };
    tell(&prepared, shown)?;
    let outcome = or_fail(write(publication, &made))?;
    outcome.warnings.iter().for_each(|warning| complain(&format!("avviso: {warning}")));
    for (id, corto) in titoli_tagliati(periodo) {
        complain(&format!(
            "nota: il titolo di `{id}` ha più di {TITOLO} caratteri, e su locandina e cartolina si legge solo «{corto}»"
        ));
    }
    senza.iter().for_each(|senza| complain(&format!("nota: {senza}")));
    let happened = format!(
        "Composti {} file in `{}`: per ogni progetto finanziato e ogni avviso una locandina da stampare (PDF) e una cartolina \
         per i social (PNG); in `{REGISTRO}` le pagine a cui portano e gli SHA-256",
        made.len(),
        folder.display()
    );
    close(&prepared, &happened);
    Ok(ExitCode::SUCCESS)
}

/// One generation takes the place of another, as with a site: only in a folder that is empty or its own.
fn write(publication: Publication, made: &[Fatto]) -> Result<Outcome, PublishError> {
    for fatto in made {
        publication.write_made(&fatto.nome, &fatto.bytes, Some(fatto.chiave))?;
    }
    publication.write(REGISTRO, &registro(made))?;
    publication.commit()
}

/// Which projects have no poster, and why.
fn senza_materiali(periodo: &Periodo) -> Option<String> {
    let detto = |progetto: &Progetto| format!("`{}` ({})", progetto.id, schema::nome(progetto.dati.stato()));
    let esclusi: Vec<String> = esclusi(periodo).map(detto).collect();
    (!esclusi.is_empty()).then(|| {
        format!(
            "dei progetti senza un contributo concesso non si fanno né locandine né cartoline, che direbbero \
             «Intervento finanziato»: {}",
            esclusi.join(", ")
        )
    })
}

fn registro(made: &[Fatto]) -> Vec<u8> {
    Colonne::<&Fatto>::nessuna()
        .con("file", |fatto| &fatto.nome)
        .con("tipo", |fatto| fatto.tipo.parola())
        .con("pagina", |fatto| &fatto.pagina)
        .con("frase", |fatto| fatto.tipo.frase())
        .con("logo", |fatto| fatto.tipo.logo())
        .con("prova", |fatto| fatto.tipo.prova())
        .con("sha256", |fatto| impronta(&fatto.bytes))
        .csv(made.iter())
}
