//! Kind `campi`: parts of a record that must be there.

use super::contesto::{Contesto, Giudizi, whole};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::{Avviso, Progetto, Risorse};
use crate::record::{Campi, Campo, CampoRichiesto};

pub fn judge(dati: &Campi, contesto: &Contesto) -> Giudizi {
    let (projects, others): (Vec<&CampoRichiesto>, Vec<&CampoRichiesto>) =
        dati.richiesti.iter().partition(|richiesto| of_project(richiesto.campo));
    let (calls, plan): (Vec<&CampoRichiesto>, Vec<&CampoRichiesto>) =
        others.into_iter().partition(|richiesto| richiesto.campo == Campo::AvvisoCriteri);
    let mut giudizi = Vec::new();
    if !calls.is_empty() {
        giudizi.extend(contesto.degli_avvisi(|avviso, giudizio| criteria(contesto, avviso, giudizio)));
    }
    if !plan.is_empty() {
        giudizi.extend(contesto.sul_piano(|g| plan.iter().for_each(|richiesto| of_plan(richiesto, contesto, g))));
    }
    if !projects.is_empty() {
        giudizi.extend(contesto.dei_progetti(|progetto, giudizio| {
            projects.iter().for_each(|richiesto| project(richiesto, contesto, progetto, giudizio));
        }));
    }
    giudizi
}

fn of_project(campo: Campo) -> bool {
    matches!(campo, Campo::ProgettoAvviso | Campo::ProgettoCofinanziamentoInDenaro)
}

fn project(richiesto: &CampoRichiesto, contesto: &Contesto, progetto: &Progetto, giudizio: &mut Giudizio) {
    let campo = richiesto.campo;
    if let (Campo::ProgettoAvviso, false, Some(a)) = (campo, richiesto.tipi.is_empty(), progetto.avviso) {
        return call(richiesto, contesto, progetto, a, giudizio);
    }
    let (there, name, place) = match campo {
        Campo::ProgettoAvviso => (progetto.dati.avviso.is_some(), "avviso", whole(&progetto.origine)),
        _ => (
            progetto.dati.finanziamento.cofinanziamento_in_denaro.is_some(),
            "cofinanziamento_in_denaro",
            progetto.origine.value(path!["finanziamento", "cofinanziamento"]),
        ),
    };
    if there {
        giudizio.presente();
    } else {
        giudizio.manca(format!("manca `{name}`"), place);
    }
}

/// How a call of the agency chooses: by criteria, its own or the plan's, or as it says who may take part and how.
fn criteria(contesto: &Contesto, avviso: &Avviso, giudizio: &mut Giudizio) {
    let dati = &avviso.dati;
    if avviso.di_altri(&contesto.plan.sito.ats.nome).is_some() {
        return;
    }
    if dati.criteri.is_empty() && contesto.periodo.dati.criteri.is_empty() && dati.come_partecipare.is_none() {
        giudizio
            .manca("mancano `criteri` dell'avviso", avviso.origine.value(path!["titolo"]))
            .help("scrivi i `criteri`, o in `come_partecipare` come si scelgono i progetti");
    } else {
        giudizio.presente();
    }
}

/// The call is of a kind that the norm means, and of the agency.
fn call(richiesto: &CampoRichiesto, contesto: &Contesto, progetto: &Progetto, a: usize, giudizio: &mut Giudizio) {
    let avviso = &contesto.periodo.avvisi[a];
    let ats = &contesto.plan.sito.ats.nome;
    if let Some(promotore) = avviso.di_altri(ats) {
        giudizio
            .viola("l'avviso non è dell'ATS", progetto.origine.value(path!["avviso"]))
            .label(format!("è di «{promotore}»"))
            .related(avviso.origine.value(path!["promotore"]), "chi lo promuove")
            .help("correggi `avviso` nel progetto, o `promotore` nell'avviso");
    } else if richiesto.tipi.contains(&avviso.dati.tipo) {
        giudizio.caso();
    } else {
        giudizio
            .dubbio(
                format!("non è chiaro se «{}» è un avviso di coprogettazione", avviso.dati.titolo),
                avviso.origine.value(path!["tipo"]),
            )
            .label("l'atto ammette avvisi di coprogettazione e manifestazioni di interesse")
            .help("se lo è, scrivi `tipo: avviso_di_coprogettazione`");
    }
}

/// Fields of the plan, of its money and of the site: the plan answers for all of them.
fn of_plan(richiesto: &CampoRichiesto, contesto: &Contesto, giudizio: &mut Giudizio) {
    let piano = &contesto.periodo.dati;
    let origine = &contesto.periodo.origine;
    let at_least = |found: usize| found >= richiesto.almeno.unwrap_or(1) as usize;
    let written = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    let mappatura = piano.mappatura.as_ref();
    let rete = piano.rete.as_ref();
    let organismo = piano.organismo.as_ref();
    let (there, name) = match richiesto.campo {
        Campo::PianoRete => (rete.is_some_and(|rete| at_least(rete.membri.len())), "rete.membri"),
        Campo::PianoOrganismo | Campo::PianoEsitoOrganismo if organismo.is_none() => (false, "organismo"),
        Campo::PianoOrganismo => {
            (organismo.is_some_and(|organismo| at_least(organismo.membri.len())), "organismo.membri")
        }
        Campo::PianoEsitoOrganismo => {
            (written(organismo.and_then(|organismo| organismo.esito.as_deref())), "organismo.esito")
        }
        Campo::PianoProgetti => (at_least(contesto.periodo.progetti.len()), "progetti"),
        Campo::PianoPriorita => (at_least(piano.priorita.len()), "priorita"),
        Campo::PianoMappaturaBisogni => (written(mappatura.and_then(|m| m.bisogni.as_deref())), "mappatura.bisogni"),
        Campo::PianoMappaturaServizi => (written(mappatura.and_then(|m| m.servizi.as_deref())), "mappatura.servizi"),
        Campo::PianoDocumentoDiIndirizzo => {
            (written(piano.documento_di_indirizzo.as_deref()), "documento_di_indirizzo")
        }
        Campo::PianoVerificaPubblicita => (piano.verifica_pubblicita.is_some(), "verifica_pubblicita"),
        Campo::SitoAmministrazioneTrasparente => {
            (written(contesto.plan.sito.amministrazione_trasparente.as_deref()), "amministrazione_trasparente")
        }
        Campo::PianoIncontriAnnuiMinimi => return meetings(richiesto, contesto, giudizio),
        Campo::RisorseResidui | Campo::ResiduoAutorizzazione => return leftovers(richiesto.campo, contesto, giudizio),
        Campo::AvvisoCriteri | Campo::ProgettoAvviso | Campo::ProgettoCofinanziamentoInDenaro => return,
    };
    if there {
        giudizio.presente();
        return;
    }
    let message = match richiesto.campo {
        // A file of theirs may be the one that cannot be read.
        Campo::PianoProgetti if !contesto.periodo.completo => return,
        Campo::PianoProgetti => "il Piano non ha ancora progetti".to_owned(),
        _ => format!("manca `{name}`"),
    };
    let place = match richiesto.campo {
        Campo::SitoAmministrazioneTrasparente => whole(&contesto.plan.sito_origine),
        Campo::PianoRete => origine.value(path!["rete"]),
        Campo::PianoOrganismo | Campo::PianoEsitoOrganismo if organismo.is_some() => origine.value(path!["organismo"]),
        _ => whole(origine),
    };
    giudizio.manca(message, place);
}

fn meetings(richiesto: &CampoRichiesto, contesto: &Contesto, giudizio: &mut Giudizio) {
    let origine = &contesto.periodo.origine;
    let almeno = richiesto.almeno.unwrap_or(1);
    match contesto.periodo.dati.rete.as_ref().and_then(|rete| rete.incontri_annui_minimi) {
        None => {
            giudizio.manca("manca `rete.incontri_annui_minimi`", origine.value(path!["rete"]));
        }
        Some(incontri) if incontri >= almeno => giudizio.dichiarato(),
        Some(incontri) => {
            giudizio
                .viola(
                    "la rete si incontra meno di quanto stabilito",
                    origine.value(path!["rete", "incontri_annui_minimi"]),
                )
                .label(format!("{incontri} all'anno, ne servono almeno {almeno}"))
                .help("se la rete si incontra più spesso, correggi `incontri_annui_minimi`");
        }
    }
}

/// The file as a whole is absent, whatever a rule looks for in it.
pub const NO_RESOURCES: &str = "aggiungi al Piano il file `risorse.yaml`, con la dotazione, i residui e il riparto";

/// What earlier programmes left over, and who allowed its use.
fn leftovers(campo: Campo, contesto: &Contesto, giudizio: &mut Giudizio) {
    let Some(risorse) = &contesto.periodo.risorse else {
        if contesto.periodo.completo {
            giudizio.non_dichiarato("manca `risorse.yaml`", whole(&contesto.periodo.origine)).help(NO_RESOURCES);
        }
        return;
    };
    if campo == Campo::RisorseResidui {
        let declared = risorse.dati.nessun_residuo || !risorse.dati.residui.is_empty();
        if risorse.dati.nessun_residuo && !risorse.dati.residui.is_empty() {
            giudizio
                .viola(
                    "`nessun_residuo` dice che residui non ce ne sono",
                    risorse.origine.value(path!["nessun_residuo"]),
                )
                .related(risorse.origine.value(path!["residui"]), "qui ce n'è almeno uno")
                .help("togli `nessun_residuo`, o i `residui`");
        } else if declared {
            giudizio.dichiarato();
        } else {
            giudizio
                .non_dichiarato("manca `residui`", risorse.origine.key(path!["dotazione"]))
                .help("elenca i `residui` delle programmazioni precedenti, o scrivi `nessun_residuo: true`");
        }
        return;
    }
    for i in 0..risorse.dati.residui.len() {
        authorised(contesto, risorse, i, giudizio);
    }
}

/// Whether the use of a residual is allowed, by who the norm says.
pub fn authorised(contesto: &Contesto, risorse: &Risorse, i: usize, giudizio: &mut Giudizio) {
    let residuo = &risorse.dati.residui[i];
    let organo = contesto.autorizza();
    let place = risorse.origine.value(path!["residui", i, "id"]);
    if residuo.autorizzato(organo) {
        giudizio.caso();
        return;
    }
    let found = match (organo, &residuo.atto) {
        (None, _) => giudizio.non_dichiarato(format!("manca `autorizzazione` del residuo `{}`", residuo.id), place),
        (Some(organo), None) => giudizio
            .non_dichiarato(format!("manca `atto` che autorizza il residuo `{}`", residuo.id), place)
            .label(format!("serve un atto di {organo}")),
        (Some(organo), Some(atto)) => giudizio
            .viola(
                format!("l'atto che autorizza il residuo `{}` non è di {organo}", residuo.id),
                risorse.origine.value(path!["residui", i, "atto"]),
            )
            .label(match &atto.organo {
                Some(altro) => format!("è di «{altro}»"),
                None => "non dice di chi è: manca `organo`".to_owned(),
            }),
    };
    found.help(match organo {
        None => "finché non è autorizzato, il residuo non conta nella dotazione: scrivi l'atto in `autorizzazione`"
            .to_owned(),
        Some(organo) => format!(
            "finché non è autorizzato, il residuo non conta nella dotazione: scrivi \
             `atto: {{ tipo: …, numero: …, data: …, organo: {organo} }}`"
        ),
    });
}
