//! A record that has no file yet, and the record that a page shows.

use std::sync::Arc;

use serde_json::json;

use super::campi::Campo;
use super::form::Form;
use super::forme::spiegato;
use super::guard::{No, no};
use super::modifiche::Modifica;
use super::modulo::Modulo;
use super::salva::{self, Detta, Mossa};
use super::vista::Vista;
use super::{Answer, Editor, Reply};
use crate::fogli::id_di_atto;
use crate::input::store::Parsed;
use crate::path;
use crate::record::Ente;
use crate::report::Step;
use crate::schema::{GENERI, Genere, nodo};
use crate::suggest;
use crate::theme::messaggi::sentence;
use crate::value::{Id, Nodo};
use crate::yaml::modifica::{Scheda, Valore};

/// What can be added, in the order in which a plan needs it.
pub const NUOVE: [&str; 7] = ["piano", "ente", "alleanza", "avviso", "progetto", "atto", "pagina"];

/// Fields that the schema lets a source of years ago leave out, and a record of today has.
const DI_OGGI: [(&str, &str); 4] =
    [("atto", "numero"), ("atto", "data"), ("progetto", "stato"), ("progetto", "avviso")];

fn genere(form: &Form) -> Result<&'static Genere, No> {
    let chiesto = form.get("genere");
    let trovato = GENERI.iter().find(|genere| genere.nome == chiesto && NUOVE.contains(&genere.nome));
    trovato.ok_or(no(404, "questo genere di scheda non si può aggiungere così"))
}

/// The fields without which a record is none.
fn campi(modulo: &Modulo, genere: &Genere) -> Vec<Campo> {
    let nodo = nodo(genere.nome);
    let serve = |nome: &str| nodo.obbligatorio(nome) || DI_OGGI.contains(&(genere.nome, nome));
    let serviti = nodo.campi().filter(|(nome, _)| serve(nome));
    serviti.flat_map(|(nome, campo)| modulo.campo(campo, path![nome], None, nodo.obbligatorio(nome))).collect()
}

impl Editor {
    /// The fields of a new record, or `perche` it was not added.
    pub fn blank(&self, form: &Form, perche: &str) -> Answer {
        let genere = genere(form)?;
        let vista = self.vista();
        let piano = self.plan_of(&vista, genere, form);
        let elenchi = vista.elenchi(piano.as_ref());
        let modulo = Modulo::new(&elenchi, &[]);
        let mut campi = campi(&modulo, genere);
        campi.iter_mut().for_each(|campo| campo.riempi(form, ""));
        let detto = form.get("nome");
        // A name that a field of another record has told.
        if let Some(campo) =
            campi.iter_mut().find(|campo| matches!(campo.nome.as_str(), "nome" | "titolo") && campo.valore.is_empty())
        {
            campo.valore = detto.to_owned();
        }
        let context = json!({
            "titolo": format!("Nuova scheda: {}", genere.uno),
            "genere": genere.nome,
            "detto": spiegato(nodo(genere.nome).detto()),
            "piano": piano.map(|piano| piano.to_string()),
            "id": form.get("id"),
            "campi": campi,
            "liste": modulo.liste(&campi),
            "perche": perche,
        });
        self.page("nuova.html", if perche.is_empty() { 200 } else { 409 }, context)
    }

    /// The plan to which a record is added.
    fn plan_of(&self, vista: &Vista, genere: &Genere, form: &Form) -> Option<Id> {
        let di_piano = genere.posto.starts_with("piani/*/") && genere.nome != "piano";
        let chiesto = Id::parse(form.get("piano")).ok();
        let primo = || vista.piani().into_iter().next();
        if di_piano { chiesto.or_else(primo) } else { chiesto.filter(|_| genere.nome == "pagina") }
    }

    pub fn create(&self, form: &Form) -> Answer {
        let genere = genere(form)?;
        let vista = self.vista();
        let piano = self.plan_of(&vista, genere, form);
        let elenchi = vista.elenchi(piano.as_ref());
        let modulo = Modulo::new(&elenchi, &[]);
        let schema = nodo(genere.nome);
        let vuota = Scheda::leggi("", schema).map_err(|_| no(500, "la scheda non si compone"))?;
        let dette = salva::mosse(&modulo, &campi(&modulo, genere), &vuota, form, "");
        let titolo = ["titolo", "nome"].iter().map(|nome| form.get(nome)).find(|detto| !detto.is_empty());
        let atto = || salva::gruppo(&dette, &[]).map(|atto| id_di_atto(&atto)).unwrap_or_default();
        let titolo = if genere.nome == "atto" { atto() } else { titolo.unwrap_or_default().to_owned() };
        let nome = [form.get("id"), &titolo].into_iter().map(suggest::slug).find(|nome| !nome.is_empty());
        let Some(id) = nome.as_deref().and_then(|nome| Id::parse(nome).ok()) else {
            let manca = match genere.nome {
                "atto" => "Scrivi di che tipo è l'atto, e il suo numero o il suo giorno.",
                "ente" | "alleanza" => "Scrivi il nome.",
                _ => "Scrivi il titolo.",
            };
            return self.blank(form, manca);
        };
        if genere.nome == "ente" && elenchi.di("enti").iter().any(|voce| voce.valore == id.as_str()) {
            return self.blank(form, "Un ente con questo nome c'è già: se è un altro, dagli un altro nome.");
        }
        let written = self.written_new(&vista, genere, piano.as_ref(), &id, dette, schema);
        written.or_else(|why| self.blank(form, &sentence(&why)))
    }

    /// The page of the new record.
    fn written_new(
        &self,
        vista: &Vista,
        genere: &Genere,
        piano: Option<&Id>,
        id: &Id,
        mut dette: Vec<Detta>,
        schema: Nodo<'static>,
    ) -> Result<Reply, String> {
        let piano = piano.map(Id::as_str).unwrap_or_default();
        let (file, dove, prima, dopo) = if genere.nome == "atto" {
            dette.insert(0, (Mossa::Scrivi(vec![Step::from("id")], id.to_string().into()), String::new()));
            let file = format!("piani/{piano}/atti.yaml");
            let atto = salva::gruppo(&dette, &[]).ok_or("la scheda è vuota")?;
            let prima = vista.apri(&file).ok().map(|aperta| aperta.testo);
            let mut scheda =
                Scheda::leggi(prima.as_deref().unwrap_or_default(), schema).map_err(|why| why.to_string())?;
            let e_lui = |voce: &Valore| voce.at(&[Step::from("id")]) == Some(&id.to_string().into());
            let posto = match scheda.valore(&[]) {
                // A button that was pressed twice, or an act that somebody has added meanwhile.
                Some(Valore::Elenco(voci)) if voci.iter().any(e_lui) => return Err(format!("l'atto «{id}» c'è già")),
                Some(Valore::Elenco(voci)) => voci.len(),
                Some(Valore::Gruppo(_)) => return Err(format!("`{file}` contiene un atto solo: mettilo in un elenco")),
                _ => 0,
            };
            scheda.aggiungi(&[], atto).map_err(|why| why.to_string())?;
            (file, posto.to_string(), prima, scheda.fine())
        } else {
            let testo = salva::nuova(schema, &dette).map_err(|why| why.to_string())?;
            let testo = if genere.nome == "pagina" { format!("---\n{testo}---\n\n") } else { testo };
            (genere.file(piano, id.as_str()), String::new(), None, testo)
        };
        let detti = vec![format!("Aggiunta la scheda «{id}»")];
        let numero = self.put(&Modifica::di(&file, prima.as_deref(), Some(&dopo), detti))?;
        Ok(Reply::to("scheda", &[("file", &file), ("dove", &dove), ("salvato", &numero.to_string())]))
    }

    /// The record that a page of the preview shows; where there is none, the home of the editor.
    pub fn page_of(&self, asked: &Form) -> Reply {
        let vista = self.vista();
        let page = asked.get("pagina").trim_end_matches("index.html").trim_matches('/');
        let parti: Vec<&str> = page.split('/').collect();
        let files = match parti[..] {
            ["partner", id] => return self.body(&vista, id),
            [piano, cartella @ ("progetti" | "alleanze" | "avvisi"), id] => {
                vec![format!("piani/{piano}/{cartella}/{id}.yaml")]
            }
            [piano, "risorse"] => vec![format!("piani/{piano}/risorse.yaml")],
            ["norme", id] => vec![format!("norme/{id}.yaml")],
            [piano, pagina, ..] => {
                vec![format!("piani/{piano}/pagine/{pagina}.md"), format!("piani/{piano}/piano.yaml")]
            }
            [""] => vec!["sito.yaml".to_owned()],
            [una] => vec![format!("pagine/{una}.md"), format!("piani/{una}/piano.yaml")],
            [] => Vec::new(),
        };
        match files.iter().find(|file| vista.store.entries.contains_key(*file)) {
            Some(file) => Reply::to("scheda", &[("file", file)]),
            None => Reply::lead_to(&self.guard.folder),
        }
    }

    /// The record of a body: its own file, or its place in a list.
    fn body(&self, vista: &Vista, id: &str) -> Reply {
        for entry in vista.store.entries.values() {
            let Parsed::Enti(enti, e_elenco) = &entry.parsed else { continue };
            let e_lui = |ente: &Arc<Ente>| ente.id.as_ref().unwrap_or(&entry.source.id).as_str() == id;
            if let Some(posto) = enti.iter().position(e_lui) {
                let dove = if *e_elenco { posto.to_string() } else { String::new() };
                return Reply::to("scheda", &[("file", &entry.source.relative), ("dove", &dove)]);
            }
        }
        Reply::lead_to(&self.guard.folder)
    }
}
