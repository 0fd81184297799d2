//! The alliances of a period: who they are made of, and what they do.

use serde::Serialize;
use tera::{Context, Value};

use super::denaro::Totali;
use super::schema::Schema;
use super::viste::{self, VistaProgetto, indirizzo_alleanza};
use super::{Also, Head, Route, Site, briciola, faccette, grafici, mappa, situazione};
use crate::plan::{Alleanza, Periodo};
use crate::value::Id;

pub fn routes(site: &Site, p: usize, put: &mut dyn FnMut(Route)) {
    let periodo = &site.plan.periodi[p];
    if periodo.alleanze.is_empty() {
        return;
    }
    put(Route::page(format!("{}/alleanze/index.html", periodo.id), move |site, path| elenco(site, path, p)));
    grafici::rotte(site, put, move |site| mappa::degli_ambiti(&site.plan, &site.plan.periodi[p]));
    for (a, alleanza) in periodo.alleanze.iter().enumerate() {
        let folder = format!("{}/alleanze/{}", periodo.id, alleanza.id);
        put(Route::page(format!("{folder}/index.html"), move |site, path| scheda(site, path, p, a)));
        if alleanza.categorie_note() {
            grafici::rotte(site, put, move |site| {
                let periodo = &site.plan.periodi[p];
                grafici::composizione_di_alleanza(&site.plan, periodo, &periodo.alleanze[a])
            });
        }
    }
}

#[derive(Serialize)]
struct Riga<'a> {
    id: &'a Id,
    nome: &'a str,
    nome_redazionale: bool,
    indirizzo: String,
    capofila: Value,
    nuova: Option<bool>,
    tema: Option<&'a str>,
    numero_partner: u64,
    totali: Totali,
}

fn elenco(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let righe: Vec<Riga> = periodo.alleanze.iter().map(|alleanza| riga(site, periodo, alleanza)).collect();
    let partner: u64 = periodo.alleanze.iter().map(Alleanza::numero_partner).sum();
    let mut context = Context::new();
    context.insert("alleanze", &righe);
    let di_alleanza = |alleanza| faccette::di_alleanza(plan, periodo, alleanza);
    context.insert("faccette", &periodo.alleanze.iter().map(di_alleanza).collect::<Vec<_>>());
    context.insert("totali", &Totali::di(periodo.progetti.iter()));
    context.insert("totale_partner", &partner);
    context.insert("totale_enti", &(partner + periodo.alleanze.len() as u64));
    context.insert("composizione", &grafici::composizione_dichiarata(periodo));
    context.insert("mappa", &mappa::degli_ambiti(plan, periodo));
    context.insert("dichiarata", &periodo.dati.composizione);
    let head = Head {
        path,
        titolo: "Alleanze locali".into(),
        descrizione: format!("Le alleanze locali del {}: capofila, partner e progetti.", periodo.dati.titolo),
        briciole: vec![briciola(&*periodo.dati.titolo, format!("{}/", periodo.id))],
        periodo: Some(p),
    };
    site.render(head, "alleanze.html", &periodo.origine.file, context)
}

fn riga<'a>(site: &Site, periodo: &'a Periodo, alleanza: &'a Alleanza) -> Riga<'a> {
    Riga {
        id: &alleanza.id,
        nome: &alleanza.dati.nome,
        indirizzo: indirizzo_alleanza(periodo, alleanza),
        capofila: site.ente(alleanza.capofila),
        nome_redazionale: alleanza.dati.nome_redazionale,
        nuova: alleanza.dati.nuova,
        tema: alleanza.dati.tema.as_deref(),
        numero_partner: alleanza.numero_partner(),
        totali: Totali::di(alleanza.progetti.iter().map(|&i| &periodo.progetti[i])),
    }
}

fn scheda(site: &Site, path: &str, p: usize, a: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let alleanza = &periodo.alleanze[a];
    let dati = &*alleanza.dati;
    let enti = |indici: &[usize]| indici.iter().map(|&ente| site.ente(ente)).collect::<Vec<_>>();
    let progetti: Vec<VistaProgetto> =
        alleanza.progetti.iter().map(|&i| VistaProgetto::of(plan, periodo, &periodo.progetti[i])).collect();
    let solo_contati: u64 = dati.altri_partner.iter().map(|altri| u64::from(altri.numero)).sum();
    let mut context = Context::new();
    context.insert("id", &alleanza.id);
    context.insert("situazione", &situazione::di_alleanza(plan, periodo, alleanza));
    context.insert("alleanza", dati);
    context.insert_value("capofila", site.ente(alleanza.capofila));
    context.insert("partner", &enti(&alleanza.partner));
    context.insert("rete_di_supporto", &enti(&alleanza.rete_di_supporto));
    context.insert("numero_partner", &alleanza.numero_partner());
    context.insert("solo_contati", &solo_contati);
    context.insert("luoghi", &viste::territorio(&dati.territorio));
    context.insert("progetti", &progetti);
    let totali = Totali::di(alleanza.progetti.iter().map(|&i| &periodo.progetti[i]));
    context.insert("totali", &totali);
    context.insert("composizione", &grafici::composizione_di_alleanza(plan, periodo, alleanza));
    let head = Head {
        path,
        titolo: dati.nome.clone(),
        descrizione: dati.descrizione.as_deref().map(str::to_owned).unwrap_or_else(|| {
            let capofila = &plan.enti[alleanza.capofila].dati.nome;
            let partner = alleanza.numero_partner();
            format!("{}, con capofila {capofila} e {partner} partner: territorio e progetti.", dati.nome)
        }),
        briciole: vec![
            briciola(&*periodo.dati.titolo, format!("{}/", periodo.id)),
            briciola("Alleanze locali", format!("{}/alleanze/", periodo.id)),
        ],
        periodo: Some(p),
    };
    let about = Also::about(Schema::of(site, path).alleanza(periodo, alleanza));
    site.render_for(about, head, "alleanza.html", &alleanza.origine.file, context)
}
