//! What the charts of the site show; how they are laid out is in [`crate::view::grafico`].

mod cronologia;
mod denaro;
mod discesa;
mod flusso;
mod mappe;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tera::Context;

use super::engine::cornice;
use super::engine::{Proof, Rendered, Route, Serve, Site, media_type};
use super::viste::{indirizzo_alleanza, indirizzo_progetto};
use crate::plan::{Alleanza, Periodo, Plan, Progetto};
use crate::report::Diagnostic;
use crate::value::migliaia;
use crate::value::quote::{Percentuale, fanno_cento, percento, percentuali};
use crate::view::Cella;
use crate::view::disegno;
use crate::view::grafico::{self, Barra, Disegno, Grafico, Scarica, di_numeri, di_parole};

pub use cronologia::cronologia;
pub use denaro::{confronto, finanziamento, in_breve, per_abitante, riparto, risorse};
pub use discesa::{discesa, punteggi};
pub use flusso::flusso;
pub use mappe::{degli_ambiti, delle_ats};

/// A chart of a plan: the name of its files, and what draws it.
type DiPiano = (&'static str, fn(&Plan, &Periodo) -> Option<Grafico>);

const DI_PIANO: [DiPiano; 12] = [
    ("composizione", |_, p| composizione_dichiarata(p)),
    ("graduatoria", |_, p| punteggi(p)),
    ("assegnazione", discesa),
    ("risorse", |_, p| risorse(p)),
    ("flusso", flusso),
    ("riparto", |_, p| riparto(p)),
    ("per-abitante", |_, p| per_abitante(p)),
    ("mappa-ats", |_, p| delle_ats(p)),
    ("finanziamento", |_, p| finanziamento(p)),
    ("chiesto-e-concesso", |_, p| confronto(p).0),
    ("cronologia", |_, p| cronologia(p)),
    ("mappa-ambiti", degli_ambiti),
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
    pair(plan, put, ENTI, enti);
    for (p, periodo) in plan.periodi.iter().enumerate() {
        for (nome, di) in DI_PIANO {
            pair(plan, put, &di_piano(periodo, nome), move |plan| di(plan, &plan.periodi[p]));
        }
        for (a, alleanza) in periodo.alleanze.iter().enumerate() {
            pair(plan, put, &di_alleanza(periodo, alleanza), move |plan| {
                composizione_di_alleanza(plan, &plan.periodi[p], &plan.periodi[p].alleanze[a])
            });
        }
        // Of the others the chart is that of their alliance.
        let interi = periodo.progetti.iter().enumerate().filter(|(_, suo)| periodo.partenariato_intero(suo));
        for (i, progetto) in interi {
            pair(plan, put, &di_progetto(periodo, progetto), move |plan| {
                composizione_di_progetto(plan, &plan.periodi[p], &plan.periodi[p].progetti[i])
            });
        }
    }
}

/// Drawing and data of a chart, where there is one.
fn pair(
    plan: &Plan,
    put: &mut dyn FnMut(Route),
    nome: &str,
    di: impl Fn(&Plan) -> Option<Grafico> + Clone + Send + Sync + 'static,
) {
    if di(plan).is_none() {
        return;
    }
    let Scarica { disegno, dati } = Scarica::sotto(nome);
    let again = di.clone();
    put(Route::of(disegno, Proof::Chart, Serve::Niente, move |site, path, _| match di(&site.plan) {
        Some(grafico) => da_scaricare(site, path, &grafico).map(String::into_bytes),
        None => Err(Box::new(Diagnostic::error("M-02", format!("`{path}` non ha più un disegno")))),
    }));
    put(Route::data(dati, move |site, _| Ok(again(&site.plan).map_or_else(Vec::new, |grafico| grafico.tabella.csv()))));
}

/// The bodies of all periods by kind.
pub fn enti(plan: &Plan) -> Option<Grafico> {
    let tutti = plan.enti.iter().map(|ente| (Some(ente.categoria), 1));
    per_categoria(plan, tutti, "enti", "Gli enti per tipo".to_owned(), Some(Scarica::sotto(ENTI)))
}

/// The drawing alone, in its frame.
fn da_scaricare(site: &Site, path: &str, grafico: &Grafico) -> Rendered {
    let plan = &*site.plan;
    let tipo = media_type(&plan.sito.logo.file);
    let mut contesto = Context::new();
    let (segni, altezza) = disegno::intero(grafico);
    contesto.insert("grafico", grafico);
    contesto.insert("segni", &segni);
    contesto.insert("titolo", &disegno::titolo(grafico));
    contesto.insert("altezza", &altezza);
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
    let misure = ordinate.iter().map(|voce| {
        let riga = vec![voce.nome.clone().into(), Cella::Percento(voce.percentuale)];
        Barra::semplice(voce.nome.clone(), &[voce.percentuale.into()], percento(voce.percentuale), riga)
    });
    let somma = ordinate.iter().map(|voce| voce.percentuale).sum();
    let enti = migliaia(&dichiarata.enti.to_string());
    let disegno = Disegno {
        id: "composizione",
        titolo: dichiarata.titolo.clone(),
        descrizione: format!("{enti} enti di {} tipi. La fonte dà solo le percentuali.", ordinate.len()),
        serie: &[(1, "Percentuale")],
        scarica: Some(Scarica::sotto(&di_piano(periodo, "composizione"))),
        didascalia: format!("{}: percentuale su {enti} enti", dichiarata.titolo),
        colonne: vec![di_parole("Tipo di ente"), di_numeri("Percentuale")],
        totale: Some(vec!["Totale".into(), Cella::Percento(somma)]),
    };
    grafico::disegna(disegno, misure.collect())
}

/// A kind of body, where it is told, and how many there are of it.
type DiTipo = (Option<usize>, u64);

/// The bodies of an alliance by kind, capofila included; of some the source tells only how many they are.
fn enti_di_alleanza<'a>(plan: &'a Plan, alleanza: &'a Alleanza) -> impl Iterator<Item = DiTipo> + 'a {
    let contati = alleanza.dati.altri_partner.iter().map(|altri| {
        let categoria = altri.categoria.as_ref();
        let nota = categoria.and_then(|categoria| plan.categorie_enti.iter().position(|nota| nota.id == *categoria));
        (nota, u64::from(altri.numero))
    });
    alleanza.nominati().map(|ente| (Some(plan.enti[ente].categoria), 1)).chain(contati)
}

pub fn composizione_di_alleanza(plan: &Plan, periodo: &Periodo, alleanza: &Alleanza) -> Option<Grafico> {
    let scarica = Scarica::sotto(&di_alleanza(periodo, alleanza));
    let titolo = format!("{}: i suoi enti", alleanza.dati.nome);
    per_categoria(plan, enti_di_alleanza(plan, alleanza), "composizione", titolo, Some(scarica))
}

/// The bodies of a project, or of its alliance where the project does not name them and the kind of each is told.
pub fn composizione_di_progetto(plan: &Plan, periodo: &Periodo, progetto: &Progetto) -> Option<Grafico> {
    if !periodo.partenariato_intero(progetto) {
        let alleanza = &periodo.alleanze[progetto.alleanza];
        let noti = alleanza.dati.altri_partner.iter().all(|altri| altri.categoria.is_some());
        return noti.then(|| composizione_di_alleanza(plan, periodo, alleanza)).flatten();
    }
    let enti = periodo.partecipanti(progetto).into_iter().map(|parte| (Some(plan.enti[parte.ente].categoria), 1));
    let scarica = Scarica::sotto(&di_progetto(periodo, progetto));
    per_categoria(plan, enti, "composizione", "Partner per tipo di ente".to_owned(), Some(scarica))
}

/// How many bodies there are of each kind, most numerous first, and last those of a kind that nobody tells; `None` where
/// one kind is known, or all are as numerous.
fn conteggi(plan: &Plan, enti: impl Iterator<Item = DiTipo>) -> Option<Vec<DiTipo>> {
    let mut conteggi = vec![0u64; plan.categorie_enti.len()];
    let mut ignoti = 0;
    enti.for_each(|(categoria, numero)| *categoria.map_or(&mut ignoti, |i| &mut conteggi[i]) += numero);
    let noti = conteggi.into_iter().enumerate().filter(|&(_, numero)| numero > 0);
    let mut presenti: Vec<DiTipo> = noti.map(|(categoria, numero)| (Some(categoria), numero)).collect();
    let is_one = presenti.len() < 2;
    presenti.sort_by_key(|&(categoria, numero)| (std::cmp::Reverse(numero), categoria));
    presenti.extend((ignoti > 0).then_some((None, ignoti)));
    let are_equal = presenti.iter().all(|&(_, numero)| numero == presenti[0].1);
    (!is_one && !are_equal).then_some(presenti)
}

/// A bar for each kind of body; the percentages beside them add up to 100.
pub fn per_categoria(
    plan: &Plan,
    enti: impl Iterator<Item = DiTipo>,
    id: &str,
    titolo: String,
    scarica: Option<Scarica>,
) -> Option<Grafico> {
    let presenti = conteggi(plan, enti)?;
    let totale: u64 = presenti.iter().map(|(_, numero)| numero).sum();
    let quote = percentuali(&presenti.iter().map(|&(_, numero)| numero).collect::<Vec<_>>());
    let nota = if fanno_cento(quote.iter().copied()) { "" } else { " Ogni percentuale è arrotondata per conto suo." };
    let misura = |(&(categoria, numero), quota): (&DiTipo, Percentuale)| {
        let (nome, serie) = match categoria.map(|i| &plan.categorie_enti[i]) {
            Some(categoria) => (if numero == 1 { &categoria.nome } else { &categoria.plurale }.as_str(), 1),
            None => ("Tipo non indicato", 3),
        };
        let valore = format!("{} ({quota})", migliaia(&numero.to_string()));
        Barra::nuova(
            nome.into(),
            vec![(serie, numero)],
            valore,
            vec![nome.to_owned().into(), numero.into(), quota.into()],
        )
    };
    let misure: Vec<Barra> = presenti.iter().zip(quote).map(misura).collect();
    let ignoti: u64 = presenti.iter().filter(|(categoria, _)| categoria.is_none()).map(|(_, numero)| numero).sum();
    let di_tipi = match (migliaia(&totale.to_string()), presenti.len()) {
        (enti, tipi) if ignoti == 0 => format!("{enti} enti di {tipi} tipi."),
        (enti, tipi) => format!(
            "{enti} enti: {} di {} tipi, e {} di cui il tipo non è indicato.",
            migliaia(&(totale - ignoti).to_string()),
            tipi - 1,
            migliaia(&ignoti.to_string())
        ),
    };
    // Among so many of which nobody tells the kind others may be more.
    let primo = misure.first().filter(|_| presenti[0].1 > ignoti).map_or(String::new(), |primo| {
        format!(" I più numerosi: {}, {}.", primo.nome.to_lowercase(), primo.tracce[0].valore)
    });
    let disegno = Disegno {
        id,
        descrizione: di_tipi + &primo + nota,
        serie: &[(1, "Enti")],
        scarica,
        didascalia: format!("{titolo}: numero di enti e percentuale"),
        colonne: vec![di_parole("Tipo di ente"), di_numeri("Enti"), di_numeri("Percentuale")],
        totale: Some(vec!["Totale".into(), totale.into(), Percentuale::di(1, 1).into()]),
        titolo,
    };
    grafico::disegna(disegno, misure)
}

pub fn ha_graduatoria(periodo: &Periodo) -> bool {
    periodo.progetti.iter().any(|progetto| progetto.dati.graduatoria.is_some())
}

/// Whether some project tells an amount.
pub fn ha_finanziamento(periodo: &Periodo) -> bool {
    let voci = periodo.progetti.iter().map(|progetto| &progetto.dati.finanziamento);
    voci.into_iter().any(|v| v.costo_complessivo.or(v.contributo_riconosciuto).or(v.cofinanziamento).is_some())
}
