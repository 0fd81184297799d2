//! Whether phrase and logo are on the products, and what a file is that lies outside of its package.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DICITURA, Prova, SCIOLTO, Trovati, Verifica, limited};
use crate::input::consegne::Prodotto;
use crate::input::store::Store;
use crate::lettura;
use crate::pacchetto::componi::SCHEDE;
use crate::plan;
use crate::print::tipografia::caratteri;
use crate::value;
use crate::value::impronta;

/// The pages without the phrase that are named.
const PAGINE_DETTE: usize = 5;

/// Where attachments are published.
const MEDIA: &str = "media/";

/// What every document says and shows, as the typesetter writes it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Dicitura {
    frase: String,
    logo: String,
}

/// Products without phrase or logo are never made: here all were made again, and in the pixels of each set page phrase
/// and logo were seen. The documents of the package are read as they came, byte for byte, by a reader that did not write
/// them: it proves that the phrase is in their text, not that it is seen; that is proved where the bytes are the same.
pub fn dicitura(prodotti: &[Prodotto], trovati: &Trovati, attesa: Option<&Dicitura>) -> Prova {
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for prodotto in prodotti {
        *counts.entry(prodotto.tipo).or_default() += 1;
    }
    let mut told: Vec<String> = counts
        .into_iter()
        .map(|(tipo, n)| format!("{}: {n} (frase: {}; logo: {})", tipo.parola(), tipo.frase(), tipo.logo()))
        .collect();
    let mut missing = Vec::new();
    for (nome, dati) in trovati.file.iter().filter(|(nome, _)| is_document(nome)) {
        match attesa.map(|attesa| attesa.nel_pdf(dati)) {
            Some(Ok(detto)) => told.push(format!("`{nome}`: {detto}")),
            Some(Err(why)) => missing.extend(why.into_iter().map(|why| format!("`{nome}`: {why}"))),
            None => {}
        }
    }
    if !missing.is_empty() {
        return Prova::fallita(DICITURA, "nei documenti del pacchetto non ci sono sempre", limited(missing));
    }
    let detto = match prodotti {
        [] => "letti nei documenti del pacchetto, perché dalle schede non si è rifatto nulla",
        _ => "guardati uno per uno sui prodotti rifatti dalle schede",
    };
    let mut prova = Prova::superata(DICITURA, detto);
    prova.trovato = told;
    prova
}

/// A document that concilia makes; those among the records are as their authors made them.
fn is_document(nome: &str) -> bool {
    is_pdf(nome) && !nome.starts_with(SCHEDE)
}

fn is_pdf(nome: &str) -> bool {
    nome.len() > 4 && nome.to_ascii_lowercase().ends_with(".pdf")
}

impl Dicitura {
    /// From the records alone: a document is read also where rules stop what would be made of them.
    pub fn di(store: &Store) -> Option<Self> {
        let sito = store.sito()?;
        let frase = plan::frase(&plan::norms_of(Some(store)).0)?;
        Some(Dicitura { frase: caratteri::adatta(&frase), logo: caratteri::adatta(&sito.logo.alternativa) })
    }

    /// How phrase and logo are in a PDF, or what is not as it should be.
    fn nel_pdf(&self, dati: &[u8]) -> Result<String, Vec<String>> {
        let letto = lettura::pdf(dati).map_err(|why| vec![why])?;
        let (pagine, senza) = (letto.pagine.len(), letto.pagine_senza(&self.frase));
        let mut missing = Vec::new();
        if !senza.is_empty() {
            let altre = senza.len().saturating_sub(PAGINE_DETTE);
            let altre = (altre > 0).then(|| format!("altre {altre}"));
            let quali = value::elenco(senza.iter().take(PAGINE_DETTE).map(usize::to_string).chain(altre));
            let dove = if senza.len() == 1 { "alla pagina" } else { "alle pagine" };
            missing.push(format!("la frase manca nel testo, {dove} {quali} su {pagine}"));
        }
        if !letto.mostra(0, &self.logo) {
            missing.push(format!("sulla prima pagina non c'è nessuna figura «{}»: manca il logo", self.logo));
        }
        match (missing.is_empty(), pagine) {
            (false, _) => Err(missing),
            (true, 1) => Ok("la frase è nel testo della sua pagina, con il logo".to_owned()),
            (true, pagine) => Ok(format!("la frase è nel testo di {pagine} pagine su {pagine}, il logo in copertina")),
        }
    }
}

/// A file that lies outside of the package, such as the document that somebody received alone.
pub fn file_sciolto(nome: &str, dati: &[u8], verifica: &Verifica) -> Option<Prova> {
    let manifesto = verifica.manifesto.as_ref()?;
    let sha256 = impronta(dati);
    let packed = manifesto.file.iter().find(|voce| voce.sha256 == sha256).map(|voce| &voce.nome);
    let product = manifesto.prodotti.iter().find(|voce| voce.sha256 == sha256).map(|voce| &voce.percorso);
    // Phrase and logo are told of another's document too: whoever asks wants to know what it is.
    let dicitura = verifica.dicitura.as_ref().filter(|_| is_pdf(nome)).map(|attesa| attesa.nel_pdf(dati));
    Some(match (packed.or(product), dicitura) {
        (Some(found), Some(Err(missing))) if !found.starts_with(SCHEDE) && !found.starts_with(MEDIA) => {
            Prova::fallita(SCIOLTO, format!("`{nome}` è `{found}` del pacchetto, ma non è come deve essere"), missing)
        }
        (Some(found), dicitura) => {
            let more = match dicitura {
                None => String::new(),
                Some(Ok(detto)) => format!("; {detto}"),
                Some(Err(_)) => ", un allegato del suo autore".to_owned(),
            };
            Prova::superata(SCIOLTO, format!("`{nome}` è proprio `{found}` del pacchetto{more}"))
        }
        (None, dicitura) => {
            let mut found = vec![format!("il suo SHA-256 è {sha256}")];
            match dicitura {
                Some(Ok(detto)) => {
                    found.push(detto);
                    found.push("questo non prova che si vedano: apri il documento e guardalo".to_owned());
                }
                Some(Err(missing)) => found.extend(missing),
                None => {}
            }
            Prova::fallita(SCIOLTO, format!("`{nome}` non è nessuno dei file del pacchetto"), found)
        }
    })
}
