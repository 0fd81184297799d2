//! The alliances of a period: who they are made of, and what they do.

use tera::Value;

use super::engine::Foglio;
use super::filtri::Fasce;
use super::viste::{self, indirizzo_alleanza};
use super::{denaro, filtri, grafici, situazione};
use crate::plan::{Alleanza, Periodo};

fn totali(periodo: &Periodo, alleanza: &Alleanza) -> Value {
    denaro::totali(alleanza.progetti.iter().map(|&i| &periodo.progetti[i]))
}

pub fn elenco(foglio: &mut Foglio, p: usize) {
    let (site, plan, periodo) = (foglio.site, foglio.plan, foglio.periodo(p));
    let fasce = Fasce::di(periodo.alleanze.iter().map(|alleanza| filtri::contributo_di_alleanza(periodo, alleanza)));
    let righe = periodo.alleanze.iter().map(|alleanza| {
        vista! {
            "id": alleanza.id,
            "nome": alleanza.dati.nome,
            "nome_redazionale": alleanza.dati.nome_redazionale,
            "indirizzo": indirizzo_alleanza(periodo, alleanza),
            "capofila": site.ente(alleanza.capofila),
            "nuova": alleanza.dati.nuova,
            "tema": alleanza.dati.tema,
            "numero_partner": alleanza.numero_partner(),
            "totali": totali(periodo, alleanza),
            "filtri": filtri::di_alleanza(plan, periodo, alleanza, &fasce),
        }
    });
    let partner: u64 = periodo.alleanze.iter().map(Alleanza::numero_partner).sum();
    foglio.insert("alleanze", &righe.collect::<Vec<_>>());
    foglio.insert("totali", &denaro::totali(periodo.progetti.iter()));
    foglio.insert("totale_partner", &partner);
    foglio.insert("totale_enti", &periodo.enti_nelle_alleanze());
    foglio.insert("in_piu_alleanze", &(periodo.enti_nelle_alleanze() < partner + periodo.alleanze.len() as u64));
    foglio.insert("composizione", &grafici::composizione_dichiarata(periodo));
    foglio.insert("mappa", &grafici::degli_ambiti(plan, periodo));
    foglio.insert("dichiarata", &periodo.dati.composizione);
}

pub fn scheda(foglio: &mut Foglio, p: usize, a: usize) {
    let (site, plan, periodo) = (foglio.site, foglio.plan, foglio.periodo(p));
    let alleanza = &periodo.alleanze[a];
    let dati = &*alleanza.dati;
    let enti = |indici: &[usize]| indici.iter().map(|&ente| site.ente(ente)).collect::<Vec<_>>();
    let progetti = alleanza.progetti.iter().map(|&i| viste::progetto(plan, periodo, &periodo.progetti[i]));
    foglio.insert("id", &alleanza.id);
    foglio.insert("situazione", &situazione::di_alleanza(plan, periodo, alleanza));
    foglio.insert("alleanza", dati);
    foglio.insert_value("capofila", site.ente(alleanza.capofila));
    foglio.insert("partner", &enti(&alleanza.partner));
    foglio.insert("rete_di_supporto", &enti(&alleanza.rete_di_supporto));
    foglio.insert("numero_partner", &alleanza.numero_partner());
    let contati = dati.altri_partner.iter().map(|altri| {
        let categoria = plan.categorie_enti.iter().find(|nota| altri.categoria.as_ref() == Some(&nota.id));
        vista! { "categoria": categoria.map(|categoria| &categoria.nome), ..altri }
    });
    foglio.insert("contati", &contati.collect::<Vec<_>>());
    foglio.insert("luoghi", &viste::territorio(&dati.territorio));
    foglio.insert("progetti", &progetti.collect::<Vec<_>>());
    foglio.insert("totali", &totali(periodo, alleanza));
    foglio.insert("composizione", &grafici::composizione_di_alleanza(plan, periodo, alleanza));
    foglio.descrizione = dati.descrizione.as_deref().map(str::to_owned).unwrap_or_else(|| {
        let capofila = &plan.enti[alleanza.capofila].dati.nome;
        let partner = alleanza.numero_partner();
        format!("{}, con capofila {capofila} e {partner} partner: territorio e progetti.", dati.nome)
    });
    foglio.about = Some(foglio.schema().alleanza(periodo, alleanza));
}
