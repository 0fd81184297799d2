//! The plan itself: summary, narrative, network, money, calls and ranking.

use super::scrittore::{Scrittore, assente, atto, contatti, importo, numero, o_assente};
use crate::print::documento::blocchi::{Blocco, Brano, Colonna, Parole, Riga, riga};
use crate::record::SuCosa;
use crate::site::graduatoria::Assegnazioni;
use crate::site::norme::VistaNorma;
use crate::site::{concessioni, denaro, dichiarazioni, grafici, parole, piano, risorse, viste};
use crate::theme::messaggi::{capital, sentence};
use crate::value::quote::{Percentuale, percento};
use crate::value::{Euro, euro};

pub fn sintesi(testo: &mut Scrittore) {
    let periodo = testo.periodo;
    let dati = &*periodo.dati;
    testo.capitolo("Il Piano in sintesi", "sintesi");
    testo.prosa(dati.sintesi.as_deref(), 1);
    let numeri = piano::numeri(periodo);
    let mut cifre: Vec<(Parole, Parole)> = Vec::new();
    if numeri.progetti > 0 {
        cifre.push(("Progetti".into(), numero(numeri.progetti).into()));
    }
    if numeri.alleanze > 0 {
        cifre.push(("Alleanze locali".into(), numero(numeri.alleanze).into()));
        cifre.push(("Enti: capofila e partner".into(), numero(numeri.enti).into()));
    }
    cifre.extend(numeri.risorse.map(|risorse| ("Risorse del Piano".into(), euro(risorse).into())));
    if numeri.progetti > 0 {
        cifre.push((
            "Contributi ai progetti".into(),
            parole::somma_in_euro(periodo.somma(|voci| voci.contributo_riconosciuto), periodo.progetti.len()).into(),
        ));
        cifre.push((
            "Cofinanziamento delle alleanze".into(),
            parole::somma_in_euro(periodo.somma(|voci| voci.cofinanziamento), periodo.progetti.len()).into(),
        ));
    }
    if !cifre.is_empty() {
        testo.blocchi.push(Blocco::Cifre { voci: cifre });
    }
    let norma = VistaNorma::of(&dati.norma, &periodo.norma);
    let atto_di_norma = periodo.norma.atto.as_ref().map(|atto| format!(" ({})", atto.cita())).unwrap_or_default();
    testo.voci(vec![
        ("Periodo".into(), riga(format!("{} {}", dati.periodo.dal.con("Dal"), dati.periodo.al.con("al")))),
        ("Stato".into(), riga(capital(parole::nome(dati.stato)))),
        ("Norma".into(), riga(format!("{}{atto_di_norma}", norma.titolo))),
    ]);
    let mappatura = dati.mappatura.as_ref();
    if let Some(bisogni) = mappatura.and_then(|mappatura| mappatura.bisogni.as_deref()) {
        testo.paragrafo("Di che cosa c’è bisogno", "bisogni".into());
        testo.prosa(Some(bisogni), 2);
    }
    if let Some(servizi) = mappatura.and_then(|mappatura| mappatura.servizi.as_deref()) {
        testo.paragrafo("I servizi che ci sono", "servizi-presenti".into());
        testo.prosa(Some(servizi), 2);
    }
    if !dati.priorita.is_empty() {
        testo.paragrafo("Le azioni prioritarie", "priorita".into());
        testo.elenco(true, &dati.priorita);
    }
    if !dati.punti_di_forza.is_empty() {
        testo.paragrafo("I punti di forza", "punti-di-forza".into());
        testo.elenco(false, &dati.punti_di_forza);
    }
    if !dati.calendario.is_empty() {
        testo.paragrafo("Le date", "date".into());
        for scadenza in &dati.calendario {
            testo.righe(vec![Brano::forte(scadenza.data.lunga()), format!(" – {}", scadenza.titolo).into()]);
            testo.prosa(scadenza.descrizione.as_deref(), 3);
            testo.fonte(scadenza.fonte.as_ref());
        }
    }
    testo.paragrafo("Gli atti", "atti".into());
    if dati.atti.is_empty() {
        testo.righe(assente());
    }
    testo.elenco_di(false, dati.atti.iter().map(atto));
    if let Some(documento) = &dati.documento_di_indirizzo {
        testo.righe(vec![Brano::forte("Documento di indirizzo: "), sentence(documento).into()]);
    }
    if let Some(verifica) = &dati.verifica_pubblicita {
        let esito = verifica.esito.as_deref().map(sentence).unwrap_or_default();
        let detto = format!(" {}, {}. {esito}", verifica.data.con("il"), verifica.ufficio);
        testo.righe(vec![Brano::forte("Frase e logo verificati"), detto.into()]);
    }
    testo.dichiarazioni(dichiarazioni::semplici(testo.plan, &periodo.norma, SuCosa::Piano, &dati.dichiarazioni));
    testo.fonte(dati.fonte.as_ref());
}

/// The pages of the plan, one a paragraph.
pub fn narrativa(testo: &mut Scrittore) {
    let periodo = testo.periodo;
    if periodo.pagine.is_empty() {
        return;
    }
    testo.capitolo("Il racconto del Piano", "racconto");
    for pagina in &periodo.pagine {
        testo.paragrafo(&*pagina.dati.titolo, format!("pagina-{}", pagina.id));
        testo.prosa(Some(&pagina.dati.testo), 2);
        testo.fonte(pagina.dati.fonte.as_ref());
    }
}

pub fn rete(testo: &mut Scrittore) {
    let (plan, periodo) = (testo.plan, testo.periodo);
    let dati = &*periodo.dati;
    let della_norma = periodo.norma.organismo.as_ref();
    let organismo = dati.organismo.as_ref();
    if dati.rete.is_none() && organismo.is_none() && della_norma.is_none() {
        return;
    }
    let nome = organismo.map(|organismo| organismo.nome.as_str()).or(della_norma.map(|della| della.nome.as_str()));
    let titolo = match (dati.rete.is_some(), nome) {
        (true, Some(nome)) if nome.starts_with("Comunità") => format!("La rete territoriale e la {nome}"),
        (true, Some(nome)) => format!("La rete territoriale e {nome}"),
        (true, None) => "La rete territoriale".to_owned(),
        (false, nome) => capital(nome.unwrap_or("la rete")),
    };
    testo.capitolo(&titolo, "rete");
    if let Some(rete) = &dati.rete {
        testo.paragrafo(rete.nome.as_deref().unwrap_or("La rete territoriale"), "rete-territoriale".into());
        testo.prosa(rete.descrizione.as_deref(), 2);
        let capofila = rete.capofila.as_ref().and_then(|id| plan.ente(id)).map(|ente| ente.dati.nome.as_str());
        let incontri = rete.incontri_annui_minimi.map(|incontri| numero(incontri.into()));
        testo.voci(vec![
            ("Capofila".into(), o_assente(capofila)),
            ("Incontri all’anno, almeno".into(), o_assente(incontri)),
        ]);
        let membri: Vec<Vec<Riga>> = rete
            .membri
            .iter()
            .filter_map(|id| plan.ente(id))
            .map(|ente| {
                let categoria = &plan.categorie_enti[ente.categoria].nome;
                vec![
                    riga(ente.dati.nome.as_str()),
                    riga(categoria.as_str()),
                    riga(ente.dati.comune.as_deref().unwrap_or("–")),
                ]
            })
            .collect();
        let colonne = vec![Colonna::parole("Ente", 4), Colonna::parole("Tipo", 3), Colonna::parole("Comune", 2)];
        testo.tabella("Chi fa parte della rete", colonne, membri, None);
        if let Some(monitoraggio) = rete.monitoraggio.as_deref() {
            testo.titolo("Come si segue il Piano");
            testo.prosa(Some(monitoraggio), 3);
        }
        if !rete.incontri.is_empty() {
            testo.titolo("Gli incontri");
            for incontro in &rete.incontri {
                testo.righe(vec![Brano::forte(incontro.data.lunga()), format!(" – {}", incontro.titolo).into()]);
                testo.prosa(incontro.descrizione.as_deref(), 3);
            }
        }
    }
    if let Some(nome) = nome {
        testo.paragrafo(capital(nome), "organismo".into());
        let before = testo.blocchi.len();
        testo.prosa(organismo.and_then(|organismo| organismo.descrizione.as_deref()), 2);
        let seggi: Vec<Vec<Riga>> = della_norma
            .iter()
            .flat_map(|della| &della.seggi)
            .map(|seggio| {
                let membri = organismo.iter().flat_map(|organismo| &organismo.membri);
                let enti =
                    membri.filter(|membro| membro.seggio == seggio.id).filter_map(|membro| plan.ente(&membro.ente));
                let nomi: Vec<&str> = enti.map(|ente| ente.dati.nome.as_str()).collect();
                let chi = o_assente((!nomi.is_empty()).then(|| nomi.join(", ")));
                vec![riga(seggio.nome.as_str()), riga(if seggio.obbligatorio { "Sì" } else { "No" }), chi]
            })
            .collect();
        let colonne =
            vec![Colonna::parole("Posto", 4), Colonna::parole("Obbligatorio", 2), Colonna::parole("Chi lo occupa", 5)];
        testo.tabella("I posti previsti dalla norma", colonne, seggi, None);
        if let Some(esito) = organismo.and_then(|organismo| organismo.esito.as_deref()) {
            testo.titolo("L’esito");
            testo.prosa(Some(esito), 3);
        }
        if testo.blocchi.len() == before {
            testo.righe(assente());
        }
    }
}

pub fn denaro(testo: &mut Scrittore) {
    let (plan, periodo) = (testo.plan, testo.periodo);
    let Some(risorse) = &periodo.risorse else { return };
    let dati = &*risorse.dati;
    testo.capitolo("Le risorse", "risorse");
    let residui = denaro::residui(dati);
    let mut cifre: Vec<(Parole, Parole)> = vec![("Dotazione".into(), euro(denaro::dotazione(dati)).into())];
    if !dati.residui.is_empty() {
        cifre.push(("Residui".into(), euro(residui).into()));
    }
    cifre.push(("In tutto".into(), euro(denaro::disponibili(dati)).into()));
    testo.blocchi.push(Blocco::Cifre { voci: cifre });
    testo.prosa(dati.nota.as_deref(), 1);

    testo.paragrafo("Da dove viene il denaro", "dotazione".into());
    let has_years = dati.dotazione.iter().any(|voce| voce.anno.is_some());
    let anno = |cella: Riga| has_years.then_some(cella);
    let righe = risorse::voci_dotazione(dati).into_iter().map(|voce| {
        let prima = anno(riga(voce.anno.map_or_else(|| "–".to_owned(), |anno| anno.to_string())));
        let resto = [
            riga(voce.descrizione),
            o_assente(voce.origine),
            riga(capital(voce.destinazione)),
            importo(Some(voce.importo)),
            riga(voce.percentuale.to_string()),
        ];
        prima.into_iter().chain(resto).collect()
    });
    let colonne = has_years.then(|| Colonna::parole("Anno", 2)).into_iter().chain([
        Colonna::parole("Voce", 6),
        Colonna::parole("Atto", 4),
        Colonna::parole("Per", 4),
        Colonna::numeri("Importo"),
        Colonna::numeri("Parte"),
    ]);
    let colonne = colonne.collect();
    let dotazione = importo(Some(denaro::dotazione(dati)));
    let resto = [riga("Totale della dotazione"), vec![], vec![], dotazione, riga(Percentuale::di(1, 1).to_string())];
    let totale = anno(vec![]).into_iter().chain(resto).collect();
    testo.tabella("La dotazione, in euro", colonne, righe.collect(), Some(totale));
    if let Some(grafico) = grafici::risorse(periodo) {
        testo.grafico(grafico, "piano");
    }

    if !dati.residui.is_empty() {
        testo.paragrafo("I residui", "residui".into());
        let righe = risorse::viste_residui(periodo, dati).into_iter().map(|residuo| {
            let progetto =
                residuo.assegnato_a.and_then(|a| periodo.progetti.iter().find(|progetto| progetto.id.as_str() == a.id));
            let a_chi = progetto.map(|progetto| vec![testo.progetto(&progetto.id, &progetto.dati.titolo)]);
            let deciso = residuo.deciso_il.map(|giorno| format!(", {}", giorno.lunga())).unwrap_or_default();
            let chi = o_assente(residuo.autorizzazione.map(|chi| format!("{chi}{deciso}")));
            vec![riga(residuo.descrizione), a_chi.unwrap_or_else(assente), chi, importo(Some(residuo.importo))]
        });
        let righe: Vec<Vec<Riga>> = righe.collect();
        let colonne = vec![
            Colonna::parole("Residuo", 5),
            Colonna::parole("A chi va", 5),
            Colonna::parole("Autorizzazione", 4),
            Colonna::numeri("Importo"),
        ];
        let totale = vec![riga("Totale dei residui"), vec![], vec![], importo(Some(residui))];
        testo.tabella("Denaro dei periodi precedenti usato di nuovo, in euro", colonne, righe, Some(totale));
    } else if dati.nessun_residuo {
        testo.testo("Le programmazioni precedenti non hanno lasciato residui.");
    }

    if !dati.trasferimenti.is_empty() {
        testo.paragrafo("I trasferimenti della Regione", "trasferimenti".into());
        let righe = dati.trasferimenti.iter();
        let righe =
            righe.map(|voce| vec![riga(voce.anno.to_string()), riga(voce.data.lunga()), importo(Some(voce.importo))]);
        let somma: Euro = dati.trasferimenti.iter().map(|voce| voce.importo).sum();
        let colonne = vec![Colonna::parole("Anno", 1), Colonna::parole("Giorno", 2), Colonna::numeri("Importo")];
        let totale = vec![riga("Totale"), vec![], importo(Some(somma))];
        testo.tabella("Che cosa la Regione ha pagato all’ATS, in euro", colonne, righe.collect(), Some(totale));
    }

    if let Some(azione) = &dati.azione_di_sistema {
        testo.paragrafo(azione.titolo.as_str(), "azione-di-sistema".into());
        testo.prosa(azione.descrizione.as_deref(), 2);
        let capofila = plan.ente(&azione.capofila).map(|ente| ente.dati.nome.as_str());
        let importo = risorse::importo_azione(dati, azione).map(euro);
        let mut voci: Vec<(Parole, Riga)> =
            vec![("Chi la guida".into(), o_assente(capofila)), ("Importo".into(), o_assente(importo))];
        if let Some(residuo) = risorse::residuo_di(dati, azione) {
            voci.push(("Chi la paga".into(), riga(residuo.descrizione.as_str())));
        }
        if let Some(quota) = &azione.quota {
            let esclusi = if dati.residui.is_empty() { "" } else { ", residui esclusi" };
            let chiede = quota.minima.zip(quota.massima);
            let chiede = chiede.map(|(minima, massima)| {
                format!(". La regola chiede fra il {} e il {}", percento(minima), percento(massima))
            });
            let su = euro(denaro::dotazione(dati));
            let detto = format!("{} di {su}{esclusi}{}.", percento(quota.percentuale), chiede.unwrap_or_default());
            voci.push(("Parte della dotazione".into(), riga(detto)));
        }
        voci.push(("Termine".into(), o_assente(azione.termine.map(|giorno| giorno.lunga()))));
        testo.voci(voci);
        testo.elenco(false, &azione.interventi);
        testo.fonte(azione.fonte.as_ref());
    }

    quadrature(testo);

    if let Some(riparto) = &dati.riparto {
        testo.paragrafo("Il riparto fra le ATS", "riparto".into());
        let vista = risorse::vista_riparto(riparto);
        let mut colonne = vec![Colonna::parole("ATS", 1), Colonna::numeri("Abitanti")];
        colonne.extend(vista.anni.iter().map(|anno| Colonna::numeri(anno.to_string())));
        colonne.push(Colonna::numeri("Totale"));
        let righe = vista.righe.iter().map(|voce| {
            let nome = if voce.questa { vec![Brano::forte(voce.ats)] } else { riga(voce.ats) };
            let mut celle = vec![nome, riga(numero(voce.abitanti))];
            celle.extend(voce.importi.iter().map(|&euro| importo(Some(euro))));
            celle.push(importo(Some(voce.totale)));
            celle
        });
        let mut totale = vec![riga("Totale"), riga(numero(vista.totale_abitanti))];
        totale.extend(vista.totali.iter().map(|&euro| importo(Some(euro))));
        totale.push(importo(Some(vista.totale)));
        testo.tabella(format!("{}, in euro", riparto.titolo), colonne, righe.collect(), Some(totale));
        testo.testo(format!(
            "L’atto dice soltanto che il riparto segue il numero di abitanti. La tabella è riprodotta con il metodo dei \
             resti maggiori sugli abitanti, a passi di {}: {} righe su {}.",
            euro(riparto.unita),
            numero(vista.riprodotte as u64),
            numero(vista.righe.len() as u64),
        ));
        testo.prosa(riparto.nota.as_deref(), 2);
        if let Some(atto_di_riparto) = &riparto.atto {
            let mut righe = vec![Brano::forte("Atto: ")];
            righe.extend(atto(atto_di_riparto));
            testo.nota(righe);
        }
        testo.fonte(riparto.fonte.as_ref());
    }
    testo.fonte(dati.fonte.as_ref());
}

/// How printed totals and those of the records meet.
fn quadrature(testo: &mut Scrittore) {
    let Some(quadrature) = denaro::quadrature(testo.periodo) else { return };
    testo.paragrafo("Come tornano i totali", "totali".into());
    for voce in &quadrature.stampati {
        let (nome, calcolato, dichiarato) = (voce.voce_nome, euro(voce.calcolato), euro(voce.dichiarato));
        let esclusi: Vec<String> =
            voce.esclusi.iter().map(|(nome, importo)| format!("{nome}, {}", euro(*importo))).collect();
        testo.testo(match (voce.calcolato == voce.dichiarato, esclusi.is_empty()) {
            (true, _) => format!(
                "Il {nome} è in tutto {calcolato}: è la somma dei progetti ed è anche il totale stampato nella fonte."
            ),
            (_, false) => format!(
                "Il {nome} dei progetti è in tutto {calcolato}. La fonte stampa {dichiarato} perché lascia fuori: {}.",
                esclusi.join("; ")
            ),
            (_, true) => format!(
                "Il {nome} dei progetti è in tutto {calcolato}. La fonte stampa {dichiarato} e non dice da che cosa \
                 viene la differenza."
            ),
        });
    }
    let corrente = testo.plan.sito.piano_corrente.as_ref() == Some(&testo.periodo.id);
    for voce in &quadrature.nostri {
        testo.testo(format!(
            "{}: in tutto {}. È la somma dei progetti{}.",
            voce.titolo,
            parole::somma_in_euro(voce.somma, testo.periodo.progetti.len()),
            if corrente { "" } else { ": la fonte non la stampa" }
        ));
    }
}

pub fn avvisi(testo: &mut Scrittore) {
    let (plan, periodo) = (testo.plan, testo.periodo);
    if periodo.avvisi.is_empty() {
        return;
    }
    testo.capitolo("Gli avvisi", "avvisi");
    for avviso in &periodo.avvisi {
        let dati = &*avviso.dati;
        let propria = dati.norma.as_ref().and_then(|id| plan.norme.get_key_value(id));
        let (id, norma) = propria.unwrap_or((&periodo.dati.norma, &periodo.norma));
        testo.paragrafo(dati.titolo.as_str(), format!("avviso-{}", avviso.id));
        testo.prosa(dati.descrizione.as_deref(), 2);
        let finestra = dati.finestra.as_ref();
        let finestra = finestra.map(|finestra| format!("{} {}", finestra.dal.con("Dal"), finestra.al.con("al")));
        let mut voci: Vec<(Parole, Riga)> = vec![
            ("Tipo".into(), riga(capital(parole::nome(dati.tipo)))),
            ("Chi lo pubblica".into(), o_assente(dati.promotore.as_deref())),
            ("Per le domande".into(), o_assente(finestra)),
            ("Dotazione".into(), o_assente(dati.dotazione.map(euro))),
            ("Contributo massimo".into(), o_assente(dati.limiti.as_ref().and_then(viste::limiti))),
            ("Atto".into(), dati.atto.as_ref().map_or_else(assente, atto)),
            ("Regole".into(), riga(VistaNorma::of(id, norma).titolo)),
        ];
        voci.extend(contatti(&dati.contatti));
        testo.voci(voci);
        for (titolo, elenco) in [
            ("Chi può partecipare", &dati.beneficiari),
            ("A chi servono i progetti", &dati.destinatari),
            ("Che cosa si può fare", &dati.aree),
        ] {
            if !elenco.is_empty() {
                testo.titolo(titolo);
                testo.elenco(false, elenco);
            }
        }
        if let Some(come) = dati.come_partecipare.as_deref() {
            testo.titolo("Come si partecipa");
            testo.prosa(Some(come), 3);
        }
        if let Some(esito) = &dati.esito {
            testo.titolo("Com’è andata");
            let conta =
                |nome: &str, quanti: Option<u32>| quanti.map(|quanti| (nome.into(), riga(numero(quanti.into()))));
            let voci = [
                conta("Progetti presentati", esito.presentati),
                conta("Progetti ammessi", esito.ammessi),
                conta("Progetti finanziati", esito.finanziati),
                esito.contributo.map(|contributo| ("Contributi concessi".into(), riga(euro(contributo)))),
                esito.atto.as_ref().map(|dell_esito| ("Atto".into(), atto(dell_esito))),
            ];
            testo.voci(voci.into_iter().flatten().collect());
            let righe = esito.province.iter();
            let righe = righe.map(|voce| {
                vec![riga(voce.provincia.as_str()), riga(numero(voce.progetti.into())), importo(Some(voce.contributo))]
            });
            let progetti: u64 = esito.province.iter().map(|voce| u64::from(voce.progetti)).sum();
            let contributo: Euro = esito.province.iter().map(|voce| voce.contributo).sum();
            let colonne =
                vec![Colonna::parole("Provincia", 1), Colonna::numeri("Progetti"), Colonna::numeri("Contributo")];
            let totale = vec![riga("Totale"), riga(numero(progetti)), importo(Some(contributo))];
            let didascalia = "I progetti finanziati, provincia per provincia, in euro";
            testo.tabella(didascalia, colonne, righe.collect(), Some(totale));
            testo.prosa(esito.nota.as_deref(), 3);
        }
        testo.dichiarazioni(dichiarazioni::semplici(plan, norma, SuCosa::Avviso, &dati.dichiarazioni));
        testo.fonte(dati.fonte.as_ref());
    }
}

pub fn graduatoria(testo: &mut Scrittore) {
    let periodo = testo.periodo;
    let criteri = &periodo.dati.criteri;
    if periodo.progetti.is_empty() && criteri.is_empty() {
        return;
    }
    let has_places = periodo.progetti.iter().any(|progetto| progetto.dati.graduatoria.is_some());
    testo.capitolo(if has_places { "La graduatoria" } else { "I progetti e i contributi" }, "graduatoria");
    if !periodo.progetti.is_empty() {
        tabella_dei_progetti(testo, has_places);
        if has_places {
            testo.grafico(grafici::punteggi(periodo), "piano");
        }
        testo.grafico(grafici::finanziamento(periodo), "piano");
        beneficiari(testo);
    }
    if !criteri.is_empty() {
        testo.paragrafo("I criteri di valutazione", "criteri".into());
        let voce = |nome: &str, voci: &[String]| -> Vec<Blocco> {
            let dentro = voci.iter().map(|voce| vec![Blocco::Capoverso { righe: riga(voce.as_str()) }]).collect();
            let elenco = Blocco::Elenco { ordinato: false, voci: dentro };
            let nome = Blocco::Capoverso { righe: riga(nome) };
            if voci.is_empty() { vec![nome] } else { vec![nome, elenco] }
        };
        let voci = criteri.iter().map(|criterio| voce(&criterio.nome, &criterio.voci)).collect();
        testo.blocchi.push(Blocco::Elenco { ordinato: true, voci });
    }
}

fn tabella_dei_progetti(testo: &mut Scrittore, has_places: bool) {
    let periodo = testo.periodo;
    if has_places {
        testo.testo(
            "I contributi si assegnano in ordine di graduatoria, fino a esaurire la dotazione; ciò che un progetto riceve dai \
             residui è scritto a parte.",
        );
    }
    let assegnazioni = Assegnazioni::di(periodo);
    let importi = || assegnazioni.colonne.iter().filter(|colonna| !colonna.scende);
    let mut colonne = vec![Colonna::parole("Progetto e capofila", 1)];
    colonne.extend(importi().map(|colonna| Colonna::numeri(colonna.titolo)));
    let quanti = periodo.progetti.len();
    let mut totale = vec![riga(format!("Totale di {}", parole::conta(quanti, "progetto", "progetti")))];
    totale.extend(importi().map(|colonna| riga(parole::somma(assegnazioni.somma(colonna), quanti))));
    if has_places {
        colonne.insert(0, Colonna::numeri("Posto"));
        colonne.insert(2, Colonna::numeri("Punti"));
        totale.insert(0, vec![]);
        totale.insert(2, vec![]);
    }
    let righe = assegnazioni.righe.iter().map(|voce| {
        let progetto = voce.progetto;
        let mut celle = vec![vec![
            testo.progetto(&progetto.id, &progetto.dati.titolo),
            Brano::ACapo { a_capo: true },
            Brano::Enfasi { enfasi: riga(testo.ente(periodo.capofila(progetto))) },
        ]];
        celle.extend(importi().map(|colonna| importo((colonna.di)(voce))));
        if has_places {
            let posto = progetto.dati.graduatoria.as_ref();
            celle.insert(0, posto.map_or_else(|| riga("–"), |posto| riga(posto.posizione.to_string())));
            celle.insert(2, posto.map_or_else(|| riga("–"), |posto| riga(posto.punteggio.italiano())));
        }
        celle
    });
    let righe: Vec<Vec<Riga>> = righe.collect();
    testo.tabella("I contributi richiesti e riconosciuti, in euro", colonne, righe, Some(totale));
}

/// The register of the grants, body by body.
fn beneficiari(testo: &mut Scrittore) {
    let concessioni = concessioni::concessioni(testo.plan, testo.periodo);
    if concessioni.is_empty() {
        return;
    }
    testo.paragrafo("Chi riceve i contributi", "beneficiari".into());
    let righe = concessioni.iter().map(|voce| {
        let manca = || vec![Brano::Assente { assente: voce.manca.into() }];
        let chi = vec![
            Brano::Testo(capital(&voce.nome()).into()),
            Brano::ACapo { a_capo: true },
            Brano::Enfasi { enfasi: riga(voce.progetto.nome) },
        ];
        vec![chi, o_assente(voce.codice_fiscale), voce.atto.map_or_else(manca, atto), importo(voce.importo)]
    });
    let colonne = vec![
        Colonna::parole("Beneficiario e progetto", 5),
        Colonna::parole("Codice fiscale", 3),
        Colonna::parole("Atto di concessione", 4),
        Colonna::numeri("Importo"),
    ];
    testo.tabella("Chi riceve i contributi, in euro", colonne, righe.collect(), None);
}
