//! Pages with a table over the fields of records, saved as the pages of the records are.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::atti;
use super::campi::Campo;
use super::form::{Form, address};
use super::guard::{No, no};
use super::modifiche::Modifica;
use super::modulo::Modulo;
use super::rilievi::Rilievo;
use super::salva;
use super::schede::in_indirizzo;
use super::tabelle::{
    COMUNI, Mancato, POSTO, Riga, SUOI, UGUALE, VUOTE, celle, conti, dette_del_partenariato, ferma, ha_gia, importi,
    importo, mancati, nuovo_pagamento, parti, payment, progetti, ranked,
};
use super::vista::{Aperta, Vista, riconosciuto};
use super::{Answer, Editor, Reply, vincoli};
use crate::fogli::voci;
use crate::input::elenchi::Elenchi;
use crate::path;
use crate::report::Step;
use crate::value::{Euro, Id, NBSP, Nodo, euro};
use crate::yaml::modifica::Scheda;

impl Editor {
    /// With what keeps a form from being saved, by the names of its fields, it is shown again as it was sent.
    pub fn grid(&self, page: &str, asked: &Form, mancati: &[Mancato]) -> Answer {
        let vista = self.vista();
        let (piano, aperte) = of_grid(&vista, page, asked)?;
        let elenchi = vista.elenchi(piano.as_ref());
        let nome = piano.as_ref().map(Id::as_str).unwrap_or_default();
        let mut context = match (page, &aperte[..]) {
            ("progetto", [aperta, ..]) => partnership(&vista, &elenchi, aperta)?,
            ("avviso", [avviso, aperte @ ..]) => ranking(&vista, &elenchi, avviso, aperte)?,
            _ => payments(&vista, &elenchi, nome, &aperte, (asked, mancati)),
        };
        context["vista"] = json!(page);
        context["file"] = json!(asked.get("file"));
        context["piano"] = json!(piano);
        context["salvato"] = self.saved(asked);
        context["impronte"] = aperte.iter().map(|aperta| (aperta.file(), self.keep(&aperta.testo))).collect();
        self.page("griglia.html", if mancati.is_empty() { 200 } else { 409 }, context)
    }

    /// What citizens read of each project.
    pub fn services(&self, asked: &Form) -> Answer {
        let vista = self.vista();
        let piano = asked_plan(&vista, asked)?;
        let elenchi = vista.elenchi(Some(&piano));
        let mut gruppi = Vec::new();
        for aperta in progetti(&vista, &piano, |_| true) {
            let scheda = opened(&aperta)?;
            let rilievi = vista.rilievi_di(&aperta.entry);
            let modulo = Modulo::new(&elenchi, &rilievi);
            let in_scheda = |dove: &str| address("scheda", &[("file", aperta.file()), ("dove", dove)]);
            let (via, nodo) = (path!["servizi"], aperta.nodo.campo("servizi").and_then(Nodo::voci));
            let voci = nodo.map(|nodo| modulo.voci(nodo, &via, voci(scheda.valore(&via)))).unwrap_or_default();
            let voci = voci.iter().map(|voce| json!({ "voce": voce, "indirizzo": in_scheda(&voce.nome) }));
            let voci: Vec<Value> = voci.collect();
            gruppi.push(json!({ "titolo": aperta.titolo(), "voci": voci, "aggiungi": in_scheda("servizi.+") }));
        }
        self.page("servizi.html", 200, json!({ "titolo": format!("Servizi del Piano {piano}"), "gruppi": gruppi }))
    }

    /// Saves all the rows of a table, each in its file; where one of the files was changed by somebody else, none.
    pub fn save_grid(&self, form: &Form) -> Answer {
        let vista = self.vista();
        let page = form.get("vista");
        let (piano, aperte) = of_grid(&vista, page, form)?;
        let elenchi = vista.elenchi(piano.as_ref());
        let modulo = Modulo::new(&elenchi, &[]);
        let dei_file = form.0.iter().filter_map(|(nome, _)| nome.strip_prefix("impronta|"));
        if dei_file.clone().any(|file| !vista.store.entries.contains_key(file)) {
            return Err(no(404, "la scheda non c'è più"));
        }
        let mut mancati = if page == "pagamenti" { mancati(form, &elenchi) } else { Vec::new() };
        let mut scritte = Vec::new();
        for aperta in aperte {
            let relative = aperta.file().to_owned();
            let Some(impronta) = form.find(&format!("impronta|{relative}")) else { continue };
            let originale = form.find(&format!("originale|{relative}")).unwrap_or(impronta);
            let prima = self.kept(originale).unwrap_or_else(|| aperta.testo.clone());
            let mostrata = aperta.di(&prima).map_err(|_| UNREADABLE)?;
            let dette = match (page, aperta.genere) {
                ("progetto", _) => dette_del_partenariato(&modulo, &aperta, &mostrata, form),
                ("avviso", "avviso") => {
                    let campi = celle(&modulo, &aperta, Some(&mostrata), &[], &["dotazione"]);
                    salva::mosse(&modulo, &campi, &mostrata, form, "")
                }
                ("avviso", _) => {
                    let campi = celle(&modulo, &aperta, Some(&mostrata), &[], &POSTO);
                    salva::mosse(&modulo, &campi, &mostrata, form, &format!("{relative}|"))
                }
                _ => payment(&modulo, &aperta, &mostrata, form),
            };
            if dette.is_empty() {
                continue;
            }
            if page == "pagamenti" && aperta.scheda().is_ok_and(|scheda| ha_gia(&scheda, &dette)) {
                mancati.push((format!("{relative}|pagamenti.+.importo"), UGUALE));
                continue;
            }
            let dopo =
                aperta.scheda().and_then(|mut scheda| salva::applica(&mut scheda, &dette, &[]).map(|()| scheda.fine()));
            let dopo = dopo.map_err(|why| why.to_string())?;
            if impronta != aperta.impronta {
                return self.conflict(&aperta, &prima, &dopo, form);
            }
            let detti = dette.into_iter().map(|(_, detto)| detto).collect();
            scritte.push(Modifica::di(&relative, Some(&aperta.testo), Some(&dopo), detti));
        }
        if !mancati.is_empty() {
            return self.grid(page, form, &mancati);
        }
        let salvato = self.put_all(scritte)?;
        let piano = piano.map(|piano| piano.to_string()).unwrap_or_default();
        Ok(Reply::to(page, &[("file", form.get("file")), ("piano", &piano), ("salvato", &in_indirizzo(salvato))]))
    }

    /// The sums of a partnership as the form tells it, and what `check` would say of them.
    pub fn grid_trial(&self, form: &Form) -> Answer {
        let vista = self.vista();
        let aperta = vista.apri(form.get("file"))?;
        let elenchi = vista.elenchi(aperta.piano());
        let mut scheda = opened(&aperta)?;
        let dette = dette_del_partenariato(&Modulo::new(&elenchi, &[]), &aperta, &scheda, form);
        if salva::applica(&mut scheda, &dette, &[]).is_err() {
            return Err(UNREADABLE);
        }
        let rilievi = self.as_if(&vista, &aperta, scheda.testo());
        let modulo = Modulo::new(&elenchi, &rilievi);
        let campi: BTreeMap<String, Vec<Rilievo>> =
            importi(&modulo, &aperta, &scheda).into_iter().map(|campo| (campo.nome.clone(), campo.rilievi)).collect();
        let concesso = vista.concesso(&aperta, &scheda);
        Ok(Reply::json(&json!({ "conti": conti(&scheda, concesso), "campi": campi })))
    }
}

/// The titles above a table.
fn colonne(righe: &[Riga]) -> Option<Vec<&str>> {
    Some(righe.first()?.campi.iter().map(|campo| campo.titolo.as_str()).collect())
}

/// A field as it was sent, with what keeps it from being saved.
fn ancora(campo: &mut Campo, davanti: &str, form: &Form, mancati: &[Mancato]) {
    campo.riempi(form, davanti);
    let suoi = mancati.iter().filter(|(nome, _)| nome.strip_prefix(davanti) == Some(campo.nome.as_str()));
    campo.rilievi.extend(suoi.map(|(_, detto)| Rilievo::non_salvato(detto)));
}

const UNREADABLE: No = no(409, "il file non si legge: apri il suo testo e correggilo");

fn opened(aperta: &Aperta) -> Result<Scheda, No> {
    aperta.scheda().map_err(|_| UNREADABLE)
}

/// The plan that was asked for, else the first that has projects.
fn asked_plan(vista: &Vista, asked: &Form) -> Result<Id, No> {
    let piani = vista.piani();
    let piano = match asked.find("piano") {
        Some(piano) => Id::parse(piano).ok(),
        None => {
            let con_progetti = piani.iter().find(|piano| !progetti(vista, piano, |_| true).is_empty());
            con_progetti.or(piani.first()).cloned()
        }
    };
    piano.ok_or(no(404, "non c'è ancora un Piano"))
}

/// The plan that a table is of, and the files that it is about: of a ranking that of the call comes first.
fn of_grid(vista: &Vista, page: &str, asked: &Form) -> Result<(Option<Id>, Vec<Aperta>), No> {
    if page == "pagamenti" {
        let piano = asked_plan(vista, asked)?;
        let aperte = progetti(vista, &piano, |_| true);
        return Ok((Some(piano), aperte));
    }
    let aperta = vista.apri(asked.get("file"))?;
    if aperta.genere != page {
        return Err(no(404, "la scheda non c'è"));
    }
    let (piano, altre) = (aperta.piano().cloned(), if page == "avviso" { ranked(vista, &aperta) } else { Vec::new() });
    Ok((piano, std::iter::once(aperta).chain(altre).collect()))
}

fn partnership(vista: &Vista, elenchi: &Elenchi, aperta: &Aperta) -> Result<Value, No> {
    let scheda = opened(aperta)?;
    let rilievi = vista.rilievi_di(&aperta.entry);
    let vincoli = vista.vincoli(aperta, &scheda);
    let modulo = Modulo { vincoli: &vincoli, ..Modulo::new(elenchi, &rilievi) };
    let righe = parti(&modulo, aperta, &scheda, VUOTE);
    let mut importi = importi(&modulo, aperta, &scheda);
    let concesso = vista.concesso(aperta, &scheda);
    ferma(&mut importi, concesso);
    let del_denaro = ["finanziamento", "partenariato"].map(Step::from);
    let suoi = rilievi.iter().filter(|rilievo| rilievo.passi.first().is_some_and(|via| del_denaro.contains(via)));
    Ok(json!({
        "titolo": format!("Partenariato e importi: {}", aperta.titolo()),
        "scheda": address("scheda", &[("file", aperta.file())]),
        "importi": importi,
        "colonne": colonne(&righe),
        "righe": righe,
        "vincoli": vincoli::di(&vincoli, &path!["partenariato"]).collect::<Vec<_>>(),
        "conti": conti(&scheda, concesso),
        "liste": modulo.liste(righe.iter().flat_map(|riga| &riga.campi).chain(&importi)),
        "rilievi": vista.legati(suoi),
    }))
}

fn ranking(vista: &Vista, elenchi: &Elenchi, avviso: &Aperta, aperte: &[Aperta]) -> Result<Value, No> {
    let scheda_avviso = opened(avviso)?;
    let rilievi = vista.rilievi_di(&avviso.entry);
    let vincoli = vista.vincoli(avviso, &scheda_avviso);
    let modulo = Modulo { vincoli: &vincoli, ..Modulo::new(elenchi, &rilievi) };
    let importi = celle(&modulo, avviso, Some(&scheda_avviso), &[], &["dotazione"]);
    let (mut righe, mut concessi) = (Vec::new(), Vec::new());
    for aperta in aperte {
        let scheda = opened(aperta)?;
        let suoi = vista.rilievi_di(&aperta.entry);
        let dagli_eventi = vista.concesso(aperta, &scheda);
        concessi.extend(importo(&scheda, &riconosciuto()).or(dagli_eventi));
        let mut campi = celle(&Modulo::new(elenchi, &suoi), aperta, Some(&scheda), &[], &POSTO);
        ferma(&mut campi, dagli_eventi);
        righe.push(Riga::di(aperta, campi));
    }
    let nessuno = concessi.is_empty();
    let somma: Euro = concessi.into_iter().sum();
    let dotazione = importo(&scheda_avviso, &path!["dotazione"]);
    let resta = dotazione.map(|dotazione| match dotazione < somma {
        true => format!("mancano {}", euro(somma - dotazione)),
        false => euro(dotazione - somma),
    });
    let totali = json!([
        ["Dotazione dell'avviso", dotazione.map_or_else(|| "non scritta".to_owned(), euro)],
        ["Contributi riconosciuti", if nessuno { "nessuno scritto".to_owned() } else { euro(somma) }],
        ["Restano", resta.unwrap_or_else(|| "non si può dire".to_owned())],
    ]);
    Ok(json!({
        "titolo": format!("Graduatoria: {}", avviso.titolo()),
        "scheda": address("scheda", &[("file", avviso.file())]),
        "importi": importi,
        "colonne": colonne(&righe),
        "righe": righe,
        "totali": totali,
        "liste": modulo.liste(&importi),
        "rilievi": vista.legati(&rilievi),
    }))
}

fn payments(
    vista: &Vista,
    elenchi: &Elenchi,
    piano: &str,
    aperte: &[Aperta],
    (form, mancati): (&Form, &[Mancato]),
) -> Value {
    let modulo = Modulo::new(elenchi, &[]);
    let riga = |aperta: &Aperta| {
        let mut riga = Riga::di(aperta, celle(&modulo, aperta, None, &nuovo_pagamento(), &SUOI));
        riga.indirizzo.push_str("#c-pagamenti");
        if let Some((periodo, progetto)) = vista.nel_piano(aperta) {
            let conto = periodo.conto(progetto);
            let voci = [("concesso", conto.concesso), ("pagato", conto.pagato), ("da pagare", conto.da_pagare)];
            let detto = |(parola, importo): (&str, Option<Euro>)| Some(format!("{parola}{NBSP}{}", euro(importo?)));
            riga.detti = voci.into_iter().filter_map(detto).collect();
        }
        riga
    };
    let mut righe: Vec<Riga> = aperte.iter().map(riga).collect();
    let di_uno = |aperta| celle(&modulo, aperta, None, &nuovo_pagamento(), &COMUNI);
    let mut comuni = aperte.first().map(di_uno);
    if !mancati.is_empty() {
        for campo in comuni.iter_mut().flatten() {
            ancora(campo, "", form, mancati);
            if campo.lista == Some("atti") && !campo.rilievi.is_empty() {
                campo.nuove = vec![(campo.valore.clone(), atti::nuovo(&campo.valore, piano))];
            }
        }
        for Riga { campi, davanti, .. } in &mut righe {
            campi.iter_mut().for_each(|campo| ancora(campo, davanti, form, mancati));
        }
    }
    let pagati = aperte.iter().flat_map(|aperta| vista.rilievi_di(&aperta.entry));
    let dei_pagamenti = |rilievo: &Rilievo| rilievo.passi.first() == Some(&Step::from("pagamenti"));
    let errori: Vec<Rilievo> = pagati.filter(|rilievo| rilievo.e_errore && dei_pagamenti(rilievo)).collect();
    json!({
        "rilievi": vista.legati(&errori),
        "titolo": format!("Pagamenti del Piano {piano}"),
        "comuni": comuni,
        "colonne": ["Importo", "Ente che riceve (facoltativo)"],
        "righe": righe,
        "liste": modulo.liste(righe.iter().flat_map(|riga| &riga.campi).chain(comuni.iter().flatten())),
    })
}
