//! What a new record needs and nobody has said yet: it is found, or asked for.

use std::process::ExitCode;

use crate::cli::args::word;
use crate::cli::domande::{Voce, scelta};
use crate::cli::fail;
use crate::input::elenchi::{Elenchi, Valore};
use crate::schema::Nodo;
use crate::suggest;
use crate::value::accorciato;
use crate::value::schema::{Difetto, giudice};

use super::Nuova;

impl Nuova<'_> {
    /// A field that the record needs: as it was said, the only one that there is, or as somebody answers.
    pub fn valore(
        &self,
        campo: &str,
        nodo: Nodo,
        elenchi: &Elenchi,
        detti: &mut Vec<String>,
    ) -> Result<String, ExitCode> {
        let voci = voci(nodo, elenchi);
        let legge = |detto: &str| match nodo.elenco().is_some() || !voci.is_empty() {
            true => scelta(&voci, detto),
            false => giudicato(nodo, detto),
        };
        if let Some(detto) = word(self.args, campo) {
            return legge(detto).map_err(|perche| fail(&format!("`--{campo}`: {perche}")));
        }
        let di_tipo = |(_, nome): &&Voce| inizia_con(&self.titolo, nome);
        if campo == "categoria"
            && let Some((valore, _)) = voci.iter().filter(di_tipo).max_by_key(|(_, nome)| nome.len())
        {
            detti.push(format!("La `categoria` è `{valore}`, dal nome."));
            return Ok(valore.clone());
        }
        match (&voci[..], nodo.elenco()) {
            ([], Some(elenco)) => Err(fail(&format!("`{campo}` manca: {}", prima(elenco, &self.titolo)))),
            ([(valore, nome)], Some(_)) => {
                detti.push(format!("`{campo}` è `{valore}`, {nome}: è la sola voce che c'è."));
                Ok(valore.clone())
            }
            _ if self.domande.possibili && voci.is_empty() => self.domande.chiedi(nodo.detto(), legge),
            _ if self.domande.possibili => self.domande.scegli(nodo.detto(), &voci),
            ([], _) => Err(fail(&format!("manca `--{campo}`. {}", nodo.detto()))),
            _ => {
                let nomi = suggest::list(voci.iter().map(|(valore, _)| &**valore));
                Err(fail(&format!("manca `--{campo}`. {} Si può scegliere fra {nomi}", nodo.detto())))
            }
        }
    }
}

/// What a field may be, with the words for each.
fn voci(nodo: Nodo, elenchi: &Elenchi) -> Vec<Voce> {
    let con_nome = |Valore { valore, nome, .. }: &Valore| {
        let nome = if nome.is_empty() { valore } else { nome };
        (valore.clone(), accorciato(nome, 70))
    };
    let scelte = nodo.nomi().map(|(valore, nome)| (valore.to_owned(), nome.to_owned()));
    scelte.chain(nodo.elenco().map(|elenco| elenchi.di(elenco)).unwrap_or_default().iter().map(con_nome)).collect()
}

/// What is judged by its type.
fn giudicato(nodo: Nodo, detto: &str) -> Result<String, String> {
    if detto.is_empty() {
        return Err("Qui serve una risposta".to_owned());
    }
    let difetti = giudice(nodo.testo("x-tipo")).map(|giudice| giudice(detto)).unwrap_or_default();
    match difetti.into_iter().next() {
        Some(Difetto::Detto(perche)) => Err(perche),
        Some(Difetto::Rifiutato(..)) => Err(format!("`{detto}` non va bene")),
        None => Ok(detto.to_owned()),
    }
}

/// Whether the name begins with the words of its kind: `Comune di Alfa`.
fn inizia_con(titolo: &str, tipo: &str) -> bool {
    let titolo = titolo.to_lowercase();
    titolo.strip_prefix(&tipo.to_lowercase()).is_some_and(|resto| resto.is_empty() || resto.starts_with(' '))
}

/// What has to be there first.
fn prima(elenco: &str, titolo: &str) -> String {
    match elenco {
        "alleanze" => format!(
            "«{titolo}» è di un'alleanza. Aggiungi prima quella, come `concilia nuovo alleanza \"Alleanza della Valle\"`"
        ),
        "enti" => {
            "non c'è ancora nessun ente. Aggiungi prima chi guida, come `concilia nuovo ente \"Comune di Albino\"`"
                .to_owned()
        }
        _ => "non c'è ancora niente da scegliere".to_owned(),
    }
}
