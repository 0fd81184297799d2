//! What the document can be made of: a closed list of elements and classes, and what markup says to the typesetter alone.

use super::albero::{Errore, Nodo};

/// Each element with the classes that it may have; `*` stands for the end of any. `themes/README.md` has the same list.
const AMMESSI: &[(&str, &str)] = &[
    ("h2", "capitolo"),
    ("h3", ""),
    ("h4", ""),
    ("h5", ""),
    ("h6", ""),
    ("p", "nota sotto fonte quando situazione situazione-finita avviso-lieve verdetto sommario etichette"),
    ("dl", "cifre coppie domande riquadro"),
    ("dt", ""),
    ("dd", ""),
    ("ul", "elenco colonne atti nota deroghe"),
    ("ol", "elenco date azioni-progetto"),
    ("li", "regola"),
    ("blockquote", ""),
    ("pre", ""),
    ("hr", ""),
    ("table", "conto schede"),
    ("caption", ""),
    ("thead", ""),
    ("tbody", ""),
    ("tfoot", ""),
    ("tr", "questa"),
    ("th", "num"),
    ("td", "num grande"),
    ("figure", "grafico"),
    ("section", "riquadro"),
    ("article", "servizio regola"),
    ("div", "cifra testo sommario avviso-lieve nota servizi rilievo rilievo-* regola footnote-definition"),
    ("strong", ""),
    ("em", ""),
    ("del", ""),
    ("code", "language-*"),
    ("br", ""),
    ("a", "qui codice oltre etichetta etichetta-*"),
    ("span", "nd sotto esito esito-* etichetta etichetta-* finestra fonte-nome"),
    ("time", ""),
    ("sup", "footnote-reference footnote-definition-label"),
    ("img", ""),
];

/// What stands within a line.
const IN_RIGA: [&str; 9] = ["strong", "em", "del", "code", "br", "a", "span", "time", "img"];

pub fn e_in_riga(nodo: &Nodo) -> bool {
    nodo.e_testo() || IN_RIGA.contains(&nodo.nome) || nodo.ha_classe("footnote-reference")
}

/// What is on the page alone: for the eyes, or for who hears the page.
pub fn e_di_pagina(nodo: &Nodo) -> bool {
    ["solo-schermo", "solo-lettori", "qui"].iter().any(|classe| nodo.ha_classe(classe))
}

/// What an element says in `data-stampa`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Stampa {
    /// It begins a leaf.
    pub salto: bool,
    /// It stays whole.
    pub insieme: bool,
    /// It is on the page alone.
    pub solo_pagina: bool,
    /// The data of this chart stand in a table of the document already.
    pub senza_dati: bool,
    /// How wide the columns are beside each other.
    pub pesi: Vec<u16>,
}

/// Refuses what is not in the list.
pub fn stampa(nodo: &Nodo) -> Result<Stampa, Errore> {
    let Some((nome, classi)) = AMMESSI.iter().find(|(nome, _)| *nome == nodo.nome) else {
        return Err(nodo.errore(format!("`<{}>` non è fra gli elementi del documento", nodo.nome)));
    };
    let is_known = |classe: &str| {
        let mut note = classi.split(' ').filter(|nota| !nota.is_empty());
        note.any(|nota| nota.strip_suffix('*').map_or(nota == classe, |inizio| classe.starts_with(inizio)))
    };
    if let Some(classe) = nodo.classi().find(|classe| !is_known(classe)) {
        return Err(nodo.errore(format!("nel documento `<{nome}>` non ha la classe `{classe}`")));
    }
    let mut stampa = Stampa::default();
    let mut detto = nodo.attributo("data-stampa").unwrap_or_default().split_ascii_whitespace();
    while let Some(parola) = detto.next() {
        match parola {
            "salto" => stampa.salto = true,
            "insieme" => stampa.insieme = true,
            "solo-pagina" => stampa.solo_pagina = true,
            "senza-dati" => stampa.senza_dati = true,
            "pesi" => match detto.by_ref().map(str::parse).collect() {
                Ok(pesi) => stampa.pesi = pesi,
                Err(_) => return Err(nodo.errore("dopo `pesi` stanno numeri interi, uno per colonna")),
            },
            altro => return Err(nodo.errore(format!("`data-stampa` non conosce `{altro}`"))),
        }
    }
    Ok(stampa)
}
