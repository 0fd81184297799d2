//! `concilia norme`: the norms, and the rules of one with their articles.

use clap::ArgMatches;

use super::args::{folder, word};
use super::explain::Note;
use super::tabella::{paragrafo, voce, voci};
use super::{Done, give, known, or_fail};
use crate::conformita::citazione;
use crate::norme::GENERALE;
use crate::record::{Gravita, Norma};
use crate::suggest;
use crate::theme::messaggi::sentence;
use crate::value::Id;

pub fn run(args: &ArgMatches) -> Done {
    let (note, _) = known(folder(args, "content"));
    Ok(give(&or_fail(norme(word(args, "id"), &note))?, 0))
}

/// One norm, or all of them in one line each.
fn norme(id: Option<&str>, note: &Note) -> Result<String, String> {
    let norme = &note.norme;
    let shown = || norme.iter().filter(|(id, _)| id.as_str() != GENERALE);
    let Some(wanted) = id else {
        let mut text = String::from("Norme\n");
        text.extend(shown().map(|(id, norma)| {
            let many = norma.regole.len();
            let regole = if many == 1 { "regola" } else { "regole" };
            voce(id.as_str(), &format!("{} ({}; {many} {regole})", norma.titolo, norma.cita()))
        }));
        text.push_str("\n`concilia norme ID` mostra le regole di una norma.\n");
        return Ok(text);
    };
    let wanted = wanted.trim().to_lowercase();
    if let Some((id, norma)) = shown().find(|(id, _)| id.as_str() == wanted) {
        return Ok(one(id, norma, note));
    }
    let near = suggest::closest(&wanted, shown().map(|(id, _)| id.as_str()));
    let listed = || "`concilia norme` le elenca tutte".to_owned();
    Err(format!("la norma `{wanted}` non c'è: {}", suggest::meant(near, listed)))
}

fn one(id: &Id, norma: &Norma, note: &Note) -> String {
    let norme = &note.norme;
    let cited = |id: &Id| norme.get(id).map_or_else(|| id.to_string(), |altra| altra.cita());
    let atto = norma.atto.as_ref();
    let giorni = norma.periodo.as_ref().map(|periodo| format!("{} – {}", periodo.dal.lunga(), periodo.al.lunga()));
    let mut text = paragrafo(&norma.titolo) + "\n";
    text.push_str(&voci([
        ("Atto", Some(norma.cita().as_str())),
        ("Oggetto", atto.and_then(|atto| atto.oggetto.as_deref())),
        ("Indirizzo", atto.and_then(|atto| atto.indirizzo.as_deref())),
        ("Giorni", giorni.as_deref()),
        ("Estende", norma.estende.as_ref().map(cited).as_deref()),
    ]));
    for sostituita in &norma.sostituisce {
        text.push_str(&voce("Prima di questa", &cited(sostituita)));
    }
    for (altra, _) in norme.iter().filter(|(_, altra)| altra.sostituisce.contains(id)) {
        text.push_str(&voce("Dopo di questa", &cited(altra)));
    }
    text.push_str(&voci([("Nota", norma.nota.as_deref())]));
    let ha_regole = !norma.regole.is_empty();
    text.push_str(if ha_regole { "\nRegole\n" } else { "\nQuesta norma non ha regole da controllare.\n" });
    for regola in &norma.regole {
        let avviso = if regola.gravita == Gravita::Avviso { ", solo un avviso" } else { "" };
        let mut changed = note.cambiate(id).filter(|voce| voce.codice.as_ref() == Some(&regola.codice));
        let changed = changed.next().map(|voce| format!("; {}", voce.parola())).unwrap_or_default();
        let citata = citazione(norma, regola);
        text.push_str(&voce(&regola.codice, &format!("{} ({citata}{avviso}{changed})", regola.titolo)));
    }
    let changed: String = note.cambiate(id).map(|voce| paragrafo(&sentence(&voce.detta()))).collect();
    if !changed.is_empty() {
        text.push_str(&format!("\nChe cosa il sito cambia nelle norme\n{changed}"));
    }
    if ha_regole {
        text.push_str("\n`concilia explain CODICE` spiega una regola.\n");
    }
    text
}
