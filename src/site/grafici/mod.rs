//! What the charts of the site show; how bars are laid out is in [`crate::view::grafico`].
//!
//! Routes and links need to know which charts there are, so each has a test that does not draw it.

pub mod cronologia;
pub mod mappe;

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tera::Context;

use super::denaro;
use super::engine::cornice;
use super::engine::{Proof, Rendered, Route, Site};
use super::viste::{indirizzo_alleanza, indirizzo_progetto};
use crate::plan::{Alleanza, Periodo, Plan, Progetto, Somma};
use crate::record::Finanziamento;
use crate::report::Diagnostic;
use crate::value::quote::{Percentuale, percento, percentuali};
use crate::value::{Euro, euro, migliaia};
use crate::view::Cella;
use crate::view::grafico::{self, Disegno, Grafico, Misura, Scarica, di_numeri, di_parole};

/// A chart of a plan: the name of its files, whether it is there, and what draws it.
struct DiPiano(&'static str, fn(&Plan, &Periodo) -> bool, fn(&Plan, &Periodo) -> Option<Grafico>);

const DI_PIANO: [DiPiano; 8] = [
    DiPiano("composizione", |_, p| p.dati.composizione.is_some(), |_, p| composizione_dichiarata(p)),
    DiPiano("graduatoria", |_, p| ha_graduatoria(p), |_, p| Some(punteggi(p))),
    DiPiano("risorse", |_, p| p.risorse.is_some(), |_, p| risorse(p)),
    DiPiano(
        "riparto",
        |_, p| p.risorse.as_ref().is_some_and(|risorse| risorse.dati.riparto.is_some()),
        |_, p| riparto(p),
    ),
    DiPiano("mappa-ats", |_, p| mappe::ha_ats(p), |_, p| mappe::delle_ats(p)),
    DiPiano("finanziamento", |_, p| ha_finanziamento(p), |_, p| finanziamento(p)),
    DiPiano("cronologia", |_, p| cronologia::progetti(p).is_some(), |_, p| cronologia::cronologia(p)),
    DiPiano("mappa-ambiti", mappe::ha_ambiti, mappe::degli_ambiti),
];

/// Where the chart of all bodies is published: drawing and data have one name and differ by their ending.
const ENTI: &str = "partner/enti-per-tipo";

fn di_piano(periodo: &Periodo, nome: &str) -> String {
    format!("{}/grafici/{nome}", periodo.id)
}

fn di_alleanza(periodo: &Periodo, alleanza: &Alleanza) -> String {
    format!("{}composizione", indirizzo_alleanza(periodo, alleanza))
}

fn di_progetto(periodo: &Periodo, progetto: &Progetto) -> String {
    format!("{}composizione", indirizzo_progetto(periodo, progetto))
}

/// Drawing and data of every chart that can be downloaded.
pub fn routes(plan: &Plan, put: &mut dyn FnMut(Route)) {
    let tutti = plan.enti.iter().map(|ente| (ente.categoria, 1));
    if !plan.enti.is_empty() && conteggi(plan, tutti).is_some() {
        pair(put, ENTI, |site| enti(&site.plan));
    }
    for (p, periodo) in plan.periodi.iter().enumerate() {
        for &DiPiano(nome, _, di) in DI_PIANO.iter().filter(|DiPiano(_, c_e, _)| c_e(plan, periodo)) {
            pair(put, &di_piano(periodo, nome), move |site| di(&site.plan, &site.plan.periodi[p]));
        }
        for (a, alleanza) in periodo.alleanze.iter().enumerate() {
            if enti_di_alleanza(plan, alleanza).is_some_and(|enti| conteggi(plan, enti).is_some()) {
                pair(put, &di_alleanza(periodo, alleanza), move |site| {
                    let periodo = &site.plan.periodi[p];
                    composizione_di_alleanza(&site.plan, periodo, &periodo.alleanze[a])
                });
            }
        }
        for (i, progetto) in periodo.progetti.iter().enumerate() {
            if enti_di_progetto(plan, periodo, progetto).is_some_and(|enti| conteggi(plan, enti).is_some()) {
                pair(put, &di_progetto(periodo, progetto), move |site| {
                    let periodo = &site.plan.periodi[p];
                    composizione_di_progetto(&site.plan, periodo, &periodo.progetti[i])
                });
            }
        }
    }
}

/// Drawing and data of one chart.
fn pair(put: &mut dyn FnMut(Route), nome: &str, di: impl Fn(&Site) -> Option<Grafico> + Clone + Send + Sync + 'static) {
    let Scarica { disegno, dati } = Scarica::sotto(nome);
    let again = di.clone();
    let drawing = Route::page(disegno, move |site, path| match di(site) {
        Some(grafico) => da_scaricare(site, path, &grafico),
        None => Err(Box::new(Diagnostic::error("M-02", format!("`{path}` non ha più un disegno")))),
    });
    put(Route { proof: Proof::Chart, ..drawing });
    put(Route::data(dati, move |site, _| Ok(again(site).map_or_else(Vec::new, |grafico| grafico.tabella.csv()))));
}

/// The bodies of all periods by kind.
pub fn enti(plan: &Plan) -> Option<Grafico> {
    let tutti = plan.enti.iter().map(|ente| (ente.categoria, 1));
    per_categoria(plan, tutti, "enti", "Gli enti per tipo".to_owned(), Some(Scarica::sotto(ENTI)))
}

/// What each agency of the Region receives, the largest share first.
pub fn riparto(periodo: &Periodo) -> Option<Grafico> {
    let riparto = periodo.risorse.as_ref()?.dati.riparto.as_ref()?;
    let mut righe: Vec<(&str, bool, Euro)> = riparto
        .righe
        .iter()
        .map(|riga| (riga.ats.as_str(), riga.questa, riga.importi.values().copied().sum()))
        .collect();
    righe.sort_by_key(|&(_, _, importo)| std::cmp::Reverse(importo));
    let pesi: Vec<u64> = righe.iter().map(|(_, _, importo)| u64::try_from(importo.centesimi()).unwrap_or(0)).collect();
    let quote = pesi.iter().zip(percentuali(&pesi));
    let misure = righe.iter().zip(quote).map(|(&(ats, questa, importo), (&peso, quota))| Misura {
        etichetta: if questa { format!("{ats} (questo Piano)") } else { ats.to_owned() },
        pesi: if questa { vec![0, peso] } else { vec![peso, 0] },
        valore: format!("{} ({quota})", importo.breve()),
        riga: vec![ats.to_owned().into(), importo.into()],
    });
    let totale: Euro = righe.iter().map(|&(_, _, importo)| importo).sum();
    let prima = righe.first().map(|(ats, _, importo)| format!(" La quota più alta è di {ats}: {}.", euro(*importo)));
    let disegno = Disegno {
        id: "riparto",
        titolo: "Le risorse di ogni ATS".into(),
        descrizione: format!(
            "{} fra {} ATS, per tutti gli anni.{}",
            euro(totale),
            righe.len(),
            prima.unwrap_or_default()
        ),
        serie: &["Le altre ATS", "Questo Piano"],
        scarica: Some(Scarica::sotto(&di_piano(periodo, "riparto"))),
        didascalia: "Quanto riceve ogni ATS, in euro".into(),
        colonne: vec![di_parole("ATS"), di_numeri("Importo")],
        totale: Some(vec!["Totale".into(), totale.into()]),
    };
    Some(grafico::disegna(disegno, misure.collect()))
}

/// The drawing alone, in its frame.
fn da_scaricare(site: &Site, path: &str, grafico: &Grafico) -> Rendered {
    let plan = &*site.plan;
    let tipo = match plan.sito.logo.file.rsplit('.').next().unwrap_or_default() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        _ => "application/octet-stream",
    };
    let mut contesto = Context::new();
    contesto.insert("grafico", grafico);
    contesto.insert("ats", &plan.sito.ats.nome);
    contesto.insert("aggiornato_al", &plan.sito.aggiornato_al);
    contesto.insert("avvertenza", &plan.sito.avvertenza);
    let svg = site.theme.render("grafico.svg", &contesto, &grafico.titolo)?;
    let logo = format!("data:{tipo};base64,{}", STANDARD.encode(&plan.logo));
    cornice::disegno(site, &svg, grafico, &logo).map_err(|fault| Box::new(site.unreadable(path, &svg, &fault)))
}

/// The partners by kind as the plan prints them: percentages, never counts.
pub fn composizione_dichiarata(periodo: &Periodo) -> Option<Grafico> {
    let dichiarata = periodo.dati.composizione.as_ref()?;
    let mut ordinate: Vec<_> = dichiarata.voci.iter().collect();
    ordinate.sort_by_key(|voce| std::cmp::Reverse(voce.percentuale));
    let misure = ordinate.iter().map(|voce| Misura {
        etichetta: voce.nome.clone(),
        pesi: vec![u64::from(voce.percentuale)],
        valore: percento(voce.percentuale),
        riga: vec![voce.nome.clone().into(), Cella::Percento(voce.percentuale)],
    });
    let somma = ordinate.iter().map(|voce| voce.percentuale).sum();
    let enti = migliaia(&dichiarata.enti.to_string());
    let disegno = Disegno {
        id: "composizione",
        titolo: dichiarata.titolo.clone(),
        descrizione: format!("{enti} enti di {} tipi. La fonte dà solo le percentuali.", ordinate.len()),
        serie: &["Percentuale"],
        scarica: Some(Scarica::sotto(&di_piano(periodo, "composizione"))),
        didascalia: format!("{}: percentuale su {enti} enti", dichiarata.titolo),
        colonne: vec![di_parole("Tipo di ente"), di_numeri("Percentuale")],
        totale: Some(vec!["Totale".into(), Cella::Percento(somma)]),
    };
    Some(grafico::disegna(disegno, misure.collect()))
}

/// The bodies of an alliance by kind, capofila included; `None` where it counts partners of unknown kind.
fn enti_di_alleanza<'a>(plan: &'a Plan, alleanza: &'a Alleanza) -> Option<impl Iterator<Item = (usize, u64)> + 'a> {
    let contati = alleanza.dati.altri_partner.iter().filter_map(|altri| {
        let categoria = altri.categoria.as_ref()?;
        let i = plan.categorie_enti.iter().position(|nota| nota.id == *categoria)?;
        Some((i, u64::from(altri.numero)))
    });
    alleanza.categorie_note().then(|| alleanza.nominati().map(|ente| (plan.enti[ente].categoria, 1)).chain(contati))
}

/// The bodies of a project by kind; `None` where it does not name all of them.
fn enti_di_progetto<'a>(
    plan: &'a Plan,
    periodo: &'a Periodo,
    progetto: &'a Progetto,
) -> Option<impl Iterator<Item = (usize, u64)> + 'a> {
    let enti = || periodo.partecipanti(progetto).into_iter().map(|parte| (plan.enti[parte.ente].categoria, 1));
    periodo.partenariato_intero(progetto).then(enti)
}

pub fn composizione_di_alleanza(plan: &Plan, periodo: &Periodo, alleanza: &Alleanza) -> Option<Grafico> {
    let scarica = Scarica::sotto(&di_alleanza(periodo, alleanza));
    let titolo = format!("Chi compone {}", alleanza.dati.nome);
    per_categoria(plan, enti_di_alleanza(plan, alleanza)?, "composizione", titolo, Some(scarica))
}

/// The bodies of a project, or of its alliance where the project does not name them.
pub fn composizione_di_progetto(plan: &Plan, periodo: &Periodo, progetto: &Progetto) -> Option<Grafico> {
    let Some(enti) = enti_di_progetto(plan, periodo, progetto) else {
        return composizione_di_alleanza(plan, periodo, &periodo.alleanze[progetto.alleanza]);
    };
    let scarica = Scarica::sotto(&di_progetto(periodo, progetto));
    per_categoria(plan, enti, "composizione", "Partner per tipo di ente".to_owned(), Some(scarica))
}

/// How many bodies there are of each kind, most numerous first; `None` where all counts, and so all bars, are equal.
fn conteggi(plan: &Plan, enti: impl Iterator<Item = (usize, u64)>) -> Option<Vec<(usize, u64)>> {
    let mut conteggi = vec![0u64; plan.categorie_enti.len()];
    enti.for_each(|(categoria, numero)| conteggi[categoria] += numero);
    let mut presenti: Vec<(usize, u64)> = conteggi.into_iter().enumerate().filter(|&(_, numero)| numero > 0).collect();
    presenti.sort_by_key(|&(categoria, numero)| (std::cmp::Reverse(numero), categoria));
    let are_equal = presenti.len() > 1 && presenti.iter().all(|&(_, numero)| numero == presenti[0].1);
    (!are_equal).then_some(presenti)
}

/// A bar for each kind of body; the percentages beside them add up to 100.
pub fn per_categoria(
    plan: &Plan,
    enti: impl Iterator<Item = (usize, u64)>,
    id: &str,
    titolo: String,
    scarica: Option<Scarica>,
) -> Option<Grafico> {
    let presenti = conteggi(plan, enti)?;
    let totale: u64 = presenti.iter().map(|(_, numero)| numero).sum();
    let quote = percentuali(&presenti.iter().map(|&(_, numero)| numero).collect::<Vec<_>>());
    let misura = |(&(categoria, numero), quota): (&(usize, u64), Percentuale)| {
        let categoria = &plan.categorie_enti[categoria];
        let nome = if numero == 1 { &categoria.nome } else { &categoria.plurale };
        Misura {
            etichetta: nome.clone(),
            pesi: vec![numero],
            valore: format!("{} ({quota})", migliaia(&numero.to_string())),
            riga: vec![nome.clone().into(), numero.into(), quota.into()],
        }
    };
    let misure: Vec<Misura> = presenti.iter().zip(quote).map(misura).collect();
    let primo = misure.first().map_or(String::new(), |primo| {
        format!(" I più numerosi: {}, {}.", primo.etichetta.to_lowercase(), primo.valore)
    });
    let disegno = Disegno {
        id,
        descrizione: format!("{} enti di {} tipi.{primo}", migliaia(&totale.to_string()), presenti.len()),
        serie: &["Enti"],
        scarica,
        didascalia: format!("{titolo}: numero di enti e percentuale"),
        colonne: vec![di_parole("Tipo di ente"), di_numeri("Enti"), di_numeri("Percentuale")],
        totale: Some(vec!["Totale".into(), totale.into(), Percentuale::di(1, 1).into()]),
        titolo,
    };
    Some(grafico::disegna(disegno, misure))
}

/// Whether some project tells an amount that can be drawn.
pub fn ha_finanziamento(periodo: &Periodo) -> bool {
    let voci = periodo.progetti.iter().map(|progetto| &progetto.dati.finanziamento);
    voci.into_iter().any(|v| v.costo_complessivo.or(v.contributo_riconosciuto).or(v.cofinanziamento).is_some())
}

/// The cost of each project: what was granted, what the alliance puts in, and the rest of it.
pub fn finanziamento(periodo: &Periodo) -> Option<Grafico> {
    if !ha_finanziamento(periodo) {
        return None;
    }
    let centesimi = |euro: Option<Euro>| euro.map_or(0, |euro| u64::try_from(euro.centesimi()).unwrap_or(0));
    let misura = |progetto: &Progetto| {
        let (dati, titolo) = (&progetto.dati.finanziamento, &progetto.dati.titolo);
        let (costo, contributo, messo) = (
            centesimi(dati.costo_complessivo),
            centesimi(dati.contributo_riconosciuto),
            centesimi(dati.cofinanziamento),
        );
        Misura {
            etichetta: titolo.clone(),
            pesi: vec![contributo, messo, costo.saturating_sub(contributo + messo)],
            valore: dati.costo_complessivo.map_or_else(|| "non indicato".to_owned(), euro),
            riga: vec![
                titolo.clone().into(),
                dati.contributo_riconosciuto.into(),
                dati.cofinanziamento.into(),
                dati.non_riconosciuto().into(),
                dati.costo_complessivo.into(),
            ],
        }
    };
    let misure: Vec<Misura> = periodo.progetti.iter().map(misura).collect();
    let quanti = periodo.progetti.len();
    let contributi = periodo.somma(|voci| voci.contributo_riconosciuto);
    let cofinanziamento = periodo.somma(|voci| voci.cofinanziamento);
    let costo = periodo.somma(|voci| voci.costo_complessivo);
    let somma = |somma: Somma| super::parole::somma(somma, quanti).into();
    let serie = ["Contributo riconosciuto", "Cofinanziamento", "Non riconosciuto"];
    let in_euro = |somma: Somma| super::parole::somma_in_euro(somma, quanti);
    let in_parte = |misura: &Misura| misura.pesi[2] > 0;
    let disegno = Disegno {
        id: "finanziamento",
        titolo: "Come sono finanziati i progetti".into(),
        descrizione: format!(
            "{}: contributi riconosciuti, {}; cofinanziamento delle alleanze, {}; costo, {}.",
            super::parole::conta(quanti, "progetto", "progetti"),
            in_euro(contributi),
            in_euro(cofinanziamento),
            in_euro(costo),
        ),
        serie: if misure.iter().any(in_parte) { &serie } else { &serie[..2] },
        scarica: Some(Scarica::sotto(&di_piano(periodo, "finanziamento"))),
        didascalia: "Come si copre il costo di ogni progetto, in euro".into(),
        colonne: std::iter::once(di_parole("Progetto"))
            .chain(serie.map(di_numeri))
            .chain([di_numeri("Costo")])
            .collect(),
        totale: Some(vec![
            "Totale".into(),
            somma(contributi),
            somma(cofinanziamento),
            somma(periodo.somma(Finanziamento::non_riconosciuto)),
            somma(costo),
        ]),
    };
    Some(grafico::disegna(disegno, misure))
}

pub fn ha_graduatoria(periodo: &Periodo) -> bool {
    periodo.progetti.iter().any(|progetto| progetto.dati.graduatoria.is_some())
}

/// The scores, best first.
pub fn punteggi(periodo: &Periodo) -> Grafico {
    let misura = |progetto: &Progetto| {
        let posto = progetto.dati.graduatoria.as_ref()?;
        let titolo = &progetto.dati.titolo;
        // Bars are measured in whole numbers; a thousandth of a point is finer than a bar can show.
        let millesimi = (posto.punteggio.0 * rust_decimal::Decimal::ONE_THOUSAND).round_dp(0);
        Some(Misura {
            etichetta: format!("{}. {titolo}", posto.posizione),
            pesi: vec![u64::try_from(millesimi).unwrap_or(0)],
            valore: posto.punteggio.italiano(),
            riga: vec![posto.posizione.into(), titolo.clone().into(), posto.punteggio.into()],
        })
    };
    let misure: Vec<Misura> = periodo.progetti.iter().filter_map(misura).collect();
    let disegno = Disegno {
        id: "punteggi",
        titolo: "Punteggi in graduatoria".into(),
        descrizione: match (misure.first(), misure.last()) {
            (Some(primo), Some(ultimo)) => {
                format!("{} progetti, da {} a {} punti.", misure.len(), primo.valore, ultimo.valore)
            }
            _ => String::new(),
        },
        serie: &["Punti"],
        scarica: Some(Scarica::sotto(&di_piano(periodo, "graduatoria"))),
        didascalia: "Punteggi in graduatoria".into(),
        colonne: vec![di_numeri("Posizione"), di_parole("Progetto"), di_numeri("Punti")],
        totale: None,
    };
    grafico::disegna(disegno, misure)
}

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
    let misure = barre.iter().map(|(nome, importo)| Misura {
        etichetta: nome.clone(),
        pesi: vec![u64::try_from(importo.centesimi()).unwrap_or(0)],
        valore: euro(*importo),
        riga: vec![nome.clone().into(), (*importo).into()],
    });
    let titolo = if per_anno { "Risorse per anno" } else { "Risorse del piano" };
    let disegno = Disegno {
        id: "risorse",
        titolo: titolo.into(),
        descrizione: format!("In tutto {} in {}.", euro(totale), super::parole::conta(barre.len(), "voce", "voci")),
        serie: &["Importo"],
        scarica: Some(Scarica::sotto(&di_piano(periodo, "risorse"))),
        didascalia: format!("{titolo}, in euro"),
        colonne: vec![di_parole(if per_anno { "Anno" } else { "Voce" }), di_numeri("Importo")],
        totale: Some(vec!["Totale".into(), totale.into()]),
    };
    Some(grafico::disegna(disegno, misure.collect()))
}
