//! How things stand on the day that the site shows, in words: who comes from a search engine onto a page of an old plan
//! sees at once what is over, and what the source leaves unsaid about it.

use serde::Serialize;

use super::parole::{self, conta};
use super::progetti::VistaServizio;
use crate::plan::{Alleanza, Periodo, Plan, Progetto};
use crate::record::{Avviso, Durata, StatoProgetto};
use crate::value::Data;

#[derive(Serialize)]
pub struct Situazione {
    /// Nothing of it can be used or applied for any more, as far as dates and states tell.
    pub finita: bool,
    /// For a row of a list.
    pub breve: String,
    /// For the top of a page.
    pub frase: String,
}

pub fn di_progetto(plan: &Plan, periodo: &Periodo, progetto: &Progetto) -> Situazione {
    let dati = &*progetto.dati;
    del_progetto(dati.stato, dati.durata.as_ref(), periodo.dati.periodo.al, plan.sito.aggiornato_al)
}

fn del_progetto(stato: StatoProgetto, durata: Option<&Durata>, fine_piano: Data, oggi: Data) -> Situazione {
    let nome = parole::stato_progetto(stato);
    let (dal, al) = durata.map_or((None, None), |durata| (durata.dal, durata.al));
    let situazione = |finita, breve: String, frase: String| Situazione { finita, breve, frase };
    match (stato, al) {
        (StatoProgetto::Ritirato, _) => situazione(true, nome.into(), "Il progetto è stato ritirato.".into()),
        (StatoProgetto::Concluso, Some(al)) => {
            situazione(true, nome.into(), format!("Progetto concluso. Termine previsto: {}.", al.lunga()))
        }
        (StatoProgetto::Concluso, None) => {
            situazione(true, nome.into(), "Progetto concluso: la fonte non dice in quale giorno.".into())
        }
        (_, Some(al)) if al < oggi => situazione(
            true,
            format!("termine previsto {}", con("il", al)),
            format!("Termine previsto dal Piano: {}. La fonte non dice quando il progetto si è concluso.", al.lunga()),
        ),
        (_, None) if fine_piano < oggi => situazione(
            true,
            format!("di un Piano finito {}", con("il", fine_piano)),
            format!("Il Piano finiva {}. La fonte non dice quando il progetto si è concluso.", con("il", fine_piano)),
        ),
        (StatoProgetto::InCorso, al) => {
            let termine = al.map(|al| format!("; termine previsto: {}", al.lunga())).unwrap_or_default();
            situazione(false, nome.into(), format!("Progetto in corso {}{termine}.", con("al", oggi)))
        }
        (_, al) => {
            let giorni: Vec<String> = dal.map(|d| con("dal", d)).into_iter().chain(al.map(|d| con("al", d))).collect();
            let quando = if giorni.is_empty() {
                ": la fonte non dice quando si svolge".to_owned()
            } else {
                format!("; svolgimento previsto {}", giorni.join(" "))
            };
            situazione(false, nome.into(), format!("Progetto {nome}{quando}."))
        }
    }
}

pub fn di_alleanza(plan: &Plan, periodo: &Periodo, alleanza: &Alleanza) -> Situazione {
    let progetti: Vec<Situazione> =
        alleanza.progetti.iter().map(|&i| di_progetto(plan, periodo, &periodo.progetti[i])).collect();
    let finiti = progetti.iter().filter(|progetto| progetto.finita).count();
    let oggi = con("al", plan.sito.aggiornato_al);
    match progetti.len() {
        0 => Situazione {
            finita: periodo.dati.periodo.al < plan.sito.aggiornato_al,
            breve: "senza progetti".into(),
            frase: format!("Nel {} l'alleanza non ha progetti.", periodo.dati.titolo),
        },
        1 => progetti.into_iter().next().expect("one project"),
        quanti if finiti == quanti => Situazione {
            finita: true,
            breve: "con i progetti conclusi o oltre il termine previsto".into(),
            frase: format!("I suoi {quanti} progetti sono conclusi o oltre il termine previsto dal Piano."),
        },
        quanti => Situazione {
            finita: false,
            breve: "con progetti in corso o da avviare".into(),
            frase: format!("Progetti in corso o da avviare {oggi}: {} su {quanti}.", quanti - finiti),
        },
    }
}

/// Of the services of a page: of all, or of one need.
pub fn di_servizi(plan: &Plan, servizi: &[VistaServizio]) -> Situazione {
    let finiti = servizi.iter().filter(|voce| voce.situazione.finita).count();
    let attivi = servizi.len() - finiti;
    let oggi = con("al", plan.sito.aggiornato_al);
    let frase = match (finiti, attivi) {
        (1, 0) => format!(
            "Il progetto di questo servizio, {oggi}, è concluso o oltre il termine previsto: il servizio può non esserci più."
        ),
        (_, 0) => format!(
            "I progetti di questi servizi, {oggi}, sono conclusi o oltre il termine previsto: i servizi possono non esserci più."
        ),
        (0, 1) => format!("Il progetto di questo servizio, {oggi}, è in corso o da avviare."),
        (0, _) => format!("I progetti di questi servizi, {oggi}, sono in corso o da avviare."),
        _ => format!(
            "{oggi}: {} di progetti in corso o da avviare; {finiti} di progetti conclusi o oltre il termine previsto, che {} non esserci più.",
            conta(attivi, "servizio", "servizi"),
            if finiti == 1 { "può" } else { "possono" },
        ),
    };
    Situazione { finita: attivi == 0, breve: String::new(), frase: maiuscola(&frase) }
}

/// Until when one applies. The page's script says it by the clock of who reads.
pub fn di_avviso(periodo: &Periodo, avviso: &Avviso, oggi: Data) -> Situazione {
    let situazione = |finita, breve: &str, frase: String| Situazione { finita, breve: breve.into(), frase };
    let Some(finestra) = &avviso.finestra else {
        return if avviso.esito.is_some() {
            situazione(
                true,
                "domande chiuse",
                "Domande chiuse: qui si legge l'esito. La fonte non dice entro quando si presentavano.".into(),
            )
        } else if periodo.dati.periodo.al < oggi {
            let fine = con("il", periodo.dati.periodo.al);
            situazione(
                true,
                "domande chiuse",
                format!("Domande chiuse: il Piano finiva {fine}. La fonte non dice entro quando si presentavano."),
            )
        } else {
            situazione(false, "termine non indicato", "La fonte non dice entro quando si presentano le domande.".into())
        };
    };
    let (dal, al) = (finestra.dal, finestra.al);
    if al.giorno() < oggi {
        situazione(
            true,
            "domande chiuse",
            format!("Domande chiuse: si presentavano fino {}, ore {}.", con("al", al.giorno()), al.ora()),
        )
    } else if oggi < dal.giorno() {
        situazione(
            false,
            "domande non ancora aperte",
            format!(
                "Domande non ancora aperte {}: si presentano {}, ore {}, {}, ore {}.",
                con("al", oggi),
                con("dal", dal.giorno()),
                dal.ora(),
                con("al", al.giorno()),
                al.ora()
            ),
        )
    } else {
        situazione(
            false,
            "domande aperte",
            format!(
                "Domande aperte {}: si presentano fino {}, ore {}.",
                con("al", oggi),
                con("al", al.giorno()),
                al.ora()
            ),
        )
    }
}

/// `il 15 gennaio 2019`, `l'8 aprile 2020`, `dall'11 maggio 2021`.
fn con(parola: &str, giorno: Data) -> String {
    let lunga = giorno.lunga();
    let vocale = lunga.starts_with("8 ") || lunga.starts_with("11 ");
    let elisa = match parola {
        "il" => "l'",
        "al" => "all'",
        _ => "dall'",
    };
    if vocale { format!("{elisa}{lunga}") } else { format!("{parola} {lunga}") }
}

fn maiuscola(frase: &str) -> String {
    let mut lettere = frase.chars();
    lettere.next().map_or_else(String::new, |prima| prima.to_uppercase().chain(lettere).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(testo: &str) -> Data {
        Data::parse(testo).expect("a date")
    }

    fn frase(stato: StatoProgetto, dal: Option<&str>, al: Option<&str>) -> (bool, String) {
        let durata = Durata { dal: dal.map(data), al: al.map(data), nota: None, fonte: None };
        let detta = del_progetto(stato, Some(&durata), data("2027-12-31"), data("2026-11-08"));
        (detta.finita, detta.frase)
    }

    #[test]
    fn a_project_says_how_it_stands_from_its_state_and_its_days() {
        use StatoProgetto::{Concluso, Finanziato, InCorso, Presentato, Ritirato};
        let cases = [
            (
                Finanziato,
                None,
                Some("2019-01-15"),
                true,
                "Termine previsto dal Piano: 15 gennaio 2019. La fonte non dice quando il progetto si è concluso.",
            ),
            (
                InCorso,
                None,
                Some("2026-11-07"),
                true,
                "Termine previsto dal Piano: 7 novembre 2026. La fonte non dice quando il progetto si è concluso.",
            ),
            (
                InCorso,
                None,
                Some("2026-11-08"),
                false,
                "Progetto in corso all'8 novembre 2026; termine previsto: 8 novembre 2026.",
            ),
            (InCorso, None, None, false, "Progetto in corso all'8 novembre 2026."),
            (Concluso, None, Some("2026-09-30"), true, "Progetto concluso. Termine previsto: 30 settembre 2026."),
            (Concluso, None, None, true, "Progetto concluso: la fonte non dice in quale giorno."),
            (Ritirato, None, Some("2027-01-01"), true, "Il progetto è stato ritirato."),
            (
                Finanziato,
                Some("2026-12-11"),
                Some("2027-12-08"),
                false,
                "Progetto finanziato; svolgimento previsto dall'11 dicembre 2026 all'8 dicembre 2027.",
            ),
            (Presentato, None, None, false, "Progetto presentato: la fonte non dice quando si svolge."),
        ];
        for (stato, dal, al, finita, detta) in cases {
            assert_eq!(frase(stato, dal, al), (finita, detta.to_owned()));
        }
        let senza_giorni = del_progetto(Finanziato, None, data("2018-12-31"), data("2026-11-08"));
        assert_eq!(
            senza_giorni.frase,
            "Il Piano finiva il 31 dicembre 2018. La fonte non dice quando il progetto si è concluso."
        );
        assert!(senza_giorni.finita);
    }
}
