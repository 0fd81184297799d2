//! Stage 3: references are followed, each record finds its place, what is missing is said once.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::atti::Atti;
use super::bodies::{bodies, words};
use super::by_name::ByName;
use super::files::{Files, PlanFiles};
use super::lint::coherent;
use super::logo::logo;
use super::misplaced::Misplaced;
use super::names::{Known, Liste, Names, unknown};
use super::norme::{frase, lists, norms};
use super::risorse::{answered, covered, resources};
use super::vita;
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
    let by_name = ByName::new(&files, &norme);
    for entry in store.entries.values() {
        report.extend(entry.problems.iter().cloned().map(|problem| by_name.advise(problem)));
    }
    let misplaced = Misplaced::new(store, content);
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
        let names = Names::new(&enti, &files, &categorie_servizi, &categorie_enti, &norme, &misplaced);
        files.piani.iter().filter_map(|(id, piano)| period(id, piano, &names, content, report)).collect::<Vec<_>>()
    };
    periodi.sort_by(|a, b| (a.dati.periodo.dal, &a.id).cmp(&(b.dati.periodo.dal, &b.id)));
    join_bodies(&mut enti.elenco, &periodi);
    let media: BTreeMap<String, Arc<[u8]>> = files.media;
    let Some((sito, sito_origine)) = files.sito else {
        if !files.sito_rotto && !misplaced.hides("") {
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
    let logo = logo(&sito, &sito_origine, &media, &files.rotti, &misplaced, content, report)?;
    let frase = frase?;
    let corrente = match &sito.piano_corrente {
        None => periodi.len().checked_sub(1),
        Some(id) => {
            let trovato = periodi.iter().position(|periodo| periodo.id == *id);
            if trovato.is_none() && !files.piani.contains_key(id) && !misplaced.hides("piani") {
                let noti = periodi.iter().map(|periodo| periodo.id.as_str());
                report.add(unknown("i Piani", id, sito_origine.value(path!["piano_corrente"]), noti));
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
        ricerca: files.ricerca,
        media,
    })
}

fn period(id: &Id, files: &PlanFiles, names: &Names, content: &str, report: &mut Report) -> Option<Periodo> {
    let norma = files.piano.as_ref().and_then(|(dati, _)| names.norme.get(&dati.norma));
    let atti = Atti::di(files, norma.is_none_or(|norma| norma.fonte_storica), report);
    let Some((dati, origine)) = files.piano.clone() else {
        if !files.piano_rotto && !names.misplaced.hides(&format!("piani/{id}")) {
            report.add(
                Diagnostic::error("C-14", "nella cartella del Piano manca `piano.yaml`")
                    .at(Place::file(format!("{content}/piani/{id}/piano.yaml")))
                    .help("è il file con titolo, periodo, norma e stato del Piano"),
            );
        }
        return None;
    };
    let dati = atti.in_posto(&dati, &origine, report)?;
    let norma = names.norma(&dati.norma, || origine.value(path!["norma"]), report)?;
    let mut completo = files.rotti.is_empty() && !names.enti_rotti && !names.misplaced.in_plan(id.as_str());
    plan_references(&dati, norma, &origine, names, report);
    let mut avvisi: Vec<Avviso> = files
        .avvisi
        .iter()
        .filter_map(|(id, dati, origine)| {
            let dati = atti.in_posto(dati, origine, report)?;
            Some(Avviso { id: id.clone(), dati, origine: origine.clone(), progetti: vec![] })
        })
        .collect();
    completo &= avvisi.len() == files.avvisi.len();
    for avviso in &avvisi {
        if let Some(norma) = &avviso.dati.norma {
            names.norma(norma, || avviso.origine.value(path!["norma"]), report);
        }
        for (i, adesione) in avviso.dati.adesioni.iter().enumerate() {
            names.ente(&adesione.ente, &avviso.origine, || path!["adesioni", i, "ente"], report);
        }
    }
    let mut alleanze: Vec<Alleanza> =
        files.alleanze.iter().filter_map(|(id, dati, origine)| alliance(id, dati, origine, names, report)).collect();
    completo &= alleanze.len() == files.alleanze.len();
    let hides = |folder| names.misplaced.hides(&format!("piani/{id}/{folder}"));
    let local = Local {
        alleanze: Vicini {
            indici: by_id(alleanze.iter().map(|alleanza| &alleanza.id)),
            scritti: files.alleanze.iter().map(|(id, ..)| id).collect(),
            hidden: hides("alleanze"),
            ..Vicini::new("alleanza", "le alleanze di questo Piano", files)
        },
        avvisi: Vicini {
            indici: by_id(avvisi.iter().map(|avviso| &avviso.id)),
            scritti: files.avvisi.iter().map(|(id, ..)| id).collect(),
            hidden: hides("avvisi"),
            ..Vicini::new("avviso", "gli avvisi di questo Piano", files)
        },
        liste: words_of(norma, "le macrocategorie della norma del Piano", names),
        liste_degli_avvisi: avvisi
            .iter()
            .map(|avviso| {
                let norma = names.norme.get(avviso.dati.norma.as_ref()?)?;
                Some(words_of(norma, "le macrocategorie della norma dell'avviso", names))
            })
            .collect(),
    };
    let mut progetti: Vec<Progetto> = files
        .progetti
        .iter()
        .filter_map(|(id, dati, origine)| {
            let dati = atti.in_posto(dati, origine, report)?;
            project(id, &dati, origine, names, &local, report)
        })
        .collect();
    drop(local);
    progetti.iter_mut().for_each(|progetto| vita::compi(progetto, &avvisi, report));
    completo &= progetti.len() == files.progetti.len();
    progetti.sort_by(|a, b| place_in_plan(a).cmp(&place_in_plan(b)));
    for (i, progetto) in progetti.iter().enumerate() {
        alleanze[progetto.alleanza].progetti.push(i);
        if let Some(avviso) = progetto.avviso {
            avvisi[avviso].progetti.push(i);
        }
    }
    let risorse = files.risorse.clone().and_then(|(dati, origine)| {
        let dati = atti.in_posto(&dati, &origine, report)?;
        resources(&dati, &origine, names, &progetti, files, hides("progetti"), report);
        Some(Risorse { dati, origine })
    });
    completo &= risorse.is_some() == files.risorse.is_some();
    covered(&avvisi, &progetti, risorse.as_ref(), files, report);
    answered(&dati, &origine, &avvisi, &progetti, files, report);
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
        norma: Arc::clone(norma),
        risorse,
        atti: files.atti.clone(),
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
    let seggi = norma.organismo.iter().flat_map(|organismo| organismo.seggi.iter().map(|seggio| seggio.id.as_str()));
    let seggi = ("i seggi previsti dalla norma", seggi.collect());
    Liste(BTreeMap::from([("seggi", seggi)])).check("piano", &[], dati, origine, report);
    for (i, membro) in dati.organismo.iter().flat_map(|organismo| organismo.membri.iter().enumerate()) {
        names.ente(&membro.ente, origine, || path!["organismo", "membri", i, "ente"], report);
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
    let categorie = ("le categorie di enti", names.categorie_enti.clone());
    Liste(BTreeMap::from([("categorie_enti", categorie)])).check("alleanza", &[], dati, origine, report);
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

/// The words that projects under a norm may use.
fn words_of<'a>(norma: &'a record::Norma, macrocategorie: &'static str, names: &Names<'a>) -> Liste<'a> {
    let mut liste = BTreeMap::from([
        ("macrocategorie", (macrocategorie, norma.macrocategorie.iter().map(|voce| voce.id.as_str()).collect())),
        ("categorie_servizi", ("le categorie di servizi", names.servizi.clone())),
    ]);
    if !norma.dimensioni.is_empty() {
        let dimensioni = norma.dimensioni.iter().map(|dimensione| dimensione.id.as_str());
        liste.insert("dimensioni", ("le dimensioni della norma", dimensioni.collect()));
    }
    Liste(liste)
}

/// What a project may refer to inside its own period.
struct Local<'a> {
    alleanze: Vicini<'a>,
    avvisi: Vicini<'a>,
    /// The words of the norm of the plan, and those of calls that have one of their own.
    liste: Liste<'a>,
    liste_degli_avvisi: Vec<Option<Liste<'a>>>,
}

/// The alliances, or the calls, that projects beside them may name.
struct Vicini<'a> {
    kind: &'static str,
    among: &'static str,
    files: &'a PlanFiles<'a>,
    indici: HashMap<Id, usize>,
    /// Those of the files: one that was left out has had its own message.
    scritti: Vec<&'a Id>,
    /// A missing one may lie out of place.
    hidden: bool,
    /// Their names made ready for wrong ones.
    noti: OnceCell<Known<'a>>,
}

fn project(
    id: &Id,
    dati: &Arc<record::Progetto>,
    origine: &Origine,
    names: &Names,
    local: &Local,
    report: &mut Report,
) -> Option<Progetto> {
    let alleanza = local.alleanze.find(&dati.alleanza, origine.value(path!["alleanza"]), report);
    let avviso = dati.avviso.as_ref().and_then(|id| local.avvisi.find(id, origine.value(path!["avviso"]), report));
    let liste = avviso.and_then(|a| local.liste_degli_avvisi[a].as_ref()).unwrap_or(&local.liste);
    liste.check("progetto", &[], dati, origine, report);
    let mut erogatori = Vec::with_capacity(dati.servizi.len());
    for (i, servizio) in dati.servizi.iter().enumerate() {
        let erogatore = servizio.erogatore.as_ref();
        for (j, altro) in servizio.altri_erogatori.iter().enumerate() {
            names.ente(altro, origine, || path!["servizi", i, "altri_erogatori", j], report);
        }
        erogatori.push(erogatore.and_then(|id| names.ente(id, origine, || path!["servizi", i, "erogatore"], report)));
    }
    for (i, aiuto) in dati.aiuti.iter().enumerate() {
        names.ente(&aiuto.ente, origine, || path!["aiuti", i, "ente"], report);
    }
    let pagati = dati.pagamenti.iter().map(|pagamento| &pagamento.ente);
    let rendicontati = dati.rendicontazione.iter().map(|rendiconto| &rendiconto.ente);
    let named = [("pagamenti", pagati.collect::<Vec<_>>()), ("rendicontazione", rendicontati.collect())];
    for (elenco, righe) in named {
        for (i, ente) in righe.into_iter().enumerate() {
            if let Some(ente) = ente {
                names.ente(ente, origine, || path![elenco, i, "ente"], report);
            }
        }
    }
    let rows = dati.partenariato.iter().enumerate();
    let enti: Vec<Option<usize>> =
        rows.map(|(i, riga)| names.ente(&riga.ente, origine, || path!["partenariato", i, "ente"], report)).collect();
    Some(Progetto {
        id: id.clone(),
        dati: Arc::clone(dati),
        scritto: Arc::clone(dati),
        origine: origine.clone(),
        alleanza: alleanza?,
        avviso,
        enti: enti.into_iter().collect::<Option<_>>()?,
        erogatori,
    })
}

impl<'a> Vicini<'a> {
    fn new(kind: &'static str, among: &'static str, files: &'a PlanFiles<'a>) -> Self {
        let (indici, scritti) = (HashMap::new(), Vec::new());
        Vicini { kind, among, files, indici, scritti, hidden: false, noti: OnceCell::new() }
    }

    fn find(&self, id: &Id, place: Place, report: &mut Report) -> Option<usize> {
        let found = self.indici.get(id).copied();
        let exists = self.hidden || self.scritti.contains(&id) || self.files.rotti.contains(&(self.kind, id.as_str()));
        if found.is_none() && !exists {
            let noti = self.noti.get_or_init(|| Known::of(self.scritti.iter().map(|id| id.as_str())));
            report.add(noti.unknown(self.among, id.as_str(), place));
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
