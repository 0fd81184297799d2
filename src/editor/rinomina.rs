//! A record that gets another short name: whoever named it names it so from then on, and its old address leads to the new
//! one.

use serde_json::json;

use super::campi::passi;
use super::form::Form;
use super::forme::scritto;
use super::guard::{No, no};
use super::modifiche::Modifica;
use super::riferimenti::{self, Nominante, nominanti};
use super::salva::riscrivi;
use super::schede::{NIENTE, in_indirizzo};
use super::vista::{Aperta, Vista, indirizzo};
use super::{Answer, Editor, Reply};
use crate::fogli::voci;
use crate::path;
use crate::report::Step;
use crate::suggest;
use crate::theme::messaggi::{plain, sentence};
use crate::value::Id;
use crate::yaml::modifica::{Scheda, Valore};

/// The records that are called as their file is, and that others or addresses name.
const DI_UN_FILE: [&str; 5] = ["ente", "alleanza", "avviso", "progetto", "pagina"];

/// Whether a record is called as its file is.
pub fn si_rinomina(aperta: &Aperta) -> bool {
    let da_se =
        |scheda: Scheda| matches!(scheda.valore(&path!["id"]), None | Some(Valore::Nulla)) && !e_elenco(&scheda);
    DI_UN_FILE.contains(&aperta.genere) && aperta.scheda().is_ok_and(da_se)
}

fn e_elenco(scheda: &Scheda) -> bool {
    matches!(scheda.valore(&[]), Some(Valore::Elenco(_)))
}

/// What follows where a form has written another identifier into a record, the record and the others that name it:
/// nothing where another record has it.
pub fn seguito(vista: &Vista, aperta: &Aperta, dove: &str, dopo: String) -> Result<(String, Vec<Modifica>), String> {
    let via = passi(aperta.nodo, dove).unwrap_or_default();
    let posto = if let [Step::Index(posto), ..] = via[..] { Some(posto) } else { None };
    let base: Vec<Step> = posto.map(Step::Index).into_iter().collect();
    let id = |testo: &str| {
        let scheda = aperta.di(testo).ok()?;
        let id = scheda.valore(&[&base[..], &path!["id"]].concat()).map(scritto)?.to_owned();
        Some(id).filter(|id| Id::parse(id).is_ok())
    };
    let elenchi = vista.elenchi(aperta.piano());
    let e_libero = |a: &str| {
        let elenco = riferimenti::elenco(aperta.genere);
        elenco.is_some_and(|elenco| !elenchi.di(elenco).iter().any(|voce| voce.valore == a))
    };
    let cambiato = id(&aperta.testo).zip(id(&dopo)).filter(|(da, a)| da != a && e_libero(a));
    let Some((da, a)) = cambiato else { return Ok((dopo, Vec::new())) };
    let mut sua = aperta.di(&dopo).map_err(|why| why.to_string())?;
    if aperta.genere == "ente" {
        di_prima(&mut sua, &base, &format!("/partner/{da}/"), &format!("/partner/{a}/"))?;
    }
    let altre = chiama(vista, aperta, posto, (&da, &a), &mut sua)?;
    Ok((sua.fine(), altre))
}

/// Writes the new name wherever the old one stands; in the file of the record itself into `sua`.
fn chiama(
    vista: &Vista,
    aperta: &Aperta,
    posto: Option<usize>,
    (da, a): (&str, &str),
    sua: &mut Scheda,
) -> Result<Vec<Modifica>, String> {
    let mut altre = Vec::new();
    for Nominante { aperta: altra, mut scheda, vie } in nominanti(vista, aperta, posto) {
        let file = altra.file();
        let e_sua = file == aperta.file();
        let scritta = if e_sua { &mut *sua } else { &mut scheda };
        for via in &vie {
            scritta.scrivi(via, a).map_err(|why| format!("in `{file}` {why}"))?;
        }
        if !e_sua {
            let quante = if vie.len() == 1 { "un campo".to_owned() } else { format!("{} campi", vie.len()) };
            let detto = format!("Chi nominava «{da}» ora nomina «{a}»: {quante}");
            altre.push(Modifica::di(file, Some(&altra.testo), Some(scheda.testo()), vec![detto]));
        }
    }
    Ok(altre)
}

/// Keeps the old address among those that lead to the record.
fn di_prima(scheda: &mut Scheda, base: &[Step], vecchio: &str, nuovo: &str) -> Result<(), String> {
    let via = [base, &path!["indirizzi_precedenti"]].concat();
    let mut indirizzi = voci(scheda.valore(&via)).to_vec();
    indirizzi.retain(|altro| ![vecchio, nuovo].contains(&scritto(altro)));
    indirizzi.push(vecchio.into());
    riscrivi(scheda, &via, &indirizzi, base.len()).map_err(|why| why.to_string())
}

impl Editor {
    /// Asks for the new name; `perche` the one that was told does not do.
    pub fn renaming(&self, form: &Form, perche: &str) -> Answer {
        let vista = self.vista();
        let file = form.get("file");
        let aperta = renamable(&vista, file)?;
        let context = json!({
            "titolo": format!("Il nome breve di {}", aperta.titolo()),
            "file": file,
            "id": form.find("id").unwrap_or(aperta.entry.source.id.as_str()),
            "impronta": aperta.impronta,
            "nominata": riferimenti::di(&vista, &aperta, None),
            "pagina": vista.pagina(file),
            "perche": perche,
        });
        self.page("rinomina.html", if perche.is_empty() { 200 } else { 409 }, context)
    }

    /// The record under its new name, whoever names it, and then the old file away.
    pub fn rename(&self, form: &Form) -> Answer {
        let vista = self.vista();
        let file = form.get("file");
        let aperta = renamable(&vista, file)?;
        let refused = |why: &str| self.renaming(form, &sentence(&plain(why)));
        if form.get("impronta") != aperta.impronta {
            return refused("intanto il file è cambiato: guarda che sia ancora giusto, e riprova");
        }
        let da = aperta.entry.source.id.as_str();
        let a = suggest::slug(form.get("id"));
        if Id::parse(&a).is_err() {
            return refused("scrivi un nome breve");
        }
        if a == da {
            return Ok(Reply::to("scheda", &[("file", file), ("salvato", NIENTE)]));
        }
        let (cartella, nome) = file.rsplit_once('/').unwrap_or(("", file));
        let nuovo = format!("{cartella}/{}", nome.replacen(da, &a, 1));
        let con_indirizzo = !form.get("indirizzo").is_empty();
        self.renamed_to(&vista, &aperta, (da, &a), &nuovo, con_indirizzo).or_else(|why| refused(&why))
    }

    /// The page of the record under its new name.
    fn renamed_to(
        &self,
        vista: &Vista,
        aperta: &Aperta,
        (da, a): (&str, &str),
        nuovo: &str,
        con_indirizzo: bool,
    ) -> Result<Reply, String> {
        let file = aperta.file();
        let mut sua = aperta.scheda().map_err(|why| why.to_string())?;
        if let (true, Some(vecchio), Some(ora)) = (con_indirizzo, indirizzo(file), indirizzo(nuovo)) {
            di_prima(&mut sua, &[], &format!("/{vecchio}"), &format!("/{ora}"))?;
        }
        let altre = chiama(vista, aperta, None, (da, a), &mut sua)?;
        let detti = vec![format!("La scheda «{da}» si chiama ora «{a}»")];
        let messa = Modifica::di(nuovo, None, Some(sua.testo()), detti);
        let tolta = Modifica::di(file, Some(&aperta.testo), None, vec![format!("Tolto il file di prima, «{da}»")]);
        let salvato = self.put_all(std::iter::once(messa).chain(altre).chain([tolta]).collect())?;
        Ok(Reply::to("scheda", &[("file", nuovo), ("salvato", &in_indirizzo(salvato))]))
    }
}

fn renamable(vista: &Vista, file: &str) -> Result<Aperta, No> {
    let aperta = vista.apri(file)?;
    if si_rinomina(&aperta) { Ok(aperta) } else { Err(no(409, "questa scheda non ha un nome breve che si cambia qui")) }
}
