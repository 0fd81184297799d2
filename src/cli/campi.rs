//! `concilia explain progetto.pagamenti`: what a record or a field is, with its fields, its values and an example.

use crate::input::elenchi::{Elenchi, Valore};
use crate::schema::{GENERI, Genere, Nodo, esempio_di, in_linea, nodo};
use crate::suggest;

use super::tabella::{paragrafo, voce, voci};

/// More values than these are a list to look up elsewhere.
const VALORI_MOSTRATI: usize = 40;

/// A place in a record, by its name: `progetto.pagamenti`.
struct Luogo {
    nome: String,
    nodo: Nodo<'static>,
    obbligatorio: Option<bool>,
}

/// The kinds of record, in one line each.
pub fn generi() -> String {
    GENERI.iter().map(|genere| voce(genere.nome, &format!("`{}`", genere.posto))).collect()
}

/// A record, a group or a field; whole names first, then any field that ends so.
pub fn spiega(cosa: &str, elenchi: &Elenchi) -> Result<String, Option<String>> {
    let radice = |genere: &Genere| Luogo { nome: genere.nome.to_owned(), nodo: nodo(genere.nome), obbligatorio: None };
    let luoghi: Vec<Luogo> = GENERI.iter().flat_map(|genere| con_i_campi(radice(genere))).collect();
    let cosa = cosa.to_lowercase().replace('-', "_");
    let (prima, resto) = cosa.split_once('.').map_or((cosa.as_str(), None), |(a, b)| (a, Some(b)));
    // `progetti` and `partner` are the folders of the records that people know.
    let genere = GENERI.iter().find(|genere| genere.nome == prima || genere.cartella() == prima);
    if let Some(genere) = genere {
        let nome = resto.map_or_else(|| genere.nome.to_owned(), |resto| format!("{}.{resto}", genere.nome));
        if let Some(luogo) = luoghi.iter().find(|luogo| luogo.nome == nome) {
            let file = format!("`{}`", genere.posto);
            return Ok(detto(luogo, &[], elenchi, resto.is_none().then_some(file.as_str())));
        }
    }
    let finisce = |luogo: &&Luogo| luogo.nome.strip_suffix(&cosa).is_some_and(|prima| prima.ends_with('.'));
    let trovati: Vec<&Luogo> = luoghi.iter().filter(finisce).collect();
    match trovati[..] {
        [] => {
            let nomi = luoghi.iter().map(|luogo| luogo.nome.as_str());
            let ultimi = nomi.clone().filter_map(|nome| nome.rsplit('.').next());
            Err(suggest::closest(&cosa, nomi.chain(ultimi)).map(str::to_owned))
        }
        [uno, ref altri @ ..] if altri.iter().all(|altro| altro.nodo == uno.nodo) => {
            Ok(detto(uno, altri, elenchi, None))
        }
        _ => Ok(piu_cose(&cosa, &trovati)),
    }
}

fn con_i_campi(luogo: Luogo) -> Vec<Luogo> {
    let gruppo = luogo.nodo.gruppo();
    let dentro = gruppo.campi().flat_map(|(campo, nodo)| {
        let nome = format!("{}.{campo}", luogo.nome);
        con_i_campi(Luogo { nome, nodo, obbligatorio: Some(gruppo.obbligatorio(campo)) })
    });
    let dentro: Vec<Luogo> = dentro.collect();
    std::iter::once(luogo).chain(dentro).collect()
}

fn piu_cose(cosa: &str, trovati: &[&Luogo]) -> String {
    let mut testo = paragrafo(&format!("`{cosa}` vuol dire più cose: scegli il campo per intero."));
    testo.push('\n');
    testo.extend(trovati.iter().map(|luogo| voce(&luogo.nome, luogo.nodo.detto())));
    testo
}

fn detto(luogo: &Luogo, altri: &[&Luogo], elenchi: &Elenchi, file: Option<&str>) -> String {
    let nodo = luogo.nodo;
    let mut testo = paragrafo(&format!("{}: {}", luogo.nome, nodo.detto()));
    testo.push('\n');
    let come =
        in_linea(nodo).filter(|_| nodo.ha_una_forma()).map(|come| format!(", come `{come}`")).unwrap_or_default();
    let obbligatorio = match luogo.obbligatorio {
        Some(true) => "; obbligatorio",
        Some(false) => "; facoltativo",
        None => "",
    };
    let anche: Vec<&str> = altri.iter().map(|altro| altro.nome.as_str()).collect();
    let pubblico = "tutto ciò che è scritto in una scheda si pubblica, anche nel pacchetto";
    testo.push_str(&voci([
        ("Formato", Some(format!("{}{come}{obbligatorio}", nodo.formato()).as_str())),
        ("File", file),
        ("Pubblico", file.map(|_| pubblico)),
        ("Anche in", Some(anche.join(", ").as_str()).filter(|_| !anche.is_empty())),
    ]));
    testo.push_str(&campi(nodo));
    testo.push_str(&valori(nodo, elenchi));
    let nome = luogo.obbligatorio.and_then(|_| luogo.nome.rsplit('.').next());
    let righe = esempio_di(nome, nodo);
    testo.push_str("\nEsempio\n");
    testo.extend(righe.iter().map(|riga| format!("  {riga}\n")));
    testo
}

/// What a kind of rule asks for, field by field, and where else its name is that of a field.
pub fn di_regola(tipo: &str) -> String {
    let mut testo = String::new();
    for genere in GENERI {
        for (nome, nodo) in nodo(genere.nome).campi() {
            if let ("regole", Some((_, parametri))) = (nome, nodo.gruppo().campi().find(|(campo, _)| *campo == tipo)) {
                testo.push_str(&campi(parametri));
            } else if nome == tipo {
                testo.push_str(&voce("Campo", &format!("`concilia explain {}.{nome}`: {}", genere.nome, nodo.detto())));
            }
        }
    }
    testo
}

/// The fields of a group, in the order in which one writes them.
fn campi(nodo: Nodo) -> String {
    let gruppo = nodo.gruppo();
    let righe: String = gruppo
        .campi()
        .map(|(nome, campo)| {
            let obbligatorio = if gruppo.obbligatorio(nome) { ", obbligatorio" } else { "" };
            voce(nome, &format!("{} ({}{obbligatorio})", campo.detto(), campo.formato()))
        })
        .collect();
    if righe.is_empty() { righe } else { format!("\nCampi\n{righe}") }
}

/// What one may choose from, by the norm that says so.
fn valori(nodo: Nodo, elenchi: &Elenchi) -> String {
    let nodo = nodo.voci().unwrap_or(nodo);
    let mut testo = String::new();
    let mut scelte = nodo.scelte().peekable();
    if scelte.peek().is_some() {
        testo.push_str("\nValori\n");
        testo.extend(scelte.map(|(valore, detto)| voce(valore, detto)));
    }
    let valori = nodo.elenco().map(|elenco| elenchi.di(elenco)).unwrap_or_default();
    let mut norma: Option<&Option<String>> = None;
    for Valore { valore, nome, norma: sua } in valori.iter().take(VALORI_MOSTRATI) {
        if norma != Some(sua) {
            let di = sua.as_ref().map_or_else(|| "di questo sito".to_owned(), |sua| format!("secondo {sua}"));
            testo.push_str(&format!("\n{}", paragrafo(&format!("Valori, {di}"))));
            norma = Some(sua);
        }
        testo.push_str(&voce(valore, nome));
    }
    if valori.len() > VALORI_MOSTRATI {
        testo.push_str(&format!("  … e altri {}\n", valori.len() - VALORI_MOSTRATI));
    }
    testo
}
