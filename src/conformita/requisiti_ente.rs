//! Kind `requisiti_ente`: what each body of a kind must be: its size, its register, its seats.

use super::contesto::{Contesto, Soggetto, place_of};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::qualifiche::{DimensioneDiEnte, dati_di, dimensione};
use crate::plan::{Ente, Progetto};
use crate::record::RequisitiEnte;
use crate::suggest;

pub fn judge(dati: &RequisitiEnte, contesto: &Contesto) -> Vec<(Soggetto, Giudizio)> {
    contesto
        .progetti()
        .map(|(i, progetto)| {
            let mut giudizio = Giudizio::default();
            let enti = contesto.enti_di(dati.chi, progetto);
            for ente in enti.iter().map(|b| b.ente).filter(|ente| contesto.ha(ente, &dati.con)) {
                if dati.dimensione {
                    size(contesto, progetto, ente, &mut giudizio);
                }
                if dati.registro_imprese {
                    register(contesto, progetto, ente, &mut giudizio);
                }
                seats(dati, contesto, progetto, ente, &mut giudizio);
            }
            (Soggetto::Progetto(i), giudizio)
        })
        .collect()
}

/// The size that a firm states is the one that people and money give; without them nobody can tell.
fn size(contesto: &Contesto, progetto: &Progetto, ente: &Ente, giudizio: &mut Giudizio) {
    let nome = &ente.dati.nome;
    let found = dimensione(contesto.norma, ente);
    let money_known = ente.dati.fatturato.or(ente.dati.bilancio).is_some();
    let dichiarata = ente.dati.dimensione.as_ref();
    if ente.dati.addetti.is_none() {
        giudizio
            .manca(no_people(nome), ente.origine.value(path!["nome"]))
            .related(place_of(contesto, progetto, ente), "prende parte qui");
        return;
    }
    match (&found, dichiarata) {
        (DimensioneDiEnte::Calcolata(id), Some(stated)) if id != stated => {
            giudizio
                .viola(
                    format!("«{nome}» dichiara una dimensione diversa da quella dei suoi dati"),
                    ente.origine.value(path!["dimensione"]),
                )
                .label(format!("`{stated}`, ma con {} è `{id}`", dati_di(ente)))
                .related(place_of(contesto, progetto, ente), "prende parte qui");
        }
        // A larger size, which this norm does not name, is not one that the norm denies.
        (DimensioneDiEnte::Oltre, Some(stated)) if contesto.norma.dimensioni.iter().any(|d| d.id == *stated) => {
            let noti = suggest::list(contesto.norma.dimensioni.iter().map(|d| d.id.as_str()));
            giudizio
                .viola(
                    format!("«{nome}» dichiara una dimensione diversa da quella dei suoi dati"),
                    ente.origine.value(path!["dimensione"]),
                )
                .label(format!("`{stated}`, ma con {} supera ogni soglia della norma ({noti})", dati_di(ente)))
                .related(place_of(contesto, progetto, ente), "prende parte qui");
        }
        (DimensioneDiEnte::Dichiarata(_) | DimensioneDiEnte::Ignota, _) if !money_known => {
            giudizio
                .manca(
                    format!("mancano `fatturato` e `bilancio` di «{nome}», che ne decidono la dimensione"),
                    ente.origine.value(path!["nome"]),
                )
                .related(place_of(contesto, progetto, ente), "prende parte qui");
        }
        _ => giudizio.caso(),
    }
}

/// Several rules ask for the size of a firm, with the same words.
pub fn no_people(nome: &str) -> String {
    format!("manca `addetti` di «{nome}», che ne decide la dimensione")
}

fn register(contesto: &Contesto, progetto: &Progetto, ente: &Ente, giudizio: &mut Giudizio) {
    if ente.dati.registro_imprese.as_ref().is_some_and(|numero| !numero.trim().is_empty()) {
        giudizio.caso();
        return;
    }
    giudizio
        .manca(format!("manca `registro_imprese` di «{}»", ente.dati.nome), ente.origine.value(path!["nome"]))
        .label("il numero REA presso la Camera di commercio")
        .related(place_of(contesto, progetto, ente), "prende parte qui");
}

fn seats(dati: &RequisitiEnte, contesto: &Contesto, progetto: &Progetto, ente: &Ente, giudizio: &mut Giudizio) {
    let admitted = |provincia: &str| dati.province.is_empty() || dati.province.iter().any(|p| p == provincia);
    let nome = &ente.dati.nome;
    let lista = suggest::list(dati.province.iter().map(String::as_str));
    if dati.sede_legale {
        match ente.dati.provincia.as_deref() {
            None => {
                giudizio
                    .manca(
                        format!("manca `provincia` di «{nome}», quella della sede legale"),
                        ente.origine.value(path!["nome"]),
                    )
                    .related(place_of(contesto, progetto, ente), "prende parte qui");
            }
            Some(provincia) if admitted(provincia) => giudizio.caso(),
            Some(provincia) => {
                giudizio
                    .viola(
                        format!("la sede legale di «{nome}» è fuori dalle province ammesse"),
                        ente.origine.value(path!["provincia"]),
                    )
                    .label(format!("`{provincia}`, e serve una fra {lista}"))
                    .related(place_of(contesto, progetto, ente), "prende parte qui");
            }
        }
    }
    if dati.sede_operativa {
        let sedi = &ente.dati.sedi_operative;
        if sedi.is_empty() {
            giudizio
                .non_dichiarato(format!("manca `sedi_operative` di «{nome}»"), ente.origine.value(path!["nome"]))
                .related(place_of(contesto, progetto, ente), "prende parte qui")
                .help("scrivi comune e provincia di ogni sede operativa");
        } else if sedi.iter().any(|sede| admitted(&sede.provincia)) {
            giudizio.caso();
        } else {
            giudizio
                .viola(
                    format!("«{nome}» non ha sedi operative nelle province ammesse"),
                    ente.origine.value(path!["sedi_operative"]),
                )
                .label(format!("ne serve almeno una fra {lista}"))
                .related(place_of(contesto, progetto, ente), "prende parte qui");
        }
    }
}
