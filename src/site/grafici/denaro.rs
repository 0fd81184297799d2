//! Money as bars: what there is, how agencies share it, how projects are paid for.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::di_piano;
use crate::plan::{Periodo, Progetto, Somma};
use crate::record::{Finanziamento, RigaRiparto};
use crate::site::{denaro, parole};
use crate::value::quote::percentuali;
use crate::value::{Euro, elenco, euro};
use crate::view::Cella;
use crate::view::grafico::{self, Barra, Colonna, Disegno, Grafico, Scarica, Traccia, centesimi, di_numeri, di_parole};

/// Resources by year where the acts give years, else by what they are for; residuals are a bar of their own.
pub fn risorse(periodo: &Periodo) -> Option<Grafico> {
    let dati = &periodo.risorse.as_ref()?.dati;
    let mut gruppi: BTreeMap<(u32, String), Euro> = BTreeMap::new();
    for voce in &dati.dotazione {
        let nome = voce.anno.map_or_else(|| voce.descrizione.clone(), |anno| anno.to_string());
        let gruppo = gruppi.entry((voce.anno.unwrap_or(0), nome)).or_default();
        *gruppo = *gruppo + voce.importo;
    }
    let mut barre: Vec<(String, Euro)> = gruppi.into_iter().map(|((_, nome), importo)| (nome, importo)).collect();
    barre.extend(dati.residui.iter().map(|residuo| (residuo.descrizione.clone(), periodo.utilizzabile(residuo))));
    // Years have their own order; anything else is read best from the largest.
    let per_anno = dati.dotazione.iter().all(|voce| voce.anno.is_some()) && !dati.dotazione.is_empty();
    if !per_anno {
        barre.sort_by_key(|(_, importo)| std::cmp::Reverse(*importo));
    }
    let totale = denaro::disponibili(periodo, dati);
    let misure = barre.iter().map(|(nome, importo)| {
        let riga = vec![nome.clone().into(), (*importo).into()];
        Barra::semplice(nome.clone(), &[centesimi(*importo)], euro(*importo), riga)
    });
    let titolo = if per_anno { "Risorse per anno" } else { "Risorse del piano" };
    let disegno = Disegno {
        id: "risorse",
        titolo: titolo.into(),
        descrizione: format!("In tutto {} in {}.", euro(totale), parole::conta(barre.len(), "voce", "voci")),
        serie: &[(1, "Importo")],
        scarica: Some(Scarica::sotto(&di_piano(periodo, "risorse"))),
        didascalia: format!("{titolo}, in euro"),
        colonne: vec![di_parole(if per_anno { "Anno" } else { "Voce" }), di_numeri("Importo")],
        totale: Some(vec!["Totale".into(), totale.into()]),
    };
    grafico::disegna(disegno, misure.collect())
}

/// What an agency receives in all years.
pub fn in_tutto(riga: &RigaRiparto) -> Euro {
    riga.importi.values().copied().sum()
}

/// The name of an agency, and the series of its bar.
fn ats(riga: &RigaRiparto) -> (String, usize) {
    if riga.questa { (format!("{} (questo Piano)", riga.ats), 1) } else { (riga.ats.clone(), 4) }
}

const LE_ATS: [(usize, &str); 2] = [(1, "Questo Piano"), (4, "Le altre ATS")];

/// What each agency of the Region receives, the largest share first.
pub fn riparto(periodo: &Periodo) -> Option<Grafico> {
    let riparto = periodo.risorse.as_ref()?.dati.riparto.as_ref()?;
    let mut righe: Vec<&RigaRiparto> = riparto.righe.iter().collect();
    righe.sort_by_key(|riga| std::cmp::Reverse(in_tutto(riga)));
    let pesi: Vec<u64> = righe.iter().map(|riga| centesimi(in_tutto(riga))).collect();
    let misure = righe.iter().zip(pesi.iter().zip(percentuali(&pesi))).map(|(riga, (&peso, quota))| {
        let (etichetta, serie) = ats(riga);
        let valore = format!("{} ({quota})", in_tutto(riga).breve());
        let celle = vec![riga.ats.clone().into(), in_tutto(riga).into()];
        Barra::nuova(etichetta, vec![(serie, peso)], valore, celle)
    });
    let totale: Euro = righe.iter().map(|riga| in_tutto(riga)).sum();
    let prima = righe.first().map(|riga| format!(" La quota più alta è di {}: {}.", riga.ats, euro(in_tutto(riga))));
    let disegno = Disegno {
        id: "riparto",
        titolo: "Le risorse di ogni ATS".into(),
        descrizione: format!(
            "{} fra {} ATS, per tutti gli anni.{}",
            euro(totale),
            righe.len(),
            prima.unwrap_or_default()
        ),
        serie: &LE_ATS,
        scarica: Some(Scarica::sotto(&di_piano(periodo, "riparto"))),
        didascalia: "Quanto riceve ogni ATS, in euro".into(),
        colonne: vec![di_parole("ATS"), di_numeri("Importo")],
        totale: Some(vec!["Totale".into(), totale.into()]),
    };
    grafico::disegna(disegno, misure.collect())
}

/// The same for every thousand inhabitants, where the act gives them.
pub fn per_abitante(periodo: &Periodo) -> Option<Grafico> {
    let riparto = periodo.risorse.as_ref()?.dati.riparto.as_ref()?;
    let per_mille = |importo: Euro, abitanti: u64| {
        Euro::al_centesimo(importo.decimale() * Decimal::ONE_THOUSAND / Decimal::from(abitanti.max(1)))
    };
    let note = riparto.righe.iter().filter(|riga| riga.abitanti > 0 && !in_tutto(riga).e_zero());
    let mut righe: Vec<_> = note.map(|riga| (riga, per_mille(in_tutto(riga), riga.abitanti.into()))).collect();
    righe.sort_by_key(|&(_, importo)| std::cmp::Reverse(importo));
    let celle =
        |nome: &str, abitanti: u64, importo: Euro| vec![nome.to_owned().into(), abitanti.into(), importo.into()];
    let misure = righe.iter().map(|&(riga, importo)| {
        let (etichetta, serie) = ats(riga);
        let celle = celle(&riga.ats, riga.abitanti.into(), importo);
        Barra::nuova(etichetta, vec![(serie, centesimi(importo))], euro(importo), celle)
    });
    let abitanti = righe.iter().map(|(riga, _)| u64::from(riga.abitanti)).sum();
    let totale = per_mille(righe.iter().map(|(riga, _)| in_tutto(riga)).sum(), abitanti);
    let (prima, ultima) = (righe.first()?, righe.last()?);
    let disegno = Disegno {
        id: "per-abitante",
        titolo: "Quanto riceve ogni ATS per mille abitanti".into(),
        descrizione: format!(
            "In media {}, per tutti gli anni: da {} di {} a {} di {}. Gli importi sono a cifra tonda, e per questo non sono \
             proprio uguali.",
            euro(totale),
            euro(ultima.1),
            ultima.0.ats,
            euro(prima.1),
            prima.0.ats
        ),
        serie: &LE_ATS,
        scarica: Some(Scarica::sotto(&di_piano(periodo, "per-abitante"))),
        didascalia: "Abitanti di ogni ATS e importo per mille abitanti, in euro".into(),
        colonne: vec![di_parole("ATS"), di_numeri("Abitanti"), di_numeri("Per mille abitanti")],
        totale: Some(celle("In media", abitanti, totale)),
    };
    grafico::disegna(disegno, misure.collect())
}

/// More bars than these are a list to look through, which is on a page of its own.
const IN_BREVE: usize = 12;

/// The same where a page is about more than it.
pub fn in_breve(periodo: &Periodo) -> Option<Grafico> {
    (periodo.progetti.len() <= IN_BREVE).then(|| finanziamento(periodo)).flatten()
}

/// The cost of each project: what was granted, what the alliance puts in, and the rest of it.
pub fn finanziamento(periodo: &Periodo) -> Option<Grafico> {
    let peso = |importo: Option<Euro>| importo.map_or(0, centesimi);
    let misura = |progetto: &Progetto| {
        let (dati, titolo) = (&progetto.dati.finanziamento, &progetto.dati.titolo);
        let (contributo, messo) = (peso(dati.contributo_riconosciuto), peso(dati.cofinanziamento));
        let pesi = [contributo, messo, peso(dati.costo_complessivo).saturating_sub(contributo + messo)];
        let valore = dati.costo_complessivo.map_or_else(|| "non indicato".to_owned(), euro);
        let riga = vec![
            titolo.clone().into(),
            dati.contributo_riconosciuto.into(),
            dati.cofinanziamento.into(),
            dati.non_riconosciuto().into(),
            dati.costo_complessivo.into(),
        ];
        Barra::semplice(titolo.clone(), &pesi, valore, riga)
    };
    let misure: Vec<Barra> = periodo.progetti.iter().map(misura).collect();
    let quanti = periodo.progetti.len();
    let contributi = periodo.somma(|voci| voci.contributo_riconosciuto);
    let cofinanziamento = periodo.somma(|voci| voci.cofinanziamento);
    let costo = periodo.somma(|voci| voci.costo_complessivo);
    let somma = |somma: Somma| parole::somma(somma, quanti).into();
    let serie = [(1, "Contributo riconosciuto"), (2, "Cofinanziamento"), (3, "Non riconosciuto")];
    let in_euro = |somma: Somma| parole::somma_in_euro(somma, quanti);
    let non_riconosciuto = periodo.somma(Finanziamento::non_riconosciuto);
    let in_parte = misure.iter().any(|misura| misura.tracce[0].pesi[2].1 > 0);
    // Without it the parts do not make the cost.
    let il_resto = if in_parte && non_riconosciuto.su > 0 {
        format!(" chiesto e non riconosciuto, {};", in_euro(non_riconosciuto))
    } else {
        String::new()
    };
    let disegno = Disegno {
        id: "finanziamento",
        titolo: "Come sono finanziati i progetti".into(),
        descrizione: format!(
            "{}: contributi riconosciuti, {}; cofinanziamento delle alleanze, {};{il_resto} costo, {}.",
            parole::conta(quanti, "progetto", "progetti"),
            in_euro(contributi),
            in_euro(cofinanziamento),
            in_euro(costo),
        ),
        serie: if in_parte { &serie } else { &serie[..2] },
        scarica: Some(Scarica::sotto(&di_piano(periodo, "finanziamento"))),
        didascalia: "Come si copre il costo di ogni progetto, in euro".into(),
        colonne: colonne(serie.map(|(_, nome)| nome)).chain([di_numeri("Costo")]).collect(),
        totale: Some(vec![
            "Totale".into(),
            somma(contributi),
            somma(cofinanziamento),
            somma(non_riconosciuto),
            somma(costo),
        ]),
    };
    let grafico = grafico::disegna(disegno, misure)?;
    Some(Grafico { voci: (1..=quanti).collect(), ..grafico })
}

fn colonne<const N: usize>(nomi: [&'static str; N]) -> impl Iterator<Item = Colonna> {
    std::iter::once(di_parole("Progetto")).chain(nomi.map(di_numeri))
}

/// What each project asked for, what it was granted and what it was paid, where some project tells at least two of them;
/// or words alone, where every project has what it asked for: bars would be equal two by two.
pub fn confronto(periodo: &Periodo) -> (Option<Grafico>, Option<String>) {
    let importi = |progetto: &Progetto| {
        let conto = periodo.conto(progetto);
        [progetto.dati.finanziamento.contributo_richiesto, conto.concesso, conto.pagato]
    };
    let tutti: Vec<(&Progetto, [Option<Euro>; 3])> = periodo.progetti.iter().map(|p| (p, importi(p))).collect();
    let nomi = ["Chiesto", "Concesso", "Pagato"];
    const SERIE: [usize; 3] = [3, 1, 2];
    let somme = [0, 1, 2].map(|i| Somma::di(tutti.iter().map(|(_, importi)| importi[i])));
    let mostrati: Vec<usize> = (0..3).filter(|&i| somme[i].su > 0).collect();
    let serie: Vec<(usize, &str)> = mostrati.iter().map(|&i| (SERIE[i], nomi[i])).collect();
    if serie.len() < 2 {
        return (None, None);
    }
    let noti: Vec<[Euro; 3]> = tutti.iter().filter_map(|(_, importi)| detti(importi, &mostrati)).collect();
    if !noti.is_empty() && noti.iter().all(|importi| mostrati.iter().all(|&i| importi[i] == importi[mostrati[0]])) {
        let somma = Somma::di(noti.iter().map(|importi| Some(importi[mostrati[0]])));
        return (None, Some(stessi(&mostrati, somma, tutti.len())));
    }
    let misura = |(progetto, importi): &(&Progetto, [Option<Euro>; 3])| {
        let titolo = &progetto.dati.titolo;
        let traccia = |&i: &usize| {
            let valore = importi[i].map_or_else(|| "non indicato".to_owned(), euro);
            Traccia::nuova(vec![(SERIE[i], importi[i].map_or(0, centesimi))], valore)
        };
        let riga = std::iter::once(titolo.clone().into()).chain(importi.iter().map(|&importo| Cella::from(importo)));
        let (tracce, riga) = (mostrati.iter().map(traccia).collect(), riga.collect());
        Barra { nome: titolo.clone(), nota: None, tracce, taglio: None, riga }
    };
    let quanti = tutti.len();
    let detta = |&i: &usize| format!("{} {}", nomi[i].to_lowercase(), parole::somma_in_euro(somme[i], quanti));
    let detti = mostrati.iter().map(detta).collect::<Vec<_>>().join("; ");
    let meno =
        tutti.iter().filter(|(_, importi)| matches!(importi, [Some(chiesto), Some(concesso), _] if concesso < chiesto));
    let meno = match meno.count() {
        0 => String::new(),
        1 => format!(" 1 progetto su {quanti} ha meno di quanto ha chiesto."),
        altri => format!(" {altri} progetti su {quanti} hanno meno di quanto hanno chiesto."),
    };
    let totale = std::iter::once("Totale".into()).chain(somme.map(|somma| parole::somma(somma, quanti).into()));
    let disegno = Disegno {
        id: "chiesto-e-concesso",
        titolo: format!("Quanto è {}", elenco(mostrati.iter().map(|&i| nomi[i].to_lowercase()))),
        descrizione: format!("{}: {detti}.{meno}", parole::conta(quanti, "progetto", "progetti")),
        serie: &serie,
        scarica: Some(Scarica::sotto(&di_piano(periodo, "chiesto-e-concesso"))),
        didascalia: "Il contributo di ogni progetto, in euro".into(),
        colonne: colonne(nomi).collect(),
        totale: Some(totale.collect()),
    };
    (grafico::disegna(disegno, tutti.iter().map(misura).collect()), None)
}

/// The amounts of a project that tells all that are shown.
fn detti(importi: &[Option<Euro>; 3], mostrati: &[usize]) -> Option<[Euro; 3]> {
    mostrati.iter().all(|&i| importi[i].is_some()).then(|| importi.map(Option::unwrap_or_default))
}

/// `Ogni progetto ha avuto quanto ha chiesto: in tutto € 286.940,25.`
fn stessi(mostrati: &[usize], somma: Somma, progetti: usize) -> String {
    let ogni = if somma.su == progetti {
        "Ogni progetto".to_owned()
    } else {
        format!("Ogni progetto di cui si conoscono gli importi ({} su {progetti})", somma.su)
    };
    let quanto = match mostrati {
        [0, 1] => "ha avuto quanto ha chiesto",
        [0, 2] => "è stato pagato per quanto ha chiesto",
        [1, 2] => "è stato pagato per intero",
        _ => "ha avuto quanto ha chiesto, ed è stato pagato per intero",
    };
    format!("{ogni} {quanto}: in tutto {}.", euro(somma.importo.unwrap_or_default()))
}
