//! Kind `requisiti_ente`: what each body of a kind must be: its size, its register, its seats.

use super::contesto::{Contesto, Giudizi, place_of};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::Ente;
use crate::plan::qualifiche::{DimensioneDiEnte, dati_di, dimensione};
use crate::record::{Norma, RequisitiEnte};
use crate::suggest;

pub fn judge(dati: &RequisitiEnte, contesto: &Contesto) -> Giudizi {
    contesto.dei_progetti(|progetto, giudizio| {
        let enti = contesto.enti_di(dati.chi, progetto);
        for ente in enti.iter().map(|b| b.ente).filter(|ente| contesto.ha(ente, &dati.con)) {
            let before = giudizio.rilievi.len();
            if dati.dimensione {
                size(contesto.norma, ente, giudizio);
            }
            if dati.registro_imprese {
                register(ente, giudizio);
            }
            seats(dati, ente, giudizio);
            for rilievo in &mut giudizio.rilievi[before..] {
                rilievo.related(place_of(contesto, progetto, ente), "prende parte qui");
            }
        }
    })
}

/// The size that a firm states is the one that people and money give; without them nobody can tell.
fn size(norma: &Norma, ente: &Ente, giudizio: &mut Giudizio) {
    let nome = &ente.dati.nome;
    let found = dimensione(norma, ente);
    let money_known = ente.dati.fatturato.or(ente.dati.bilancio).is_some();
    let dichiarata = ente.dati.dimensione.as_ref();
    if ente.dati.addetti.is_none() {
        giudizio.manca(no_people(nome), ente.origine.value(path!["nome"]));
        return;
    }
    let wrong = match (&found, dichiarata) {
        (DimensioneDiEnte::Calcolata(id), Some(stated)) if id != stated => {
            format!("`{stated}`, ma con {} è `{id}`", dati_di(ente))
        }
        // A larger size, which this norm does not name, is not one that the norm denies.
        (DimensioneDiEnte::Oltre, Some(stated)) if norma.dimensioni.iter().any(|d| d.id == *stated) => {
            let noti = suggest::list(norma.dimensioni.iter().map(|d| d.id.as_str()));
            format!("`{stated}`, ma con {} supera ogni soglia della norma ({noti})", dati_di(ente))
        }
        (DimensioneDiEnte::Dichiarata(_) | DimensioneDiEnte::Ignota, _) if !money_known => {
            let message = format!("mancano `fatturato` e `bilancio` di «{nome}», che ne decidono la dimensione");
            giudizio.manca(message, ente.origine.value(path!["nome"]));
            return;
        }
        _ => return giudizio.caso(),
    };
    giudizio
        .viola(
            format!("«{nome}» dichiara una dimensione diversa da quella dei suoi dati"),
            ente.origine.value(path!["dimensione"]),
        )
        .label(wrong);
}

/// Several rules ask for the size of a firm, with the same words.
pub fn no_people(nome: &str) -> String {
    format!("manca `addetti` di «{nome}», che ne decide la dimensione")
}

fn register(ente: &Ente, giudizio: &mut Giudizio) {
    if ente.dati.registro_imprese.as_ref().is_some_and(|numero| !numero.trim().is_empty()) {
        giudizio.caso();
        return;
    }
    giudizio
        .manca(format!("manca `registro_imprese` di «{}»", ente.dati.nome), ente.origine.value(path!["nome"]))
        .label("il numero REA presso la Camera di commercio");
}

fn seats(dati: &RequisitiEnte, ente: &Ente, giudizio: &mut Giudizio) {
    let admitted = |provincia: &str| dati.province.is_empty() || dati.province.iter().any(|p| p == provincia);
    let nome = &ente.dati.nome;
    let lista = suggest::list(dati.province.iter().map(String::as_str));
    if dati.sede_legale {
        match ente.dati.provincia.as_deref() {
            None => {
                giudizio.manca(
                    format!("manca `provincia` di «{nome}», quella della sede legale"),
                    ente.origine.value(path!["nome"]),
                );
            }
            Some(provincia) if admitted(provincia) => giudizio.caso(),
            Some(provincia) => {
                giudizio
                    .viola(
                        format!("la sede legale di «{nome}» è fuori dalle province ammesse"),
                        ente.origine.value(path!["provincia"]),
                    )
                    .label(format!("`{provincia}`, e serve una fra {lista}"));
            }
        }
    }
    if dati.sede_operativa {
        let sedi = &ente.dati.sedi_operative;
        if sedi.is_empty() {
            giudizio
                .non_dichiarato(format!("manca `sedi_operative` di «{nome}»"), ente.origine.value(path!["nome"]))
                .help("scrivi comune e provincia di ogni sede operativa");
        } else if sedi.iter().any(|sede| admitted(&sede.provincia)) {
            giudizio.caso();
        } else {
            giudizio
                .viola(
                    format!("«{nome}» non ha sedi operative nelle province ammesse"),
                    ente.origine.value(path!["sedi_operative"]),
                )
                .label(format!("ne serve almeno una fra {lista}"));
        }
    }
}
