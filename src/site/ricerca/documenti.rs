//! What can be found: every record that has a place on a page, in the words that readers look for.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Deref;

use super::super::progetti::{ancore_azioni, ancore_servizi, servizi_di};
use super::super::{generali, parole, piano, viste};
use crate::markdown::{self, Section};
use crate::plan::{Periodo, Plan};
use crate::record::Territorio;
use crate::value::Id;

/// The page whose headings are words explained.
const GLOSSARIO: &str = "glossario";

/// The page on which the earlier programmes are told.
const STORIA: &str = "storia";

/// Of the text of a document, as much as two lines of a telephone show.
const EXCERPT: usize = 110;

/// The kinds in which results are grouped, in the order in which citizens look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tipo {
    Servizio,
    Progetto,
    Azione,
    Ente,
    Alleanza,
    Avviso,
    Pagina,
    Glossario,
    Storia,
}

impl Tipo {
    pub fn nome(self) -> &'static str {
        match self {
            Tipo::Servizio => "Servizi",
            Tipo::Progetto => "Progetti",
            Tipo::Azione => "Azioni dei progetti",
            Tipo::Ente => "Partner",
            Tipo::Alleanza => "Alleanze locali",
            Tipo::Avviso => "Avvisi",
            Tipo::Pagina => "Pagine",
            Tipo::Glossario => "Glossario",
            Tipo::Storia => "Storia",
        }
    }
}

/// How much a word says of a document: by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peso {
    Testo = 1,
    Sommario = 2,
    Titolo = 3,
}

/// Something to find: what a result shows, and the texts whose words lead to it.
pub struct Documento<'a> {
    pub tipo: Tipo,
    pub titolo: String,
    /// From the root of the site, with an anchor where it is a part of a page.
    pub indirizzo: String,
    pub estratto: String,
    pub testi: Vec<(Peso, Cow<'a, str>)>,
}

/// Where a document comes from.
#[derive(Debug, Clone, Copy)]
enum Voce {
    Bisogno(usize),
    Servizio(usize, usize, usize),
    Progetto(usize, usize),
    Azione(usize, usize, usize),
    Ente(usize),
    Alleanza(usize, usize),
    Avviso(usize, usize),
    Piano(usize),
    Sezione(usize, usize),
    Narrativa(usize, usize),
    Testo(usize),
    Incorporata(usize),
    Glossario(usize),
    Programma(usize),
}

/// All documents, by kind and then in the order of the site, the most recent period first. The list is cheap: texts
/// are read when a document is asked for.
pub struct Documenti<'a> {
    plan: &'a Plan,
    voci: Vec<Voce>,
    /// The headings of the glossary, and its page.
    sezioni: Vec<(usize, Section)>,
}

impl<'a> Documenti<'a> {
    pub fn of(plan: &'a Plan) -> Self {
        let periodi = || plan.periodi.iter().enumerate().rev();
        let progetti = || periodi().flat_map(|(p, periodo)| (0..periodo.progetti.len()).map(move |i| (p, i)));
        let progetto = |p: usize, i: usize| &*plan.periodi[p].progetti[i].dati;
        let offerti: BTreeSet<&Id> =
            progetti().flat_map(|(p, i)| progetto(p, i).servizi.iter().map(|servizio| &servizio.categoria)).collect();
        let bisogni = plan.categorie_servizi.iter().enumerate().filter(|(_, voce)| offerti.contains(&voce.id));
        let mut voci: Vec<Voce> = bisogni.map(|(n, _)| Voce::Bisogno(n)).collect();
        voci.extend(
            progetti().flat_map(|(p, i)| (0..progetto(p, i).servizi.len()).map(move |s| Voce::Servizio(p, i, s))),
        );
        voci.extend(progetti().map(|(p, i)| Voce::Progetto(p, i)));
        voci.extend(progetti().flat_map(|(p, i)| (0..progetto(p, i).azioni.len()).map(move |a| Voce::Azione(p, i, a))));
        voci.extend((0..plan.enti.len()).map(Voce::Ente));
        for (p, periodo) in periodi() {
            voci.extend((0..periodo.alleanze.len()).map(|a| Voce::Alleanza(p, a)));
        }
        for (p, periodo) in periodi() {
            voci.extend((0..periodo.avvisi.len()).map(|a| Voce::Avviso(p, a)));
        }
        for (p, periodo) in periodi() {
            voci.push(Voce::Piano(p));
            voci.extend((0..piano::sezioni(periodo).len()).map(|s| Voce::Sezione(p, s)));
            voci.extend((0..periodo.pagine.len()).map(|i| Voce::Narrativa(p, i)));
        }
        voci.extend((0..plan.pagine.len()).map(Voce::Testo));
        let glossari = plan.pagine.iter().enumerate().filter(|(_, pagina)| pagina.id.as_str() == GLOSSARIO);
        let sezioni: Vec<(usize, Section)> = glossari
            .flat_map(|(i, pagina)| markdown::sections(&pagina.dati.testo).into_iter().map(move |sezione| (i, sezione)))
            .collect();
        voci.extend((0..sezioni.len()).map(Voce::Glossario));
        voci.extend((0..generali::incorporate(plan).count()).map(Voce::Incorporata));
        voci.extend((0..plan.storia.len()).map(Voce::Programma));
        Documenti { plan, voci, sezioni }
    }

    pub fn len(&self) -> usize {
        self.voci.len()
    }

    pub fn get(&self, i: usize) -> Documento<'a> {
        let plan = self.plan;
        let periodo = |p: usize| &plan.periodi[p];
        match self.voci[i] {
            Voce::Bisogno(n) => bisogno(plan, n),
            Voce::Servizio(p, i, s) => servizio(plan, periodo(p), i, s),
            Voce::Progetto(p, i) => progetto(plan, periodo(p), i),
            Voce::Azione(p, i, a) => azione(periodo(p), i, a),
            Voce::Ente(i) => ente(plan, i),
            Voce::Alleanza(p, a) => alleanza(plan, periodo(p), a),
            Voce::Avviso(p, a) => avviso(periodo(p), a),
            Voce::Piano(p) => piano_di(periodo(p)),
            Voce::Sezione(p, s) => sezione(periodo(p), s),
            Voce::Narrativa(p, i) => {
                let periodo = periodo(p);
                let pagina = &periodo.pagine[i];
                testo(&pagina.dati, format!("{}/{}/", periodo.id, pagina.id), Some(periodo))
            }
            Voce::Testo(i) => {
                let pagina = &plan.pagine[i];
                let mut intero = testo(&pagina.dati, format!("{}/", pagina.id), None);
                // Its words lead to where they are explained.
                let is_glossario = pagina.id.as_str() == GLOSSARIO;
                intero.testi.retain(|(peso, _)| !is_glossario || *peso != Peso::Testo);
                intero
            }
            Voce::Incorporata(n) => incorporata(plan, n),
            Voce::Glossario(n) => glossario(plan, &self.sezioni[n]),
            Voce::Programma(i) => programma(plan, i),
        }
    }
}

/// Puts together what a document says, leaving out what records do not say.
struct Testi<'a>(Vec<(Peso, Cow<'a, str>)>);

impl<'a> Testi<'a> {
    fn titolo(testo: impl Into<Cow<'a, str>>) -> Self {
        Testi(vec![(Peso::Titolo, testo.into())])
    }

    fn con(mut self, peso: Peso, testi: impl IntoIterator<Item = &'a str>) -> Self {
        self.0.extend(testi.into_iter().map(|testo| (peso, Cow::Borrowed(testo))));
        self
    }

    fn forse(self, peso: Peso, testo: &'a Option<impl Deref<Target = str>>) -> Self {
        self.con(peso, testo.as_deref())
    }

    fn lista(self, testi: &'a [impl Deref<Target = str>]) -> Self {
        self.con(Peso::Testo, testi.iter().map(|testo| &**testo))
    }

    fn luogo(self, territorio: &'a Territorio) -> Self {
        self.lista(&territorio.ambiti).lista(&territorio.comuni)
    }
}

/// The beginning of a text, whole words, after what it belongs to.
fn estratto(contesto: &str, testo: &str) -> String {
    // No need to read a long text to its end.
    let start = testo.char_indices().nth(EXCERPT * 4).map_or(testo, |(end, _)| &testo[..end]);
    let testo = markdown::plain(start);
    let mut breve = String::new();
    for word in testo.split_whitespace() {
        if breve.len() + word.len() > EXCERPT {
            breve.push('…');
            break;
        }
        if !breve.is_empty() {
            breve.push(' ');
        }
        breve.push_str(word);
    }
    match (contesto, breve.as_str()) {
        ("", _) => breve,
        (_, "") => contesto.to_owned(),
        _ => format!("{contesto} · {breve}"),
    }
}

fn bisogno(plan: &Plan, n: usize) -> Documento<'_> {
    let voce = &plan.categorie_servizi[n];
    let descrizione = voce.descrizione.as_deref();
    Documento {
        tipo: Tipo::Servizio,
        titolo: voce.nome.clone(),
        indirizzo: format!("servizi/{}/", voce.id),
        estratto: estratto("Tutti i servizi di questo tipo", descrizione.unwrap_or_default()),
        testi: Testi::titolo(voce.nome.as_str()).con(Peso::Sommario, descrizione).0,
    }
}

fn servizio<'a>(plan: &'a Plan, periodo: &'a Periodo, i: usize, s: usize) -> Documento<'a> {
    let progetto = &periodo.progetti[i];
    let dati = &progetto.dati.servizi[s];
    let viste = servizi_di(plan, periodo, progetto);
    let vista = viste.get(s);
    let contesto = vista.map_or(String::new(), |vista| format!("{}, {}", periodo.id, vista.situazione.breve));
    let alleanza = &periodo.alleanze[progetto.alleanza];
    let testi = Testi::titolo(dati.nome.as_str())
        .con(Peso::Sommario, vista.map(|vista| vista.categoria.nome))
        .con(Peso::Sommario, vista.and_then(|vista| vista.modalita))
        .forse(Peso::Sommario, &dati.per_chi)
        .forse(Peso::Testo, &dati.descrizione)
        .forse(Peso::Testo, &dati.costo)
        .forse(Peso::Testo, &dati.come_accedere)
        .con(Peso::Testo, vista.and_then(|vista| vista.erogatore.as_ref()).map(|ente| ente.nome))
        .con(Peso::Testo, [progetto.dati.titolo.as_str(), alleanza.dati.nome.as_str(), periodo.id.as_str()]);
    let testi = vista.into_iter().fold(testi, |testi, vista| testi.luogo(vista.territorio));
    Documento {
        tipo: Tipo::Servizio,
        titolo: dati.nome.clone(),
        indirizzo: format!("{}#{}", viste::indirizzo_progetto(periodo, progetto), ancore_servizi(&progetto.dati)[s]),
        estratto: estratto(&contesto, dati.descrizione.as_deref().or(dati.per_chi.as_deref()).unwrap_or_default()),
        testi: testi.0,
    }
}

fn progetto<'a>(plan: &'a Plan, periodo: &'a Periodo, i: usize) -> Documento<'a> {
    let progetto = &periodo.progetti[i];
    let dati = &*progetto.dati;
    let alleanza = &periodo.alleanze[progetto.alleanza];
    let capofila = plan.enti[periodo.capofila(progetto)].dati.nome.as_str();
    let partner = progetto.partenariato.iter().map(|&ente| plan.enti[ente].dati.nome.as_str());
    let testi = Testi::titolo(dati.titolo.as_str())
        .forse(Peso::Titolo, &dati.acronimo)
        .con(Peso::Sommario, [alleanza.dati.nome.as_str(), capofila, periodo.id.as_str(), progetto.id.as_str()])
        .forse(Peso::Sommario, &dati.sintesi)
        .forse(Peso::Testo, &dati.finalita)
        .lista(&dati.obiettivi)
        .lista(&dati.destinatari)
        .luogo(&dati.territorio)
        .luogo(&alleanza.dati.territorio)
        .forse(Peso::Testo, &dati.tema)
        .forse(Peso::Testo, &dati.programma)
        .forse(Peso::Testo, &dati.atti.cup)
        .con(Peso::Testo, dati.indicatori.iter().map(|voce| voce.nome.as_str()))
        .con(Peso::Testo, partner);
    Documento {
        tipo: Tipo::Progetto,
        titolo: dati.titolo.clone(),
        indirizzo: viste::indirizzo_progetto(periodo, progetto),
        estratto: estratto(periodo.id.as_str(), dati.sintesi.as_deref().unwrap_or(&alleanza.dati.nome)),
        testi: testi.0,
    }
}

fn azione(periodo: &Periodo, i: usize, a: usize) -> Documento<'_> {
    let progetto = &periodo.progetti[i];
    let dati = &progetto.dati.azioni[a];
    let macrocategorie = &periodo.norma.macrocategorie;
    let gruppo = dati.macrocategoria.as_ref().and_then(|id| macrocategorie.iter().find(|voce| voce.id == *id));
    Documento {
        tipo: Tipo::Azione,
        titolo: dati.titolo.clone(),
        indirizzo: format!("{}#{}", viste::indirizzo_progetto(periodo, progetto), ancore_azioni(&progetto.dati)[a]),
        estratto: estratto(periodo.id.as_str(), &progetto.dati.titolo),
        testi: Testi::titolo(dati.titolo.as_str())
            .con(Peso::Sommario, gruppo.map(|voce| voce.nome.as_str()))
            .forse(Peso::Testo, &dati.descrizione)
            .con(Peso::Testo, [progetto.dati.titolo.as_str()])
            .0,
    }
}

fn ente(plan: &Plan, i: usize) -> Documento<'_> {
    let ente = &plan.enti[i];
    let dati = &*ente.dati;
    let categoria = plan.categorie_enti[ente.categoria].nome.as_str();
    let sede = dati.comune.as_ref().map_or(String::new(), |comune| match &dati.provincia {
        Some(provincia) => format!("{comune} ({provincia})"),
        None => comune.clone(),
    });
    Documento {
        tipo: Tipo::Ente,
        titolo: dati.nome.clone(),
        indirizzo: format!("partner/{}/", ente.id),
        estratto: estratto(categoria, &sede),
        testi: Testi::titolo(dati.nome.as_str())
            .forse(Peso::Titolo, &dati.sigla)
            .con(Peso::Titolo, dati.alias.iter().map(String::as_str))
            .con(Peso::Sommario, [categoria])
            .forse(Peso::Sommario, &dati.comune)
            .forse(Peso::Sommario, &dati.provincia)
            .forse(Peso::Testo, &dati.descrizione)
            .forse(Peso::Testo, &dati.codice_fiscale)
            .forse(Peso::Testo, &dati.partita_iva)
            .0,
    }
}

fn alleanza<'a>(plan: &'a Plan, periodo: &'a Periodo, a: usize) -> Documento<'a> {
    let alleanza = &periodo.alleanze[a];
    let dati = &*alleanza.dati;
    let nome = |ente: usize| plan.enti[ente].dati.nome.as_str();
    let capofila = nome(alleanza.capofila);
    let enti = alleanza.partner.iter().chain(&alleanza.rete_di_supporto).map(|&ente| nome(ente));
    Documento {
        tipo: Tipo::Alleanza,
        titolo: dati.nome.clone(),
        indirizzo: viste::indirizzo_alleanza(periodo, alleanza),
        estratto: estratto(periodo.id.as_str(), &format!("Capofila {capofila}")),
        testi: Testi::titolo(dati.nome.as_str())
            .con(Peso::Sommario, [capofila, periodo.id.as_str()])
            .forse(Peso::Sommario, &dati.tema)
            .forse(Peso::Testo, &dati.descrizione)
            .luogo(&dati.territorio)
            .con(Peso::Testo, enti)
            .0,
    }
}

fn avviso(periodo: &Periodo, a: usize) -> Documento<'_> {
    let dati = &*periodo.avvisi[a].dati;
    Documento {
        tipo: Tipo::Avviso,
        titolo: dati.titolo.clone(),
        indirizzo: viste::collegamento_avviso(periodo, a).indirizzo,
        estratto: estratto(periodo.id.as_str(), dati.descrizione.as_deref().unwrap_or_default()),
        testi: Testi::titolo(dati.titolo.as_str())
            .con(Peso::Sommario, [parole::nome(dati.tipo), "bando", periodo.id.as_str()])
            .forse(Peso::Sommario, &dati.promotore)
            .forse(Peso::Testo, &dati.descrizione)
            .lista(&dati.beneficiari)
            .lista(&dati.destinatari)
            .lista(&dati.aree)
            .forse(Peso::Testo, &dati.come_partecipare)
            .0,
    }
}

fn piano_di(periodo: &Periodo) -> Documento<'_> {
    let dati = &*periodo.dati;
    Documento {
        tipo: Tipo::Pagina,
        titolo: dati.titolo.clone(),
        indirizzo: format!("{}/", periodo.id),
        estratto: estratto("", dati.sintesi.as_deref().unwrap_or_default()),
        testi: Testi::titolo(dati.titolo.as_str())
            .con(Peso::Titolo, [periodo.id.as_str()])
            .forse(Peso::Sommario, &dati.sintesi)
            .lista(&dati.punti_di_forza)
            .lista(&dati.priorita)
            .0,
    }
}

/// The pages that every plan has, by their titles.
fn sezione(periodo: &Periodo, s: usize) -> Documento<'_> {
    let sezione = piano::sezioni(periodo).swap_remove(s);
    Documento {
        tipo: Tipo::Pagina,
        titolo: format!("{} {}", sezione.titolo, periodo.id),
        indirizzo: sezione.indirizzo,
        estratto: periodo.dati.titolo.clone(),
        testi: Testi::titolo(sezione.titolo).con(Peso::Sommario, [periodo.id.as_str(), periodo.dati.titolo.as_str()]).0,
    }
}

fn testo<'a>(dati: &'a crate::record::Pagina, indirizzo: String, periodo: Option<&'a Periodo>) -> Documento<'a> {
    let id = periodo.map(|periodo| periodo.id.as_str());
    Documento {
        tipo: Tipo::Pagina,
        titolo: dati.titolo.clone(),
        indirizzo,
        estratto: estratto(id.unwrap_or_default(), dati.sommario.as_deref().unwrap_or(&dati.testo)),
        testi: Testi::titolo(dati.titolo.as_str())
            .forse(Peso::Sommario, &dati.sommario)
            .con(Peso::Sommario, id)
            .con(Peso::Testo, [dati.testo.as_str()])
            .0,
    }
}

/// A page that the theme writes where the site has none of its own.
fn incorporata(plan: &Plan, n: usize) -> Documento<'_> {
    let pagina = generali::incorporate(plan).nth(n);
    let (titolo, sommario) = pagina.map_or(("", ""), |pagina| (pagina.titolo, pagina.sommario));
    Documento {
        tipo: Tipo::Pagina,
        titolo: titolo.to_owned(),
        indirizzo: pagina.map_or(String::new(), |pagina| format!("{}/", pagina.id)),
        estratto: estratto("", sommario),
        testi: Testi::titolo(titolo).con(Peso::Sommario, [sommario]).0,
    }
}

fn glossario<'a>(plan: &'a Plan, (i, sezione): &(usize, Section)) -> Documento<'a> {
    let pagina = &plan.pagine[*i];
    let spiegazione = pagina.dati.testo.get(sezione.body.clone()).unwrap_or_default();
    Documento {
        tipo: Tipo::Glossario,
        titolo: sezione.title.clone(),
        indirizzo: format!("{}/#{}", pagina.id, sezione.anchor),
        estratto: estratto("", spiegazione),
        testi: Testi::titolo(sezione.title.clone()).con(Peso::Testo, [spiegazione]).0,
    }
}

fn programma(plan: &Plan, i: usize) -> Documento<'_> {
    let dati = &*plan.storia[i].dati;
    let anni = if dati.dal == dati.al { dati.dal.to_string() } else { format!("{}–{}", dati.dal, dati.al) };
    Documento {
        tipo: Tipo::Storia,
        titolo: dati.titolo.clone(),
        indirizzo: format!("{STORIA}/#{}", generali::ancore_storia(plan)[i]),
        estratto: estratto(&anni, dati.descrizione.as_deref().unwrap_or_default()),
        testi: Testi::titolo(dati.titolo.as_str())
            .forse(Peso::Testo, &dati.descrizione)
            .con(Peso::Testo, dati.cifre.iter().map(|cifra| cifra.nome.as_str()))
            .0,
    }
}
