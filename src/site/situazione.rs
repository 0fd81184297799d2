//! How things stand on the day that the site shows, in words: who comes from a search engine onto a page of an old plan
//! sees at once what is over, and what the source leaves unsaid about it.

use serde::Serialize;

use super::parole;
use crate::plan::{self, Alleanza, Periodo, Plan};
use crate::record::{Avviso, Cosa, Durata, Progetto, Servizio, StatoPiano, StatoProgetto};
use crate::theme::messaggi::capital;
use crate::value::Data;

/// What may be over with a project.
const SERVIZI: &str = ": i servizi possono non esserci più";

#[derive(Clone, Serialize)]
pub struct Situazione {
    /// Nothing of it can be used or applied for any more, as far as dates and states tell.
    pub finita: bool,
    /// For a row of a list.
    pub breve: String,
    /// For the top of a page.
    pub frase: String,
    /// For a card and a poster, where nothing is said of what a source leaves out.
    #[serde(skip)]
    pub fine: Option<Fine>,
}

/// What has ended.
#[derive(Clone)]
pub struct Fine {
    pub parola: &'static str,
    pub riga: String,
}

impl Situazione {
    fn aperta(breve: impl Into<String>, frase: String) -> Self {
        Situazione { finita: false, breve: breve.into(), frase, fine: None }
    }

    /// It can go on again, and nobody can count on it.
    pub fn sospesa(&self) -> bool {
        self.breve == parole::nome(StatoProgetto::Sospeso)
    }

    fn finita(breve: impl Into<String>, frase: String, fine: Option<Fine>) -> Self {
        Situazione { finita: true, breve: breve.into(), frase, fine }
    }
}

pub fn di_piano(periodo: &Periodo, oggi: Data) -> Situazione {
    let (dal, al) = (periodo.dati.periodo.dal, periodo.dati.periodo.al);
    if al < oggi {
        let frase = format!(
            "Il periodo di questo Piano è finito {}: le pagine dicono che cosa prevedeva{}.",
            fine(al),
            if periodo.ha_servizi() { ", e i servizi possono non esserci più" } else { "" }
        );
        return Situazione::finita("periodo finito", frase, None);
    }
    // Acts often tell the years alone: whole years are told so.
    let giorni = if dal.e_primo_dell_anno() && al.e_ultimo_dell_anno() {
        format!("dal {} al {}", dal.anno(), al.anno())
    } else {
        format!("{} {}", dal.con("dal"), al.con("al"))
    };
    if oggi < dal {
        Situazione::aperta(
            "periodo da iniziare",
            format!("Il periodo di questo Piano va {giorni}: non è ancora iniziato."),
        )
    } else if periodo.dati.stato == StatoPiano::NonIndicato {
        let frase = format!(
            "Il periodo è in corso, {giorni}, ma il testo del Piano non è in questo sito: qui si legge ciò che chiedono le norme."
        );
        Situazione::aperta("periodo in corso", frase)
    } else {
        Situazione::aperta("periodo in corso", format!("Il periodo di questo Piano è in corso: va {giorni}."))
    }
}

pub fn di_progetto(plan: &Plan, periodo: &Periodo, progetto: &plan::Progetto) -> Situazione {
    let dati = &*progetto.dati;
    if let Some(giorno) = ultimo_giorno(dati) {
        let fine = Fine { parola: "Concluso", riga: format!("Il progetto è concluso{SERVIZI}") };
        let frase = format!("Progetto concluso {}.", giorno.con("il"));
        return Situazione::finita(parole::nome(StatoProgetto::Concluso), frase, Some(fine));
    }
    let cadute = dati.eventi.iter().filter(|evento| matches!(evento.cosa, Cosa::Rinuncia | Cosa::Revoca));
    let caduto = cadute.map(|evento| evento.data).max();
    let al = periodo.dati.periodo.al;
    del_progetto(dati.stato(), dati.durata.as_ref(), caduto, al, plan.sito.aggiornato_al)
}

/// The first and the last day of a project: of one that has ended, the true one.
pub fn quando(dati: &Progetto) -> Option<String> {
    let durata = dati.durata.as_ref()?;
    let fine = ultimo_giorno(dati);
    let giorni = match (durata.dal, fine.or(durata.al)) {
        (Some(dal), Some(al)) => format!("{} {}", dal.con("dal"), al.con("al")),
        (Some(dal), None) => dal.con("dal"),
        (None, Some(al)) if fine.is_some() => format!("fino {}", al.con("al")),
        (None, Some(al)) => format!("termine previsto: {}", al.lunga()),
        (None, None) => return None,
    };
    let previsto = durata.al.filter(|al| fine.is_some_and(|fine| fine != *al));
    let previsto = previsto.map(|al| format!(" Il termine previsto era {}.", al.con("il")));
    let giorni =
        if dati.stato().e_caduto() { format!("Era previsto: {giorni}.") } else { format!("{}.", capital(&giorni)) };
    Some(giorni + &previsto.unwrap_or_default())
}

/// The day on which a project has ended, where it has.
pub fn ultimo_giorno(dati: &Progetto) -> Option<Data> {
    let conclusioni = dati.eventi.iter().filter(|evento| evento.cosa == Cosa::Conclusione);
    conclusioni.map(|evento| evento.data).max().filter(|_| dati.stato() == StatoProgetto::Concluso)
}

fn del_progetto(
    stato: StatoProgetto,
    durata: Option<&Durata>,
    caduto: Option<Data>,
    fine_piano: Data,
    oggi: Data,
) -> Situazione {
    let giorno = caduto.map(|giorno| format!(" {}", giorno.con("il"))).unwrap_or_default();
    let nome = parole::nome(stato);
    let (dal, al) = durata.map_or((None, None), |durata| (durata.dal, durata.al));
    let finita = |breve: &str, frase: String, parola, riga: &str| {
        let riga = format!("{riga}{}", if stato.e_caduto() { "" } else { SERVIZI });
        Situazione::finita(breve, frase, Some(Fine { parola, riga }))
    };
    match (stato, al) {
        (StatoProgetto::Ritirato, _) => {
            let riga = "Il progetto è stato ritirato";
            finita(nome, format!("{riga}{giorno}."), "Ritirato", riga)
        }
        (StatoProgetto::Revocato, _) => {
            let frase = format!("Il contributo al progetto è stato revocato{giorno}.");
            finita(nome, frase, "Revocato", "Il contributo è stato revocato")
        }
        (StatoProgetto::NonAmmesso, _) => {
            let frase = "La domanda del progetto non è stata ammessa.".into();
            finita(nome, frase, "Non ammesso", "La domanda non è stata ammessa")
        }
        (StatoProgetto::Concluso, al) => {
            let frase = match al {
                Some(al) => format!("Progetto concluso. Termine previsto: {}.", al.lunga()),
                None => "Progetto concluso: la fonte non dice in quale giorno.".into(),
            };
            finita(nome, frase, "Concluso", "Il progetto è concluso")
        }
        (StatoProgetto::Sospeso, _) => {
            Situazione::aperta(nome, "Il progetto è sospeso: i suoi servizi possono essere fermi.".into())
        }
        (_, Some(al)) if al < oggi => finita(
            &format!("termine previsto {}", al.con("il")),
            format!("Termine previsto: {}. La fonte non dice quando il progetto si è concluso.", al.lunga()),
            "Termine passato",
            &format!("Il termine previsto, {}, è passato", al.lunga()),
        ),
        (_, None) if fine_piano < oggi => di_un_piano_finito(fine_piano, "quando il progetto si è concluso", SERVIZI),
        (StatoProgetto::InCorso, al) => {
            let termine = al.map(|al| format!("; termine previsto: {}", al.lunga())).unwrap_or_default();
            Situazione::aperta(nome, format!("Progetto in corso {}{termine}.", oggi.con("al")))
        }
        (_, al) => {
            let giorni: Vec<String> = dal.map(|d| d.con("dal")).into_iter().chain(al.map(|d| d.con("al"))).collect();
            let quando = if giorni.is_empty() {
                ": la fonte non dice quando si svolge".to_owned()
            } else {
                format!("; svolgimento previsto {}", giorni.join(" "))
            };
            Situazione::aperta(nome, format!("Progetto {nome}{quando}."))
        }
    }
}

/// `con il 2018`, `il 30 giugno 2018`
fn fine(al: Data) -> String {
    if al.e_ultimo_dell_anno() { format!("con il {}", al.anno()) } else { al.con("il") }
}

/// What has no day of its own, after the last day of its plan.
fn di_un_piano_finito(al: Data, non_detto: &str, poi: &str) -> Situazione {
    let finito = format!("Piano finito {}", fine(al));
    let frase = format!("Il Piano finiva {}. La fonte non dice {non_detto}.", fine(al));
    let fine = Fine { parola: "Piano finito", riga: format!("Il Piano finiva {}{poi}", fine(al)) };
    Situazione::finita(finito, frase, Some(fine))
}

/// A service can end before its project, or begin later.
pub fn di_servizio(progetto: &Situazione, servizio: &Servizio, oggi: Data) -> Situazione {
    match (servizio.dal, servizio.al) {
        _ if progetto.finita => progetto.clone(),
        (_, Some(al)) if al < oggi => {
            let fino = format!("fino {}", al.con("al"));
            Situazione::finita(format!("disponibile {fino}"), format!("Il servizio era disponibile {fino}."), None)
        }
        (Some(dal), _) if oggi < dal => {
            let da = dal.con("dal");
            Situazione::aperta(format!("disponibile {da}"), format!("Il servizio è disponibile {da}."))
        }
        _ => progetto.clone(),
    }
}

pub fn di_alleanza(plan: &Plan, periodo: &Periodo, alleanza: &Alleanza) -> Situazione {
    let progetti: Vec<Situazione> =
        alleanza.progetti.iter().map(|&i| di_progetto(plan, periodo, &periodo.progetti[i])).collect();
    let finiti = progetti.iter().filter(|progetto| progetto.finita).count();
    let oggi = plan.sito.aggiornato_al;
    match progetti.len() {
        0 => Situazione {
            finita: periodo.dati.periodo.al < oggi,
            breve: "senza progetti".into(),
            frase: format!("Nel {} l'alleanza non ha progetti.", periodo.dati.titolo),
            fine: None,
        },
        1 => progetti.into_iter().next().expect("one project"),
        quanti if finiti == quanti => Situazione::finita(
            "con i progetti finiti o oltre il termine previsto",
            format!("I suoi {quanti} progetti sono finiti o oltre il termine previsto."),
            None,
        ),
        quanti => {
            let sospesi = progetti.iter().filter(|progetto| progetto.sospesa()).count();
            let fermi = match sospesi {
                0 => String::new(),
                1 => "; 1 è sospeso".to_owned(),
                altri => format!("; {altri} sono sospesi"),
            };
            let attivi = quanti - finiti - sospesi;
            Situazione::aperta(
                if attivi == 0 { "con progetti sospesi" } else { "con progetti in corso o da avviare" },
                format!("Progetti in corso o da avviare {}: {attivi} su {quanti}{fermi}.", oggi.con("al")),
            )
        }
    }
}

/// Until when one applies. The page's script says it by the clock of who reads.
pub fn di_avviso(periodo: &Periodo, avviso: &Avviso, oggi: Data) -> Situazione {
    let chiusa = |frase: String, riga: String| {
        Situazione::finita("domande chiuse", frase, Some(Fine { parola: "Domande chiuse", riga }))
    };
    let Some(finestra) = &avviso.finestra else {
        let fine = periodo.dati.periodo.al;
        return if avviso.esito.is_some() {
            let frase = "Domande chiuse: qui si legge l'esito. La fonte non dice entro quando si presentavano.";
            chiusa(frase.into(), "Domande chiuse".into())
        } else if fine < oggi {
            di_un_piano_finito(fine, "entro quando si presentavano le domande", "")
        } else {
            let frase = "La fonte non dice entro quando si presentano le domande.";
            Situazione::aperta("termine non indicato", frase.into())
        };
    };
    let (dal, al) = (finestra.dal, finestra.al);
    let fine = al.con("al");
    if al.giorno() < oggi {
        let riga = format!("Domande chiuse {}", al.giorno().con("il"));
        chiusa(format!("Domande chiuse: si presentavano fino {fine}."), riga)
    } else if oggi < dal.giorno() {
        let quando = format!("{}, {fine}", dal.con("dal"));
        let frase = format!("Domande non ancora aperte {}: si presentano {quando}.", oggi.con("al"));
        Situazione::aperta("domande non ancora aperte", frase)
    } else {
        Situazione::aperta("domande aperte", format!("Domande aperte {}: si presentano fino {fine}.", oggi.con("al")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(testo: &str) -> Data {
        Data::parse(testo).expect("a date")
    }

    fn frase(stato: StatoProgetto, dal: Option<&str>, al: Option<&str>) -> (bool, String) {
        let durata = Durata { dal: dal.map(data), al: al.map(data), ..Durata::default() };
        let detta = del_progetto(stato, Some(&durata), None, data("2027-12-31"), data("2026-11-08"));
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
                "Termine previsto: 15 gennaio 2019. La fonte non dice quando il progetto si è concluso.",
            ),
            (
                InCorso,
                None,
                Some("2026-11-07"),
                true,
                "Termine previsto: 7 novembre 2026. La fonte non dice quando il progetto si è concluso.",
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
        let senza_giorni = del_progetto(Finanziato, None, None, data("2018-12-31"), data("2026-11-08"));
        assert_eq!(
            senza_giorni.frase,
            "Il Piano finiva con il 2018. La fonte non dice quando il progetto si è concluso."
        );
        assert!(senza_giorni.finita);
    }
}
