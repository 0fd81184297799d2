//! The norms: what each of them asks, and in which plans of this site.

use std::cmp::Reverse;

use serde::Serialize;
use tera::Context;

use super::conformita::{gravita, indirizzo, is_same};
use super::schema::Schema;
use super::viste::Collegamento;
use super::{Also, Head, Route, Site, briciola, parole};
use crate::conformita::citazione;
use crate::norme::GENERALE;
use crate::plan::{Plan, Sostituzione};
use crate::record::{CategoriaEnte, Domanda, Norma, Regola, Voce};
use crate::theme::messaggi;
use crate::value::Id;

pub fn routes(site: &Site, put: &mut dyn FnMut(Route)) {
    put(Route::page("norme/index.html".into(), elenco));
    for (id, _) in note(&site.plan) {
        let norma = id.clone();
        put(Route::page(format!("norme/{id}/index.html"), move |site, path| pagina(site, path, &norma)));
    }
}

/// A norm, where it is named.
#[derive(Serialize)]
pub struct VistaNorma<'a> {
    pub id: &'a Id,
    pub titolo: &'a str,
    pub cita: String,
    pub indirizzo: String,
}

impl<'a> VistaNorma<'a> {
    pub fn of(id: &'a Id, norma: &'a Norma) -> Self {
        VistaNorma { id, titolo: &norma.titolo, cita: norma.cita(), indirizzo: format!("norme/{id}/") }
    }

    pub fn found(plan: &'a Plan, id: &Id) -> Option<Self> {
        plan.norme.get_key_value(id).map(|(id, norma)| VistaNorma::of(id, norma))
    }
}

/// Where the page of a norm tells a rule.
pub fn indirizzo_regola(norma: &Id, regola: &Regola) -> String {
    format!("norme/{norma}/#{}", regola.codice)
}

/// The norms that have a page: the general lists are no norm.
fn note(plan: &Plan) -> impl Iterator<Item = (&Id, &Norma)> {
    plan.norme.iter().filter(|(id, _)| id.as_str() != GENERALE).map(|(id, norma)| (id, &**norma))
}

/// The periods in which a norm holds, by itself or through one that extends it.
fn periodi_di(site: &Site, id: &Id) -> Vec<usize> {
    let plan = &*site.plan;
    let binds =
        |p: &usize| site.conformita.periodi[*p].iter().any(|esito| esito.id == *id || plan.estende(&esito.id, id));
    (0..plan.periodi.len()).rev().filter(binds).collect()
}

#[derive(Serialize)]
struct InElenco<'a> {
    norma: VistaNorma<'a>,
    oggetto: Option<&'a str>,
    regole: usize,
    vale_sempre: bool,
    periodi: Vec<Collegamento<'a>>,
}

fn elenco(site: &Site, path: &str) -> super::Rendered {
    let plan = &*site.plan;
    let mut norme: Vec<(&Id, &Norma)> = note(plan).collect();
    // From the most recent act; the ones that always hold after those of the plans.
    norme.sort_by_key(|(id, norma)| {
        (norma.vale_sempre, Reverse(norma.atto.as_ref().map(|atto| atto.data)), (*id).clone())
    });
    let viste = norme.into_iter().map(|(id, norma)| InElenco {
        norma: VistaNorma::of(id, norma),
        oggetto: norma.atto.as_ref().and_then(|atto| atto.oggetto.as_deref()),
        regole: norma.regole.len(),
        vale_sempre: norma.vale_sempre,
        periodi: periodi_di(site, id).into_iter().map(|p| piano(plan, p)).collect(),
    });
    let (in_uso, altre): (Vec<InElenco>, Vec<InElenco>) = viste.partition(|voce| !voce.periodi.is_empty());
    let mut context = Context::new();
    context.insert("in_uso", &in_uso);
    context.insert("altre", &altre);
    let head = Head {
        path,
        titolo: "Norme".into(),
        descrizione: "Gli atti da cui vengono le regole dei Piani, con ogni regola in parole semplici.".into(),
        briciole: vec![],
        periodo: None,
    };
    site.render(head, "norme.html", "norme", context)
}

/// The page of a period that tells how its rules went.
fn piano(plan: &Plan, p: usize) -> Collegamento<'_> {
    let periodo = &plan.periodi[p];
    Collegamento { id: periodo.id.as_str(), nome: &periodo.dati.titolo, indirizzo: indirizzo(periodo) }
}

/// The entries of a list with the same group.
#[derive(Serialize)]
struct Gruppo<'a> {
    nome: Option<&'a str>,
    voci: Vec<&'a Voce>,
}

#[derive(Serialize)]
struct TipoEnte<'a> {
    nome: &'a str,
    natura: &'static str,
    qualifiche: Vec<&'a str>,
}

#[derive(Serialize)]
struct VistaRegola<'a> {
    codice: &'a str,
    titolo: &'a str,
    citazione: String,
    gravita: Option<&'static str>,
    che_cosa: &'static str,
    perche: &'a str,
    esempio: Option<&'a str>,
    domande: &'a [Domanda],
    /// Where this rule went, period by period.
    periodi: Vec<Collegamento<'a>>,
}

fn pagina(site: &Site, path: &str, id: &Id) -> super::Rendered {
    let plan = &*site.plan;
    let norma = &*plan.norme[id];
    let periodi = periodi_di(site, id);
    let viste = |ids: &[Id]| ids.iter().filter_map(|id| VistaNorma::found(plan, id)).collect::<Vec<_>>();
    let others = |is: &dyn Fn(&Norma) -> bool| -> Vec<VistaNorma> {
        note(plan).filter(|(_, altra)| is(altra)).map(|(id, altra)| VistaNorma::of(id, altra)).collect()
    };
    let mut context = Context::new();
    context.insert("norma", norma);
    context.insert("id", id);
    context.insert("sostituisce", &viste(&norma.sostituisce));
    context.insert("sostituita_da", &others(&|altra| altra.sostituisce.contains(id)));
    context.insert("estende", &norma.estende.as_ref().and_then(|base| VistaNorma::found(plan, base)));
    context.insert("estesa_da", &others(&|altra| altra.estende.as_ref() == Some(id)));
    let changed = plan.sostituzioni.iter().filter(|sostituzione| sostituzione.norma == *id);
    context.insert("sostituzioni", &changed.map(Sostituzione::detta).collect::<Vec<_>>());
    context.insert("periodi", &periodi.iter().map(|&p| piano(plan, p)).collect::<Vec<_>>());
    let accesso = periodi.iter().find(|&&p| plan.periodi[p].norma.destinatari.is_some());
    let accesso = accesso.filter(|_| norma.destinatari.is_some());
    context.insert("chi_puo_accedere", &accesso.map(|&p| format!("{}/chi-puo-accedere/", plan.periodi[p].id)));
    context.insert("macrocategorie", &per_gruppo(&norma.macrocategorie));
    context.insert(
        "tipi_di_ente",
        &norma.categorie_enti.iter().map(|categoria| tipo_di_ente(plan, categoria)).collect::<Vec<_>>(),
    );
    context.insert("regole", &norma.regole.iter().map(|regola| vista(site, id, norma, regola)).collect::<Vec<_>>());
    let cita = messaggi::capital(&norma.cita());
    let head = Head {
        path,
        descrizione: format!("{cita}: le regole, una per una, con l'articolo e il perché."),
        titolo: cita,
        briciole: vec![briciola("Norme", "norme/")],
        periodo: None,
    };
    let about = Also::about(Schema::of(site, path).norma(norma));
    site.render_for(about, head, "norma.html", id.as_str(), context)
}

fn vista<'a>(site: &'a Site, id: &Id, norma: &Norma, regola: &'a Regola) -> VistaRegola<'a> {
    VistaRegola {
        codice: &regola.codice,
        titolo: &regola.titolo,
        citazione: citazione(norma, regola),
        gravita: gravita(regola),
        che_cosa: regola.tipi().first().map_or("", |tipo| tipo.spiegazione().che_cosa),
        perche: &regola.perche,
        esempio: regola.esempio.as_deref(),
        domande: regola.dichiarazione.as_ref().map(|dati| dati.chiede.as_slice()).unwrap_or_default(),
        periodi: periodi_di_regola(site, id, regola),
    }
}

/// The periods in which a rule is judged; a norm that extends this one may have put another in its place.
fn periodi_di_regola<'a>(site: &'a Site, id: &Id, regola: &Regola) -> Vec<Collegamento<'a>> {
    let plan = &*site.plan;
    let shown = |p: usize| {
        let norme = &site.conformita.periodi[p];
        let binding = norme.iter().enumerate().filter(|(_, esito)| esito.id == *id || plan.estende(&esito.id, id));
        let mut carte =
            binding.flat_map(|(n, esito)| (0..esito.regole.len()).map(move |r| site.indici[p].carta((n, r))));
        let posto = carte.find(|&(n, r)| is_same(norme[n].regola(&norme[n].regole[r]), regola))?;
        let voce = piano(plan, p);
        Some(Collegamento { indirizzo: format!("{}#{}", voce.indirizzo, site.indici[p].ancora(posto)), ..voce })
    };
    (0..plan.periodi.len()).rev().filter_map(shown).collect()
}

/// In the order in which groups first come.
fn per_gruppo(voci: &[Voce]) -> Vec<Gruppo<'_>> {
    let mut gruppi: Vec<Gruppo> = Vec::new();
    for voce in voci {
        let nome = voce.gruppo.as_deref();
        match gruppi.iter_mut().find(|gruppo| gruppo.nome == nome) {
            Some(gruppo) => gruppo.voci.push(voce),
            None => gruppi.push(Gruppo { nome, voci: vec![voce] }),
        }
    }
    gruppi
}

fn tipo_di_ente<'a>(plan: &'a Plan, categoria: &'a CategoriaEnte) -> TipoEnte<'a> {
    let qualifiche = categoria.qualifiche.iter().map(|id| plan.nome_qualifica(id)).collect();
    TipoEnte { nome: &categoria.nome, natura: parole::nome(categoria.natura), qualifiche }
}
