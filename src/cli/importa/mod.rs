//! `concilia importa`: what a workbook would change, told before anything is written.

mod copia;

use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;

use crate::fogli::{self, Esito, Problema, Riscrittura};
use crate::schema::Genere;
use crate::suggest;

use super::args::{file, folder, word};
use super::esporta::Letto;
use super::nuovo::Posto;
use super::tabella::conta;
use super::{Done, FOUND, complain, fail, give, or_fail};

/// The option that writes.
pub const SCRIVI: &str = "scrivi";
/// The option that takes the last import back.
pub const ANNULLA: &str = "annulla";

pub fn run(args: &ArgMatches) -> Done {
    let content = folder(args, "content");
    if args.get_flag(ANNULLA) {
        if file(args, "file").is_some() || args.get_flag(SCRIVI) {
            return Err(fail(&"`--annulla` va da solo: toglie ciò che l'ultima importazione ha scritto"));
        }
        return annulla(content);
    }
    let Some(dove) = file(args, "file") else {
        return Err(fail(&"manca il foglio di calcolo, come `concilia importa piano.xlsx`"));
    };
    let detto = word(args, "foglio").map(|nome| fogli::foglio_di_nome(nome).ok_or_else(|| ignoto(nome)));
    let detto = or_fail(detto.transpose())?;
    let tavole = or_fail(leggi(dove))?;
    if detto.is_some() && tavole.len() > 1 {
        return Err(fail(&"`--foglio` è per i file di un foglio solo"));
    }
    let periodo = or_fail(periodo(word(args, "periodo"), fogli::piano_di(&tavole)))?;
    let Letto { piano, supposto, schedario, nomi } = or_fail(Letto::di(content, periodo, "`--periodo`"))?;
    let mut esito = fogli::importa(&tavole, detto, schedario, nomi);
    let righe = anteprima(&esito);
    let testata = |genere: &Genere, file: &str| Posto::di(content).riga_di_schema(genere, file);
    let mut di_schede = esito.schedario.guasti.len();
    let mut scritture = Vec::new();
    if esito.problemi.is_empty() {
        match fogli::riscritture(&mut esito, &piano, testata) {
            Ok(fatte) => scritture = fatte,
            Err(problemi) => {
                di_schede = problemi.len();
                esito.problemi.extend(problemi);
            }
        }
    }
    let data = give(&righe, 0);
    if data != ExitCode::SUCCESS {
        return Ok(data);
    }
    esito.note.iter().for_each(|nota| complain(&format!("nota: {nota}")));
    if !esito.problemi.is_empty() {
        if supposto {
            complain(&format!(
                "nota: il foglio è letto come del Piano `{piano}`; se è di un altro, dillo con `--periodo`"
            ));
        }
        return Ok(rifiutato(&esito.problemi, di_schede));
    }
    finisci(content, &esito, &scritture, args.get_flag(SCRIVI))
}

fn ignoto(nome: &str) -> String {
    format!(
        "il foglio `{nome}` non c'è: si può scegliere fra {}",
        suggest::list(fogli::FOGLI.iter().map(|foglio| foglio.titolo))
    )
}

fn leggi(dove: &Path) -> Result<Vec<fogli::Tavola>, String> {
    let mostrato = dove.display();
    let no = |cause| format!("non riesco a leggere `{mostrato}`: {}", crate::io_message(&cause));
    if std::fs::metadata(dove).map_err(no)?.len() > fogli::MASSIMO {
        return Err(format!("`{mostrato}` supera {} MB: non lo leggo", fogli::MASSIMO >> 20));
    }
    let byte = std::fs::read(dove).map_err(no)?;
    let estensione = dove.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if ["yaml", "yml"].contains(&&*estensione) {
        return Err(format!(
            "`{mostrato}` è una scheda, e una scheda non si importa: messa nella cartella dei contenuti, la leggono \
             `concilia check` e `concilia build`"
        ));
    }
    if byte.trim_ascii().is_empty() {
        return Err(format!("`{mostrato}` è vuoto: non c'è niente da importare"));
    }
    if byte.starts_with(b"%PDF") {
        return Err(format!("`{mostrato}` è un PDF, e non un foglio di calcolo: si leggono .xlsx, .ods e .csv"));
    }
    if fogli::e_altro(&byte, &estensione) {
        return Err(format!(
            "`{mostrato}` non è un foglio di calcolo, anche se il suo nome lo dice: aprilo e salvalo di nuovo come .xlsx"
        ));
    }
    let nome = dove.file_stem().unwrap_or_default().to_string_lossy();
    fogli::leggi(&byte, &nome).map_err(|perche| format!("`{mostrato}` {perche}"))
}

/// The plan that was named, or the one that the workbook was written for.
fn periodo<'a>(detto: Option<&'a str>, del_libro: Option<&'a str>) -> Result<Option<&'a str>, String> {
    match (detto, del_libro) {
        (Some(detto), Some(suo)) if detto != suo => {
            Err(format!("il foglio di calcolo è del Piano `{suo}`, non di `{detto}`: lo dice la sua Legenda"))
        }
        _ => Ok(detto.or(del_libro)),
    }
}

/// What would change, record by record.
fn anteprima(esito: &Esito) -> String {
    let mut righe = String::new();
    for cambio in &esito.cambi {
        let (che, nome) = (if cambio.nuova { "aggiunge" } else { "cambia" }, &cambio.nome);
        righe.push_str(&format!("{che:8}  {} `{}`: {nome}\n", cambio.genere, cambio.id));
        // Of a new record its own fields are all new: what it is, its name tells.
        let dette = cambio.righe.iter().filter(|riga| !cambio.nuova || riga.starts_with('+'));
        righe.extend(dette.map(|riga| format!("        {riga}\n")));
    }
    righe
}

/// `di_schede` of the problems are of records that are there.
fn rifiutato(problemi: &[Problema], di_schede: usize) -> ExitCode {
    for Problema { dove, detto } in problemi {
        let dove = if dove.is_empty() { String::new() } else { format!("`{dove}`: ") };
        complain(&format!("errore: {dove}{detto}"));
    }
    let primo = problemi.iter().map(|problema| problema.dove.as_str()).find(|dove| !dove.is_empty());
    let primo = primo.map(|primo| format!(", il primo in `{primo}`")).filter(|_| problemi.len() > 1);
    let quanti = conta(problemi.len(), "errore", "errori");
    let che = match di_schede {
        0 => "il foglio",
        1 if problemi.len() == 1 => "la scheda",
        tutte if problemi.len() == tutte => "le schede",
        _ => "le schede e il foglio",
    };
    complain(&format!("Non ho scritto niente: {quanti}{}. Correggi {che} e riprova", primo.unwrap_or_default()));
    ExitCode::from(FOUND)
}

fn finisci(content: &Path, esito: &Esito, scritture: &[Riscrittura], scrivi: bool) -> Done {
    let nuove = esito.cambi.iter().filter(|cambio| cambio.nuova).count();
    let cambiate = esito.cambi.len() - nuove;
    let parti = [(nuove, "scheda nuova", "schede nuove"), (cambiate, "scheda cambiata", "schede cambiate")];
    let parti = parti.into_iter().filter(|(quante, ..)| *quante > 0);
    let parti: Vec<String> = parti.map(|(quante, una, piu)| conta(quante, una, piu)).collect();
    if scritture.is_empty() {
        complain("Niente da scrivere: le schede dicono già tutto ciò che dice il foglio");
        return Ok(ExitCode::SUCCESS);
    }
    let che = format!("{} in {} file", parti.join(" e "), scritture.len());
    if !scrivi {
        complain(&format!("Si può scrivere: {che}. Con `--{SCRIVI}` lo scrivo"));
        return Ok(ExitCode::SUCCESS);
    }
    let dove = or_fail(copia::scrivi(content, scritture))?;
    complain(&format!(
        "Scritto: {che}. `concilia check` dice se va tutto bene; `concilia importa --{ANNULLA}` torna indietro (com'era \
         prima è in `{dove}`)"
    ));
    Ok(ExitCode::SUCCESS)
}

fn annulla(content: &Path) -> Done {
    let tolti = or_fail(copia::annulla(content))?;
    let che: String = tolti.iter().map(|file| format!("  {file}\n")).collect();
    let quanti = conta(tolti.len(), "file è tornato com'era", "file sono tornati com'erano");
    Ok(give(&format!("Annullata l'ultima importazione: {quanti}.\n{che}"), 0))
}
