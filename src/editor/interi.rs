//! Whole files: their text as it is written, their removal, and what was written lately.

use serde_json::json;

use super::form::Form;
use super::guard::{BAD, No, no};
use super::modifiche::Modifica;
use super::modulo::Modulo;
use super::schede::{NIENTE, in_indirizzo, told};
use super::vista::{Aperta, Vista};
use super::{Answer, Editor, Reply};
use super::{indietro, riferimenti};
use crate::report::Step;
use crate::value::impronta;
use crate::yaml::modifica::Valore;

/// Why a change is not taken back.
const AGAIN: &str = "quello che questa modifica aveva scritto è cambiato di nuovo: correggilo a mano";

/// How many changes a page of the list shows.
const SHOWN: usize = 50;

impl Editor {
    /// The text of a file, for what no form can show.
    pub fn text(&self, asked: &Form) -> Answer {
        let vista = self.vista();
        let aperta = vista.apri(asked.get("file"))?;
        let context = json!({
            "titolo": format!("Il testo di {}", aperta.titolo()),
            "file": asked.get("file"),
            "impronta": self.keep(&aperta.testo),
            "testo": aperta.testo,
            "perche": asked.get("perche"),
            "rilievi": vista.legati(&vista.rilievi_di(&aperta.entry)),
            "salvato": self.saved(asked),
        });
        self.page("testo.html", 200, context)
    }

    pub fn save_text(&self, form: &Form) -> Answer {
        let vista = self.vista();
        let aperta = vista.apri(form.get("file"))?;
        // Browsers send breaks of their own: the file keeps the ones that it has.
        let breaks = if aperta.testo.contains("\r\n") { "\r\n" } else { "\n" };
        let dopo = form.find("tutto").ok_or(BAD)?.replace('\n', breaks);
        if form.get("impronta") != aperta.impronta {
            return self.conflict(&aperta, &self.shown(&aperta, form), &dopo, form);
        }
        let detti = vec!["Testo del file: cambiato a mano".to_owned()];
        let numero = match dopo == aperta.testo {
            true => NIENTE.to_owned(),
            false => {
                let modifica = Modifica::di(form.get("file"), Some(&aperta.testo), Some(&dopo), detti);
                self.put(&modifica)?.to_string()
            }
        };
        Ok(Reply::to("testo", &[("file", form.get("file")), ("salvato", &numero)]))
    }

    /// Before a record goes away: who refers to it. Of a file that is a list, `dove` is the place of one.
    pub fn removal(&self, asked: &Form) -> Answer {
        let vista = self.vista();
        let aperta = vista.apri(asked.get("file"))?;
        let posto = asked.get("dove").parse().ok();
        may_go(&vista, &aperta, posto)?;
        let nome = self.name_in(&vista, &aperta, posto)?;
        let context = json!({
            "titolo": format!("Eliminare {nome}?"),
            "file": asked.get("file"),
            "dove": asked.get("dove"),
            "impronta": aperta.impronta,
            "nominata": riferimenti::di(&vista, &aperta, posto),
        });
        self.page("elimina.html", 200, context)
    }

    /// What a record is called, or one of a list.
    fn name_in(&self, vista: &Vista, aperta: &Aperta, posto: Option<usize>) -> Result<String, No> {
        let Some(posto) = posto else { return Ok(aperta.titolo()) };
        let scheda = aperta.scheda().map_err(|_| no(409, "il file non si legge"))?;
        let Some(Valore::Elenco(voci)) = scheda.valore(&[]) else { return Err(no(404, "la voce non c'è")) };
        let elenchi = vista.elenchi(None);
        let voce = Modulo::new(&elenchi, &[]).voci(aperta.nodo, &[], voci).into_iter().nth(posto);
        voce.map(|voce| voce.detto).ok_or(no(404, "la voce non c'è"))
    }

    pub fn remove(&self, form: &Form) -> Answer {
        let vista = self.vista();
        let aperta = vista.apri(form.get("file"))?;
        let (file, dove) = (form.get("file"), form.get("dove"));
        if form.get("impronta") != aperta.impronta {
            return Ok(Reply::to("elimina", &[("file", file), ("dove", dove)]));
        }
        let posto = dove.parse().ok();
        may_go(&vista, &aperta, posto)?;
        let nome = self.name_in(&vista, &aperta, posto)?;
        let dopo = match posto {
            None => Ok(None),
            Some(posto) => aperta.scheda().and_then(|mut scheda| {
                scheda.togli(&[Step::Index(posto)])?;
                Ok(Some(scheda.fine()))
            }),
        };
        let put = dopo.map_err(|why| why.to_string()).and_then(|dopo| {
            let detti = vec![format!("Eliminata la scheda «{nome}»")];
            self.put(&Modifica::di(file, Some(&aperta.testo), dopo.as_deref(), detti))
        });
        match put {
            Ok(numero) => Ok(Reply::to("modifiche", &[("salvato", &numero.to_string())])),
            Err(why) => self.unsaved("testo", form, &why),
        }
    }

    /// What was written, from the last change or from those before one, with the way back where there is one.
    pub fn changes(&self, asked: &Form) -> Answer {
        let vista = self.vista();
        let mut numeri = self.registro.numeri();
        if let Ok(prima) = asked.get("prima").parse::<u64>() {
            numeri.retain(|numero| *numero < prima);
        }
        let oltre = numeri.get(SHOWN).copied();
        let annullate = self.registro.annullate(oltre.unwrap_or_default());
        // The last one of each save stands for all of it.
        let shown = numeri.iter().take(SHOWN).filter_map(|numero| {
            let salvato = self.registro.salvataggio(*numero);
            salvato.last().filter(|(ultimo, _)| ultimo == numero)?;
            let mut detto = told(&vista, &salvato, annullate.contains(numero));
            let indietro = self.all_taken_back(&salvato);
            detto["si_puo"] = json!(indietro.is_ok());
            detto["perche_no"] = json!(indietro.err());
            Some(detto)
        });
        let modifiche: Vec<_> = shown.collect();
        let context = json!({
            "titolo": "Le ultime modifiche",
            "modifiche": modifiche,
            "prima": oltre.map(|oltre| oltre + 1),
        });
        self.page("modifiche.html", 200, context)
    }

    /// What taking a change back leads to, if what it wrote is still as it left it.
    fn taken_back(&self, modifica: &Modifica) -> Result<Modifica, String> {
        let file = modifica.file.as_str();
        let now = std::fs::read(self.state.request.content.join(file)).ok();
        let print = now.as_deref().map(impronta);
        let now = now.and_then(|now| String::from_utf8(now).ok());
        let back =
            |prima: Option<&str>, dopo: Option<&str>| Ok(Modifica::di(file, prima, dopo, modifica.all_indietro()));
        match (&modifica.prima, &modifica.dopo, &now) {
            (None, None, _) if print.is_some() && print == modifica.caricato => back(None, None),
            (None, None, _) if modifica.caricato.is_none() => {
                Err("il file non è conservato: caricalo di nuovo".to_owned())
            }
            (prima, dopo, now) if now == dopo && modifica.caricato.is_none() => back(dopo.as_deref(), prima.as_deref()),
            (Some(prima), Some(dopo), Some(now)) => {
                let aperta = self.vista().apri(file).ok();
                let senza = aperta.and_then(|aperta| indietro::senza(&aperta, prima, dopo));
                senza.ok_or_else(|| AGAIN.to_owned()).and_then(|senza| back(Some(now.as_str()), Some(&senza)))
            }
            _ => Err(AGAIN.to_owned()),
        }
    }

    /// What taking a save back leads to: the last that it wrote goes first.
    fn all_taken_back(&self, salvato: &[(u64, Modifica)]) -> Result<Vec<Modifica>, String> {
        let back = |(numero, modifica): &(u64, Modifica)| {
            Ok(Modifica { annulla: Some(*numero), ..self.taken_back(modifica)? })
        };
        salvato.iter().rev().map(back).collect()
    }

    /// Whether taking a save back would take away a record that others name. Looked for among all the records, so only
    /// where somebody asks for it.
    fn takes_away_a_named_one(&self, salvato: &[(u64, Modifica)]) -> bool {
        let [(_, Modifica { file, prima: None, dopo: Some(_), .. })] = salvato else { return false };
        let vista = self.vista();
        vista.apri(file).is_ok_and(|aperta| !riferimenti::di(&vista, &aperta, None).is_empty())
    }

    /// Takes a save back; whatever was written after it stays.
    pub fn undo(&self, form: &Form) -> Answer {
        const GONE: No = no(404, "la modifica non c'è più");
        let numero = form.get("numero").parse().map_err(|_| GONE)?;
        let salvato = self.registro.salvataggio(numero);
        let (_, prima) = salvato.first().ok_or(GONE)?;
        let done = match self.registro.annullate(numero).contains(&numero) {
            true => Err("è già annullata".to_owned()),
            false if self.takes_away_a_named_one(&salvato) => {
                Err("altre schede la nominano: dalla sua pagina, Elimina dice quali".to_owned())
            }
            false => self.all_taken_back(&salvato),
        };
        match done.and_then(|back| self.put_all(back)) {
            Ok(numero) if prima.prima.is_some() && salvato.len() == 1 => {
                Ok(Reply::to("scheda", &[("file", &prima.file), ("salvato", &in_indirizzo(numero))]))
            }
            Ok(_) => Ok(Reply::to("modifiche", &[])),
            Err(why) => {
                let context = json!({ "titolo": "Non annullato", "perche": why, "file": prima.file });
                self.page("non-salvato.html", 409, context)
            }
        }
    }
}

fn may_go(vista: &Vista, aperta: &Aperta, posto: Option<usize>) -> Result<(), No> {
    match posto.is_some() || vista.si_elimina(aperta) {
        true => Ok(()),
        false => Err(no(409, "il sito e i suoi Piani non si eliminano da qui, finché c'è dentro altro")),
    }
}
