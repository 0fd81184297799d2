//! Whole files: their text as it is written, their removal, and what was written lately.

use serde_json::json;

use super::form::Form;
use super::guard::No;
use super::riferimenti;
use super::vista::Vista;
use super::{Answer, Editor, Reply};
use crate::value::impronta;

/// How many changes the list of them shows.
const SHOWN: usize = 50;

impl Editor {
    /// The text of a file, for what no form can show.
    pub fn text(&self, asked: &Form) -> Answer {
        let vista = Vista::new(self);
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
        let vista = Vista::new(self);
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

    /// Before a record goes away: who refers to it.
    pub fn removal(&self, asked: &Form) -> Answer {
        let vista = Vista::new(self);
        let aperta = vista.apri(asked.get("file"))?;
        let nominata = riferimenti::di(&vista, &aperta);
        let context = json!({
            "titolo": format!("Eliminare {}?", aperta.titolo()),
            "file": asked.get("file"),
            "impronta": aperta.impronta,
            "nominata": nominata,
        });
        self.page("elimina.html", 200, &context)
    }

    pub fn remove(&self, form: &Form) -> Answer {
        let vista = Vista::new(self);
        let aperta = vista.apri(form.get("file"))?;
        if form.get("impronta") != aperta.impronta {
            return Ok(Reply::to("elimina", &[("file", form.get("file"))]));
        }
        let detti = vec![format!("Eliminata la scheda «{}»", aperta.titolo())];
        match self.put(form.get("file"), Some(&aperta.testo), None, detti) {
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
