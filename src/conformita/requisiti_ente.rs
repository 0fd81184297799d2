//! Kind `requisiti_ente`: what each body of a kind must be: its size, its register, its seats.

use super::contesto::{Contesto, Giudizi, place_of};
use super::giudizio::{Caso, Esame, manca, non_dichiarato, viola};
use crate::path;
use crate::plan::Ente;
use crate::plan::qualifiche::{DimensioneDiEnte, dati_di, dimensione};
use crate::record::{Norma, RequisitiEnte};
use crate::suggest;

pub fn judge(dati: &RequisitiEnte, contesto: &Contesto) -> Giudizi {
    contesto.dei_progetti(|progetto, giudizio| {
        let enti = contesto.enti_di(dati.chi, progetto);
        for ente in enti.iter().map(|b| contesto.ente(b.ente)).filter(|ente| contesto.ha(ente, &dati.con)) {
            let mut esami = Vec::new();
            if dati.dimensione {
                esami.push(size(contesto.norma, ente));
            }
            if dati.registro_imprese {
                esami.push(register(ente));
            }
            if dati.sede_legale {
                esami.push(registered_office(dati, ente));
            }
            if dati.sede_operativa {
                esami.push(places_of_work(dati, ente));
            }
            let place = || place_of(contesto, progetto, ente);
            giudizio.extend(esami.into_iter().map(|esame| esame.related(place(), "prende parte qui")));
        }
    })
}

/// The size that a firm states is the one that people and money give; without them nobody can tell.
fn size(norma: &Norma, ente: &Ente) -> Esame {
    let nome = &ente.dati.nome;
    let found = dimensione(norma, ente);
    let money_known = ente.dati.fatturato.or(ente.dati.bilancio).is_some();
    let dichiarata = ente.dati.dimensione.as_ref();
    if ente.dati.addetti.is_none() {
        return no_people(ente);
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
            return manca(format!("mancano `fatturato` e `bilancio` di «{nome}», che ne decidono la dimensione"))
                .at(ente.origine.value(path!["nome"]));
        }
        _ => return Caso,
    };
    viola(format!("«{nome}» dichiara una dimensione diversa da quella dei suoi dati"))
        .at(ente.origine.value(path!["dimensione"]))
        .label(wrong)
}

/// Several rules ask for the size of a firm, with the same words.
pub fn no_people(ente: &Ente) -> Esame {
    manca(format!("manca `addetti` di «{}», che ne decide la dimensione", ente.dati.nome))
        .at(ente.origine.value(path!["nome"]))
}

fn register(ente: &Ente) -> Esame {
    if ente.dati.registro_imprese.as_ref().is_some_and(|numero| !numero.trim().is_empty()) {
        return Caso;
    }
    manca(format!("manca `registro_imprese` di «{}»", ente.dati.nome))
        .at(ente.origine.value(path!["nome"]))
        .label("il numero REA presso la Camera di commercio")
}

fn admitted(dati: &RequisitiEnte, provincia: &str) -> bool {
    dati.province.is_empty() || dati.province.iter().any(|ammessa| ammessa == provincia)
}

fn registered_office(dati: &RequisitiEnte, ente: &Ente) -> Esame {
    let nome = &ente.dati.nome;
    match ente.dati.provincia.as_deref() {
        None => manca(format!("manca `provincia` di «{nome}», quella della sede legale"))
            .at(ente.origine.value(path!["nome"])),
        Some(provincia) if admitted(dati, provincia) => Caso,
        Some(provincia) => {
            let lista = suggest::list(dati.province.iter().map(String::as_str));
            viola(format!("la sede legale di «{nome}» è fuori dalle province ammesse"))
                .at(ente.origine.value(path!["provincia"]))
                .label(format!("`{provincia}`, e serve una fra {lista}"))
        }
    }
}

fn places_of_work(dati: &RequisitiEnte, ente: &Ente) -> Esame {
    let nome = &ente.dati.nome;
    let sedi = &ente.dati.sedi_operative;
    if sedi.is_empty() {
        non_dichiarato(format!("manca `sedi_operative` di «{nome}»"))
            .at(ente.origine.value(path!["nome"]))
            .help("scrivi comune e provincia di ogni sede operativa")
    } else if sedi.iter().any(|sede| admitted(dati, &sede.provincia)) {
        Caso
    } else {
        let lista = suggest::list(dati.province.iter().map(String::as_str));
        viola(format!("«{nome}» non ha sedi operative nelle province ammesse"))
            .at(ente.origine.value(path!["sedi_operative"]))
            .label(format!("ne serve almeno una fra {lista}"))
    }
}
