//! Stage 3: references are followed, each record finds its place, what is missing is said once.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::atti::Atti;
use super::bodies::{bodies, words};
use super::files::{Files, PlanFiles};
use super::lint::coherent;
use super::logo::logo;
use super::misplaced::Misplaced;
use super::names::{Elenco, Liste, Names, advise, by_name, sorted};
use super::norme::{di_un_piano, frase, lists, norms};
use super::vita;
use super::{
    Adesione, Alleanza, Avviso, Ente, Origine, Partecipazione, PartecipazioneDiEnte, Periodo, Plan, Progetto, Risorse,
    RuoloInAlleanza, doppioni,
};
use crate::input::store::Store;
use crate::path;
use crate::record;
use crate::report::{Diagnostic, Place, Report, Step};
use crate::suggest;
use crate::value::Id;

/// Builds the plan. Nothing comes back where there is no site to speak of.
pub fn resolve(store: &Store, content: &str, base_url: Option<&str>, report: &mut Report) -> Option<Plan> {
    report.extend(store.problems.iter().cloned());
    let files = Files::sort(store);
    let (mut norme, sostituzioni) = norms(&files, report);
    // Made only where something is wrong.
    let nomi = LazyCell::new(|| by_name(&files, &norme));
    for entry in store.entries.values() {
        let problems = entry.problems.iter().cloned();
        report.extend(problems.map(|problem| advise(problem, |name| nomi.get(name)?.clone())));
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
    join_bodies(&mut enti.elenco, &enti.per_id, &periodi);
    let media: BTreeMap<String, Arc<[u8]>> = files.media;
    let Some((sito, sito_origine)) = files.sito else {
        if !files.rotti.contains("sito.yaml") && !misplaced.hides("") {
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
                let noti = Elenco::di_schede("i Piani", periodi.iter().map(|periodo| periodo.id.as_str()));
                report.add(noti.unknown(id.as_str(), sito_origine.value(path!["piano_corrente"])));
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

fn period<'a>(
    id: &Id,
    files: &'a PlanFiles<'a>,
    names: &Names<'a>,
    content: &str,
    report: &mut Report,
) -> Option<Periodo> {
    let norma = files.piano.as_ref().and_then(|(dati, _)| names.norme.get_key_value(&dati.norma));
    // Under another norm all that is right would be wrong.
    let norma = norma.filter(|(id, norma)| di_un_piano(id, norma)).map(|(_, norma)| norma);
    let atti = Atti::di(files, norma.is_none_or(|norma| norma.fonte_storica), report);
    let Some((dati, origine)) = files.piano.clone() else {
        if !files.rotti.contains(&("piano", "piano")) && !names.misplaced.hides(&format!("piani/{id}")) {
            report.add(
                Diagnostic::error("C-14", "nella cartella del Piano manca `piano.yaml`")
                    .at(Place::file(format!("{content}/piani/{id}/piano.yaml")))
                    .help("è il file con titolo, periodo, norma e stato del Piano"),
            );
        }
        return None;
    };
    let dati = atti.in_posto(&dati, &origine, report)?;
    let liste = lists_of(id, files, norma.map(|norma| &**norma), names);
    liste.check("piano", &[], &*dati, &origine, report);
    members(&dati, &origine, report);
    if norma.is_none() && names.norme.contains_key(&dati.norma) {
        report.add(no_plan(&dati.norma, &origine, names));
    }
    let norma = norma?;
    let mut completo = files.rotti.is_empty() && !names.enti_rotti && !names.misplaced.in_plan(id.as_str());
    let mut avvisi: Vec<Avviso> = files
        .avvisi
        .iter()
        .filter_map(|(id, dati, origine)| {
            let dati = atti.in_posto(dati, origine, report)?;
            liste.check("avviso", &[], &*dati, origine, report);
            Some(Avviso { id: id.clone(), dati, origine: origine.clone(), progetti: vec![] })
        })
        .collect();
    completo &= avvisi.len() == files.avvisi.len();
    let mut alleanze: Vec<Alleanza> = files
        .alleanze
        .iter()
        .filter_map(|(id, dati, origine)| alliance(id, dati, origine, names, &liste, report))
        .collect();
    completo &= alleanze.len() == files.alleanze.len();
    // A call may run under a norm of its own.
    let of_call = |avviso: &Avviso| {
        let norma = names.norme.get(avviso.dati.norma.as_ref()?)?;
        Some(words_of(&liste, norma, "le macrocategorie della norma dell'avviso"))
    };
    let of_calls: Vec<Option<Liste>> = avvisi.iter().map(of_call).collect();
    let of_plan = words_of(&liste, norma, "le macrocategorie della norma del Piano");
    let per_alleanza = by_id(alleanze.iter().map(|alleanza| &alleanza.id));
    let per_avviso = by_id(avvisi.iter().map(|avviso| &avviso.id));
    let mut progetti: Vec<Progetto> = files
        .progetti
        .iter()
        .filter_map(|(id, dati, origine)| {
            let dati = atti.in_posto(dati, origine, report)?;
            let avviso = dati.avviso.as_ref().and_then(|id| per_avviso.get(id).copied());
            let liste = avviso.and_then(|a| of_calls[a].as_ref()).unwrap_or(&of_plan);
            liste.check("progetto", &[], &*dati, origine, report);
            let erogatori = dati.servizi.iter().map(|servizio| names.ente(servizio.erogatore.as_ref()?));
            Some(Progetto {
                id: id.clone(),
                scritto: Arc::clone(&dati),
                origine: origine.clone(),
                alleanza: per_alleanza.get(&dati.alleanza).copied()?,
                avviso,
                enti: dati.partenariato.iter().map(|riga| names.ente(&riga.ente)).collect::<Option<_>>()?,
                erogatori: erogatori.collect(),
                dati,
            })
        })
        .collect();
    leave_copies(&mut progetti, report);
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
        liste.check("risorse", &[], &*dati, &origine, report);
        resources(&dati, &origine, report);
        Some(Risorse { dati, origine })
    });
    completo &= risorse.is_some() == files.risorse.is_some();
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
        pagine: files.pagine.clone(),
        consegne: files.consegne.clone(),
        completo,
    })
}

/// What is said of a plan whose norm is none of plans.
fn no_plan(norma: &Id, origine: &Origine, names: &Names) -> Diagnostic {
    let di_piani = names.norme.iter().filter(|(id, norma)| di_un_piano(id, norma)).map(|(id, _)| id.as_str());
    Diagnostic::error("C-08", format!("`{norma}` non è la norma di un Piano"))
        .at(origine.value(path!["norma"]))
        .label("vale per tutti i Piani, senza che nessuno la indichi")
        .help(format!("scrivi quella che lo regola: si può scegliere fra {}", suggest::list(di_piani)))
}

fn place_in_plan(progetto: &Progetto) -> (u32, u32, &Id) {
    let posizione = progetto.dati.graduatoria.as_ref().map_or(u32::MAX, |posto| posto.posizione);
    (posizione, progetto.dati.scheda.unwrap_or(u32::MAX), &progetto.id)
}

fn by_id<'a>(ids: impl Iterator<Item = &'a Id>) -> HashMap<Id, usize> {
    ids.cloned().enumerate().map(|(i, id)| (id, i)).collect()
}

/// What the records of a plan may name: those beside them, and the bodies and the norms of the site.
fn lists_of<'a>(id: &Id, files: &'a PlanFiles<'a>, norma: Option<&'a record::Norma>, names: &Names<'a>) -> Liste<'a> {
    let beside = |genere, folder: &str, among, ids: Vec<&'a str>| {
        let left_out = files.rotti.iter().filter(move |(kind, _)| *kind == genere).map(|(_, id)| *id);
        let hidden = names.misplaced.hides(&format!("piani/{id}/{folder}"));
        Elenco::di_schede(among, sorted(ids.into_iter())).anche(left_out).incerto(hidden)
    };
    let avvisi = files.avvisi.iter().map(|(id, ..)| id.as_str()).collect();
    let alleanze = files.alleanze.iter().map(|(id, ..)| id.as_str()).collect();
    let progetti = files.progetti.iter().map(|(id, ..)| id.as_str()).collect();
    let risorse = || files.risorse.iter().map(|(dati, _)| dati);
    let dotazioni = || risorse().flat_map(|dati| &dati.dotazione).map(|voce| voce.id.as_str());
    let residui = || risorse().flat_map(|dati| &dati.residui).map(|residuo| residuo.id.as_str());
    let liste = names
        .liste
        .clone()
        .con("avvisi", beside("avviso", "avvisi", "gli avvisi di questo Piano", avvisi))
        .con("alleanze", beside("alleanza", "alleanze", "le alleanze di questo Piano", alleanze))
        .con("progetti", beside("progetto", "progetti", "i progetti di questo Piano", progetti))
        .con("dotazioni", Elenco::di_schede("le voci della dotazione", dotazioni()))
        .con("residui", Elenco::di_schede("i residui di questo Piano", residui()))
        .con(
            "risorse",
            Elenco::di_schede("le voci di `risorse.yaml`", dotazioni().chain(residui()))
                .incerto(files.rotti.contains(&("risorse", "risorse"))),
        );
    let Some(norma) = norma else { return liste };
    let seggi = norma.organismo.iter().flat_map(|organismo| &organismo.seggi).map(|seggio| seggio.id.as_str());
    liste.con("seggi", Elenco::di_parole("i seggi previsti dalla norma", seggi))
}

fn alliance(
    id: &Id,
    dati: &Arc<record::Alleanza>,
    origine: &Origine,
    names: &Names,
    liste: &Liste,
    report: &mut Report,
) -> Option<Alleanza> {
    liste.check("alleanza", &[], &**dati, origine, report);
    once_each(&dati.partner, origine, &path!["partner"], report);
    once_each(&dati.rete_di_supporto, origine, &path!["rete_di_supporto"], report);
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
        capofila: names.ente(&dati.capofila)?,
        partner: dati.partner.iter().map(|id| names.ente(id)).collect::<Option<_>>()?,
        rete_di_supporto: dati.rete_di_supporto.iter().map(|id| names.ente(id)).collect::<Option<_>>()?,
        progetti: Vec::new(),
    })
}

/// A body is named once in a list.
fn once_each(ids: &[Id], origine: &Origine, steps: &[Step], report: &mut Report) {
    for (_, i) in doppioni(ids.iter().zip(0..)) {
        report.add(
            Diagnostic::error("C-09", format!("`{}` è scritto due volte nello stesso elenco", ids[i]))
                .at(origine.value(steps.iter().cloned().chain(path![i]).collect()))
                .help("togli il doppione: i conteggi ne risulterebbero sbagliati"),
        );
    }
}

/// The members of a plan: of its network each once, of its board each once in a seat.
fn members(dati: &record::Piano, origine: &Origine, report: &mut Report) {
    if let Some(rete) = &dati.rete {
        once_each(&rete.membri, origine, &path!["rete", "membri"], report);
    }
    let seggi = || dati.organismo.iter().flat_map(|organismo| &organismo.membri);
    let place = |i: usize| origine.value(path!["organismo", "membri", i, "ente"]);
    for (prima, i) in doppioni(seggi().map(|seggio| (&seggio.seggio, &seggio.ente)).zip(0..)) {
        report.add(
            Diagnostic::error("C-09", "la stessa riga è scritta due volte nell'organismo")
                .at(place(i))
                .related(place(prima), "qui la prima volta")
                .help("togli il doppione, o correggi il seggio o l'ente"),
        );
    }
}

/// The same with the words that projects under a norm may use.
fn words_of<'a>(liste: &Liste<'a>, norma: &'a record::Norma, among: &'static str) -> Liste<'a> {
    let macrocategorie = norma.macrocategorie.iter().map(|voce| voce.id.as_str());
    let liste = liste.clone().con("macrocategorie", Elenco::di_parole(among, macrocategorie));
    if norma.dimensioni.is_empty() {
        return liste;
    }
    let dimensioni = norma.dimensioni.iter().map(|dimensione| dimensione.id.as_str());
    liste.con("dimensioni", Elenco::di_parole("le dimensioni della norma", dimensioni))
}

/// What the entries of the resources say of each other: names of their own, and one that pays for the system action.
fn resources(dati: &record::Risorse, origine: &Origine, report: &mut Report) {
    ids_once(&dati.dotazione, |voce| &voce.id, "dotazione", origine, report);
    ids_once(&dati.residui, |residuo| &residuo.id, "residui", origine, report);
    let arrivi = dati.trasferimenti.iter().map(|arrivo| (arrivo.anno, arrivo.data, arrivo.importo));
    let place = |i: usize| origine.value(path!["trasferimenti", i, "importo"]);
    for (prima, i) in doppioni(arrivi.zip(0..)) {
        report.add(
            Diagnostic::warning("C-09", "lo stesso trasferimento c'è due volte")
                .at(place(i))
                .label("si somma due volte")
                .related(place(prima), "qui la prima volta")
                .help("togline uno; se sono due arrivati lo stesso giorno, scrivine la somma in una riga"),
        );
    }
    if let Some(azione) = &dati.azione_di_sistema {
        paid_by(azione, origine, report);
    }
}

/// The system action names the one entry that pays for it: of the endowment, or of the residuals.
fn paid_by(azione: &record::AzioneDiSistema, origine: &Origine, report: &mut Report) {
    match (&azione.dotazione, &azione.residuo) {
        (Some(_), Some(_)) => report.add(
            Diagnostic::error("C-09", "l'azione di sistema è pagata due volte")
                .at(origine.key(path!["azione_di_sistema", "residuo"]))
                .related(origine.key(path!["azione_di_sistema", "dotazione"]), "qui la prima volta")
                .help("tieni solo `dotazione`, o solo `residuo`"),
        ),
        (None, None) => report.add(
            Diagnostic::error("C-03", "l'azione di sistema non dice chi la paga")
                .at(origine.key(path!["azione_di_sistema"]))
                .help("scrivi `dotazione`, il nome di una voce della dotazione, o `residuo`, quello di un residuo"),
        ),
        _ => {}
    }
}

/// Entries that others name must have names of their own.
fn ids_once<T>(entries: &[T], id: fn(&T) -> &Id, list: &'static str, origine: &Origine, report: &mut Report) {
    for (before, i) in doppioni(entries.iter().map(id).zip(0..)) {
        report.add(
            Diagnostic::error("C-09", format!("due voci di `{list}` hanno lo stesso `id`: `{}`", id(&entries[i])))
                .at(origine.value(path![list, i, "id"]))
                .related(origine.value(path![list, before, "id"]), "qui la prima volta")
                .help("dai a una delle due un altro `id`, o togli il doppione"),
        );
    }
}

/// A file that was copied is told by its CUP and left out: every sum would only say so again.
fn leave_copies(progetti: &mut Vec<Progetto>, report: &mut Report) {
    let chiave = |progetto: &Progetto| Some((progetto.dati.atti.cup.clone()?, progetto.dati.titolo.clone()));
    let copie: Vec<(usize, usize)> =
        doppioni(progetti.iter().enumerate().filter_map(|(i, progetto)| Some((chiave(progetto)?, i)))).collect();
    for &(prima, copia) in copie.iter().rev() {
        let cup = |i: usize| progetti[i].origine.value(path!["atti", "cup"]);
        report.add(
            Diagnostic::error("Q-22", "due progetti hanno lo stesso CUP e lo stesso titolo")
                .at(cup(copia))
                .related(cup(prima), "qui la prima volta")
                .help("se una delle due schede è una copia, toglila; se no, ricopia il CUP di ognuno dal suo atto"),
        );
        progetti.remove(copia);
    }
}

fn join_bodies(enti: &mut [Ente], per_id: &HashMap<Id, usize>, periodi: &[Periodo]) {
    for (p, periodo) in periodi.iter().enumerate() {
        for (a, alleanza) in periodo.alleanze.iter().enumerate() {
            let mut add = |ente: usize, ruolo| enti[ente].alleanze.push(Adesione { periodo: p, alleanza: a, ruolo });
            add(alleanza.capofila, RuoloInAlleanza::Capofila);
            alleanza.partner.iter().for_each(|&ente| add(ente, RuoloInAlleanza::Partner));
            alleanza.rete_di_supporto.iter().for_each(|&ente| add(ente, RuoloInAlleanza::ReteDiSupporto));
        }
        for (progetto, suo) in periodo.progetti.iter().enumerate() {
            for Partecipazione { riga, ente, .. } in suo.partenariato() {
                enti[ente].progetti.push(PartecipazioneDiEnte { periodo: p, progetto, riga });
            }
            let pagati = suo.dati.pagamenti.iter().filter_map(|pagamento| per_id.get(pagamento.ente.as_ref()?));
            for &ente in pagati.filter(|&&ente| suo.partenariato().all(|parte| parte.ente != ente)) {
                if enti[ente].pagato.last() != Some(&(p, progetto)) {
                    enti[ente].pagato.push((p, progetto));
                }
            }
        }
    }
}
