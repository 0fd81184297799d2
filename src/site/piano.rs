//! The plan of a period, in the order in which the Region reads it.

use serde::Serialize;
use tera::Context;

use super::grafico::{self, Disegno, Grafico, Tabella, Voce};
use super::progetti::{collegamento_avviso, finanziamento_per_progetto, grafico_da_scaricare, viste_di};
use super::viste::{Collegamento, VistaEnte, VistaTotali};
use super::{Briciola, Head, Route, Site, briciola, parole};
use crate::plan::{Alleanza, Periodo, Plan};
use crate::record::{Indicatore, Seggio};
use crate::value::{Euro, migliaia};

pub fn routes(site: &Site, p: usize, put: &mut dyn FnMut(Route)) {
    let periodo = &site.plan.periodi[p];
    let id = &periodo.id;
    put(Route::page(format!("{id}/index.html"), move |site, path| panoramica(site, path, p)));
    for (i, pagina) in periodo.pagine.iter().enumerate() {
        put(Route::page(format!("{id}/{}/index.html", pagina.id), move |site, path| narrativa(site, path, p, i)));
    }
    if periodo.dati.composizione.is_some() {
        put(Route::chart(format!("{id}/grafici/composizione.svg"), move |site, _| {
            match composizione(&site.plan.periodi[p]) {
                Some(grafico) => grafico_da_scaricare(site, &grafico),
                None => Err(Box::new(super::attribuzione::missing_in_chart())),
            }
        }));
    }
    if periodo.ha_rete() {
        put(Route::page(format!("{id}/rete/index.html"), move |site, path| rete(site, path, p)));
    }
    if periodo.ha_monitoraggio() {
        put(Route::page(format!("{id}/monitoraggio/index.html"), move |site, path| monitoraggio(site, path, p)));
    }
    if !periodo.progetti.is_empty() {
        put(Route::page(format!("{id}/trasparenza/index.html"), move |site, path| trasparenza(site, path, p)));
    }
    if periodo.norma.destinatari.is_some() {
        put(Route::page(format!("{id}/chi-puo-accedere/index.html"), move |site, path| chi_puo(site, path, p)));
    }
    if periodo.ha_graduatoria() {
        put(Route::page(format!("{id}/graduatoria/index.html"), move |site, path| graduatoria(site, path, p)));
        put(Route::chart(format!("{id}/grafici/graduatoria.svg"), move |site, _| {
            grafico_da_scaricare(site, &punteggi(&site.plan.periodi[p]))
        }));
    }
    if !periodo.avvisi.is_empty() {
        put(Route::page(format!("{id}/avvisi/index.html"), move |site, path| avvisi(site, path, p)));
        for (a, avviso) in periodo.avvisi.iter().enumerate() {
            put(Route::page(format!("{id}/avvisi/{}/index.html", avviso.id), move |site, path| {
                avviso_(site, path, p, a)
            }));
        }
    }
}

impl Periodo {
    fn ha_rete(&self) -> bool {
        self.dati.rete.is_some() || self.dati.organismo.is_some()
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

/// The pages that a plan has, for its menu.
pub fn sezioni(periodo: &Periodo) -> Vec<Briciola> {
    let id = &periodo.id;
    let has_destinatari = periodo.norma.destinatari.is_some();
    [
        ("Progetti", "progetti", !periodo.progetti.is_empty()),
        ("Alleanze locali", "alleanze", !periodo.alleanze.is_empty()),
        ("Risorse", "risorse", periodo.risorse.is_some()),
        ("Graduatoria", "graduatoria", periodo.ha_graduatoria()),
        ("Chi può accedere", "chi-puo-accedere", has_destinatari),
        ("Avvisi", "avvisi", !periodo.avvisi.is_empty()),
        ("Rete", "rete", periodo.ha_rete()),
        ("Monitoraggio", "monitoraggio", periodo.ha_monitoraggio()),
        ("Trasparenza", "trasparenza", !periodo.progetti.is_empty()),
    ]
    .into_iter()
    .filter(|(_, _, present)| *present)
    .map(|(titolo, folder, _)| briciola(titolo, format!("{id}/{folder}/")))
    .collect()
}

/// The key figures of a plan.
#[derive(Serialize)]
pub struct Numeri {
    pub progetti: u64,
    pub alleanze: u64,
    pub partner: u64,
    pub enti: u64,
    pub totali: VistaTotali,
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
        totali: periodo.totali().into(),
        risorse: periodo.risorse.as_ref().map(|risorse| super::risorse::disponibili(&risorse.dati)),
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

fn head<'a>(path: &'a str, plan: &Plan, p: usize, titolo: &str, descrizione: String) -> Head<'a> {
    let periodo = &plan.periodi[p];
    let briciole = vec![briciola(&*periodo.dati.titolo, format!("{}/", periodo.id))];
    Head { path, titolo: titolo.to_owned(), descrizione, briciole, periodo: Some(p) }
}

fn panoramica(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let dati = &*periodo.dati;
    let mut context = Context::new();
    context.insert("piano", dati);
    context.insert("stato_nome", parole::stato_piano(dati.stato));
    context.insert("norma", &*periodo.norma);
    context.insert("numeri", &numeri(periodo));
    context.insert("pagine", &pagine(periodo));
    context.insert("composizione", &composizione(periodo));
    let grafico = (!periodo.progetti.is_empty()).then(|| finanziamento_per_progetto(periodo));
    context.insert("finanziamento", &grafico);
    let head = Head {
        path,
        titolo: dati.titolo.clone(),
        descrizione: dati.sintesi.as_deref().map_or_else(|| dati.titolo.clone(), crate::markdown::plain),
        briciole: vec![],
        periodo: Some(p),
    };
    site.render(head, "piano.html", &periodo.origine.file, context)
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

/// The partners by kind as the plan prints them: percentages, never counts.
pub fn composizione(periodo: &Periodo) -> Option<Grafico> {
    let dichiarata = periodo.dati.composizione.as_ref()?;
    let mut ordinate: Vec<_> = dichiarata.voci.iter().collect();
    ordinate.sort_by_key(|voce| std::cmp::Reverse(voce.percentuale));
    let voci: Vec<Voce> = ordinate
        .iter()
        .map(|voce| Voce {
            etichetta: voce.nome.clone(),
            pesi: vec![u64::from(voce.percentuale)],
            valore: format!("{} %", voce.percentuale),
        })
        .collect();
    let somma: u64 = ordinate.iter().map(|voce| u64::from(voce.percentuale)).sum();
    let enti = migliaia(&dichiarata.enti.to_string());
    let tabella = Tabella {
        didascalia: format!("{}: percentuale su {enti} enti", dichiarata.titolo),
        intestazioni: ["Tipo di ente", "Percentuale"].map(String::from).to_vec(),
        righe: ordinate.iter().map(|voce| vec![voce.nome.clone(), format!("{} %", voce.percentuale)]).collect(),
        totale: Some(vec!["Totale".into(), format!("{somma} %")]),
    };
    let disegno = Disegno {
        id: "composizione",
        titolo: dichiarata.titolo.clone(),
        descrizione: format!("{enti} enti di {} tipi. La fonte dà solo le percentuali.", ordinate.len()),
        serie: &["Percentuale"],
        scarica: Some(format!("{}/grafici/composizione.svg", periodo.id)),
    };
    Some(grafico::disegna(disegno, &voci, tabella))
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
    stato_nome: &'static str,
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
            stato_nome: parole::stato_progetto(progetto.dati.stato),
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

/// A row of the register that D.Lgs. 33/2013 arts. 26-27 ask for.
#[derive(Serialize)]
struct Concessione<'a> {
    progetto: Collegamento<'a>,
    beneficiario: VistaEnte<'a>,
    codice_fiscale: Option<&'a str>,
    importo: Option<Euro>,
    titolo_giuridico: &'a str,
    atto: Option<&'a crate::record::Atto>,
    responsabile: Option<&'a crate::record::Responsabile>,
    modalita: Option<Collegamento<'a>>,
    cup: Option<&'a str>,
}

fn trasparenza(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let concessioni: Vec<Concessione> = periodo
        .progetti
        .iter()
        .map(|progetto| {
            let capofila = periodo.alleanze[progetto.alleanza].capofila;
            let dati = &*progetto.dati;
            Concessione {
                progetto: Collegamento {
                    id: progetto.id.as_str(),
                    nome: &dati.titolo,
                    indirizzo: super::viste::indirizzo_progetto(periodo, progetto),
                },
                beneficiario: VistaEnte::of(plan, capofila),
                codice_fiscale: plan.enti[capofila].dati.codice_fiscale.as_deref(),
                importo: dati.finanziamento.contributo_riconosciuto,
                titolo_giuridico: &periodo.norma.titolo,
                atto: dati.atti.concessione.as_ref(),
                responsabile: dati.responsabile.as_ref(),
                modalita: progetto.avviso.map(|a| collegamento_avviso(periodo, a)),
                cup: dati.atti.cup.as_deref(),
            }
        })
        .collect();
    let mut context = Context::new();
    context.insert("concessioni", &concessioni);
    context.insert("totali", &VistaTotali::from(periodo.totali()));
    context.insert("norma", &*periodo.norma);
    let descrizione =
        "Gli atti di concessione pubblicati ai sensi degli articoli 26 e 27 del D.Lgs. 33/2013.".to_owned();
    site.render(head(path, plan, p, "Trasparenza", descrizione), "trasparenza.html", &periodo.origine.file, context)
}

fn chi_puo(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let mut context = Context::new();
    context.insert("destinatari", &periodo.norma.destinatari);
    context.insert("norma", &*periodo.norma);
    let descrizione = "Chi può usare i servizi del piano, in parole semplici.".to_owned();
    let head = head(path, plan, p, "Chi può accedere", descrizione);
    site.render(head, "chi-puo-accedere.html", &periodo.origine.file, context)
}

fn graduatoria(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let mut context = Context::new();
    context.insert("progetti", &viste_di(plan, periodo));
    context.insert("totali", &VistaTotali::from(periodo.totali()));
    context.insert("assegnazioni", &super::risorse::assegnazioni(periodo));
    context.insert("quadrature", &super::risorse::quadrature(periodo));
    context.insert("criteri", &periodo.dati.criteri);
    context.insert("grafico", &punteggi(periodo));
    let descrizione =
        format!("La graduatoria del {}, i criteri e come è stato diviso il contributo.", periodo.dati.titolo);
    site.render(head(path, plan, p, "Graduatoria", descrizione), "graduatoria.html", &periodo.origine.file, context)
}

/// The scores, best first.
fn punteggi(periodo: &Periodo) -> Grafico {
    let mut voci = Vec::new();
    let mut righe = Vec::new();
    for progetto in &periodo.progetti {
        let Some(posto) = &progetto.dati.graduatoria else { continue };
        let punti = posto.punteggio.italiano();
        // Points have few decimals: thousandths are exact enough to be whole, and a bar has no finer grain.
        let millesimi = (posto.punteggio.0 * rust_decimal::Decimal::ONE_THOUSAND).round_dp(0);
        voci.push(Voce {
            etichetta: format!("{}. {}", posto.posizione, progetto.dati.titolo),
            pesi: vec![u64::try_from(millesimi).unwrap_or(0)],
            valore: punti.clone(),
        });
        righe.push(vec![posto.posizione.to_string(), progetto.dati.titolo.clone(), punti]);
    }
    let tabella = Tabella {
        didascalia: "Punteggi in graduatoria".into(),
        intestazioni: ["Posizione", "Progetto", "Punti"].map(String::from).to_vec(),
        righe,
        totale: None,
    };
    let disegno = Disegno {
        id: "punteggi",
        titolo: "Punteggi in graduatoria".into(),
        descrizione: match (voci.first(), voci.last()) {
            (Some(primo), Some(ultimo)) => {
                format!("{} progetti, da {} a {} punti.", voci.len(), primo.valore, ultimo.valore)
            }
            _ => String::new(),
        },
        serie: &["Punti"],
        scarica: Some(format!("{}/grafici/graduatoria.svg", periodo.id)),
    };
    grafico::disegna(disegno, &voci, tabella)
}

#[derive(Serialize)]
struct VistaAvviso<'a> {
    id: &'a str,
    indirizzo: String,
    tipo: &'static str,
    avviso: &'a crate::record::Avviso,
    progetti: usize,
}

fn vista_avviso(periodo: &Periodo, a: usize) -> VistaAvviso<'_> {
    let avviso = &periodo.avvisi[a];
    VistaAvviso {
        id: avviso.id.as_str(),
        indirizzo: collegamento_avviso(periodo, a).indirizzo,
        tipo: parole::tipo_avviso(avviso.dati.tipo),
        avviso: &avviso.dati,
        progetti: avviso.progetti.len(),
    }
}

fn avvisi(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let mut context = Context::new();
    context.insert("avvisi", &(0..periodo.avvisi.len()).map(|a| vista_avviso(periodo, a)).collect::<Vec<_>>());
    let descrizione =
        format!("Gli avvisi del {}: quando si aprono, chi può partecipare, con quali limiti.", periodo.dati.titolo);
    site.render(head(path, plan, p, "Avvisi", descrizione), "avvisi.html", &periodo.origine.file, context)
}

fn avviso_(site: &Site, path: &str, p: usize, a: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let avviso = &periodo.avvisi[a];
    let norma = avviso.dati.norma.as_ref().and_then(|id| plan.norme.get(id)).unwrap_or(&periodo.norma);
    let progetti: Vec<_> =
        avviso.progetti.iter().map(|&i| super::viste::VistaProgetto::of(plan, periodo, &periodo.progetti[i])).collect();
    let mut context = Context::new();
    context.insert("vista", &vista_avviso(periodo, a));
    context.insert("avviso", &*avviso.dati);
    context.insert("norma", &**norma);
    context.insert("progetti", &progetti);
    let esito = avviso.dati.esito.as_ref();
    let righe = esito.map(|esito| esito.province.as_slice()).unwrap_or_default();
    context.insert("totale_progetti", &righe.iter().map(|riga| u64::from(riga.progetti)).sum::<u64>());
    context.insert("totale_contributo", &righe.iter().map(|riga| riga.contributo).sum::<Euro>());
    let mut head =
        head(path, plan, p, &avviso.dati.titolo, format!("{}: condizioni, limiti ed esito.", avviso.dati.titolo));
    head.briciole.push(briciola("Avvisi", format!("{}/avvisi/", periodo.id)));
    site.render(head, "avviso.html", &avviso.origine.file, context)
}
