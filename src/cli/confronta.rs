//! `concilia confronta`: what changed between two versions of a plan, in words.

use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use serde::Serialize;

use crate::confronto::{Conto, Genere, Lato, Modifica, codice_di_controllo, confronta, confrontabili, conti};
use crate::input::consegne::{Consegna, MANIFESTO, in_gruppi};
use crate::pacchetto::verifica;
use crate::pipeline::{self, Prepared, Request};

use super::args::{Shown, file, is_json, word};
use super::simula::{json, periodi, periodo};
use super::verifica::leggi;
use super::{COULD_NOT, Done, FOUND, fail, give, or_fail, refused};

/// One of the two: a package tells its plan, records may have several.
enum Fonte {
    Consegna(Box<Consegna>),
    Schede(Box<Prepared>),
}

#[derive(Serialize)]
struct Documento<'a> {
    prima: Vista,
    dopo: Vista,
    conti: &'a [Conto],
    modifiche: &'a [Modifica],
}

/// What one of the two is.
#[derive(Serialize)]
struct Vista {
    file: String,
    periodo: String,
    codice_di_controllo: String,
    data: String,
}

pub fn run(args: &ArgMatches) -> Done {
    let (Some(prima), Some(dopo)) = (file(args, "prima"), file(args, "dopo")) else {
        let needed =
            "servono due versioni: la più vecchia e la più nuova, come `concilia confronta vecchio.zip content`";
        return Err(fail(&needed));
    };
    let (da, a) = (apri(prima)?, apri(dopo)?);
    // Records are asked for the plan of the package beside them.
    let named = [&da, &a].into_iter().find_map(|fonte| match fonte {
        Fonte::Consegna(consegna) => Some(consegna.testa.periodo.as_str()),
        Fonte::Schede(_) => None,
    });
    let asked = word(args, "periodo");
    let (lato_da, vista_da) = or_fail(lato(&da, prima, asked, named))?;
    let (lato_a, vista_a) = or_fail(lato(&a, dopo, asked, named))?;
    if vista_da.periodo != vista_a.periodo {
        return Err(fail(&format!(
            "`{}` è del Piano {}, `{}` del Piano {}: due Piani diversi non si confrontano",
            vista_da.file, vista_da.periodo, vista_a.file, vista_a.periodo
        )));
    }
    let [una, altra] =
        [&lato_da, &lato_a].map(|lato| lato.contenuto.dati.get("ats").and_then(|ats| ats.as_str()).unwrap_or_default());
    if una != altra && !args.get_flag("comunque") {
        return Err(fail(&format!(
            "sono Piani di due ATS, {una} e {altra}: con `--comunque` si confrontano lo stesso"
        )));
    }
    let modifiche = confronta(&lato_da, &lato_a);
    let conti = conti(&lato_da, &lato_a);
    let text = if is_json(args) {
        json(&Documento { prima: vista_da, dopo: vista_a, conti: &conti, modifiche: &modifiche })
    } else {
        let mut text = testo(&vista_da, &vista_a, &conti, &modifiche);
        if !confrontabili(&lato_da, &lato_a) {
            text.push_str(
                "\nUno dei due pacchetti è del primo formato: norme, dati dell'ATS e immagini non si possono confrontare.\n",
            );
        }
        text
    };
    Ok(give(&text, if modifiche.is_empty() { 0 } else { FOUND }))
}

fn apri(path: &Path) -> Result<Fonte, ExitCode> {
    if !path.is_dir() {
        let named = |why: String| fail(&format!("`{}`: {why}", path.display()));
        let consegna = verifica::consegna_di(&or_fail(leggi(path))?).map_err(named)?;
        return Ok(Fonte::Consegna(Box::new(consegna)));
    }
    // What a package has and a folder of records has not: without its manifest it is a package all the same.
    if [MANIFESTO, "schede/content", "documento/piano.pdf"].iter().any(|part| path.join(part).exists()) {
        return Ok(Fonte::Consegna(Box::new(or_fail(verifica::consegna_in(path))?)));
    }
    let below = path.join("content");
    let content = if !path.join("sito.yaml").exists() && below.is_dir() { below } else { path.to_owned() };
    let request = Request { content, base_url: None, theme: None };
    let prepared = Box::new(or_fail(pipeline::prepare(&request))?);
    if prepared.stops(false) || prepared.site.is_none() {
        refused(&prepared, &Shown::errors_of(request), "Non confrontati", "")?;
        return Err(ExitCode::from(COULD_NOT));
    }
    Ok(Fonte::Schede(prepared))
}

/// The plan that was asked for; of records without a question, that of the package beside them.
fn lato(fonte: &Fonte, path: &Path, asked: Option<&str>, named: Option<&str>) -> Result<(Lato, Vista), String> {
    let file = path.display().to_string();
    match fonte {
        Fonte::Consegna(consegna) => {
            let testa = &consegna.testa;
            if asked.is_some_and(|asked| asked != testa.periodo.as_str()) {
                let asked = asked.unwrap_or_default();
                return Err(format!("`{file}` è del Piano {}, e con `--periodo` è chiesto il {asked}", testa.periodo));
            }
            let vista = Vista {
                file,
                periodo: testa.periodo.to_string(),
                codice_di_controllo: testa.codice_di_controllo.clone(),
                data: testa.data.to_string(),
            };
            Ok((Lato::from(&**consegna), vista))
        }
        Fonte::Schede(prepared) => {
            let site = prepared.site.as_ref().ok_or("non ci sono schede da confrontare")?;
            let plan = &site.plan;
            let p = match (asked.or(named), plan.periodi.len()) {
                (Some(asked), _) => periodo(plan, asked)?,
                (None, 1) => 0,
                (None, _) => {
                    return Err(format!("quale Piano? Con `--periodo` si può scegliere fra {}", periodi(plan)));
                }
            };
            let vista = Vista {
                file,
                periodo: plan.periodi[p].id.to_string(),
                codice_di_controllo: codice_di_controllo(plan, p),
                data: plan.sito.aggiornato_al.to_string(),
            };
            Ok((Lato::di(plan, &site.conformita, p), vista))
        }
    }
}

fn testo(prima: &Vista, dopo: &Vista, conti: &[Conto], modifiche: &[Modifica]) -> String {
    let side = |name: &str, vista: &Vista| {
        let codice = in_gruppi(&vista.codice_di_controllo);
        format!("{name}  {} (dati al {}), codice di controllo {codice}\n", vista.file, vista.data)
    };
    let mut out = format!("Piano {}\n{}{}", prima.periodo, side("prima", prima), side("dopo ", dopo));
    if modifiche.is_empty() {
        out.push_str("\nNon è cambiato nulla.\n");
        return out;
    }
    out.push('\n');
    for Conto { nome, prima, dopo } in conti {
        let detto = if prima == dopo { prima.clone() } else { format!("da {prima} a {dopo}") };
        out.push_str(&format!("{nome}: {detto}\n"));
    }
    for (genere, titolo) in Genere::TUTTI {
        let mut sue = modifiche.iter().filter(|modifica| modifica.genere == genere).peekable();
        if sue.peek().is_some() {
            out.push_str(&format!("\n{titolo}\n"));
        }
        for modifica in sue {
            let atto = modifica.atto.as_ref().map(|atto| format!(" ({atto})")).unwrap_or_default();
            out.push_str(&format!("- {}: {}{atto}\n", modifica.soggetto, modifica.detto));
        }
    }
    out
}
