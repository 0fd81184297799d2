//! Kind `azione_di_sistema`: the action of the agency for the whole territory.

use super::campi::{NO_RESOURCES, authorised};
use super::contesto::{Contesto, Giudizi, il_per_cento, whole};
use super::giudizio::{Caso, Esame, Giudizio, Presente, dubbio, manca, non_dichiarato, viola};
use crate::path;
use crate::plan::Risorse;
use crate::record::{AzioneDiSistema, VincoloAzioneDiSistema};
use crate::suggest;
use crate::value::{Euro, Id, euro};

pub fn judge(dati: &VincoloAzioneDiSistema, contesto: &Contesto) -> Giudizi {
    let risorse = contesto.periodo.risorse.as_ref();
    let is_asked = dati.obbligatoria && contesto.periodo.completo;
    contesto.sul_piano(|giudizio| match risorse.map(|risorse| (risorse, &risorse.dati.azione_di_sistema)) {
        Some((risorse, Some(azione))) => one(dati, contesto, risorse, azione, giudizio),
        Some((risorse, None)) if is_asked => giudizio.push(
            manca("manca `azione_di_sistema`")
                .at(risorse.origine.key(path!["dotazione"]))
                .help("aggiungi `azione_di_sistema`, con titolo, capofila e la voce di `dotazione` che la paga"),
        ),
        None if is_asked => {
            giudizio.push(manca("manca `risorse.yaml`").at(whole(&contesto.periodo.origine)).help(NO_RESOURCES));
        }
        _ => {}
    })
}

fn one(
    dati: &VincoloAzioneDiSistema,
    contesto: &Contesto,
    risorse: &Risorse,
    azione: &AzioneDiSistema,
    giudizio: &mut Giudizio,
) {
    if let (false, Some(ente)) = (dati.capofila.is_empty(), contesto.plan.ente(&azione.capofila)) {
        giudizio.push(if contesto.ha(ente, &dati.capofila) {
            Caso
        } else {
            viola(format!("«{}» non può guidare l'azione di sistema", ente.dati.nome))
                .at(risorse.origine.value(path!["azione_di_sistema", "capofila"]))
                .label(format!(
                    "{}, e serve un ente di tipo {}",
                    contesto.plan.categorie_enti[ente.categoria].nome,
                    suggest::list(dati.capofila.iter().map(Id::as_str))
                ))
                .related(ente.origine.value(path!["categoria"]), "il tipo dell'ente")
        });
    }
    giudizio.extend(quota(dati, risorse, azione));
    if dati.da_residui {
        let pays = azione.residuo.as_ref().and_then(|id| risorse.dati.residui.iter().position(|r| r.id == *id));
        let Some(i) = pays else {
            return giudizio.push(
                dubbio("non è chiaro se l'azione di sistema si può pagare così")
                    .at(risorse.origine.key(path!["azione_di_sistema", "dotazione"]))
                    .label("la norma parla solo di residui autorizzati")
                    .help("se la pagano i residui, scrivi `residuo: …` al posto di `dotazione`"),
            );
        };
        let residuo = &risorse.dati.residui[i];
        giudizio.push(authorised(contesto, risorse, i));
        giudizio.push(if residuo.avviso.is_some() {
            Presente
        } else {
            non_dichiarato(format!("manca `avviso` del residuo `{}`", residuo.id))
                .at(risorse.origine.value(path!["residui", i, "id"]))
                .label("paga l'azione di sistema: da quale avviso concluso viene?")
                .help("scrivi nel residuo `avviso: …`, l'avviso concluso da cui viene")
        });
    }
}

/// Its part of the whole, residuals excluded, compared to the cent.
fn quota(dati: &VincoloAzioneDiSistema, risorse: &Risorse, azione: &AzioneDiSistema) -> Option<Esame> {
    if dati.quota_minima.is_none() && dati.quota_massima.is_none() {
        return None;
    }
    let (elenco, i, importo) = risorse.dati.paga(azione)?;
    let place = risorse.origine.value(path![elenco, i, "importo"]);
    let totale: Euro = risorse.dati.dotazione.iter().map(|voce| voce.importo).sum();
    let minimo = dati.quota_minima.map(|quota| (quota, totale.percentuale(quota)));
    let massimo = dati.quota_massima.map(|quota| (quota, totale.percentuale(quota)));
    if minimo.is_none_or(|(_, minimo)| importo >= minimo) && massimo.is_none_or(|(_, massimo)| importo <= massimo) {
        // Within the bounds, if it is what was decided.
        return Some(if azione.proposta { Presente } else { Caso });
    }
    let bounds = [
        minimo.map(|(quota, minimo)| format!("almeno {} ({})", euro(minimo), il_per_cento(quota))),
        massimo.map(|(quota, massimo)| format!("al massimo {} ({})", euro(massimo), il_per_cento(quota))),
    ];
    let bounds = bounds.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let label = format!("{} su {} in tutto: {bounds}", euro(importo), euro(totale));
    Some(viola("l'azione di sistema è fuori dalla quota della norma").at(place).label(label))
}
