//! The ranking: the scores, and how the money goes down the list.

use super::di_piano;
use crate::plan::simulazione::graduatoria::{Assegnata, registrata};
use crate::plan::{Periodo, Plan, Progetto};
use crate::site::parole;
use crate::value::{Euro, euro};
use crate::view::grafico::{self, Barra, Disegno, Grafico, Scarica, centesimi, di_numeri, di_parole};

/// The scores, best first.
pub fn punteggi(periodo: &Periodo) -> Option<Grafico> {
    let misura = |progetto: &Progetto| {
        let posto = progetto.dati.graduatoria.as_ref()?;
        let titolo = &progetto.dati.titolo;
        // Bars are measured in whole numbers; a thousandth of a point is finer than a bar can show.
        let millesimi = (posto.punteggio.0 * rust_decimal::Decimal::ONE_THOUSAND).round_dp(0);
        let riga = vec![posto.posizione.into(), titolo.clone().into(), posto.punteggio.into()];
        let pesi = [u64::try_from(millesimi).unwrap_or(0)];
        Some(Barra::semplice(format!("{}. {titolo}", posto.posizione), &pesi, posto.punteggio.italiano(), riga))
    };
    let misure: Vec<Barra> = periodo.progetti.iter().filter_map(misura).collect();
    let punti = |misura: &Barra| misura.tracce[0].valore.clone();
    let disegno = Disegno {
        id: "punteggi",
        titolo: "Punteggi in graduatoria".into(),
        descrizione: format!(
            "{} progetti, da {} a {} punti.",
            misure.len(),
            punti(misure.first()?),
            punti(misure.last()?)
        ),
        serie: &[(1, "Punti")],
        scarica: Some(Scarica::sotto(&di_piano(periodo, "graduatoria"))),
        didascalia: "Punteggi in graduatoria".into(),
        colonne: vec![di_numeri("Posizione"), di_parole("Progetto"), di_numeri("Punti")],
        totale: None,
    };
    grafico::disegna(disegno, misure)
}

/// A project that takes some of the money, and what is left after it.
struct Gradino<'a> {
    riga: &'a Assegnata<'a>,
    preso: Euro,
    resta: Euro,
}

/// The money of the plan after each project of the ranking, down to where it ends or is no longer known.
pub fn discesa(plan: &Plan, periodo: &Periodo) -> Option<Grafico> {
    let righe = registrata(periodo, &plan.sito.ats.nome);
    let in_lista = |riga: &&Assegnata| {
        riga.progetto.dati.graduatoria.is_some() && periodo.paga(&plan.sito.ats.nome, riga.progetto)
    };
    let lista: Vec<&Assegnata> = righe.iter().filter(in_lista).collect();
    // Each call with money of its own has its own descent, and one drawing shows one.
    let cassa = lista.first()?.cassa;
    if lista.iter().any(|riga| riga.cassa != cassa) {
        return None;
    }
    let noto = |riga| Some(Gradino { riga, preso: riga.da_dotazione?, resta: riga.resta? });
    let gradini: Vec<Gradino> = lista.iter().map_while(|&riga| noto(riga)).collect();
    let (primo, ultimo) = (gradini.first()?, gradini.last()?);
    let dotazione = primo.preso + primo.resta;
    let finita = gradini.iter().position(|gradino| gradino.resta <= Euro::ZERO);
    let taglio = |i: usize| match finita {
        Some(fine) if fine == i => Some("Qui finisce la dotazione".to_owned()),
        None if i + 1 == gradini.len() => Some(format!("Alla fine restano {}", euro(ultimo.resta))),
        _ => None,
    };
    let misura = |(i, gradino): (usize, &Gradino)| {
        let dati = &gradino.riga.progetto.dati;
        let posto = dati.graduatoria.as_ref().map_or(0, |posto| posto.posizione);
        let pesi = vec![(4, centesimi(gradino.resta)), (1, centesimi(gradino.preso))];
        let riga = vec![posto.into(), dati.titolo.clone().into(), gradino.preso.into(), gradino.resta.into()];
        let misura = Barra::nuova(format!("{posto}. {}", dati.titolo), pesi, euro(gradino.resta), riga);
        Barra { nota: Some(nota(gradino)), taglio: taglio(i), ..misura }
    };
    let fine = match finita {
        Some(i) => {
            let posto = lista[i].progetto.dati.graduatoria.as_ref()?.posizione;
            format!("finisce {}{posto}° posto", if matches!(posto, 8 | 11 | 80..=89) { "all'" } else { "al " })
        }
        None => format!("dopo l'ultimo restano {}", euro(ultimo.resta)),
    };
    let muti = if gradini.len() < lista.len() { " Dei progetti che seguono non si sa quanto resta." } else { "" };
    let disegno = Disegno {
        id: "assegnazione",
        titolo: "Quanto resta, scendendo la graduatoria".into(),
        descrizione: format!(
            "La dotazione {} è {}. {} la prendono in ordine di graduatoria: {fine}.{muti}",
            if cassa.is_some() { "dell'avviso" } else { "per i progetti" },
            euro(dotazione),
            parole::conta(gradini.len(), "progetto", "progetti"),
        ),
        serie: &[(1, "Preso dal progetto"), (4, "Quanto resta")],
        scarica: Some(Scarica::sotto(&di_piano(periodo, "assegnazione"))),
        didascalia: "Quanto prende ogni progetto e quanto resta, in euro".into(),
        colonne: vec![
            di_numeri("Posizione"),
            di_parole("Progetto"),
            di_numeri("Preso dalla dotazione"),
            di_numeri("Quanto resta"),
        ],
        totale: None,
    };
    grafico::disegna(disegno, gradini.iter().enumerate().map(misura).collect())
}

/// What it takes, and what it asked for where that is more.
fn nota(gradino: &Gradino) -> String {
    let mut nota = format!("prende {}", euro(gradino.preso));
    if !gradino.riga.da_residui.e_zero() {
        nota += &format!(", più {} dai residui", euro(gradino.riga.da_residui));
    }
    let voci = &gradino.riga.progetto.dati.finanziamento;
    if let Some(chiesto) = voci.contributo_richiesto.filter(|_| voci.non_riconosciuto().is_some_and(|no| !no.e_zero()))
    {
        nota += &format!("; ne chiedeva {}", euro(chiesto));
    }
    nota
}
