//! Whole files: their text as it is written, their removal, and what was written lately.

use serde_json::json;

use super::form::Form;
use super::guard::No;
use super::modulo::Modulo;
use super::riferimenti;
use super::vista::{Aperta, Vista};
use super::{Answer, Editor, Reply};
use crate::report::Step;
use crate::value::impronta;
use crate::yaml::modifica::Valore;

/// How many changes the list of them shows.
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
            "rilievi": self.con_indirizzo(&vista, &vista.rilievi_di(&aperta.entry)),
            "salvato": self.saved(asked),
        });
        self.page("testo.html", 200, &context)
    }

    pub fn save_text(&self, form: &Form) -> Answer {
        let vista = self.vista();
        let aperta = vista.apri(form.get("file"))?;
        // Browsers send breaks of their own: the file keeps the ones that it has.
        let breaks = if aperta.testo.contains("\r\n") { "\r\n" } else { "\n" };
        let dopo = form.find("tutto").ok_or(No(400, "la richiesta non si capisce"))?.replace('\n', breaks);
        if form.get("impronta") != aperta.impronta {
            return self.conflict(&aperta, &self.shown(&aperta, form), &dopo, form);
        }
        let detti = vec!["Testo del file: cambiato a mano".to_owned()];
        let numero = match dopo == aperta.testo {
            true => "niente".to_owned(),
            false => match self.put(form.get("file"), Some(&aperta.testo), Some(&dopo), detti) {
                Ok(numero) => numero.to_string(),
                Err(why) => return self.refused(&aperta, form, &why),
            },
        };
        Ok(Reply::to("testo", &[("file", form.get("file")), ("salvato", &numero)]))
    }

    /// Before a record goes away: who refers to it. Of a file that is a list, `dove` is the place of one.
    pub fn removal(&self, asked: &Form) -> Answer {
        let vista = self.vista();
        let aperta = vista.apri(asked.get("file"))?;
        let posto = asked.get("dove").parse().ok();
        let nome = self.name_in(&vista, &aperta, posto)?;
        let context = json!({
            "titolo": format!("Eliminare {nome}?"),
            "file": asked.get("file"),
            "dove": asked.get("dove"),
            "impronta": aperta.impronta,
            "nominata": riferimenti::di(&vista, &aperta, posto),
        });
        self.page("elimina.html", 200, &context)
    }

    /// What a record is called, or one of a list.
    fn name_in(&self, vista: &Vista, aperta: &Aperta, posto: Option<usize>) -> Result<String, No> {
        let Some(posto) = posto else { return Ok(aperta.titolo()) };
        let scheda = aperta.scheda().map_err(|_| No(409, "il file non si legge"))?;
        let Some(Valore::Elenco(voci)) = scheda.valore(&[]) else { return Err(No(404, "la voce non c'è")) };
        let elenchi = vista.elenchi(None);
        let voce = Modulo::new(&elenchi, &[]).voci(aperta.nodo, &[], voci).into_iter().nth(posto);
        voce.map(|voce| voce.detto).ok_or(No(404, "la voce non c'è"))
    }

    pub fn remove(&self, form: &Form) -> Answer {
        let vista = self.vista();
        let aperta = vista.apri(form.get("file"))?;
        let (file, dove) = (form.get("file"), form.get("dove"));
        if form.get("impronta") != aperta.impronta {
            return Ok(Reply::to("elimina", &[("file", file), ("dove", dove)]));
        }
        let posto = dove.parse().ok();
        let nome = self.name_in(&vista, &aperta, posto)?;
        let dopo = match posto {
            None => Ok(None),
            Some(posto) => aperta.scheda().and_then(|mut scheda| {
                scheda.togli(&[Step::Index(posto)])?;
                Ok(Some(scheda.fine()))
            }),
        };
        let put = dopo.map_err(|why| why.to_string()).and_then(|dopo| {
            self.put(file, Some(&aperta.testo), dopo.as_deref(), vec![format!("Eliminata la scheda «{nome}»")])
        });
        match put {
            Ok(numero) => Ok(Reply::to("modifiche", &[("salvato", &numero.to_string())])),
            Err(why) => self.refused(&aperta, form, &why),
        }
    }

    /// What was written lately, with the way back.
    pub fn changes(&self) -> Answer {
        let numeri = self.registro.numeri();
        let shown =
            numeri.iter().take(SHOWN).filter_map(|numero| Some(self.told(*numero, &self.registro.leggi(*numero)?)));
        let modifiche: Vec<_> = shown.collect();
        self.page("modifiche.html", 200, &json!({ "titolo": "Le ultime modifiche", "modifiche": modifiche }))
    }

    /// Puts a file back as it was before a change, if nobody has changed it since.
    pub fn undo(&self, form: &Form) -> Answer {
        let numero = form.get("numero").parse().ok();
        let modifica =
            numero.and_then(|numero| self.registro.leggi(numero)).ok_or(No(404, "la modifica non c'è più"))?;
        let file = modifica.file.as_str();
        let path = self.state.request.content.join(file);
        let now = std::fs::read(&path).ok();
        let is_same = now.as_deref().map(impronta) == modifica.dopo.as_deref().map(|dopo| impronta(dopo.as_bytes()));
        let why = if !is_same {
            Err("il file è cambiato dopo questa modifica: annulla prima le modifiche più recenti, o correggilo a mano"
                .to_owned())
        } else {
            let detti = modifica.detti.iter().map(|detto| format!("Annullato: {detto}")).collect();
            self.put(file, modifica.dopo.as_deref(), modifica.prima.as_deref(), detti)
        };
        match why {
            Ok(numero) if modifica.prima.is_some() => {
                Ok(Reply::to("scheda", &[("file", file), ("salvato", &numero.to_string())]))
            }
            Ok(_) => Ok(Reply::to("modifiche", &[])),
            Err(why) => {
                let context = json!({ "titolo": "Non annullato", "perche": why, "file": file, "mandati": [] });
                self.page("non-salvato.html", 409, &context)
            }
        }
    }
}
