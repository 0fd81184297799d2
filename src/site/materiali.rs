//! What the posters and the cards of a plan say: plain words of the record, each leading to its page.

use super::concessioni::{self, Concessione};
use super::engine::rifiutato;
use super::offerta::{VistaServizio, nome_dei_luoghi, servizi_di, territorio_di};
use super::situazione::{self, Fine};
use super::viste::{self, luoghi};
use super::{Presta, Site, parole};
use crate::input::consegne::TipoProdotto;
use crate::markdown;
use crate::plan::{Avviso, Periodo, Plan, Progetto};
use crate::print::documento::blocchi::{Brano, Link, Logo, Parole, Riga, riga};
use crate::print::materiali::cartolina::Carta;
use crate::print::materiali::locandina::{Locandina, Voce};
use crate::print::materiali::{DaComporre, Firma};
use crate::print::opera::{Fatta, Opera, compi};
use crate::print::tipografia::turni;
use crate::record::Contatti;
use crate::report::Diagnostic;
use crate::theme::messaggi::capital;
use crate::value::{Chiave, Posta, Testo, euro};

/// How an office is introduced: its name often begins with "Ufficio".
const A_CHI: &str = "A chi rivolgersi";

/// A poster and a card that tell of one record.
pub struct Materiale {
    /// The names of its files begin so: `progetto-nido`.
    pub nome: String,
    pub locandina: Locandina,
    pub carta: Carta,
}

/// A finished file.
pub struct Fatto {
    pub nome: String,
    pub tipo: TipoProdotto,
    /// The address that its code leads to.
    pub pagina: String,
    pub bytes: Vec<u8>,
    /// What it was made from.
    pub chiave: Chiave,
}

/// The materials of a plan as final bytes, each proved; all problems where there are any.
pub fn fatti(site: &Site, p: usize, presta: &Presta) -> Result<Vec<Fatto>, Vec<Diagnostic>> {
    let firma = firma(site, Some(p));
    let resi = turni::ciascuno(&di_periodo(site, p), |_, materiale| {
        let Materiale { nome, locandina, carta } = materiale;
        let identita = format!("{} {} {nome}", site.plan.sito.ats.nome, site.plan.periodi[p].id);
        let modelli = &site.theme.documento;
        let fatto = |che: &str, tipo, opera: &dyn Opera| -> Result<Fatto, Box<Diagnostic>> {
            let nome = format!("{nome}-{che}");
            let Fatta { bytes, chiave, .. } = compi(opera, |chiave| presta(&nome, chiave))
                .map_err(|rifiuto| rifiutato(site, &nome, opera.modello(), rifiuto))?;
            Ok(Fatto { nome, tipo, pagina: locandina.indirizzo.clone(), bytes, chiave })
        };
        let carta = DaComporre { cosa: carta.clone(), modelli, firma: firma.clone(), identita: String::new() };
        let da_comporre = DaComporre { cosa: locandina.clone(), modelli, firma: firma.clone(), identita };
        [
            fatto("cartolina.png", TipoProdotto::Cartolina, &carta),
            fatto("locandina.pdf", TipoProdotto::Locandina, &da_comporre),
        ]
    });
    let (mut fatti, mut problemi) = (Vec::new(), Vec::new());
    for reso in resi.into_iter().flatten() {
        match reso {
            Ok(fatto) => fatti.push(fatto),
            Err(problema) => problemi.push(*problema),
        }
    }
    if problemi.is_empty() { Ok(fatti) } else { Err(problemi) }
}

/// The titles that posters and cards have no room for, by record, as they are shown.
pub fn titoli_tagliati(periodo: &Periodo) -> Vec<(&str, String)> {
    let avvisi = periodo.avvisi.iter().map(|avviso| (avviso.id.as_str(), &*avviso.dati.titolo));
    let progetti = periodo.progetti.iter().filter(|progetto| progetto.dati.stato().e_finanziato());
    let progetti = progetti.map(|progetto| (progetto.id.as_str(), &*progetto.dati.titolo));
    let tagliato = |(id, titolo): (_, &str)| Some((id, breve(titolo, TITOLO))).filter(|(_, corto)| corto != titolo);
    avvisi.chain(progetti).filter_map(tagliato).collect()
}

/// The words that a poster and a card have room for.
const SINTESI: usize = 480;
const SULLA_CARTA: usize = 240;
pub const TITOLO: usize = 140;

/// What everything that is set for a site carries; of a plan where it is of one.
pub fn firma(site: &Site, p: Option<usize>) -> Firma {
    let (plan, sito) = (&*site.plan, &*site.plan.sito);
    let giorno = sito.aggiornato_al.0;
    let bozza = p.and_then(|p| {
        let periodo = &plan.periodi[p];
        parole::non_definitivo(periodo).map(|detto| format!("{}, {detto}.", periodo.dati.titolo))
    });
    Firma {
        ente: sito.ats.nome.as_str().into(),
        ente_esteso: sito.ats.nome_esteso.as_str().into(),
        autore: sito.chi_pubblica().into(),
        frase: plan.frase.as_str().into(),
        logo: Logo { file: format!("logo/{}", sito.logo.file), alternativa: sito.logo.alternativa.as_str().into() },
        disegno: plan.logo.clone(),
        avvertenze: bozza.into_iter().chain(sito.avvertenza.clone()).map(Parole::from).collect(),
        data: (giorno.year(), giorno.month(), giorno.day()),
    }
}

/// The projects that have none: each would say that the Region pays for what it does not, or not yet.
pub fn esclusi(periodo: &Periodo) -> impl Iterator<Item = &Progetto> {
    periodo.progetti.iter().filter(|progetto| !progetto.dati.stato().e_finanziato())
}

/// The materials of a plan, calls first; none where the site has no address that a code could lead to.
pub fn di_periodo(site: &Site, p: usize) -> Vec<Materiale> {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let Some(base) = &plan.indirizzo else { return Vec::new() };
    let insieme = |genere: &str, id: &str, cartella: &str, detto: Detto| {
        let indirizzo = format!("{base}{}/{cartella}/{id}/", periodo.id);
        let anni = format!("{}–{}", periodo.dati.periodo.dal.anno(), periodo.dati.periodo.al.anno());
        let mut carta = Carta::new(&detto.genere, &breve(detto.titolo, TITOLO), &breve(&detto.sintesi, SULLA_CARTA));
        carta.periodo = Some(anni.as_str().into());
        carta.indirizzo = Some(indirizzo.clone());
        carta.stato = detto.fine.as_ref().map(|fine| fine.parola.into());
        let locandina = Locandina {
            genere: detto.genere.into(),
            titolo: breve(detto.titolo, TITOLO).into(),
            periodo: anni.into(),
            sintesi: breve(&detto.sintesi, SINTESI).into(),
            stato: detto.fine.map(|fine| fine.riga.into()),
            voci: detto.voci,
            indirizzo,
        };
        Materiale { nome: format!("{genere}-{id}"), locandina, carta }
    };
    let avvisi =
        periodo.avvisi.iter().map(|avviso| insieme("avviso", avviso.id.as_str(), "avvisi", di_avviso(site, p, avviso)));
    let progetti = periodo
        .progetti
        .iter()
        .filter(|progetto| progetto.dati.stato().e_finanziato())
        .map(|progetto| insieme("progetto", progetto.id.as_str(), "progetti", di_progetto(site, p, progetto)));
    avvisi.chain(progetti).collect()
}

/// Beyond these a poster gives their number.
const BENEFICIARI_MASSIMI: usize = 4;

/// What a record says.
struct Detto<'a> {
    genere: String,
    titolo: &'a str,
    sintesi: String,
    fine: Option<Fine>,
    voci: Vec<Voce>,
}

fn di_progetto<'a>(site: &'a Site, p: usize, progetto: &'a Progetto) -> Detto<'a> {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let dati = &*progetto.dati;
    let alleanza = &periodo.alleanze[progetto.alleanza];
    let servizi = servizi_di(plan, periodo, progetto);
    let dai_servizi = |dice: &dyn Fn(&VistaServizio) -> Option<String>| -> Vec<Riga> {
        let detti: Vec<Option<String>> = servizi.iter().map(dice).collect();
        // What holds for all of them is said once.
        if let Some(Some(uno)) = detti.first()
            && detti.iter().all(|detto| detto.as_ref() == Some(uno))
        {
            return vec![riga(capital(uno))];
        }
        let in_linea = |(voce, detto): (&VistaServizio, Option<String>)| {
            detto.map(|detto| riga(format!("{}: {detto}", voce.servizio.nome)))
        };
        servizi.iter().zip(detti).filter_map(in_linea).collect()
    };
    let costo = |voce: &VistaServizio| voce.servizio.costo.clone().or(voce.modalita.map(str::to_owned));
    let dove = territorio_di(&dati.territorio, &alleanza.dati.territorio);
    let come = |voce: &VistaServizio| voce.servizio.come_accedere.as_deref().map(markdown::plain);
    let mut per_chi: Vec<Riga> = dati.destinatari.iter().map(|voce| riga(markdown::plain(voce))).collect();
    if per_chi.is_empty() {
        per_chi = dai_servizi(&|voce| voce.servizio.per_chi.clone());
    }
    let mut voci = vec![
        Voce::new("Per chi è", per_chi),
        Voce::new("Che cosa offre", servizi.iter().map(|voce| riga(voce.servizio.nome.as_str())).collect()),
        Voce::new("Quanto costa", dai_servizi(&costo)),
        Voce::new("Come si chiede", dai_servizi(&come)),
        Voce::new(nome_dei_luoghi(dove, alleanza), in_riga(luoghi(dove).or_else(|| dove.nota.clone()))),
        Voce::new("Quando", in_riga(situazione::quando(dati))),
    ];
    let contatti = servizi.iter().map(|voce| &voce.servizio.contatti);
    voci.push(a_chi_rivolgersi(site, std::iter::once(&dati.contatti).chain(contatti)));
    let capofila = plan.enti[periodo.capofila(progetto)].dati.nome.as_str();
    voci.push(Voce::new("Chi lo realizza", vec![riga(format!("{}, capofila {capofila}", alleanza.dati.nome))]));
    voci.push(Voce::new("Chi riceve il contributo", contributi(plan, periodo, progetto)));
    Detto {
        genere: "Progetto".to_owned(),
        titolo: &dati.titolo,
        sintesi: sintesi(dati.sintesi.as_deref()),
        fine: situazione::di_progetto(plan, periodo, progetto).fine,
        voci: con_righe(voci),
    }
}

/// The bodies with what they receive, as far as a poster has room.
fn contributi(plan: &Plan, periodo: &Periodo, progetto: &Progetto) -> Vec<Riga> {
    let righe = concessioni::di_progetto(plan, periodo, progetto);
    let detta = |voce: &Concessione| {
        let importo = voce.importo.map_or_else(|| "importo non indicato".to_owned(), euro);
        riga(capital(&format!("{}: {importo}", voce.nome())))
    };
    let mut dette: Vec<Riga> = righe.iter().take(BENEFICIARI_MASSIMI).map(detta).collect();
    if righe.len() > BENEFICIARI_MASSIMI {
        let altri = righe.len() - BENEFICIARI_MASSIMI;
        dette.push(riga(format!(
            "e {}, che sono nella pagina del progetto",
            parole::conta(altri, "altro ente", "altri enti")
        )));
    }
    dette
}

fn di_avviso<'a>(site: &Site, p: usize, avviso: &'a Avviso) -> Detto<'a> {
    let dati = &*avviso.dati;
    let righe_di = |voci: &[Testo]| voci.iter().map(|voce| riga(markdown::plain(voce))).collect();
    let finestra = dati.finestra.as_ref();
    let finestra = finestra.map(|finestra| format!("{} {}", finestra.dal.con("Dal"), finestra.al.con("al")));
    let massimo = dati.limiti.as_ref().and_then(viste::limiti).map(|massimo| capital(&massimo));
    let voci = vec![
        Voce::new("Chi può partecipare", righe_di(&dati.beneficiari)),
        Voce::new("Che cosa si può fare", righe_di(&dati.aree)),
        Voce::new("A chi servono i progetti", righe_di(&dati.destinatari)),
        Voce::new("Per le domande", in_riga(finestra)),
        Voce::new("Quanto c’è", dati.dotazione.map(|dotazione| riga(euro(dotazione))).into_iter().collect()),
        Voce::new("Contributo massimo", in_riga(massimo)),
        Voce::new(A_CHI, in_righe(&dati.contatti)),
        Voce::new("Chi lo pubblica", dati.promotore.iter().map(|promotore| riga(promotore.as_str())).collect()),
    ];
    let genere = capital(parole::nome(dati.tipo));
    let sintesi = sintesi(dati.descrizione.as_deref());
    let fine = situazione::di_avviso(&site.plan.periodi[p], dati, site.plan.sito.aggiornato_al).fine;
    Detto { genere, titolo: &dati.titolo, sintesi, fine, voci: con_righe(voci) }
}

/// The first contacts that somebody declared: of the project, of a service, of the office of the plan.
fn a_chi_rivolgersi<'a>(site: &'a Site, mut dichiarati: impl Iterator<Item = &'a Contatti>) -> Voce {
    let trovate = dichiarati.find(|contatti| !in_righe(contatti).is_empty()).map(in_righe);
    let righe = trovate.unwrap_or_else(|| {
        // A name that leads nowhere helps nobody.
        let ats = &site.plan.sito.ats;
        let contatti = in_righe(&ats.contatti);
        let nome = (!contatti.is_empty()).then(|| riga(ats.nome_esteso.as_str()));
        nome.into_iter().chain(contatti).collect()
    });
    Voce::new(A_CHI, righe)
}

/// What a body has declared as public, a line each.
fn in_righe(suoi: &Contatti) -> Vec<Riga> {
    let voce = |nome: &str, valore: &Option<String>, dove: Option<String>| {
        let valore = valore.as_deref()?;
        let detto: Brano = match dove {
            Some(web) => Brano::Link(Link { link: riga(valore), web: Some(web), ancora: None }),
            None => valore.into(),
        };
        let nome = (!nome.is_empty()).then(|| Brano::from(format!("{nome}: ")));
        Some(nome.into_iter().chain([detto]).collect())
    };
    let posta = |nome, valore: &Option<Posta>| {
        let scritta = valore.as_ref().map(ToString::to_string);
        voce(nome, &scritta, scritta.as_ref().map(|indirizzo| format!("mailto:{indirizzo}")))
    };
    let sito = suoi.sito.as_ref().map(ToString::to_string);
    let telefono = suoi.telefono.as_ref().map(ToString::to_string);
    let righe = [
        voce("", &suoi.ufficio, None),
        voce("Indirizzo", &suoi.indirizzo, None),
        voce("Telefono", &telefono, None),
        posta("E-mail", &suoi.email),
        posta("PEC", &suoi.pec),
        voce("Sito", &sito, sito.clone()),
        voce("Orari", &suoi.orari, None),
    ];
    righe.into_iter().flatten().collect()
}

fn in_riga(detto: Option<String>) -> Vec<Riga> {
    detto.map(riga).into_iter().collect()
}

/// A question that the record does not answer is not asked on a poster: its page says what the source leaves out.
fn con_righe(voci: Vec<Voce>) -> Vec<Voce> {
    voci.into_iter().filter(|voce| !voce.righe.is_empty()).collect()
}

fn sintesi(testo: Option<&str>) -> String {
    testo.map(markdown::plain).unwrap_or_default()
}

/// Whole words within so many characters.
fn breve(testo: &str, spazio: usize) -> String {
    if testo.chars().count() <= spazio {
        return testo.to_owned();
    }
    let tenuto: String = testo.chars().take(spazio).collect();
    let fine = tenuto.rfind(char::is_whitespace).unwrap_or(tenuto.len());
    format!("{}…", tenuto[..fine].trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::breve;

    #[test]
    fn long_words_are_cut_and_whole_ones_are_kept() {
        assert_eq!(breve("uno due tre", 11), "uno due tre");
        assert_eq!(breve("uno due, tre", 11), "uno due…");
        assert_eq!(breve("àèìòùàèìòù", 4), "àèìò…");
    }
}
