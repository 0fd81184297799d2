//! Kind `partenariato`: how many bodies take part, and of which qualifications.

use std::collections::BTreeSet;

use super::contesto::{Contesto, Giudizi, place_of, whole};
use super::giudizio::{Caso, Esame, Giudizio, dubbio, manca, vale, viola};
use super::requisiti_ente::no_people;
use crate::path;
use crate::plan::beneficiari::resta_senza;
use crate::plan::conto::saldo;
use crate::plan::qualifiche::{dati_di, is_kind, per_accordo};
use crate::plan::{Ente, Partecipazione, Progetto};
use crate::record::{Chi, Natura, Pagamento, Partenariato, Requisito};
use crate::report::Place;
use crate::suggest;
use crate::value::{Euro, Id, elenco, euro};

pub fn judge(dati: &Partenariato, contesto: &Contesto) -> Giudizi {
    let (network, projects): (Vec<&Requisito>, Vec<&Requisito>) =
        dati.requisiti.iter().partition(|requisito| requisito.chi == Chi::CapofilaDellaRete);
    let mut giudizi = Vec::new();
    if !network.is_empty() {
        giudizi.extend(contesto.sul_piano(|g| network.iter().for_each(|requisito| lead(requisito, contesto, g))));
    }
    if !projects.is_empty() {
        giudizi.extend(contesto.dei_progetti(|progetto, giudizio| {
            projects.iter().for_each(|requisito| one(requisito, contesto, progetto, giudizio));
        }));
    }
    giudizi
}

/// Who leads the network of the plan.
fn lead(requisito: &Requisito, contesto: &Contesto, giudizio: &mut Giudizio) {
    let origine = &contesto.periodo.origine;
    let rete = contesto.periodo.dati.rete.as_ref();
    match rete.and_then(|rete| rete.capofila.as_ref()) {
        None => giudizio.push(manca("manca `rete.capofila`").at(origine.value(path!["rete"]))),
        Some(id) => {
            let Some(ente) = contesto.plan.ente(id) else { return };
            kinds(requisito, contesto, ente, &origine.value(path!["rete", "capofila"]), giudizio);
        }
    }
}

fn one(requisito: &Requisito, contesto: &Contesto, progetto: &Progetto, giudizio: &mut Giudizio) {
    let capofila = contesto.ente(contesto.periodo.capofila(progetto));
    if !requisito.se_capofila.is_empty() && !contesto.ha(capofila, &requisito.se_capofila) {
        return;
    }
    let parti = contesto.enti_di(requisito.chi, progetto);
    let enti = || parti.iter().map(|parte| contesto.ente(parte.ente));
    for (ente, parte) in enti().zip(&parti) {
        kinds(requisito, contesto, ente, &place_of(contesto, progetto, ente), giudizio);
        giudizio.extend(money(requisito, progetto, ente, parte.riga));
    }
    paid(requisito, contesto, progetto, giudizio);
    let counted = matches!(requisito.chi, Chi::Partner | Chi::Beneficiari);
    let solo_contati = if counted { contesto.solo_contati(progetto) } else { &[] };
    counted_kinds(requisito, contesto, progetto, giudizio);
    if let Some(almeno) = requisito.almeno {
        let named = enti().filter(|ente| contesto.ha(ente, &requisito.con)).count() as u64;
        let unsized_firms: Vec<&Ente> =
            enti().filter(|ente| contesto.ha_o_forse(ente, &requisito.con).is_none()).collect();
        let fits = |id: &Option<Id>| id.as_ref().map(|id| category_has(contesto, id, &requisito.con));
        let of_known_kind: u64 = solo_contati.iter().filter(|a| fits(&a.categoria) == Some(true)).map(number).sum();
        let unknown: u64 = solo_contati.iter().filter(|a| a.categoria.is_none()).map(number).sum();
        let found = named + of_known_kind;
        if found < u64::from(almeno) && found + unsized_firms.len() as u64 >= u64::from(almeno) {
            let unsized_firms = unsized_firms.into_iter();
            giudizio.extend(unsized_firms.map(|ente| unknown_size(ente, place_of(contesto, progetto, ente))));
            return;
        }
        let esame = enough(requisito, contesto, progetto, (found, unknown, almeno.into()));
        let accordi: Vec<String> = enti().filter_map(|ente| accordo(requisito, contesto, ente)).collect();
        // A rule that holds by what somebody signed says who did.
        giudizio.push(match esame {
            Caso if found - (accordi.len() as u64) < almeno.into() => {
                vale(format!("conta l'accordo di programma firmato da {}", elenco(accordi)))
                    .at(whole(&progetto.origine))
                    .on_pages_alone()
            }
            esame => esame,
        });
    }
}

/// A body that counts only as a signer of the accordo di programma of an ambito, and of which one.
fn accordo(requisito: &Requisito, contesto: &Contesto, ente: &Ente) -> Option<String> {
    let ambito = per_accordo(contesto.plan, contesto.norma, ente, &requisito.con)?;
    Some(format!("«{}» per «{ambito}»", ente.dati.nome))
}

fn number(altri: &crate::record::AltriPartner) -> u64 {
    u64::from(altri.numero)
}

/// Whether so many bodies have the qualifications, or may have them.
fn enough(
    requisito: &Requisito,
    contesto: &Contesto,
    progetto: &Progetto,
    (found, unknown, almeno): (u64, u64, u64),
) -> Esame {
    let lista = suggest::list(requisito.con.iter().map(Id::as_str));
    // The list of an alliance may be right for another project.
    let own_list = !progetto.dati.partenariato.is_empty();
    let place = if own_list { progetto.origine.key(path!["partenariato"]) } else { whole(&progetto.origine) };
    if found >= almeno {
        return Caso;
    }
    if found + unknown >= almeno {
        return manca(format!(
            "manca il tipo dei partner di cui si sa solo il numero, e ne servono {almeno} fra {lista}"
        ))
        .at(place)
        .label(format!("{found} di tipo adatto, {unknown} di tipo non indicato"))
        .related(contesto.alleanza(progetto).origine.key(path!["altri_partner"]), "i partner solo contati")
        .help("scrivi la `categoria` in `altri_partner`, o i nomi in `partner`");
    }
    let chi = match requisito.chi {
        Chi::Capofila | Chi::CapofilaDellaRete => "fra i capofila",
        Chi::Partner => "fra i partner",
        Chi::Beneficiari => "fra i beneficiari",
        Chi::ReteDiSupporto => "nella rete di supporto",
    };
    let serve = if almeno == 1 { "ne serve" } else { "ne servono" };
    let broken = match found {
        0 => viola(format!("{chi} non c'è nessun ente di tipo {lista}"))
            .at(place)
            .label(format!("{serve} almeno {almeno}")),
        _ => viola(format!("{chi} non ci sono abbastanza enti di tipo {lista}"))
            .at(place)
            .label(format!("solo {found}, e {serve} almeno {almeno}")),
    };
    if own_list { broken } else { broken.related(partnership(requisito, contesto, progetto), "il partenariato") }
}

/// A firm may be of the right size, for all that its record tells.
fn unknown_size(ente: &Ente, place: Place) -> Esame {
    no_people(ente)
        .related(place, "prende parte qui")
        .help("scrivi `addetti`, o almeno `dimensione`, nella scheda dell'ente")
}

/// Where an alliance lists its bodies.
fn partnership(requisito: &Requisito, contesto: &Contesto, progetto: &Progetto) -> Place {
    let alleanza = contesto.alleanza(progetto);
    match requisito.chi {
        Chi::Capofila | Chi::CapofilaDellaRete => alleanza.origine.key(path!["capofila"]),
        Chi::ReteDiSupporto => alleanza.origine.key(path!["rete_di_supporto"]),
        Chi::Partner | Chi::Beneficiari => alleanza.origine.key(path!["partner"]),
    }
}

/// Whether a body is of an admitted kind, and of one that is surely admitted.
fn kinds(requisito: &Requisito, contesto: &Contesto, ente: &Ente, place: &Place, giudizio: &mut Giudizio) {
    let categoria = &contesto.plan.categorie_enti[ente.categoria];
    let kind = || match dati_di(ente) {
        // A norm may admit firms by their size.
        dati if categoria.natura == Natura::Impresa && !contesto.norma.dimensioni.is_empty() && !dati.is_empty() => {
            format!("{} con {dati}", categoria.nome)
        }
        _ => categoria.nome.clone(),
    };
    if !requisito.ammessi.is_empty() {
        match contesto.ha_o_forse(ente, &requisito.ammessi) {
            None => return giudizio.push(unknown_size(ente, place.clone())),
            Some(true) => giudizio.push(Caso),
            Some(false) => {
                let lista = suggest::list(requisito.ammessi.iter().map(Id::as_str));
                return giudizio.push(
                    viola(format!("«{}» non è di un tipo ammesso qui", ente.dati.nome))
                        .at(place.clone())
                        .label(format!("{}, e serve un ente di tipo {lista}", kind()))
                        .related(ente.origine.value(path!["categoria"]), "il tipo dell'ente"),
                );
            }
        }
    }
    if !requisito.certi.is_empty() {
        giudizio.push(if contesto.ha(ente, &requisito.certi) {
            Caso
        } else {
            let lista = suggest::list(requisito.certi.iter().map(Id::as_str));
            dubbio(format!("non è chiaro se «{}» è ammesso qui", ente.dati.nome))
                .at(place.clone())
                .label(format!("{}, senza una qualifica fra {lista}", kind()))
                .related(ente.origine.value(path!["categoria"]), "il tipo dell'ente")
                .help("se l'ente ha una di quelle qualifiche, scrivila nel suo campo `qualifiche`")
        });
    }
}

/// Partners of whom only kind and number are known.
fn counted_kinds(requisito: &Requisito, contesto: &Contesto, progetto: &Progetto, giudizio: &mut Giudizio) {
    if requisito.ammessi.is_empty() || !matches!(requisito.chi, Chi::Partner | Chi::Beneficiari) {
        return;
    }
    let origine = &contesto.alleanza(progetto).origine;
    giudizio.extend(contesto.solo_contati(progetto).iter().enumerate().map(|(i, altri)| match &altri.categoria {
        None => manca("manca il tipo dei partner di cui si sa solo il numero").at(origine.value(path![
            "altri_partner",
            i,
            "numero"
        ])),
        Some(id) if category_has(contesto, id, &requisito.ammessi) => Caso,
        Some(id) => {
            let lista = suggest::list(requisito.ammessi.iter().map(Id::as_str));
            viola(format!("{} partner di cui si sa solo il numero non sono di un tipo ammesso qui", altri.numero))
                .at(origine.value(path!["altri_partner", i, "categoria"]))
                .label(format!("`{id}`, e servono enti di tipo {lista}"))
        }
    }));
}

/// Whether bodies known only by category have one of the qualifications.
fn category_has(contesto: &Contesto, id: &Id, qualifiche: &[Id]) -> bool {
    let categoria = contesto.plan.categorie_enti.iter().find(|categoria| categoria.id == *id);
    categoria.is_some_and(|categoria| qualifiche.iter().any(|q| is_kind(categoria, q.as_str())))
}

fn money(requisito: &Requisito, progetto: &Progetto, ente: &Ente, riga: Option<Partecipazione>) -> Option<Esame> {
    let massimo = requisito.contributo_massimo?;
    let Some(riga) = riga else { return Some(Caso) };
    let contributo = riga.dati.contributo.unwrap_or_default();
    if contributo <= massimo {
        return Some(Caso);
    }
    let nome = &ente.dati.nome;
    let found = viola(format!("«{nome}» riceve più di quanto la norma ammette per chi ha questo ruolo"))
        .at(progetto.origine.value(path!["partenariato", riga.riga, "contributo"]))
        .label(format!("{}, al massimo {}", euro(contributo), euro(massimo)))
        .help("correggi `contributo`, o il `ruolo` dell'ente");
    Some(found)
}

/// Payments to bodies that the norm keeps from the money, each body at its first; what came back is past history.
fn paid(requisito: &Requisito, contesto: &Contesto, progetto: &Progetto, giudizio: &mut Giudizio) {
    let pagamenti = &progetto.dati.pagamenti;
    let mut seen: BTreeSet<&Id> = BTreeSet::new();
    for (i, id) in pagamenti.iter().enumerate().filter_map(|(i, pagamento)| Some((i, pagamento.ente.as_ref()?))) {
        let Some(ente) = contesto.plan.ente(id).filter(|_| seen.insert(id)) else { continue };
        let suoi: Vec<Pagamento> = pagamenti.iter().filter(|p| p.ente.as_ref() == Some(id)).cloned().collect();
        let Some(pagato) = saldo(&suoi).filter(|pagato| *pagato > Euro::ZERO) else { continue };
        if !resta_senza(contesto.plan, contesto.norma, (contesto.periodo, progetto), requisito, ente) {
            continue;
        }
        let why = match requisito.chi {
            Chi::ReteDiSupporto => "e sta solo nella rete di supporto",
            _ => "e non è nel partenariato, né di un tipo che può starci",
        };
        giudizio.push(
            viola(format!("«{}» è pagato, ma per la norma non riceve il denaro del progetto", ente.dati.nome))
                .at(progetto.origine.value(path!["pagamenti", i, "ente"]))
                .label(format!("pagati {}, {why}", euro(pagato)))
                .help("correggi l'`ente` del pagamento; se il denaro è uscito davvero, quando torna aggiungi la `restituzione`"),
        );
    }
}
