//! Kind `partenariato`: how many bodies take part, and of which qualifications.

use super::contesto::{Beneficiario, Contesto, Soggetto, euro, place_of, whole};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::{Ente, Progetto};
use crate::record::{Chi, Partenariato, Requisito};
use crate::suggest;
use crate::value::Id;

pub fn judge(dati: &Partenariato, contesto: &Contesto) -> Vec<(Soggetto, Giudizio)> {
    let (network, projects): (Vec<&Requisito>, Vec<&Requisito>) =
        dati.requisiti.iter().partition(|requisito| requisito.chi == Chi::CapofilaDellaRete);
    let mut giudizi = Vec::new();
    if contesto.del_piano && !network.is_empty() {
        let mut giudizio = Giudizio::default();
        network.iter().for_each(|requisito| lead(requisito, contesto, &mut giudizio));
        giudizi.push((Soggetto::Piano, giudizio));
    }
    if !projects.is_empty() {
        for (i, progetto) in contesto.progetti() {
            let mut giudizio = Giudizio::default();
            projects.iter().for_each(|requisito| one(requisito, contesto, progetto, &mut giudizio));
            giudizi.push((Soggetto::Progetto(i), giudizio));
        }
    }
    giudizi
}

/// Who leads the network of the plan.
fn lead(requisito: &Requisito, contesto: &Contesto, giudizio: &mut Giudizio) {
    let origine = &contesto.periodo.origine;
    let rete = contesto.periodo.dati.rete.as_ref();
    match rete.and_then(|rete| rete.capofila.as_ref()) {
        None => {
            giudizio.manca("manca il `capofila` della rete", origine.value(path!["rete"]));
        }
        Some(id) => {
            let Some(ente) = contesto.plan.ente(id) else { return };
            kinds(requisito, contesto, ente, origine.value(path!["rete", "capofila"]), giudizio);
        }
    }
}

fn one(requisito: &Requisito, contesto: &Contesto, progetto: &Progetto, giudizio: &mut Giudizio) {
    let beneficiari = contesto.beneficiari(progetto);
    if !requisito.se_capofila.is_empty() && !contesto.ha(beneficiari[0].ente, &requisito.se_capofila) {
        return;
    }
    let enti: Vec<Beneficiario> = match requisito.chi {
        Chi::Capofila | Chi::CapofilaDellaRete => beneficiari.into_iter().take(1).collect(),
        Chi::Partner => beneficiari.into_iter().skip(1).collect(),
        Chi::Beneficiari => beneficiari,
        Chi::ReteDiSostegno => contesto.rete_di_sostegno(progetto),
    };
    for beneficiario in &enti {
        kinds(requisito, contesto, beneficiario.ente, place_of(contesto, progetto, beneficiario.ente), giudizio);
        money(requisito, progetto, beneficiario, giudizio);
    }
    let counted = matches!(requisito.chi, Chi::Partner | Chi::Beneficiari);
    let solo_contati = if counted { contesto.solo_contati(progetto) } else { &[] };
    counted_kinds(requisito, contesto, progetto, giudizio);
    if let Some(almeno) = requisito.almeno {
        let named = enti.iter().filter(|b| contesto.ha(b.ente, &requisito.con)).count() as u64;
        let fits = |id: &Option<Id>| id.as_ref().map(|id| category_has(contesto, id, &requisito.con));
        let of_known_kind: u64 = solo_contati.iter().filter(|a| fits(&a.categoria) == Some(true)).map(number).sum();
        let unknown: u64 = solo_contati.iter().filter(|a| a.categoria.is_none()).map(number).sum();
        enough(requisito, contesto, progetto, (named + of_known_kind, unknown, almeno), giudizio);
    }
}

fn number(altri: &crate::record::AltriPartner) -> u64 {
    u64::from(altri.numero)
}

/// Whether so many bodies have the qualifications, or may have them.
fn enough(
    requisito: &Requisito,
    contesto: &Contesto,
    progetto: &Progetto,
    (found, unknown, almeno): (u64, u64, u32),
    giudizio: &mut Giudizio,
) {
    let place = || whole(&progetto.origine);
    let lista = suggest::list(requisito.con.iter().map(Id::as_str));
    let related = contesto.alleanza(progetto).origine.value(path![]);
    if found >= u64::from(almeno) {
        giudizio.caso();
    } else if found + unknown >= u64::from(almeno) {
        giudizio
            .manca(format!("il tipo dei partner solo contati: ne servono {almeno} fra {lista}"), place())
            .label(format!("{found} di tipo noto, {unknown} di tipo non detto"))
            .related(related, "il partenariato")
            .help("scrivi la `categoria` in `altri_partner`, o i nomi in `partner`");
    } else {
        let chi = match requisito.chi {
            Chi::Capofila | Chi::CapofilaDellaRete => "fra i capofila",
            Chi::Partner => "fra i partner",
            Chi::Beneficiari => "fra i beneficiari",
            Chi::ReteDiSostegno => "nella rete di sostegno",
        };
        giudizio
            .viola(format!("{chi} gli enti di tipo {lista} sono {found}, e ne servono almeno {almeno}"), place())
            .label(format!("{found} su {almeno}"))
            .related(related, "il partenariato");
    }
}

/// Whether a body is of an admitted kind, and of one that is surely admitted.
fn kinds(
    requisito: &Requisito,
    contesto: &Contesto,
    ente: &Ente,
    place: crate::report::Place,
    giudizio: &mut Giudizio,
) {
    let kind = || &contesto.plan.categorie_enti[ente.categoria].nome;
    if !requisito.ammessi.is_empty() {
        if !contesto.ha(ente, &requisito.ammessi) {
            let lista = suggest::list(requisito.ammessi.iter().map(Id::as_str));
            giudizio
                .viola(format!("«{}» non è di un tipo ammesso qui", ente.dati.nome), place)
                .label(format!("{}, mentre si ammette {lista}", kind()))
                .related(ente.origine.value(path!["categoria"]), "il tipo dell'ente");
            return;
        }
        giudizio.caso();
    }
    if !requisito.certi.is_empty() {
        if contesto.ha(ente, &requisito.certi) {
            giudizio.caso();
        } else {
            let lista = suggest::list(requisito.certi.iter().map(Id::as_str));
            giudizio
                .dubbio(format!("non è chiaro se «{}» è ammesso qui", ente.dati.nome), place)
                .label(format!("{}, senza una qualifica fra {lista}", kind()))
                .related(ente.origine.value(path!["categoria"]), "il tipo dell'ente")
                .help("se l'ente ha una di quelle qualifiche, scrivila nel suo campo `qualifiche`");
        }
    }
}

/// Partners of whom only kind and number are known.
fn counted_kinds(requisito: &Requisito, contesto: &Contesto, progetto: &Progetto, giudizio: &mut Giudizio) {
    if requisito.ammessi.is_empty() || !matches!(requisito.chi, Chi::Partner | Chi::Beneficiari) {
        return;
    }
    for (i, altri) in contesto.solo_contati(progetto).iter().enumerate() {
        let alleanza = contesto.alleanza(progetto);
        match &altri.categoria {
            None => {
                giudizio.manca(
                    "il tipo dei partner solo contati",
                    alleanza.origine.value(path!["altri_partner", i, "numero"]),
                );
            }
            Some(id) if category_has(contesto, id, &requisito.ammessi) => giudizio.caso(),
            Some(id) => {
                let lista = suggest::list(requisito.ammessi.iter().map(Id::as_str));
                giudizio
                    .viola(
                        format!("{} partner solo contati non sono di un tipo ammesso qui", altri.numero),
                        alleanza.origine.value(path!["altri_partner", i, "categoria"]),
                    )
                    .label(format!("`{id}`, mentre si ammette {lista}"));
            }
        }
    }
}

/// Whether bodies known only by category have one of the qualifications.
fn category_has(contesto: &Contesto, id: &Id, qualifiche: &[Id]) -> bool {
    let categoria = contesto.plan.categorie_enti.iter().find(|categoria| categoria.id == *id);
    categoria.is_some_and(|categoria| qualifiche.iter().any(|q| super::qualifiche::is_kind(categoria, q.as_str())))
}

fn money(requisito: &Requisito, progetto: &Progetto, beneficiario: &Beneficiario, giudizio: &mut Giudizio) {
    let Some(massimo) = requisito.contributo_massimo else { return };
    let Some(riga) = beneficiario.riga else { return giudizio.caso() };
    let contributo = progetto.dati.partenariato[riga].contributo.unwrap_or_default();
    if contributo <= massimo {
        giudizio.caso();
        return;
    }
    giudizio
        .viola(
            format!("«{}» riceve più di quanto la norma ammette per chi ha questo ruolo", beneficiario.ente.dati.nome),
            progetto.origine.value(path!["partenariato", riga, "contributo"]),
        )
        .label(format!("{}, al massimo {}", euro(contributo), euro(massimo)));
}
