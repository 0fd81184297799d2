//! The plan of a period, in the order in which the Region reads it.

use serde::Serialize;
use tera::Context;

use super::denaro::Totali;
use super::norme::VistaNorma;
use super::schema::Schema;
use super::situazione::{self, Situazione};
use super::viste::{Collegamento, VistaEnte};
use super::{
    Also, Briciola, Head, Route, Site, briciola, concessioni, conformita, denaro, dichiarazioni, graduatoria, grafici,
    parole,
};
use crate::plan::{Alleanza, Periodo, Plan};
use crate::record::{Indicatore, Passaggio, Seggio, SuCosa};
use crate::value::Euro;

pub fn routes(site: &Site, p: usize, put: &mut dyn FnMut(Route)) {
    let periodo = &site.plan.periodi[p];
    let id = &periodo.id;
    put(Route::page(format!("{id}/index.html"), move |site, path| panoramica(site, path, p)));
    for (i, pagina) in periodo.pagine.iter().enumerate() {
        put(Route::page(format!("{id}/{}/index.html", pagina.id), move |site, path| narrativa(site, path, p, i)));
    }
    if periodo.dati.composizione.is_some() {
        grafici::rotte(site, put, move |site| grafici::composizione_dichiarata(&site.plan.periodi[p]));
    }
    if periodo.ha_rete() {
        put(Route::page(format!("{id}/rete/index.html"), move |site, path| rete(site, path, p)));
    }
    if periodo.ha_monitoraggio() {
        put(Route::page(format!("{id}/monitoraggio/index.html"), move |site, path| monitoraggio(site, path, p)));
    }
    if periodo.ha_concessioni() {
        put(Route::page(format!("{id}/trasparenza/index.html"), move |site, path| concessioni::pagina(site, path, p)));
    }
    if periodo.norma.destinatari.is_some() {
        put(Route::page(format!("{id}/chi-puo-accedere/index.html"), move |site, path| chi_puo(site, path, p)));
    }
    if periodo.ha_graduatoria() {
        put(Route::page(format!("{id}/graduatoria/index.html"), move |site, path| graduatoria::pagina(site, path, p)));
        grafici::rotte(site, put, move |site| Some(grafici::punteggi(&site.plan.periodi[p])));
    }
}

impl Periodo {
    fn ha_rete(&self) -> bool {
        self.dati.rete.is_some() || self.dati.organismo.is_some()
    }

    fn ha_concessioni(&self) -> bool {
        self.progetti.iter().any(|progetto| self.concessione(progetto).is_some())
    }

    fn ha_monitoraggio(&self) -> bool {
        let rete = self.dati.rete.as_ref();
        rete.is_some_and(|rete| rete.monitoraggio.is_some() || !rete.incontri.is_empty())
            || self.progetti.iter().any(|progetto| !progetto.dati.indicatori.is_empty())
    }

    fn ha_graduatoria(&self) -> bool {
        self.progetti.iter().any(|progetto| progetto.dati.graduatoria.is_some())
    }
}

/// The pages that a plan has for one kind of reader.
#[derive(Serialize)]
pub struct Gruppo {
    titolo: &'static str,
    sezioni: Vec<Briciola>,
}

/// The pages that a plan has, for its menu: first what one can use, then how it works, last what one can check.
pub fn gruppi(periodo: &Periodo) -> Vec<Gruppo> {
    let id = &periodo.id;
    let ha_progetti = !periodo.progetti.is_empty();
    let cittadini = [
        ("Chi può accedere", "chi-puo-accedere", periodo.norma.destinatari.is_some()),
        ("Progetti", "progetti", ha_progetti),
        ("Alleanze locali", "alleanze", !periodo.alleanze.is_empty()),
        ("Avvisi", "avvisi", !periodo.avvisi.is_empty()),
    ];
    let piano = [
        ("Il documento", "documento", true),
        ("Risorse", "risorse", periodo.risorse.is_some()),
        ("Graduatoria", "graduatoria", periodo.ha_graduatoria()),
        ("Rete", "rete", periodo.ha_rete()),
        ("Monitoraggio", "monitoraggio", periodo.ha_monitoraggio()),
    ];
    let controllo = [
        ("Trasparenza", "trasparenza", periodo.ha_concessioni()),
        ("Conformità", "conformita", true),
        ("Storico delle modifiche", "storico", !periodo.consegne.is_empty()),
        ("Registro dei prodotti", "registro", true),
    ];
    let gruppo = |titolo, voci: &[(&str, &str, bool)]| {
        let presenti = voci.iter().filter(|(_, _, present)| *present);
        Gruppo {
            titolo,
            sezioni: presenti.map(|(nome, folder, _)| briciola(*nome, format!("{id}/{folder}/"))).collect(),
        }
    };
    let gruppi = [
        gruppo("Per i cittadini", &cittadini),
        gruppo("Come funziona", &piano),
        gruppo("Per chi controlla", &controllo),
    ];
    gruppi.into_iter().filter(|gruppo| !gruppo.sezioni.is_empty()).collect()
}

/// The same pages in a row.
pub fn sezioni(periodo: &Periodo) -> Vec<Briciola> {
    gruppi(periodo).into_iter().flat_map(|gruppo| gruppo.sezioni).collect()
}

/// The key figures of a plan.
#[derive(Serialize)]
pub struct Numeri {
    pub progetti: u64,
    pub alleanze: u64,
    pub partner: u64,
    pub enti: u64,
    pub totali: Totali,
    /// All that the plan has: endowment and residuals.
    pub risorse: Option<Euro>,
}

pub fn numeri(periodo: &Periodo) -> Numeri {
    let partner = periodo.alleanze.iter().map(Alleanza::numero_partner).sum::<u64>();
    let alleanze = periodo.alleanze.len() as u64;
    Numeri {
        progetti: periodo.progetti.len() as u64,
        alleanze,
        partner,
        enti: partner + alleanze,
        totali: Totali::di(periodo.progetti.iter()),
        risorse: periodo.risorse.as_ref().map(|risorse| denaro::disponibili(&risorse.dati)),
    }
}

/// The narrative pages of a plan.
pub fn pagine(periodo: &Periodo) -> Vec<Collegamento<'_>> {
    periodo
        .pagine
        .iter()
        .map(|pagina| Collegamento {
            id: pagina.id.as_str(),
            nome: &pagina.dati.titolo,
            indirizzo: format!("{}/{}/", periodo.id, pagina.id),
        })
        .collect()
}

pub fn head<'a>(path: &'a str, plan: &Plan, p: usize, titolo: &str, descrizione: String) -> Head<'a> {
    let periodo = &plan.periodi[p];
    let briciole = vec![briciola(&*periodo.dati.titolo, format!("{}/", periodo.id))];
    Head { path, titolo: titolo.to_owned(), descrizione, briciole, periodo: Some(p) }
}

/// The page of the plan's own norm.
fn norma_indirizzo(periodo: &Periodo) -> String {
    VistaNorma::of(&periodo.dati.norma, &periodo.norma).indirizzo
}

fn panoramica(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let dati = &*periodo.dati;
    let mut context = Context::new();
    context.insert("piano", dati);
    context.insert("stato_nome", parole::nome(dati.stato));
    context.insert("situazione", &situazione::di_piano(periodo, plan.sito.aggiornato_al));
    let passaggi: Vec<VistaPassaggio> = dati
        .passaggi
        .fatti()
        .map(|(chiave, passaggio)| VistaPassaggio { nome: parole::passaggio(chiave), passaggio })
        .collect();
    context.insert("passaggi", &passaggi);
    context.insert("norma", &*periodo.norma);
    context.insert("norma_indirizzo", &norma_indirizzo(periodo));
    context.insert("regole", &conformita::regole_del_piano(site, p));
    context.insert("dichiarazioni", &dichiarazioni::semplici(plan, &periodo.norma, SuCosa::Piano, &dati.dichiarazioni));
    context.insert("numeri", &numeri(periodo));
    context.insert("pagine", &pagine(periodo));
    context.insert("composizione", &grafici::composizione_dichiarata(periodo));
    let grafico = (!periodo.progetti.is_empty()).then(|| grafici::finanziamento(periodo));
    context.insert("finanziamento", &grafico);
    let head = Head {
        path,
        titolo: dati.titolo.clone(),
        descrizione: dati.sintesi.as_deref().map_or_else(|| dati.titolo.clone(), crate::markdown::plain),
        briciole: vec![],
        periodo: Some(p),
    };
    let about = Also::about(Schema::of(site, path).piano(periodo));
    site.render_for(about, head, "piano.html", &periodo.origine.file, context)
}

fn narrativa(site: &Site, path: &str, p: usize, i: usize) -> super::Rendered {
    let plan = &*site.plan;
    let pagina = &plan.periodi[p].pagine[i];
    let mut context = Context::new();
    context.insert("contenuto", &*pagina.dati);
    context.insert("testo", &pagina.dati.testo);
    context.insert("id", &pagina.id);
    context.insert("pagine", &pagine(&plan.periodi[p]));
    let descrizione = pagina.dati.sommario.clone().unwrap_or_else(|| pagina.dati.titolo.clone());
    site.render(head(path, plan, p, &pagina.dati.titolo, descrizione), "pagina.html", &pagina.origine.file, context)
}

/// A step of the plan, with what proves it.
#[derive(Serialize)]
struct VistaPassaggio<'a> {
    nome: &'static str,
    #[serde(flatten)]
    passaggio: &'a Passaggio,
}

/// A seat of the body, filled or missing.
#[derive(Serialize)]
struct VistaSeggio<'a> {
    nome: &'a str,
    obbligatorio: bool,
    enti: Vec<VistaEnte<'a>>,
}

fn rete(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let dati = &*periodo.dati;
    let vista = |id| plan.ente_per_id.get(id).map(|&i| VistaEnte::of(plan, i));
    let membri: Vec<Seggio> = dati.organismo.iter().flat_map(|organismo| organismo.membri.clone()).collect();
    let seggi: Vec<VistaSeggio> = periodo
        .norma
        .organismo
        .iter()
        .flat_map(|organismo| &organismo.seggi)
        .map(|seggio| VistaSeggio {
            nome: &seggio.nome,
            obbligatorio: seggio.obbligatorio,
            enti: membri
                .iter()
                .filter(|membro| membro.seggio == seggio.id)
                .filter_map(|membro| vista(&membro.ente))
                .collect(),
        })
        .collect();
    let mut context = Context::new();
    context.insert("rete", &dati.rete);
    context.insert("capofila", &dati.rete.as_ref().and_then(|rete| vista(rete.capofila.as_ref()?)));
    let membri_di_rete = dati.rete.iter().flat_map(|rete| &rete.membri).filter_map(vista).collect::<Vec<_>>();
    context.insert("membri", &membri_di_rete);
    context.insert("organismo", &dati.organismo);
    context.insert("seggi", &seggi);
    context.insert("organismo_della_norma", &periodo.norma.organismo.as_ref().map(|organismo| &organismo.nome));
    let head = head(path, plan, p, "Rete", format!("La rete territoriale del {}.", dati.titolo));
    site.render(head, "rete.html", &periodo.origine.file, context)
}

#[derive(Serialize)]
struct Avanzamento<'a> {
    titolo: &'a str,
    indirizzo: String,
    situazione: Situazione,
    indicatori: &'a [Indicatore],
}

fn monitoraggio(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let progetti: Vec<Avanzamento> = periodo
        .progetti
        .iter()
        .map(|progetto| Avanzamento {
            titolo: &progetto.dati.titolo,
            indirizzo: super::viste::indirizzo_progetto(periodo, progetto),
            situazione: situazione::di_progetto(plan, periodo, progetto),
            indicatori: &progetto.dati.indicatori,
        })
        .collect();
    let mut context = Context::new();
    context.insert("rete", &periodo.dati.rete);
    context.insert("progetti", &progetti);
    let titolo = "Monitoraggio";
    let descrizione = format!("Incontri della rete, stato dei progetti e risultati del {}.", periodo.dati.titolo);
    site.render(head(path, plan, p, titolo, descrizione), "monitoraggio.html", &periodo.origine.file, context)
}

fn chi_puo(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let mut context = Context::new();
    context.insert("destinatari", &periodo.norma.destinatari);
    context.insert("norma", &*periodo.norma);
    context.insert("norma_indirizzo", &norma_indirizzo(periodo));
    let descrizione = "Chi può usare i servizi del piano, in parole semplici.".to_owned();
    let head = head(path, plan, p, "Chi può accedere", descrizione);
    site.render(head, "chi-puo-accedere.html", &periodo.origine.file, context)
}
