//! The norms: what each of them asks, and in which plans of this site.

use std::cmp::Reverse;

use tera::Value;

use super::conformita::{gravita, indirizzo};
use super::engine::Foglio;
use super::indice_regole::{is_same, regola as di_numero};
use super::viste::Collegamento;
use super::viste::VistaNorma;
use super::{Site, parole};
use crate::conformita::citazione;
use crate::norme::GENERALE;
use crate::plan::{Plan, Sostituzione};
use crate::record::{Norma, Regola, Voce};
use crate::theme::messaggi::capital;
use crate::value::{Id, Quando};

/// The norms that have a page: the general lists are no norm.
pub fn note(plan: &Plan) -> impl Iterator<Item = (&Id, &Norma)> {
    plan.norme.iter().filter(|(id, _)| id.as_str() != GENERALE).map(|(id, norma)| (id, &**norma))
}

/// Where the page is of the norm that an act is.
pub fn per_atto(plan: &Plan) -> Vec<Value> {
    let norma = |(id, norma): (&Id, &Norma)| {
        let atto = norma.atto.as_ref().filter(|_| norma.estende.is_none())?;
        Some(
            vista! { "atto": (&atto.tipo, &atto.numero, &atto.data), "indirizzo": VistaNorma::of(id, norma).indirizzo },
        )
    };
    note(plan).filter_map(norma).collect()
}

/// The periods in which a norm holds, by itself or through one that extends it.
fn periodi_di(site: &Site, id: &Id) -> Vec<usize> {
    let plan = &*site.plan;
    let vincola =
        |p: &usize| site.conformita.periodi[*p].iter().any(|esito| esito.id == *id || plan.estende(&esito.id, id));
    (0..plan.periodi.len()).rev().filter(vincola).collect()
}

pub fn elenco(foglio: &mut Foglio) {
    let (site, plan) = (foglio.site, foglio.plan);
    let mut norme: Vec<(&Id, &Norma)> = note(plan).collect();
    // From the most recent act; the ones that always hold after those of the plans.
    norme.sort_by_key(|(id, norma)| {
        (norma.vale_sempre, Reverse(norma.atto.as_ref().and_then(|atto| atto.data).map(Quando::primo)), (*id).clone())
    });
    let (in_uso, altre): (Vec<_>, Vec<_>) = norme.into_iter().partition(|(id, _)| !periodi_di(site, id).is_empty());
    // What a plan of another agency adds to an act is no act itself: it keeps its page and is not listed here.
    let altre = altre.into_iter().filter(|(_, norma)| norma.atto.is_some() || norma.estende.is_none());
    let vista = |(id, norma): (&Id, &Norma)| {
        let periodi = periodi_di(site, id).into_iter().map(|p| piano(plan, p));
        vista! {
            "norma": VistaNorma::of(id, norma),
            "oggetto": norma.atto.as_ref().and_then(|atto| atto.oggetto.as_deref()),
            "regole": norma.regole.len(),
            "vale_sempre": norma.vale_sempre,
            "periodi": periodi.collect::<Vec<_>>(),
        }
    };
    foglio.insert("in_uso", &in_uso.into_iter().map(vista).collect::<Vec<_>>());
    foglio.insert("altre", &altre.map(vista).collect::<Vec<_>>());
}

/// The page of a period that tells how its rules went.
fn piano(plan: &Plan, p: usize) -> Collegamento<'_> {
    let periodo = &plan.periodi[p];
    Collegamento { id: periodo.id.as_str(), nome: &periodo.dati.titolo, indirizzo: indirizzo(periodo) }
}

pub fn pagina(foglio: &mut Foglio, id: &Id) {
    let (site, plan) = (foglio.site, foglio.plan);
    let norma = &*plan.norme[id];
    let periodi = periodi_di(site, id);
    let viste = |ids: &[Id]| ids.iter().filter_map(|id| VistaNorma::found(plan, id)).collect::<Vec<_>>();
    let altre = |is: &dyn Fn(&Norma) -> bool| -> Vec<VistaNorma> {
        note(plan).filter(|(_, altra)| is(altra)).map(|(id, altra)| VistaNorma::of(id, altra)).collect()
    };
    foglio.insert("norma", norma);
    foglio.insert("id", id);
    foglio.insert("sostituisce", &viste(&norma.sostituisce));
    foglio.insert("sostituita_da", &altre(&|altra| altra.sostituisce.contains(id)));
    foglio.insert("estende", &norma.estende.as_ref().and_then(|base| VistaNorma::found(plan, base)));
    foglio.insert("estesa_da", &altre(&|altra| altra.estende.as_ref() == Some(id)));
    let cambiate = plan.sostituzioni.iter().filter(|sostituzione| sostituzione.norma == *id);
    foglio.insert("sostituzioni", &cambiate.map(Sostituzione::detta).collect::<Vec<_>>());
    foglio.insert("periodi", &periodi.iter().map(|&p| piano(plan, p)).collect::<Vec<_>>());
    let accesso = periodi.iter().find(|&&p| plan.periodi[p].norma.destinatari.is_some());
    let accesso = accesso.filter(|_| norma.destinatari.is_some());
    foglio.insert("chi_puo_accedere", &accesso.map(|&p| format!("{}/chi-puo-accedere/", plan.periodi[p].id)));
    foglio.insert("macrocategorie", &per_gruppo(&norma.macrocategorie));
    let tipi = norma.categorie_enti.iter().map(|categoria| {
        let qualifiche = categoria.qualifiche.iter().map(|id| plan.nome_qualifica(id)).collect::<Vec<_>>();
        vista! { "nome": categoria.nome, "natura": parole::nome(categoria.natura), "qualifiche": qualifiche }
    });
    foglio.insert("tipi_di_ente", &tipi.collect::<Vec<_>>());
    foglio.insert("regole", &norma.regole.iter().map(|regola| vista(site, id, norma, regola)).collect::<Vec<_>>());
    let cita = capital(&norma.cita());
    foglio.descrizione = format!("{cita}: le regole, una per una, con l'articolo e il perché.");
    foglio.about = Some(foglio.schema().norma(norma));
}

fn vista(site: &Site, id: &Id, norma: &Norma, regola: &Regola) -> Value {
    vista! {
        "codice": regola.codice,
        "titolo": regola.titolo,
        "citazione": citazione(norma, regola),
        "gravita": gravita(regola),
        "che_cosa": regola.tipi().first().map_or("", |tipo| tipo.spiegazione().che_cosa),
        "perche": regola.perche,
        "esempio": regola.esempio,
        "domande": regola.dichiarazione.as_ref().map(|dati| dati.chiede.as_slice()).unwrap_or_default(),
        // Where this rule went, period by period.
        "periodi": periodi_di_regola(site, id, regola),
    }
}

/// The periods in which a rule is judged; a norm that extends this one may have put another in its place.
fn periodi_di_regola<'a>(site: &'a Site, id: &Id, regola: &Regola) -> Vec<Collegamento<'a>> {
    let plan = &*site.plan;
    let mostrata = |p: usize| {
        let norme = &site.conformita.periodi[p];
        let sue = norme.iter().enumerate().filter(|(_, esito)| esito.id == *id || plan.estende(&esito.id, id));
        let mut carte = sue.flat_map(|(n, esito)| (0..esito.regole.len()).map(move |r| site.indici[p].carta((n, r))));
        let numero = carte.find(|&numero| is_same(di_numero(norme, numero), regola))?;
        let voce = piano(plan, p);
        Some(Collegamento { indirizzo: format!("{}#{}", voce.indirizzo, site.indici[p].ancora(numero)), ..voce })
    };
    (0..plan.periodi.len()).rev().filter_map(mostrata).collect()
}

/// The entries of a list by their groups, in the order in which these first come.
fn per_gruppo(voci: &[Voce]) -> Vec<Value> {
    let mut gruppi: Vec<(Option<&str>, Vec<&Voce>)> = Vec::new();
    for voce in voci {
        let nome = voce.gruppo.as_deref();
        match gruppi.iter_mut().find(|(altro, _)| *altro == nome) {
            Some((_, voci)) => voci.push(voce),
            None => gruppi.push((nome, vec![voce])),
        }
    }
    gruppi.into_iter().map(|(nome, voci)| vista! { "nome": nome, "voci": voci }).collect()
}
