//! An example as one writes it, composed of the examples of the fields.

use serde_json::Value;

use super::Nodo;

/// Where the entries of a list of ids are examples themselves: ids of the plan that the program is shipped with.
const IDENTIFICATIVI: &[(&str, &str)] = &[
    ("alleanze", "valle-seriana"),
    ("atti", "det-388-2026"),
    ("avvisi", "manifestazione-di-interesse-2017"),
    ("categorie_enti", "comune"),
    ("categorie_servizi", "trasporti"),
    ("dimensioni", "micro"),
    ("domande", "attivita-gia-finanziate"),
    ("domande-avviso", "per-dipendenti-e-professionisti"),
    ("domande-azioni", "gia-pagata-da-altre-misure"),
    ("domande-piano", "imprese-femminili"),
    ("domande-progetto", "attivita-gia-finanziate"),
    ("domande-servizi", "assistenza-a-casa"),
    ("dotazioni", "risorse-2025"),
    ("enti", "comune-albino"),
    ("macrocategorie", "mobilita-casa-lavoro"),
    ("norme", "dgr-5464-2025"),
    ("piani", "2025-2027"),
    ("progetti", "progettare-insieme"),
    ("qualifiche", "ets"),
    ("residui", "residuo-2014-16"),
    ("risorse", "risorse-2025"),
    ("seggi", "sindacati"),
];

/// The lines of an example. `intero` has every field; without it, those that are required and those of one line, but for
/// answers that most records do not give.
pub fn esempio(nodo: Nodo, intero: bool) -> Vec<String> {
    if let Some(scritto) = in_linea(nodo) {
        return vec![scritto];
    }
    if let Some(voci) = nodo.voci() {
        let righe = esempio(voci, intero);
        if righe.len() == 1 && in_linea(voci).is_some() {
            return vec![format!("[{}]", righe[0])];
        }
        let dash = |i| if i == 0 { '-' } else { ' ' };
        return righe.iter().enumerate().map(|(i, riga)| format!("{} {riga}", dash(i))).collect();
    }
    if let Some(valori) = nodo.valori() {
        let chiave = nodo.elenco().map_or("2025", identificativo);
        return vec![format!("{chiave}: {}", in_linea(valori).unwrap_or_default())];
    }
    let is_shown = |(nome, campo): &(&str, Nodo)| {
        intero || nodo.obbligatorio(nome) || (in_linea(*campo).is_some() && !campo.e("boolean"))
    };
    nodo.campi().filter(is_shown).flat_map(|(nome, campo)| named(nome, campo, intero)).collect()
}

/// The example that explains a field, under its name, or a whole record.
pub fn esempio_di(nome: Option<&str>, nodo: Nodo) -> Vec<String> {
    // Of fields that never stand all together, one says what a short example is.
    let breve = nodo.0.get("x-esempio-breve").and_then(Value::as_str);
    match (nome, breve) {
        (Some(nome), Some(breve)) => vec![format!("{nome}: {breve}")],
        (Some(nome), None) => named(nome, nodo, false),
        (None, _) => esempio(nodo, false),
    }
}

/// A field with its example, on the same line or below it.
fn named(nome: &str, campo: Nodo, intero: bool) -> Vec<String> {
    let righe = esempio(campo, intero);
    match &righe[..] {
        [una] if in_linea(campo).is_some() || una.starts_with('[') => vec![format!("{nome}: {una}")],
        _ => std::iter::once(format!("{nome}:")).chain(righe.iter().map(|riga| format!("  {riga}"))).collect(),
    }
}

fn identificativo(elenco: &str) -> &'static str {
    IDENTIFICATIVI.iter().find(|(nome, _)| *nome == elenco).map_or("", |(_, id)| id)
}

/// The example of what stands on one line.
pub fn in_linea(nodo: Nodo) -> Option<String> {
    let is_free = nodo.0.get("x-esempio").is_none() && !nodo.e("object");
    let listed = nodo.elenco().filter(|_| is_free).map(identificativo).filter(|id| !id.is_empty());
    let choice = || nodo.scelte().next().map(|(valore, _)| valore);
    listed.or_else(|| nodo.esempio()).or_else(choice).map(str::to_owned)
}
