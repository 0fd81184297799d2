//! The entries of the search: one for each record, page and term of the glossary that a page shows.

use std::collections::BTreeSet;

use super::super::catalogo::Intestazione;
use super::super::dove::{self, CARTELLA as DOVE, Luogo};
use super::super::engine::Briciola;
use super::super::generali;
use super::super::graduatoria::Assegnazioni;
use super::super::offerta::{VistaServizio, servizi_di};
use super::super::progetti::ancorate;
use super::super::viste::{collegamento_avviso, indirizzo_alleanza, indirizzo_progetto};
use super::super::{Site, concessioni, dati, denaro, enti, norme, parole, situazione};
use super::testi::{Peso, Tipo, Trovabile};
use crate::markdown::{self, Section};
use crate::plan::{Pagina, Periodo, Plan, Progetto, Programma, Risorse, Somma};
use crate::record::{Ambito, Azione, ConAtti, Finanziamento, IMPORTI, Norma, Voce};
use crate::theme::messaggi::capital;
use crate::value::{Data, Euro, Id};

/// The page whose headings are the terms that it explains.
const GLOSSARIO: &str = "glossario";

/// The page of the earlier programmes.
const STORIA: &str = "storia";

/// Makes one entry when it is called: there may be many, and their texts need not be in memory together.
pub type Leggi<'a> = Box<dyn Fn() -> Trovabile<'a> + Sync + 'a>;

fn leggi<'a>(di: impl Fn() -> Trovabile<'a> + Sync + 'a) -> Leggi<'a> {
    Box::new(di)
}

/// All that can be found, by kind and then in the order of the site, the most recent period first.
pub fn tutti(site: &Site) -> Vec<Leggi<'_>> {
    let plan = &*site.plan;
    let periodi = || plan.periodi.iter().rev();
    let progetti = || periodi().flat_map(|periodo| periodo.progetti.iter().map(move |progetto| (periodo, progetto)));
    let servizi = progetti().flat_map(|(_, progetto)| &progetto.dati.servizi);
    let offerti: BTreeSet<&Id> = servizi.map(|servizio| &servizio.categoria).collect();
    let bisogni = plan.categorie_servizi.iter().filter(|voce| offerti.contains(&voce.id));
    let mut tutti: Vec<Leggi> = bisogni.map(|voce| leggi(move || bisogno(voce))).collect();
    for (periodo, progetto) in progetti() {
        let suoi = servizi_di(plan, periodo, progetto);
        tutti.extend(suoi.into_iter().map(|vista| leggi(move || servizio(plan, periodo, progetto, &vista))));
    }
    tutti.extend(progetti().map(|(periodo, progetto)| leggi(move || di_progetto(plan, periodo, progetto))));
    for (periodo, progetto) in progetti() {
        let sue = ancorate(&progetto.dati);
        tutti.extend(sue.map(|(dati, ancora)| leggi(move || azione(plan, periodo, progetto, dati, &ancora))));
    }
    tutti.extend((0..plan.enti.len()).map(|i| leggi(move || di_ente(plan, i))));
    for periodo in periodi() {
        tutti.extend((0..periodo.alleanze.len()).map(|a| leggi(move || alleanza(plan, periodo, a))));
    }
    for periodo in periodi() {
        tutti.extend((0..periodo.avvisi.len()).map(|a| leggi(move || avviso(periodo, a))));
    }
    for (periodo, sezioni) in periodi().zip(site.sezioni.iter().rev()) {
        tutti.push(leggi(move || piano(periodo)));
        tutti.extend(sezioni.iter().map(|voce| leggi(move || sezione(plan, periodo, voce))));
        tutti.extend(periodo.pagine.iter().map(|pagina| leggi(move || testo(pagina, Some(periodo), false))));
    }
    let a_parti = plan.periodi.is_empty();
    tutti.extend(plan.pagine.iter().map(|pagina| leggi(move || testo(pagina, None, a_parti))));
    // A site of texts alone is searched for what stands below a heading.
    for pagina in plan.pagine.iter().filter(|pagina| a_parti && pagina.id.as_str() != GLOSSARIO) {
        let parti = markdown::sections(&pagina.dati.testo);
        tutti.extend(parti.into_iter().map(|parte| leggi(move || parte_di(pagina, &parte, Tipo::Pagina))));
    }
    tutti.extend(
        generali::incorporate(plan)
            .map(|[id, titolo, sommario]| leggi(move || del_sito(titolo, format!("{id}/"), sommario))),
    );
    let elenchi = site.elenchi.iter();
    tutti.extend(elenchi.map(|(voce, detta)| leggi(move || del_sito(&voce.titolo, voce.indirizzo.clone(), detta))));
    // In the order of the kinds: after the pages, the entries that are parts of one.
    for pagina in plan.pagine.iter().filter(|pagina| pagina.id.as_str() == GLOSSARIO) {
        let parole = markdown::sections(&pagina.dati.testo);
        tutti.extend(parole.into_iter().map(|parola| leggi(move || parte_di(pagina, &parola, Tipo::Glossario))));
    }
    tutti.extend(generali::storia(plan).map(|(programma, ancora)| leggi(move || di_programma(programma, &ancora))));
    tutti.extend(norme::note(plan).map(|(id, norma)| leggi(move || di_norma(id, norma))));
    tutti.extend(dati::tutti(site).map(|(_, voce)| leggi(move || di_dati(voce))));
    if dove::c_e(plan) {
        tutti.extend(dove::ambiti(plan).map(|(ambito, ancora)| leggi(move || di_ambito(ambito, &ancora))));
        let noti = dove::luoghi(plan).into_iter().filter(|luogo| !luogo.solo_nome());
        tutti.extend(noti.map(|luogo| leggi(move || di_luogo(&luogo))));
    }
    tutti
}

fn bisogno(voce: &Voce) -> Trovabile<'_> {
    let descrizione = voce.descrizione.as_deref();
    Trovabile::nuovo(Tipo::Servizio, &voce.nome, format!("servizi/{}/", voce.id))
        .estratto("Tutti i servizi di questo tipo", descrizione.unwrap_or_default())
        .con(Peso::Sommario, descrizione)
}

fn servizio<'a>(
    plan: &'a Plan,
    periodo: &'a Periodo,
    progetto: &'a Progetto,
    vista: &VistaServizio<'a>,
) -> Trovabile<'a> {
    let dati = vista.servizio;
    let contesto = format!("{}, {}", periodo.id, vista.situazione.breve);
    let alleanza = &periodo.alleanze[progetto.alleanza];
    let indirizzo = format!("{}#{}", indirizzo_progetto(periodo, progetto), vista.ancora);
    Trovabile::nuovo(Tipo::Servizio, &dati.nome, indirizzo)
        .estratto(&contesto, dati.descrizione.as_deref().or(dati.per_chi.as_deref()).unwrap_or_default())
        .con(Peso::Sommario, [vista.categoria.nome])
        .con(Peso::Sommario, vista.modalita)
        .forse(Peso::Sommario, &dati.per_chi)
        .forse(Peso::Testo, &dati.descrizione)
        .forse(Peso::Testo, &dati.costo)
        .forse(Peso::Testo, &dati.come_accedere)
        .con(Peso::Testo, vista.erogatore.as_ref().map(|ente| ente.nome))
        .con(Peso::Testo, [progetto.dati.titolo.as_str(), alleanza.dati.nome.as_str(), periodo.id.as_str()])
        .luogo(&plan.sito, vista.territorio)
}

fn di_progetto<'a>(plan: &'a Plan, periodo: &'a Periodo, progetto: &'a Progetto) -> Trovabile<'a> {
    let dati = &*progetto.dati;
    let alleanza = &periodo.alleanze[progetto.alleanza];
    let capofila = plan.enti[periodo.capofila(progetto)].dati.nome.as_str();
    let partner = progetto.partenariato().map(|parte| plan.enti[parte.ente].dati.nome.as_str());
    let contesto = format!("{}, {}", periodo.id, situazione::di_progetto(plan, periodo, progetto).breve);
    Trovabile::nuovo(Tipo::Progetto, &dati.titolo, indirizzo_progetto(periodo, progetto))
        .estratto(&contesto, dati.sintesi.as_deref().unwrap_or(&alleanza.dati.nome))
        .forse(Peso::Titolo, &dati.acronimo)
        .con(Peso::Sommario, [alleanza.dati.nome.as_str(), capofila, periodo.id.as_str(), progetto.id.as_str()])
        .forse(Peso::Sommario, &dati.sintesi)
        .forse(Peso::Testo, &dati.finalita)
        .lista(dati.obiettivi.iter().chain(&dati.destinatari))
        .luogo(&plan.sito, &dati.territorio)
        .luogo(&plan.sito, &alleanza.dati.territorio)
        .lista(dati.tema.iter().chain(&dati.programma).chain(&dati.atti.cup))
        .lista(dati.partenariato.iter().flat_map(|parte| &parte.cup))
        .atti(dati.atti())
        .importi(IMPORTI.iter().filter_map(|importo| (importo.di)(&dati.finanziamento)))
        .con(Peso::Testo, dati.durata.iter().flat_map(|durata| [durata.dal, durata.al]).flatten().map(Data::lunga))
        .con(Peso::Testo, dati.indicatori.iter().map(|voce| voce.nome.as_str()))
        .con(Peso::Testo, partner)
}

fn azione<'a>(
    plan: &'a Plan,
    periodo: &'a Periodo,
    progetto: &'a Progetto,
    dati: &'a Azione,
    ancora: &str,
) -> Trovabile<'a> {
    let norma = plan.norma_di(periodo, progetto).1;
    let gruppo = dati.macrocategoria.as_ref().and_then(|id| norma.macrocategoria(id));
    let indirizzo = format!("{}#{}", indirizzo_progetto(periodo, progetto), ancora);
    Trovabile::nuovo(Tipo::Azione, &dati.titolo, indirizzo)
        .estratto(periodo.id.as_str(), &progetto.dati.titolo)
        .con(Peso::Sommario, gruppo.map(|voce| voce.nome.as_str()))
        .forse(Peso::Testo, &dati.descrizione)
        .con(Peso::Testo, [progetto.dati.titolo.as_str()])
}

fn di_ente(plan: &Plan, i: usize) -> Trovabile<'_> {
    let ente = &plan.enti[i];
    let dati = &*ente.dati;
    let categoria = plan.categorie_enti[ente.categoria].nome.as_str();
    let sede = dati.comune.as_ref().map_or(String::new(), |comune| match &dati.provincia {
        Some(provincia) => format!("{comune} ({provincia})"),
        None => comune.clone(),
    });
    Trovabile::nuovo(Tipo::Ente, &dati.nome, format!("partner/{}/", ente.id))
        .estratto(categoria, &sede)
        .forse(Peso::Titolo, &dati.sigla)
        .con(Peso::Titolo, dati.alias.iter().map(String::as_str))
        .con(Peso::Sommario, [categoria])
        .con(Peso::Sommario, dati.comune.iter().chain(&dati.provincia).map(String::as_str))
        .forse(Peso::Testo, &dati.descrizione)
        .lista(dati.codice_fiscale.iter().chain(&dati.partita_iva))
        .importi(enti::somme(plan, i))
}

fn alleanza<'a>(plan: &'a Plan, periodo: &'a Periodo, a: usize) -> Trovabile<'a> {
    let alleanza = &periodo.alleanze[a];
    let dati = &*alleanza.dati;
    let nome = |ente: usize| plan.enti[ente].dati.nome.as_str();
    let capofila = nome(alleanza.capofila);
    let enti = alleanza.partner.iter().chain(&alleanza.rete_di_supporto).map(|&ente| nome(ente));
    Trovabile::nuovo(Tipo::Alleanza, &dati.nome, indirizzo_alleanza(periodo, alleanza))
        .estratto(periodo.id.as_str(), &format!("Capofila {capofila}"))
        .con(Peso::Sommario, [capofila, periodo.id.as_str()])
        .forse(Peso::Sommario, &dati.tema)
        .forse(Peso::Testo, &dati.descrizione)
        .luogo(&plan.sito, &dati.territorio)
        .con(Peso::Testo, enti)
}

fn avviso(periodo: &Periodo, a: usize) -> Trovabile<'_> {
    let dati = &*periodo.avvisi[a].dati;
    Trovabile::nuovo(Tipo::Avviso, &dati.titolo, collegamento_avviso(periodo, a).indirizzo)
        .estratto(periodo.id.as_str(), dati.descrizione.as_deref().unwrap_or_default())
        .con(Peso::Sommario, [parole::nome(dati.tipo), "bando scadenza domande", periodo.id.as_str()])
        .forse(Peso::Sommario, &dati.promotore)
        .forse(Peso::Testo, &dati.descrizione)
        .lista(dati.beneficiari.iter().chain(&dati.destinatari).chain(&dati.aree))
        .forse(Peso::Testo, &dati.come_partecipare)
        .atti(dati.atti())
        .importi(dati.dotazione.into_iter().chain(dati.limiti.iter().filter_map(|limiti| limiti.contributo_massimo)))
        .importi(dati.esito.iter().filter_map(|esito| esito.contributo))
        .con(Peso::Testo, dati.finestra.iter().map(|finestra| finestra.al.giorno().lunga()))
}

fn piano(periodo: &Periodo) -> Trovabile<'_> {
    let dati = &*periodo.dati;
    Trovabile::nuovo(Tipo::Pagina, &dati.titolo, format!("{}/", periodo.id))
        .estratto("", dati.sintesi.as_deref().unwrap_or_default())
        .con(Peso::Titolo, [periodo.id.as_str()])
        .forse(Peso::Sommario, &dati.sintesi)
        .lista(dati.punti_di_forza.iter().chain(&dati.priorita))
        .atti(dati.atti())
}

/// The pages that every plan has, by their titles, and by the sums that they print.
fn sezione<'a>(plan: &'a Plan, periodo: &'a Periodo, sezione: &'a Briciola) -> Trovabile<'a> {
    let del_piano = Trovabile::nuovo(Tipo::Pagina, &sezione.titolo, sezione.indirizzo.clone())
        .con(Peso::Sommario, [periodo.id.as_str(), periodo.dati.titolo.as_str()]);
    let titolo = format!("{} {}", sezione.titolo, periodo.id);
    let cartella = sezione.indirizzo.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let risorse = periodo.risorse.as_ref().filter(|_| cartella == "risorse");
    let del_piano = risorse.into_iter().fold(del_piano, di_risorse);
    Trovabile { titolo, estratto: periodo.dati.titolo.clone(), ..del_piano.importi(somme(plan, periodo, cartella)) }
}

/// What a page of a plan prints below its tables, or in large letters.
fn somme(plan: &Plan, periodo: &Periodo, cartella: &str) -> Vec<Euro> {
    let dei_progetti = |mostra: fn(&str) -> bool| {
        let somme = denaro::somme(periodo.progetti.iter()).into_iter();
        somme.filter(move |(importo, _)| mostra(importo.id)).map(|(_, somma)| somma)
    };
    let somme: Vec<Somma> = match cartella {
        "progetti" => dei_progetti(|_| true).collect(),
        "alleanze" => dei_progetti(|id| matches!(id, "costo_complessivo" | "contributo_riconosciuto")).collect(),
        "graduatoria" => {
            let assegnazioni = Assegnazioni::di(plan, periodo);
            assegnazioni
                .colonne
                .iter()
                .filter(|colonna| !colonna.scende)
                .map(|colonna| assegnazioni.somma(colonna))
                .collect()
        }
        "trasparenza" => vec![concessioni::totale(periodo)],
        "risorse" => dei_progetti(|_| true).chain([periodo.somma(Finanziamento::non_riconosciuto)]).collect(),
        _ => Vec::new(),
    };
    let del_conto = periodo.conto_del_piano(&plan.sito.ats.nome).filter(|_| cartella == "risorse");
    let del_conto = del_conto.into_iter().flat_map(|conto| {
        let fine = [conto.economie, conto.da_recuperare, conto.residuo, conto.utilizzabile, conto.trasferito];
        [Some(conto.disponibile), conto.concesso, conto.azione_di_sistema, conto.non_assegnato, conto.pagato.importo]
            .into_iter()
            .chain(fine)
    });
    let dati = periodo.risorse.as_ref().map(|risorse| &*risorse.dati).filter(|_| cartella == "risorse");
    let di_risorse =
        dati.into_iter().flat_map(|dati| [denaro::dotazione(dati), denaro::residui(periodo, dati)].map(Some));
    let mut tutte: Vec<Euro> =
        somme.into_iter().map(|somma| somma.importo).chain(del_conto).chain(di_risorse).flatten().collect();
    tutte.retain(|euro| !euro.e_zero());
    tutte
}

fn di_risorse<'a>(pagina: Trovabile<'a>, risorse: &'a Risorse) -> Trovabile<'a> {
    let dati = &*risorse.dati;
    let riparto = dati.riparto.iter();
    let del_riparto = riparto.clone().flat_map(|riparto| riparto.righe.iter().flat_map(|riga| riga.importi.values()));
    pagina
        .lista(dati.dotazione.iter().map(|voce| &voce.descrizione))
        .lista(dati.residui.iter().map(|voce| &voce.descrizione))
        .lista(dati.azione_di_sistema.iter().map(|azione| &azione.titolo))
        .lista(riparto.flat_map(|riparto| &riparto.righe).map(|riga| &riga.ats))
        .importi(dati.dotazione.iter().map(|voce| voce.importo))
        .importi(dati.residui.iter().map(|voce| voce.importo))
        .importi(dati.totali_dichiarati.iter().map(|voce| voce.importo))
        .importi(del_riparto.copied())
        .atti(dati.atti())
}

fn testo<'a>(pagina: &'a Pagina, periodo: Option<&'a Periodo>, a_parti: bool) -> Trovabile<'a> {
    let dati = &*pagina.dati;
    let id = periodo.map(|periodo| periodo.id.as_str());
    // Each term of the glossary has an entry of its own, so the page itself is not found by their text.
    let is_glossario = id.is_none() && pagina.id.as_str() == GLOSSARIO;
    let prima = a_parti.then(|| markdown::sections(&dati.testo).first().map(|parte| parte.body.start)).flatten();
    let intero = dati.testo.get(..prima.unwrap_or(dati.testo.len())).filter(|_| !is_glossario);
    let indirizzo = id.map_or_else(|| format!("{}/", pagina.id), |id| format!("{id}/{}/", pagina.id));
    Trovabile::nuovo(Tipo::Pagina, &dati.titolo, indirizzo)
        .estratto(id.unwrap_or_default(), dati.sommario.as_deref().unwrap_or(&dati.testo))
        .forse(Peso::Sommario, &dati.sommario)
        .con(Peso::Sommario, id)
        .con(Peso::Testo, intero)
}

/// A list or a tool of the whole site, or a page that the theme writes where the site has none of its own.
fn del_sito<'a>(titolo: &'a str, indirizzo: String, detta: &'a str) -> Trovabile<'a> {
    Trovabile::nuovo(Tipo::Pagina, titolo, indirizzo).estratto("", detta).con(Peso::Sommario, [detta])
}

fn parte_di<'a>(pagina: &'a Pagina, sezione: &Section, tipo: Tipo) -> Trovabile<'a> {
    let spiegazione = pagina.dati.testo.get(sezione.body.clone()).unwrap_or_default();
    let indirizzo = format!("{}/#{}", pagina.id, sezione.anchor);
    let dove = if tipo == Tipo::Glossario { "" } else { pagina.dati.titolo.as_str() };
    Trovabile::nuovo(tipo, sezione.title.clone(), indirizzo).estratto(dove, spiegazione).con(Peso::Testo, [spiegazione])
}

fn di_programma<'a>(programma: &'a Programma, ancora: &str) -> Trovabile<'a> {
    let dati = &*programma.dati;
    let anni = if dati.dal == dati.al { dati.dal.to_string() } else { format!("{}–{}", dati.dal, dati.al) };
    Trovabile::nuovo(Tipo::Storia, &dati.titolo, format!("{STORIA}/#{ancora}"))
        .estratto(&anni, dati.descrizione.as_deref().unwrap_or_default())
        .forse(Peso::Testo, &dati.descrizione)
        .con(Peso::Testo, dati.cifre.iter().map(|cifra| cifra.nome.as_str()))
        .importi(dati.cifre.iter().filter_map(|cifra| cifra.importo))
        .atti(&dati.atto)
}

fn di_norma<'a>(id: &Id, norma: &'a Norma) -> Trovabile<'a> {
    let oggetto = norma.atto.as_ref().and_then(|atto| atto.oggetto.as_deref());
    Trovabile::nuovo(Tipo::Norma, capital(&norma.cita()), format!("norme/{id}/"))
        .estratto("", oggetto.unwrap_or(&norma.titolo))
        .con(Peso::Sommario, [norma.titolo.as_str(), "norma regole"])
        .con(Peso::Sommario, norma.regole.iter().map(|regola| regola.codice.as_str()))
        .con(Peso::Testo, oggetto)
}

fn di_dati(voce: Intestazione) -> Trovabile<'static> {
    let titolo = format!("Dati: {}", voce.titolo.to_lowercase());
    Trovabile::nuovo(Tipo::Dati, titolo, format!("dati/{}/", voce.id))
        .estratto("", voce.descrizione)
        .con(Peso::Sommario, [voce.id, voce.descrizione, "dati aperti"])
        .con(Peso::Testo, ["dataset CSV XLSX Excel JSON scaricare"])
}

fn di_ambito<'a>(ambito: &'a Ambito, ancora: &str) -> Trovabile<'a> {
    let comuni = ambito.comuni.iter().map(|comune| comune.nome());
    Trovabile::nuovo(Tipo::Luogo, format!("Ambito {}", ambito.nome), format!("{DOVE}/#{ancora}"))
        .estratto("", "Che cosa c'è, che cosa c'è stato e a chi chiedere")
        .con(Peso::Testo, comuni)
}

fn di_luogo<'a>(luogo: &Luogo<'a>) -> Trovabile<'a> {
    let detto = luogo.ambito.map_or("Ambito non indicato".into(), |ambito| format!("Ambito {}", ambito.nome));
    Trovabile::nuovo(Tipo::Luogo, luogo.nome, format!("{DOVE}/#{}", luogo.ancora))
        .estratto(&detto, "che cosa c'è, e a chi chiedere")
        .con(Peso::Sommario, ["comune"])
}
