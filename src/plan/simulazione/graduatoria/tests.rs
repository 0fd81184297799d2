use std::fmt::Write as _;
use std::sync::Arc;

use super::*;
use crate::plan::{Avviso, Origine, Risorse};
use crate::record::StatoProgetto;

fn euro(importo: &str) -> Euro {
    Euro::parse(importo).expect(importo)
}

fn record<T: crate::yaml::Record>(text: &str) -> T {
    crate::yaml::parse("prova.yaml", text, 0..text.len()).unwrap_or_else(|problems| panic!("{text}: {problems:?}"))
}

fn id(testo: &str) -> Id {
    Id::parse(testo).expect(testo)
}

fn origine() -> Origine {
    Origine { file: "prova.yaml".into(), elemento: None }
}

/// A scored project: its id, its place, its score, what it asks.
type Posto = (&'static str, u32, &'static str, &'static str);

fn periodo(dotazione: &[(&str, &str)], residui: &[(&str, Option<&str>)], progetti: &[Posto]) -> Periodo {
    let mut risorse = String::from("nota: prova\n");
    if !dotazione.is_empty() {
        risorse.push_str("dotazione:\n");
    }
    for (i, (importo, destinazione)) in dotazione.iter().enumerate() {
        let _ =
            writeln!(risorse, "  - {{ id: d{i}, descrizione: D, importo: {importo}, destinazione: {destinazione} }}");
    }
    if !residui.is_empty() {
        risorse.push_str("residui:\n");
    }
    for (i, (importo, a)) in residui.iter().enumerate() {
        let a = a.map(|a| format!(", assegnato_a: {a}")).unwrap_or_default();
        let _ = writeln!(risorse, "  - {{ id: r{i}, descrizione: R, importo: {importo}{a} }}");
    }
    Periodo {
        id: id("2025-2027"),
        dati: Arc::new(record(
            "{ titolo: P, periodo: { dal: 2025-01-01, al: 2027-12-31 }, norma: prova, stato: adottato }",
        )),
        origine: origine(),
        norma: Arc::new(record("titolo: Prova")),
        risorse: Some(Risorse { dati: Arc::new(record(&risorse)), origine: origine() }),
        atti: Vec::new(),
        avvisi: Vec::new(),
        alleanze: Vec::new(),
        progetti: progetti.iter().map(progetto).collect(),
        pagine: Vec::new(),
        consegne: Vec::new(),
        completo: true,
    }
}

fn progetto((nome, posizione, punteggio, richiesto): &Posto) -> Progetto {
    let text = format!(
        "titolo: Progetto {nome}
alleanza: tutte
stato: ammesso
graduatoria: {{ posizione: {posizione}, punteggio: {punteggio} }}
finanziamento: {{ costo_complessivo: {richiesto}, cofinanziamento: 0.00, contributo_richiesto: {richiesto} }}
"
    );
    let dati = Arc::new(record(&text));
    Progetto {
        id: id(nome),
        scritto: Arc::clone(&dati),
        dati,
        origine: origine(),
        alleanza: 0,
        avviso: None,
        enti: Vec::new(),
        erogatori: Vec::new(),
    }
}

fn cambia(periodo: &mut Periodo, nome: &str, cambia: impl FnOnce(&mut Progetto, &mut crate::record::Progetto)) {
    let progetto = periodo.progetti.iter_mut().find(|progetto| progetto.id.as_str() == nome).expect(nome);
    let mut dati = crate::record::Progetto::clone(&progetto.dati);
    cambia(progetto, &mut dati);
    progetto.dati = Arc::new(dati);
}

fn riconosci(periodo: &mut Periodo, nome: &str, importo: &str) {
    cambia(periodo, nome, |_, dati| dati.finanziamento.contributo_riconosciuto = Some(euro(importo)));
}

fn simulata(periodo: &Periodo) -> Graduatoria<'_> {
    simula(periodo, Ipotesi::default()).expect("an endowment")
}

/// Who gets what, in order.
fn dati(graduatoria: &Graduatoria) -> Vec<(String, String)> {
    graduatoria.righe.iter().map(|riga| (riga.id.to_string(), riga.simulato.to_string())).collect()
}

fn attesi(righe: &[(&str, &str)]) -> Vec<(String, String)> {
    righe.iter().map(|(nome, importo)| (nome.to_string(), importo.to_string())).collect()
}

const TRE: [Posto; 3] = [("a", 2, "20", "30.00"), ("b", 1, "30.5", "50.00"), ("c", 3, "10", "40.00")];

#[test]
fn money_goes_down_the_list_and_the_last_takes_the_remainder() {
    let periodo = periodo(&[("100.01", "progetti")], &[], &TRE);
    let esito = simulata(&periodo);
    assert_eq!(dati(&esito), attesi(&[("b", "50.00"), ("a", "30.00"), ("c", "20.01")]));
    let resta: Vec<_> = esito.righe.iter().map(|riga| riga.resta.to_string()).collect();
    assert_eq!(resta, ["50.01", "20.01", "0.00"]);
    assert_eq!(esito.righe.iter().map(|riga| riga.progetto).collect::<Vec<_>>(), [1, 0, 2]);
    assert_eq!(esito.righe.iter().map(|riga| riga.posto).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((esito.dotazione.assegnata, esito.dotazione.resta), (euro("100.01"), Euro::ZERO));
    assert_eq!(esito.scorrimento.len(), 1);
    assert_eq!((esito.scorrimento[0].riga, esito.scorrimento[0].mancante), (2, euro("19.99")));
    assert!(!esito.posizioni_fuori_ordine);
}

/// Tab. 3 of the plan of ATS Bergamo 2017-18.
#[test]
fn the_table_of_2017_comes_out_to_the_cent() {
    #[rustfmt::skip]
    let tabella: [Posto; 8] = [
        ("p1", 1, "26.5", "40000.00"), ("p2", 2, "24.9", "40000.00"), ("p3", 3, "24.1", "40000.00"),
        ("p4", 4, "23.5", "40000.00"), ("p5", 5, "22.7", "35000.00"), ("p6", 6, "22.2", "40000.00"),
        ("p7", 7, "18.7", "40000.00"), ("p8", 8, "14.5", "40000.00"),
    ];
    let dotazione = [("286940.25", "progetti"), ("71735.06", "azione_di_sistema")];
    let periodo = periodo(&dotazione, &[("12138.00", Some("p8"))], &tabella);
    let esito = simulata(&periodo);
    assert!(esito.righe[..7].iter().all(|riga| riga.simulato == riga.richiesto && riga.mancante.e_zero()));
    let ottava = &esito.righe[7];
    assert_eq!(ottava.da_dotazione, euro("11940.25"));
    assert_eq!(ottava.da_residui, euro("12138.00"));
    assert_eq!(ottava.simulato, euro("24078.25"));
    assert_eq!(ottava.mancante, euro("15921.75"));
    assert_eq!(esito.totali.simulato, euro("299078.25"));
    assert_eq!(esito.residui[0].resta, Euro::ZERO);
}

#[test]
fn money_that_ends_exactly_at_a_project_leaves_nothing_for_the_next() {
    let periodo = periodo(&[("80.00", "progetti")], &[], &TRE);
    let esito = simulata(&periodo);
    assert_eq!(dati(&esito), attesi(&[("b", "50.00"), ("a", "30.00"), ("c", "0.00")]));
    assert_eq!(esito.scorrimento[0].mancante, euro("40.00"));
}

#[test]
fn more_money_than_asked_is_left_and_nothing_is_missing() {
    let periodo = periodo(&[("100.00", "progetti"), ("50.00", "progetti")], &[], &TRE);
    let esito = simulata(&periodo);
    assert_eq!(esito.dotazione.resta, euro("30.00"));
    assert!(esito.scorrimento.is_empty());
}

#[test]
fn what_is_missing_adds_up_down_the_list() {
    let periodo = periodo(&[("60.00", "progetti")], &[], &TRE);
    let scorrimento: Vec<_> = simulata(&periodo)
        .scorrimento
        .iter()
        .map(|voce| (voce.progetto.to_string(), voce.mancante.to_string(), voce.cumulato.to_string()))
        .collect();
    let attesi = [("a", "20.00", "20.00"), ("c", "40.00", "60.00")];
    assert_eq!(scorrimento, attesi.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
}

#[test]
fn an_assigned_residual_stops_at_what_its_project_lacks_and_a_free_one_goes_on_down() {
    // The free one is recorded first, and still comes second.
    let residui = [("25.00", None), ("100.00", Some("a"))];
    let periodo = periodo(&[("60.00", "progetti")], &residui, &TRE);
    let esito = simulata(&periodo);
    assert_eq!(dati(&esito), attesi(&[("b", "50.00"), ("a", "30.00"), ("c", "25.00")]));
    assert_eq!(esito.residui[1].resta, euro("80.00"), "what was assigned goes to nobody else");
    assert_eq!(esito.residui[0].resta, Euro::ZERO);
    assert_eq!(esito.righe[1].da_residui, euro("20.00"));
    let libero = &esito.residui[0].assegnazioni;
    assert_eq!(libero.len(), 1);
    assert_eq!((libero[0].riga, libero[0].importo), (2, euro("25.00")));
}

#[test]
fn a_free_residual_is_shared_by_those_that_still_lack_something() {
    let periodo = periodo(&[("60.00", "progetti")], &[("30.00", None)], &TRE);
    let esito = simulata(&periodo);
    assert_eq!(dati(&esito), attesi(&[("b", "50.00"), ("a", "30.00"), ("c", "10.00")]));
}

#[test]
fn withdrawn_projects_and_those_without_score_stand_apart() {
    let mut periodo = periodo(&[("60.00", "progetti")], &[("5.00", Some("b"))], &TRE);
    cambia(&mut periodo, "b", |_, dati| dati.stato = Some(StatoProgetto::Ritirato));
    cambia(&mut periodo, "c", |_, dati| dati.graduatoria = None);
    let esito = simulata(&periodo);
    assert_eq!(dati(&esito), attesi(&[("a", "30.00")]));
    let apart: Vec<_> = esito.in_disparte.iter().map(|voce| (voce.id.as_str(), voce.progetto, voce.motivo)).collect();
    assert_eq!(apart, [("b", 1, Motivo::Ritirato), ("c", 2, Motivo::SenzaPunteggio)]);
    assert!(esito.residui[0].fuori_lista);
    assert_eq!(esito.residui[0].resta, euro("5.00"));
}

#[test]
fn equal_scores_keep_the_recorded_places_and_are_marked() {
    // 20 and 20.0 are one score.
    let pari = [("a", 3, "20.0", "30.00"), ("b", 2, "20", "30.00"), ("c", 1, "25", "30.00"), ("d", 4, "1", "9.00")];
    let esito_con = |dotazione| periodo(&[(dotazione, "progetti")], &[], &pari);
    let stretta = esito_con("70.00");
    let esito = simulata(&stretta);
    assert_eq!(dati(&esito)[..3], attesi(&[("c", "30.00"), ("b", "30.00"), ("a", "10.00")]));
    assert_eq!(esito.righe.iter().map(|riga| riga.pari_merito).collect::<Vec<_>>(), [false, true, true, false]);
    assert_eq!(esito.pari_merito.len(), 1);
    assert_eq!(esito.pari_merito[0].posti, [2, 3]);
    assert!(esito.pari_merito[0].decisivo, "one of the two lacks money");
    for dotazione in ["90.00", "30.00"] {
        let periodo = esito_con(dotazione);
        assert!(!simulata(&periodo).pari_merito[0].decisivo, "{dotazione} gives both the same in any order");
    }
}

#[test]
fn a_residual_given_by_name_does_not_hide_that_the_order_of_equals_matters() {
    let pari = [("a", 1, "20", "30.00"), ("b", 2, "20", "30.00")];
    let periodo = periodo(&[("30.00", "progetti")], &[("30.00", Some("b"))], &pari);
    let esito = simulata(&periodo);
    assert_eq!(dati(&esito), attesi(&[("a", "30.00"), ("b", "30.00")]));
    assert!(esito.pari_merito[0].decisivo, "with b first, a would have nothing");
}

#[test]
fn places_that_do_not_follow_the_score_are_told() {
    let periodo = periodo(&[("60.00", "progetti")], &[], &[("a", 1, "10", "30.00"), ("b", 2, "20", "40.00")]);
    let esito = simulata(&periodo);
    assert!(esito.posizioni_fuori_ordine);
    assert_eq!(dati(&esito), attesi(&[("b", "40.00"), ("a", "20.00")]));
}

#[test]
fn awards_are_compared_where_they_are_recorded() {
    let mut periodo = periodo(&[("100.00", "progetti")], &[], &TRE);
    assert_eq!(simulata(&periodo).confronto, Confronto { registrati: 0, uguali: 0 });
    assert_eq!(simulata(&periodo).totali.riconosciuto, None);
    riconosci(&mut periodo, "b", "50.00");
    riconosci(&mut periodo, "c", "25.00");
    let esito = simulata(&periodo);
    assert_eq!(esito.confronto, Confronto { registrati: 2, uguali: 1 });
    assert_eq!(esito.righe[1].differenza, None);
    assert_eq!(esito.righe[2].differenza.map(Euro::italiano), Some("-5,00".into()));
    assert_eq!(esito.totali.riconosciuto, Some(euro("75.00")));
    // The sums are of three rows and of two.
    assert_eq!(esito.totali.differenza, None);
    riconosci(&mut periodo, "a", "30.00");
    assert_eq!(simulata(&periodo).totali.differenza.map(Euro::italiano), Some("-5,00".into()));
}

#[test]
fn the_nearest_money_is_used_and_named() {
    let solo_piano = periodo(&[("7.00", "piano"), ("3.00", "azione_di_sistema")], &[], &TRE);
    let usata = |periodo: &Periodo, ipotesi| {
        simula(periodo, ipotesi).map(|esito| (esito.dotazione.importo.to_string(), esito.dotazione.provenienza))
    };
    assert_eq!(usata(&solo_piano, Ipotesi::default()), Some(("7.00".into(), Provenienza::Piano)));
    let mut tutte = periodo(&[("7.00", "piano"), ("3.00", "progetti")], &[], &TRE);
    assert_eq!(usata(&tutte, Ipotesi::default()), Some(("3.00".into(), Provenienza::Progetti)));
    let dell_avviso = Ipotesi { avviso: Some(0), dotazione: None };
    tutte.avvisi.push(Avviso {
        id: id("primo"),
        dati: Arc::new(record("{ titolo: A, tipo: avviso }")),
        origine: origine(),
        progetti: Vec::new(),
    });
    assert_eq!(usata(&tutte, dell_avviso), Some(("3.00".into(), Provenienza::Progetti)));
    tutte.avvisi[0].dati = Arc::new(record("{ titolo: A, tipo: avviso, dotazione: 2.00 }"));
    assert_eq!(usata(&tutte, dell_avviso), Some(("2.00".into(), Provenienza::Avviso)));
    let provata = Ipotesi { avviso: Some(0), dotazione: Some(euro("1.00")) };
    assert_eq!(usata(&tutte, provata), Some(("1.00".into(), Provenienza::Ipotesi)));
    let nessuna = periodo(&[("3.00", "azione_di_sistema")], &[("5.00", None)], &TRE);
    assert_eq!(usata(&nessuna, Ipotesi::default()), None);
}

#[test]
fn the_residual_that_pays_the_system_action_is_for_no_project() {
    let mut periodo = periodo(&[("80.00", "progetti")], &[("40.00", None)], &TRE);
    let risorse = periodo.risorse.as_mut().expect("resources");
    let mut con_azione = crate::record::Risorse::clone(&risorse.dati);
    con_azione.azione_di_sistema = Some(record("{ titolo: A, capofila: ats, residuo: r0 }"));
    risorse.dati = Arc::new(con_azione);
    let esito = simulata(&periodo);
    assert_eq!(dati(&esito), attesi(&[("b", "50.00"), ("a", "30.00"), ("c", "0.00")]));
    assert!(esito.residui[0].azione_di_sistema && esito.residui[0].resta == euro("40.00"));
}

#[test]
fn one_call_has_only_its_own_projects() {
    let mut periodo = periodo(&[("60.00", "progetti")], &[], &TRE);
    for nome in ["primo", "secondo"] {
        periodo.avvisi.push(Avviso {
            id: id(nome),
            dati: Arc::new(record("{ titolo: A, tipo: avviso }")),
            origine: origine(),
            progetti: Vec::new(),
        });
    }
    cambia(&mut periodo, "a", |progetto, _| progetto.avviso = Some(0));
    cambia(&mut periodo, "b", |progetto, _| progetto.avviso = Some(1));
    let del_primo = simula(&periodo, Ipotesi { avviso: Some(0), dotazione: None }).expect("an endowment");
    assert_eq!(dati(&del_primo), attesi(&[("a", "30.00")]));
    assert_eq!(del_primo.avviso.map(Id::as_str), Some("primo"));
    assert!(del_primo.in_disparte.is_empty() && !del_primo.piu_avvisi);
    assert!(simulata(&periodo).piu_avvisi);
}

#[test]
fn no_award_is_above_what_the_call_allows() {
    let mut periodo = periodo(&[("200.00", "progetti")], &[], &[("a", 1, "20", "61.60"), ("b", 2, "10", "40.00")]);
    periodo.avvisi.push(Avviso {
        id: id("primo"),
        dati: Arc::new(record(
            "{ titolo: A, tipo: avviso, limiti: { percentuale_massima: 70, contributo_massimo: 50.00 } }",
        )),
        origine: origine(),
        progetti: Vec::new(),
    });
    for nome in ["a", "b"] {
        cambia(&mut periodo, nome, |progetto, _| progetto.avviso = Some(0));
    }
    cambia(&mut periodo, "a", |_, dati| dati.finanziamento.costo_complessivo = Some(euro("88.00")));
    let esito = simulata(&periodo);
    // Of `a` the cap binds (70 % would be 61,60), of `b` the percentage of its cost of 40,00.
    assert_eq!(dati(&esito), attesi(&[("a", "50.00"), ("b", "28.00")]));
    assert!(esito.scorrimento.is_empty(), "no other money may complete them");
}

#[test]
fn each_call_has_its_own_money_down_its_list() {
    let mut periodo = periodo(&[("200.00", "progetti")], &[], &TRE);
    for (nome, dotazione) in [("primo", "60.00"), ("secondo", "70.00")] {
        periodo.avvisi.push(Avviso {
            id: id(nome),
            dati: Arc::new(record(&format!("{{ titolo: A, tipo: avviso, dotazione: {dotazione} }}"))),
            origine: origine(),
            progetti: Vec::new(),
        });
    }
    for (nome, avviso) in [("a", 0), ("b", 1), ("c", 1)] {
        cambia(&mut periodo, nome, |progetto, _| progetto.avviso = Some(avviso));
    }
    for (nome, importo) in [("a", "30.00"), ("b", "50.00"), ("c", "20.00")] {
        riconosci(&mut periodo, nome, importo);
    }
    let resta = |periodo: &Periodo| -> Vec<(Option<usize>, String)> {
        let righe = registrata(periodo, "ATS");
        righe.iter().map(|riga| (riga.cassa, riga.resta.map(Euro::italiano).unwrap_or_default())).collect()
    };
    let attesi = |righe: &[(usize, &str)]| -> Vec<(Option<usize>, String)> {
        righe.iter().map(|(avviso, resta)| (Some(*avviso), (*resta).to_owned())).collect()
    };
    assert_eq!(resta(&periodo), attesi(&[(0, "30,00"), (1, "20,00"), (1, "0,00")]));
    // Of several calls nobody told how one list would be paid; of one call, its own money.
    assert_eq!(simulata(&periodo).dotazione.provenienza, Provenienza::Progetti);
    cambia(&mut periodo, "a", |progetto, _| progetto.avviso = Some(1));
    let esito = simulata(&periodo);
    assert_eq!((esito.dotazione.importo, esito.dotazione.provenienza), (euro("70.00"), Provenienza::Avviso));
}
