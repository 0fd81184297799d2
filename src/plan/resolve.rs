//! Stage 3: references are followed, each record finds its place, what is missing is said once.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::bodies::{bodies, words};
use super::chiamati::Chiamati;
use super::coerenza::coherent;
use super::files::{Files, PlanFiles};
use super::fuori_posto::FuoriPosto;
use super::logo::logo;
use super::names::{Known, Names, unknown, unknown_word};
use super::norme::{frase, lists, norms};
use super::risorse::resources;
use super::{
    Adesione, Alleanza, Avviso, Ente, Origine, PartecipazioneDiEnte, Periodo, Plan, Progetto, Risorse, RuoloInAlleanza,
};
use crate::input::store::Store;
use crate::path;
use crate::record;
use crate::report::{Diagnostic, Place, Report};
use crate::value::Id;

/// Builds the plan. Nothing comes back where there is no site to speak of.
pub fn resolve(store: &Store, content: &str, base_url: Option<&str>, report: &mut Report) -> Option<Plan> {
    report.extend(store.problems.iter().cloned());
    let files = Files::sort(store);
    let (mut norme, sostituzioni) = norms(&files, report);
    let chiamati = Chiamati::new(&files, &norme);
    for entry in store.entries.values() {
        report.extend(entry.problems.iter().cloned().map(|problem| chiamati.advise(problem)));
    }
    let fuori_posto = FuoriPosto::new(store, content);
    let categorie_enti = lists(&norme, |norma| &norma.categorie_enti, |categoria| &categoria.id);
    let categorie_servizi = lists(&norme, |norma| &norma.categorie_servizi, |voce| &voce.id);
    let qualifiche = lists(&norme, |norma| &norma.qualifiche, |voce| &voce.id);
    let senseless = coherent(&files, &norme, (&categorie_enti, &qualifiche), &categorie_servizi, report);
    if !senseless.is_empty() {
        // One cause, one message: a rule that makes no sense says nothing of the records.
        norme.values_mut().for_each(|norma| Arc::make_mut(norma).regole.retain(|r| !senseless.contains(&r.codice)));
    }
    let mut enti = bodies(&files, &categorie_enti, report);
    words(&enti.elenco, (&categorie_enti, &qualifiche), &norme, report);
    let mut periodi = {
        let names = Names::new(&enti, &files, &categorie_servizi, &categorie_enti, &norme, &fuori_posto);
        files.piani.iter().filter_map(|(id, piano)| period(id, piano, &names, content, report)).collect::<Vec<_>>()
    };
    periodi.sort_by(|a, b| (a.dati.periodo.dal, &a.id).cmp(&(b.dati.periodo.dal, &b.id)));
    join_bodies(&mut enti.elenco, &periodi);
    let media: BTreeMap<String, Arc<[u8]>> = files.media;
    let Some((sito, sito_origine)) = files.sito else {
        if !files.sito_rotto && !fuori_posto.nasconde("") {
            report.add(
                Diagnostic::error("C-14", "manca il file `sito.yaml`")
                    .at(Place::file(format!("{content}/sito.yaml")))
                    .help("è il file con il nome dell'ATS, il logo e `aggiornato_al`: prendi a modello quello dell'esempio"),
            );
        }
        return None;
    };
    let frase = frase(&norme);
    if frase.is_none() {
        report.add(
            Diagnostic::error("A-01", "nessuna norma dice la frase che ogni pagina deve mostrare")
                .at(Place::file(format!("{content}/norme")))
                .help("una delle norme di questa cartella prende il posto di quella che la dice: aggiungile `atto` e `attribuzione`"),
        );
    }
    let logo = logo(&sito, &sito_origine, &media, &files.rotti, &fuori_posto, content, report)?;
    let frase = frase?;
    let corrente = match &sito.piano_corrente {
        None => periodi.len().checked_sub(1),
        Some(id) => {
            let trovato = periodi.iter().position(|periodo| periodo.id == *id);
            if trovato.is_none() && !files.piani.contains_key(id) && !fuori_posto.nasconde("piani") {
                let noti: Vec<&str> = periodi.iter().map(|periodo| periodo.id.as_str()).collect();
                report.add(unknown("i Piani", id, sito_origine.value(path!["piano_corrente"]), &noti));
            }
            trovato
        }
    };
    let indirizzo = base_url.or(sito.indirizzo.as_deref()).map(|address| format!("{}/", address.trim_end_matches('/')));
    Some(Plan {
        indirizzo,
        sito,
        sito_origine,
        logo,
        frase,
        norme,
        sostituzioni,
        norme_origine: files.norme.iter().map(|(id, _, origine)| (id.clone(), origine.clone())).collect(),
        categorie_enti,
        qualifiche,
        categorie_servizi,
        ente_per_id: enti.per_id,
        enti: enti.elenco,
        periodi,
        corrente,
        pagine: files.pagine,
        storia: files.storia,
        media,
    })
}

fn period(id: &Id, files: &PlanFiles, names: &Names, content: &str, report: &mut Report) -> Option<Periodo> {
    let Some((dati, origine)) = files.piano.clone() else {
        if !files.piano_rotto && !names.fuori_posto.nasconde(&format!("piani/{id}")) {
            report.add(
                Diagnostic::error("C-14", "nella cartella del Piano manca `piano.yaml`")
                    .at(Place::file(format!("{content}/piani/{id}/piano.yaml")))
                    .help("è il file con titolo, periodo, norma e stato del Piano"),
            );
        }
        return None;
    };
    let norma = names.norma(&dati.norma, || origine.value(path!["norma"]), report)?;
    let mut completo = files.rotti.is_empty() && !names.enti_rotti && !names.fuori_posto.in_plan(id.as_str());
    plan_references(&dati, &norma, &origine, names, report);
    let mut avvisi: Vec<Avviso> = files
        .avvisi
        .iter()
        .map(|(id, dati, origine)| Avviso {
            id: id.clone(),
            dati: Arc::clone(dati),
            origine: origine.clone(),
            progetti: vec![],
        })
        .collect();
    for avviso in &avvisi {
        if let Some(norma) = &avviso.dati.norma {
            names.norma(norma, || avviso.origine.value(path!["norma"]), report);
        }
    }
    let mut alleanze: Vec<Alleanza> =
        files.alleanze.iter().filter_map(|(id, dati, origine)| alliance(id, dati, origine, names, report)).collect();
    completo &= alleanze.len() == files.alleanze.len();
    let nasconde = |folder| names.fuori_posto.nasconde(&format!("piani/{id}/{folder}"));
    let local = Local {
        alleanze: by_id(alleanze.iter().map(|alleanza| &alleanza.id)),
        avvisi: by_id(avvisi.iter().map(|avviso| &avviso.id)),
        norma: &norma,
        norme_degli_avvisi: avvisi.iter().map(|avviso| names.norme.get(avviso.dati.norma.as_ref()?)).collect(),
        files,
        nascoste: (nasconde("alleanze"), nasconde("avvisi")),
        nomi: (OnceCell::new(), OnceCell::new()),
    };
    let mut progetti: Vec<Progetto> = files
        .progetti
        .iter()
        .filter_map(|(id, dati, origine)| project(id, dati, origine, names, &local, report))
        .collect();
    drop(local);
    completo &= progetti.len() == files.progetti.len();
    progetti.sort_by(|a, b| place_in_plan(a).cmp(&place_in_plan(b)));
    for (i, progetto) in progetti.iter().enumerate() {
        alleanze[progetto.alleanza].progetti.push(i);
        if let Some(avviso) = progetto.avviso {
            avvisi[avviso].progetti.push(i);
        }
    }
    let risorse = files.risorse.clone().map(|(dati, origine)| {
        resources(&dati, &origine, names, &progetti, files, nasconde("progetti"), report);
        Risorse { dati, origine }
    });
    let mut pagine = files.pagine.clone();
    pagine.sort_by(|a, b| (a.dati.ordine, &a.id).cmp(&(b.dati.ordine, &b.id)));
    let mut consegne = files.consegne.clone();
    consegne.sort_by(|(a, prima), (b, dopo)| {
        (prima.testa.data, prima.testa.numero, a).cmp(&(dopo.testa.data, dopo.testa.numero, b))
    });
    Some(Periodo {
        id: id.clone(),
        dati,
        origine,
        norma,
        risorse,
        avvisi,
        alleanze,
        progetti,
        pagine,
        consegne,
        completo,
    })
}

fn place_in_plan(progetto: &Progetto) -> (u32, u32, &Id) {
    let posizione = progetto.dati.graduatoria.as_ref().map_or(u32::MAX, |posto| posto.posizione);
    (posizione, progetto.dati.scheda.unwrap_or(u32::MAX), &progetto.id)
}

fn by_id<'a>(ids: impl Iterator<Item = &'a Id>) -> HashMap<Id, usize> {
    ids.cloned().enumerate().map(|(i, id)| (id, i)).collect()
}

fn plan_references(dati: &record::Piano, norma: &record::Norma, origine: &Origine, names: &Names, report: &mut Report) {
    if let Some(rete) = &dati.rete {
        if let Some(capofila) = &rete.capofila {
            names.ente(capofila, origine, || path!["rete", "capofila"], report);
        }
        for (i, membro) in rete.membri.iter().enumerate() {
            names.ente(membro, origine, || path!["rete", "membri", i], report);
        }
    }
    let seggi: Vec<&str> =
        norma.organismo.iter().flat_map(|organismo| organismo.seggi.iter().map(|seggio| seggio.id.as_str())).collect();
    for (i, membro) in dati.organismo.iter().flat_map(|organismo| organismo.membri.iter().enumerate()) {
        names.ente(&membro.ente, origine, || path!["organismo", "membri", i, "ente"], report);
        if !seggi.contains(&membro.seggio.as_str()) {
            let place = origine.value(path!["organismo", "membri", i, "seggio"]);
            report.add(unknown_word("i seggi previsti dalla norma", membro.seggio.as_str(), place, &seggi));
        }
    }
}

fn alliance(
    id: &Id,
    dati: &Arc<record::Alleanza>,
    origine: &Origine,
    names: &Names,
    report: &mut Report,
) -> Option<Alleanza> {
    let capofila = names.ente(&dati.capofila, origine, || path!["capofila"], report);
    let partner = names.enti(&dati.partner, origine, "partner", report);
    let rete_di_supporto = names.enti(&dati.rete_di_supporto, origine, "rete_di_supporto", report);
    for (i, altri) in dati.altri_partner.iter().enumerate() {
        if let Some(categoria) = altri.categoria.as_ref().filter(|id| !names.categorie_enti.contains(id.as_str())) {
            let note: Vec<&str> = names.categorie_enti.iter().copied().collect();
            let place = origine.value(path!["altri_partner", i, "categoria"]);
            report.add(unknown_word("le categorie di enti", categoria.as_str(), place, &note));
        }
    }
    if let Some(i) = dati.partner.iter().position(|partner| *partner == dati.capofila) {
        report.add(
            Diagnostic::error("C-09", format!("il capofila `{}` è anche fra i `partner`", dati.capofila))
                .at(origine.value(path!["partner", i]))
                .related(origine.value(path!["capofila"]), "qui come capofila")
                .help("i `partner` sono gli altri: togli il capofila dall'elenco"),
        );
    }
    Some(Alleanza {
        id: id.clone(),
        dati: Arc::clone(dati),
        origine: origine.clone(),
        capofila: capofila?,
        partner: partner?,
        rete_di_supporto: rete_di_supporto?,
        progetti: Vec::new(),
    })
}

/// What a project may refer to inside its own period.
struct Local<'a> {
    alleanze: HashMap<Id, usize>,
    avvisi: HashMap<Id, usize>,
    norma: &'a record::Norma,
    /// Those of calls that have one of their own.
    norme_degli_avvisi: Vec<Option<&'a Arc<record::Norma>>>,
    files: &'a PlanFiles<'a>,
    /// Whether a missing alliance, or call, may lie out of place.
    nascoste: (bool, bool),
    /// The ids of the alliances, and of the calls, made ready for wrong ones.
    nomi: (OnceCell<Known<'a>>, OnceCell<Known<'a>>),
}

fn project(
    id: &Id,
    dati: &Arc<record::Progetto>,
    origine: &Origine,
    names: &Names,
    local: &Local,
    report: &mut Report,
) -> Option<Progetto> {
    let alleanza = local.find("alleanza", &dati.alleanza, &local.alleanze, origine.value(path!["alleanza"]), report);
    let avviso = dati
        .avviso
        .as_ref()
        .and_then(|avviso| local.find("avviso", avviso, &local.avvisi, origine.value(path!["avviso"]), report));
    let propria = avviso.and_then(|a| local.norme_degli_avvisi[a]);
    let norma = propria.map_or(local.norma, |norma| norma);
    for (i, azione) in dati.azioni.iter().enumerate() {
        let sizes: Vec<&str> = norma.dimensioni.iter().map(|dimensione| dimensione.id.as_str()).collect();
        for (j, size) in azione.imprese_servite.iter().flat_map(|servite| servite.dimensioni.iter().enumerate()) {
            if !sizes.is_empty() && !sizes.contains(&size.as_str()) {
                let place = origine.value(path!["azioni", i, "imprese_servite", "dimensioni", j]);
                report.add(unknown_word("le dimensioni della norma", size.as_str(), place, &sizes));
            }
        }
        let known = |id: &&Id| norma.macrocategorie.iter().any(|voce| voce.id == **id);
        if let Some(macro_) = azione.macrocategoria.as_ref().filter(|id| !known(id)) {
            let note: Vec<&str> = norma.macrocategorie.iter().map(|voce| voce.id.as_str()).collect();
            let place = origine.value(path!["azioni", i, "macrocategoria"]);
            let whose = if propria.is_some() { "dell'avviso" } else { "del Piano" };
            report.add(unknown_word(&format!("le macrocategorie della norma {whose}"), macro_.as_str(), place, &note));
        }
    }
    let mut erogatori = Vec::with_capacity(dati.servizi.len());
    for (i, servizio) in dati.servizi.iter().enumerate() {
        if !names.servizi.contains(servizio.categoria.as_str()) {
            let note: Vec<&str> = names.servizi.iter().copied().collect();
            let place = origine.value(path!["servizi", i, "categoria"]);
            report.add(unknown_word("le categorie di servizi", servizio.categoria.as_str(), place, &note));
        }
        let erogatore = servizio.erogatore.as_ref();
        erogatori.push(erogatore.and_then(|id| names.ente(id, origine, || path!["servizi", i, "erogatore"], report)));
    }
    for (i, aiuto) in dati.aiuti.iter().enumerate() {
        names.ente(&aiuto.ente, origine, || path!["aiuti", i, "ente"], report);
    }
    let rows = dati.partenariato.iter().enumerate();
    let enti: Vec<Option<usize>> =
        rows.map(|(i, riga)| names.ente(&riga.ente, origine, || path!["partenariato", i, "ente"], report)).collect();
    Some(Progetto {
        id: id.clone(),
        dati: Arc::clone(dati),
        origine: origine.clone(),
        alleanza: alleanza?,
        avviso,
        enti: enti.into_iter().collect::<Option<_>>()?,
        erogatori,
    })
}

impl<'a> Local<'a> {
    fn find(
        &self,
        kind: &'static str,
        id: &Id,
        known: &HashMap<Id, usize>,
        place: Place,
        report: &mut Report,
    ) -> Option<usize> {
        let found = known.get(id).copied();
        // An alliance that was left out has had its own message.
        let exists = self.files.rotti.contains(&(kind, id.as_str()))
            || (kind == "alleanza" && self.files.alleanze.iter().any(|(altra, ..)| altra == id))
            || if kind == "alleanza" { self.nascoste.0 } else { self.nascoste.1 };
        if found.is_none() && !exists {
            let problem = if kind == "alleanza" {
                let ids = || Known::of(self.files.alleanze.iter().map(|(id, ..)| id.as_str()));
                self.nomi.0.get_or_init(ids).unknown("le alleanze di questo Piano", id, place)
            } else {
                let ids = || Known::of(self.files.avvisi.iter().map(|(id, ..)| id.as_str()));
                self.nomi.1.get_or_init(ids).unknown("gli avvisi di questo Piano", id, place)
            };
            report.add(problem);
        }
        found
    }
}

fn join_bodies(enti: &mut [Ente], periodi: &[Periodo]) {
    for (p, periodo) in periodi.iter().enumerate() {
        for (a, alleanza) in periodo.alleanze.iter().enumerate() {
            let mut add = |ente: usize, ruolo| enti[ente].alleanze.push(Adesione { periodo: p, alleanza: a, ruolo });
            add(alleanza.capofila, RuoloInAlleanza::Capofila);
            alleanza.partner.iter().for_each(|&ente| add(ente, RuoloInAlleanza::Partner));
            alleanza.rete_di_supporto.iter().for_each(|&ente| add(ente, RuoloInAlleanza::ReteDiSupporto));
        }
        for (i, progetto) in periodo.progetti.iter().enumerate() {
            for parte in progetto.partenariato() {
                let riga = parte.riga;
                enti[parte.ente].progetti.push(PartecipazioneDiEnte { periodo: p, progetto: i, riga });
            }
        }
    }
}
