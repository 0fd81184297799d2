//! One sheet a project.

use super::scrittore;
use super::scrittore::{Scrittore, assente, atto, contatti, importo, numero, o_assente};
use crate::markdown;
use crate::plan::Progetto;
use crate::print::documento::blocchi::{Blocco, Brano, Colonna, Parole, Riga, riga};
use crate::site::progetti::{azioni, servizi_di, territorio_di, voci_finanziarie};
use crate::site::viste::territorio;
use crate::site::{denaro, dichiarazioni, grafici, parole};
use crate::theme::messaggi::capital;
use crate::value::{Euro, euro};

/// The sheets that one document holds: with more of them it would be a thousand pages, and nobody could open it.
pub const SCHEDE_MASSIME: usize = 120;

pub fn schede(testo: &mut Scrittore) {
    let periodo = testo.periodo;
    if periodo.progetti.is_empty() {
        return;
    }
    let has_sheets = periodo.progetti.len() <= SCHEDE_MASSIME;
    if has_sheets {
        testo.blocchi.push(Blocco::Salto);
    }
    testo.capitolo("Le schede dei progetti", "progetti");
    if !has_sheets {
        let quante = parole::conta(periodo.progetti.len(), "progetto", "progetti");
        testo.testo(format!(
            "Il Piano ha {quante}: troppi perché le loro schede stiano in un solo documento. Sono nelle pagine del sito, \
             una per progetto, e nei dati aperti."
        ));
        return;
    }
    for (i, progetto) in periodo.progetti.iter().enumerate() {
        if i > 0 {
            testo.blocchi.push(Blocco::Salto);
        }
        testo.paragrafo(progetto.dati.titolo.as_str(), format!("progetto-{}", progetto.id));
        scheda(testo, progetto);
    }
    // A sheet is handed to whoever runs its project: nothing else stands on its pages.
    testo.blocchi.push(Blocco::Salto);
}

fn scheda(testo: &mut Scrittore, progetto: &Progetto) {
    let (plan, periodo) = (testo.plan, testo.periodo);
    let dati = &*progetto.dati;
    testo.prosa(dati.sintesi.as_deref(), 2);
    in_breve(testo, progetto);

    testo.titolo("Il finanziamento");
    let righe = voci_finanziarie(progetto).into_iter().map(|voce| {
        let parte = voce.percentuale.map_or_else(|| "–".to_owned(), |parte| parte.to_string());
        vec![riga(voce.nome), importo(voce.importo), riga(parte)]
    });
    let colonne = vec![Colonna::parole("Voce", 1), Colonna::numeri("Importo"), Colonna::numeri("Sul costo")];
    testo.tabella("Costo e contributi del progetto, in euro", colonne, righe.collect(), None);
    for residuo in denaro::residui_assegnati(periodo, progetto) {
        testo.testo(match (residuo.riconosciuto, residuo.da_dotazione) {
            (Some(riconosciuto), Some(dotazione)) => format!(
                "Il contributo riconosciuto, {}, è fatto di {} dalla dotazione del Piano e di {} da: {}.",
                euro(riconosciuto),
                euro(dotazione),
                euro(residuo.importo),
                residuo.descrizione
            ),
            _ => format!("Al progetto vanno {} da: {}.", euro(residuo.importo), residuo.descrizione),
        });
    }
    if !dati.pagamenti.is_empty() {
        let somma: Euro = dati.pagamenti.iter().map(|pagamento| pagamento.importo).sum();
        let righe =
            dati.pagamenti.iter().map(|pagamento| vec![riga(pagamento.data.lunga()), importo(Some(pagamento.importo))]);
        let colonne = vec![Colonna::parole("Giorno", 1), Colonna::numeri("Importo")];
        let totale = vec![riga("Totale"), importo(Some(somma))];
        testo.tabella("Che cosa è stato pagato, in euro", colonne, righe.collect(), Some(totale));
    }
    partner(testo, progetto);
    azioni_e_servizi(testo, progetto);

    if dati.finalita.is_some() || !dati.obiettivi.is_empty() {
        testo.titolo("Perché, e con quali obiettivi");
        testo.prosa(dati.finalita.as_deref(), 3);
        testo.elenco(false, &dati.obiettivi);
    }
    indicatori(testo, progetto);
    testo.dichiarazioni(dichiarazioni::di_progetto(plan, periodo, progetto));
    atti(testo, progetto);
    testo.fonte(dati.fonte.as_ref());
}

fn in_breve(testo: &mut Scrittore, progetto: &Progetto) {
    let periodo = testo.periodo;
    let dati = &*progetto.dati;
    let alleanza = &periodo.alleanze[progetto.alleanza];
    let destinatari: Vec<String> = dati.destinatari.iter().map(|voce| markdown::plain(voce)).collect();
    let mut voci: Vec<(Parole, Riga)> = vec![
        ("Alleanza".into(), riga(alleanza.dati.nome.as_str())),
        ("Capofila".into(), riga(testo.ente(periodo.capofila(progetto)))),
        ("Partner".into(), riga(format!("{}, capofila escluso", numero(periodo.numero_partner(progetto))))),
        ("Stato".into(), riga(capital(parole::nome(dati.stato)))),
        ("Per chi è".into(), o_assente((!destinatari.is_empty()).then(|| destinatari.join("; ")))),
        ("Dove".into(), o_assente(territorio(territorio_di(&dati.territorio, &alleanza.dati.territorio)))),
        ("Quando".into(), dati.durata.as_ref().map_or_else(assente, scrittore::durata)),
    ];
    if let Some(posto) = &dati.graduatoria {
        let detto = format!("{}° posto, con {} punti", posto.posizione, posto.punteggio.italiano());
        voci.push(("In graduatoria".into(), riga(detto)));
    }
    voci.extend(contatti(&dati.contatti));
    testo.voci(voci);
}

fn partner(testo: &mut Scrittore, progetto: &Progetto) {
    let (plan, periodo) = (testo.plan, testo.periodo);
    let dati = &*progetto.dati;
    let composizione = grafici::composizione_di_progetto(plan, periodo, progetto);
    if dati.partenariato.is_empty() && composizione.is_none() {
        return;
    }
    testo.titolo("Chi lo realizza");
    let quote: Euro = dati.partenariato.iter().filter_map(|parte| parte.quota).sum();
    let contributi: Vec<Euro> = dati.partenariato.iter().filter_map(|parte| parte.contributo).collect();
    let (has_quote, has_contributi) = (!quote.e_zero(), !contributi.is_empty());
    let mut colonne = vec![Colonna::parole("Ente", 5), Colonna::parole("Ruolo", 3), Colonna::parole("Tipo", 4)];
    let mut totale = vec![riga("Totale delle parti indicate"), vec![], vec![]];
    if has_quote {
        colonne.push(Colonna::numeri("Quota del costo"));
        totale.push(importo(Some(quote)));
    }
    if has_contributi {
        colonne.push(Colonna::numeri("Contributo"));
        totale.push(importo(Some(contributi.into_iter().sum())));
    }
    let righe = dati.partenariato.iter().zip(&progetto.partenariato).map(|(parte, &ente)| {
        let categoria = &plan.categorie_enti[plan.enti[ente].categoria].nome;
        let motivo = parte.motivo.as_ref().map(|motivo| format!(": {motivo}")).unwrap_or_default();
        let ruolo = format!("{}{motivo}", capital(parole::nome(parte.ruolo)));
        let mut celle = vec![riga(testo.ente(ente)), riga(ruolo), riga(categoria.as_str())];
        let o_lineetta = |euro: Option<Euro>| riga(euro.map_or_else(|| "–".to_owned(), Euro::italiano));
        if has_quote {
            celle.push(o_lineetta(parte.quota));
        }
        if has_contributi {
            celle.push(o_lineetta(parte.contributo));
        }
        celle
    });
    let righe: Vec<Vec<Riga>> = righe.collect();
    let has_figures = has_quote || has_contributi;
    let didascalia = if has_figures { "Gli enti del progetto, in euro" } else { "Gli enti del progetto" };
    testo.tabella(didascalia, colonne, righe, has_figures.then_some(totale));
    aiuti(testo, progetto);
    if let Some(grafico) = composizione {
        testo.grafico(grafico, progetto.id.as_str());
    }
}

fn azioni_e_servizi(testo: &mut Scrittore, progetto: &Progetto) {
    let (plan, periodo) = (testo.plan, testo.periodo);
    let azioni = azioni(periodo, progetto);
    if !azioni.is_empty() {
        testo.titolo("Le azioni");
        if progetto.dati.macrocategorie_redazionali {
            testo.nota(riga("La macrocategoria di ogni azione è attribuita dalla redazione: la fonte non la indica."));
        }
    }
    for (i, azione) in azioni.into_iter().enumerate() {
        testo.sottotitolo(format!("{}. {}", i + 1, azione.titolo));
        if let Some(categoria) = azione.macrocategoria {
            testo.occhiello(categoria);
        }
        testo.prosa(azione.descrizione, 4);
        let mesi = azione.durata_mesi.map(|mesi| format!("Durata: {}.", parole::conta(mesi as usize, "mese", "mesi")));
        let costo = azione.costo.map(|costo| format!("Costo: {}.", euro(costo)));
        let detto: Vec<String> = mesi.into_iter().chain(costo).collect();
        if !detto.is_empty() {
            testo.nota(riga(detto.join(" ")));
        }
    }
    let servizi = servizi_di(plan, periodo, progetto);
    if !servizi.is_empty() {
        testo.titolo("I servizi");
    }
    for voce in servizi {
        let servizio = voce.servizio;
        testo.sottotitolo(servizio.nome.as_str());
        testo.occhiello(voce.categoria.nome);
        testo.prosa(servizio.descrizione.as_deref(), 4);
        let detto = |nome: &str, valore: Option<String>| valore.map(|valore| (nome.into(), riga(valore)));
        let mut voci: Vec<(Parole, Riga)> = [
            detto("Per chi", servizio.per_chi.clone()),
            detto("Chi lo offre", voce.erogatore.as_ref().map(|ente| ente.nome.to_owned())),
            detto(
                "Costo",
                [voce.modalita.map(capital), servizio.costo.clone()]
                    .into_iter()
                    .flatten()
                    .reduce(|a, b| format!("{a}. {b}")),
            ),
            detto("Come si chiede", servizio.come_accedere.as_deref().map(markdown::plain)),
        ]
        .into_iter()
        .flatten()
        .collect();
        voci.extend(contatti(&servizio.contatti));
        testo.voci(voci);
        testo.fonte(servizio.fonte.as_ref());
    }
}

/// The de minimis aid that the project gives, its code in the register and what the register says of earlier aid.
fn aiuti(testo: &mut Scrittore, progetto: &Progetto) {
    let righe = progetto.dati.aiuti.iter().map(|aiuto| {
        let nome = testo.plan.ente(&aiuto.ente).map_or(aiuto.ente.as_str(), |ente| ente.dati.nome.as_str());
        let prima = aiuto.visura.as_ref().map(|visura| visura.gia_concessi);
        vec![riga(nome), riga(aiuto.importo.italiano()), o_assente(aiuto.cor.as_deref()), importo(prima)]
    });
    let righe: Vec<Vec<Riga>> = righe.collect();
    let colonne = vec![
        Colonna::parole("Ente", 5),
        Colonna::numeri("Aiuto"),
        Colonna::parole("Codice nel registro degli aiuti (COR)", 4),
        Colonna::numeri("Già ricevuti"),
    ];
    testo.tabella("Gli aiuti «de minimis», in euro: quello del progetto e quelli già ricevuti", colonne, righe, None);
}

fn indicatori(testo: &mut Scrittore, progetto: &Progetto) {
    let indicatori = &progetto.dati.indicatori;
    if indicatori.is_empty() {
        return;
    }
    testo.titolo("I risultati attesi");
    let has_reached = indicatori.iter().any(|voce| voce.raggiunto.is_some());
    let mut colonne = vec![Colonna::parole("Indicatore", 1), Colonna::numeri("Previsto")];
    if has_reached {
        colonne.push(Colonna::numeri("Raggiunto"));
    }
    let righe = indicatori.iter().map(|voce| {
        let precisione = voce.precisione.as_ref().map(|precisione| format!("{precisione} ")).unwrap_or_default();
        let mut celle = vec![riga(voce.nome.as_str()), riga(format!("{precisione}{}", numero(voce.previsto.into())))];
        if has_reached {
            celle.push(riga(voce.raggiunto.map_or_else(|| "–".to_owned(), |raggiunto| numero(raggiunto.into()))));
        }
        celle
    });
    testo.tabella("Indicatori del progetto", colonne, righe.collect(), None);
    if !has_reached {
        testo.nota(riga("La fonte dà solo i valori previsti: quelli raggiunti non sono pubblicati."));
    }
}

fn atti(testo: &mut Scrittore, progetto: &Progetto) {
    let dati = &*progetto.dati;
    let precedente = dati
        .gia_nel_piano_precedente
        .map(|gia| if gia { "L’alleanza era già nel Piano" } else { "L’alleanza non era nel Piano" });
    let avviso = progetto.avviso.map(|a| {
        let avviso = &testo.periodo.avvisi[a];
        vec![Brano::interno(format!("avviso-{}", avviso.id), avviso.dati.titolo.as_str())]
    });
    let domanda = dati.domanda.as_ref().map(|domanda| {
        let canale = domanda.canale.as_ref().map(|canale| format!(", su {canale}")).unwrap_or_default();
        riga(format!("Presentata {}{canale}", domanda.presentata.con("il")))
    });
    let responsabile =
        dati.responsabile.as_ref().map(|responsabile| riga(format!("{}, {}", responsabile.nome, responsabile.ufficio)));
    let assente = parole::manca(testo.plan.storico(testo.periodo, progetto));
    let manca = || vec![Brano::Assente { assente: assente.into() }];
    let voci = [
        ("Scheda", dati.scheda.map(|scheda| riga(format!("Prg. n. {scheda}")))),
        ("Avviso", avviso),
        ("Domanda", domanda),
        ("Nel periodo precedente", precedente.map(riga)),
        ("Atto di concessione", Some(dati.atti.concessione.as_ref().map_or_else(manca, atto))),
        ("Concessione pubblicata il", dati.pubblicato_il.map(|giorno| riga(giorno.lunga()))),
        ("CUP", Some(dati.atti.cup.as_deref().map_or_else(manca, riga))),
        ("Tema", dati.tema.as_deref().map(riga)),
        ("Programma", dati.programma.as_deref().map(riga)),
        ("Responsabile del procedimento", responsabile),
    ];
    testo.titolo("Gli atti del progetto");
    testo.voci(voci.into_iter().filter_map(|(nome, valore)| Some((nome.into(), valore?))).collect());
}
