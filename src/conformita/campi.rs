//! Kind `campi`: parts of a record that must be there.

use super::contesto::{Contesto, Giudizi, whole};
use super::giudizio::{Caso, Dichiarato, Esame, Giudizio, Presente, dubbio, manca, non_dichiarato, viola};
use crate::path;
use crate::plan::{Avviso, Progetto, Risorse};
use crate::record::{Campi, Campo, CampoRichiesto};
use crate::suggest;

pub fn judge(dati: &Campi, contesto: &Contesto) -> Giudizi {
    let (projects, others): (Vec<&CampoRichiesto>, Vec<&CampoRichiesto>) =
        dati.richiesti.iter().partition(|richiesto| of_project(richiesto.campo));
    let (calls, plan): (Vec<&CampoRichiesto>, Vec<&CampoRichiesto>) =
        others.into_iter().partition(|richiesto| richiesto.campo == Campo::AvvisoCriteri);
    let mut giudizi = Vec::new();
    if !calls.is_empty() {
        giudizi.extend(contesto.degli_avvisi(|avviso, giudizio| giudizio.extend(criteria(contesto, avviso))));
    }
    if !plan.is_empty() {
        giudizi.extend(contesto.sul_piano(|g| plan.iter().for_each(|richiesto| of_plan(richiesto, contesto, g))));
    }
    if !projects.is_empty() {
        giudizi.extend(contesto.dei_progetti(|progetto, giudizio| {
            giudizio.extend(projects.iter().map(|richiesto| project(richiesto, contesto, progetto)));
        }));
    }
    giudizi
}

fn of_project(campo: Campo) -> bool {
    matches!(campo, Campo::ProgettoAvviso | Campo::ProgettoCofinanziamentoInDenaro)
}

fn project(richiesto: &CampoRichiesto, contesto: &Contesto, progetto: &Progetto) -> Esame {
    let campo = richiesto.campo;
    if let (Campo::ProgettoAvviso, false, Some(a)) = (campo, richiesto.tipi.is_empty(), progetto.avviso) {
        return call(richiesto, contesto, progetto, &contesto.periodo.avvisi[a]);
    }
    match campo {
        Campo::ProgettoAvviso if progetto.dati.avviso.is_some() => Presente,
        Campo::ProgettoAvviso => manca("manca `avviso`").at(whole(&progetto.origine)),
        _ if progetto.dati.finanziamento.cofinanziamento_in_denaro.is_some() => Presente,
        _ => manca("manca `cofinanziamento_in_denaro`")
            .at(progetto.origine.value(path!["finanziamento", "cofinanziamento"])),
    }
}

/// How a call of the agency chooses: by criteria, its own or the plan's, or as it says who may take part and how.
fn criteria(contesto: &Contesto, avviso: &Avviso) -> Option<Esame> {
    let dati = &avviso.dati;
    if avviso.di_altri(&contesto.plan.sito.ats.nome).is_some() {
        return None;
    }
    let chooses =
        !dati.criteri.is_empty() || !contesto.periodo.dati.criteri.is_empty() || dati.come_partecipare.is_some();
    Some(if chooses {
        Presente
    } else {
        manca("mancano `criteri` dell'avviso")
            .at(avviso.origine.value(path!["titolo"]))
            .help("scrivi i `criteri`, o in `come_partecipare` come si scelgono i progetti")
    })
}

/// The call is of a kind that the norm means, and of the agency.
fn call(richiesto: &CampoRichiesto, contesto: &Contesto, progetto: &Progetto, avviso: &Avviso) -> Esame {
    let ats = &contesto.plan.sito.ats.nome;
    if let Some(promotore) = avviso.di_altri(ats) {
        let meant = suggest::closest(promotore, [ats.as_str()]);
        viola("l'avviso non è dell'ATS")
            .at(progetto.origine.value(path!["avviso"]))
            .label(format!("è di «{promotore}»"))
            .related(avviso.origine.value(path!["promotore"]), "chi lo promuove")
            .help(match meant {
                Some(ats) => format!("se è l'ATS, scrivi `promotore: {ats}` nell'avviso"),
                None => "correggi `avviso` nel progetto, o `promotore` nell'avviso".to_owned(),
            })
    } else if richiesto.tipi.contains(&avviso.dati.tipo) {
        Caso
    } else {
        dubbio(format!("non è chiaro se «{}» è un avviso di coprogettazione", avviso.dati.titolo))
            .at(avviso.origine.value(path!["tipo"]))
            .label("l'atto ammette avvisi di coprogettazione e manifestazioni di interesse")
            .help("se lo è, scrivi `tipo: avviso_di_coprogettazione`")
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
        Campo::PianoIncontriAnnuiMinimi => return giudizio.push(meetings(richiesto, contesto)),
        Campo::RisorseResidui | Campo::ResiduoAutorizzazione => {
            return giudizio.extend(leftovers(richiesto.campo, contesto));
        }
        Campo::AvvisoCriteri | Campo::ProgettoAvviso | Campo::ProgettoCofinanziamentoInDenaro => return,
    };
    if there {
        return giudizio.push(Presente);
    }
    let message = match richiesto.campo {
        // A file of theirs may be the one that cannot be read.
        Campo::PianoProgetti if !contesto.periodo.completo => return,
        Campo::PianoProgetti => "non c'è ancora nessuna scheda di progetto".to_owned(),
        _ => format!("manca `{name}`"),
    };
    let place = match richiesto.campo {
        Campo::SitoAmministrazioneTrasparente => whole(&contesto.plan.sito_origine),
        Campo::PianoRete => origine.value(path!["rete"]),
        Campo::PianoOrganismo | Campo::PianoEsitoOrganismo if organismo.is_some() => origine.value(path!["organismo"]),
        _ => whole(origine),
    };
    giudizio.push(manca(message).at(place));
}

fn meetings(richiesto: &CampoRichiesto, contesto: &Contesto) -> Esame {
    let origine = &contesto.periodo.origine;
    let almeno = richiesto.almeno.unwrap_or(1);
    match contesto.periodo.dati.rete.as_ref().and_then(|rete| rete.incontri_annui_minimi) {
        None => manca("manca `rete.incontri_annui_minimi`").at(origine.value(path!["rete"])),
        Some(incontri) if incontri >= almeno => Dichiarato,
        Some(incontri) => viola("la rete si incontra meno di quanto stabilito")
            .at(origine.value(path!["rete", "incontri_annui_minimi"]))
            .label(format!("{incontri} all'anno, ne servono almeno {almeno}"))
            .help("se la rete si incontra più spesso, correggi `incontri_annui_minimi`"),
    }
}

/// The file as a whole is absent, whatever a rule looks for in it.
pub const NO_RESOURCES: &str = "aggiungi al Piano il file `risorse.yaml`, con la dotazione, i residui e il riparto";

/// What earlier programmes left over, and who allowed its use.
fn leftovers(campo: Campo, contesto: &Contesto) -> Vec<Esame> {
    let Some(risorse) = &contesto.periodo.risorse else {
        let absent = || non_dichiarato("manca `risorse.yaml`").at(whole(&contesto.periodo.origine)).help(NO_RESOURCES);
        return contesto.periodo.completo.then(absent).into_iter().collect();
    };
    let residui = &risorse.dati.residui;
    if campo == Campo::ResiduoAutorizzazione {
        return (0..residui.len()).map(|i| authorised(contesto, risorse, i)).collect();
    }
    vec![match (risorse.dati.nessun_residuo, residui.is_empty()) {
        (true, false) => viola("`nessun_residuo` dice che residui non ce ne sono")
            .at(risorse.origine.value(path!["nessun_residuo"]))
            .related(risorse.origine.value(path!["residui"]), "qui ce n'è almeno uno")
            .help("togli `nessun_residuo`, o i `residui`"),
        (false, true) => non_dichiarato("manca `residui`")
            .at(risorse.origine.key(path!["dotazione"]))
            .help("elenca i `residui` delle programmazioni precedenti, o scrivi `nessun_residuo: true`"),
        _ => Dichiarato,
    }]
}

/// Whether the use of a residual is allowed, by who the norm says.
pub fn authorised(contesto: &Contesto, risorse: &Risorse, i: usize) -> Esame {
    let residuo = &risorse.dati.residui[i];
    let organo = contesto.autorizza();
    if residuo.autorizzato(organo) {
        return Caso;
    }
    let place = risorse.origine.value(path!["residui", i, "id"]);
    let found = match (organo, &residuo.atto) {
        (None, _) => non_dichiarato(format!("manca `autorizzazione` del residuo `{}`", residuo.id)).at(place),
        (Some(organo), None) => non_dichiarato(format!("manca `atto` che autorizza il residuo `{}`", residuo.id))
            .at(place)
            .label(format!("serve un atto di {organo}")),
        (Some(organo), Some(atto)) => {
            viola(format!("l'atto che autorizza il residuo `{}` non è di {organo}", residuo.id))
                .at(risorse.origine.value(path!["residui", i, "atto"]))
                .label(match &atto.organo {
                    Some(altro) => format!("è di «{altro}»"),
                    None => "non dice di chi è: manca `organo`".to_owned(),
                })
        }
    };
    let what = match organo {
        None => "l'atto in `autorizzazione`".to_owned(),
        Some(organo) => format!("`atto: {{ tipo: …, numero: …, data: …, organo: {organo} }}`"),
    };
    found.help(format!("finché non è autorizzato, il residuo non conta nella dotazione: scrivi {what}"))
}
