//! What programs read of the datasets: a Frictionless data package, CSVW metadata, a JSON Schema of each JSON.

use serde_json::{Map, Value, json};

use super::catalogo::{CARTELLA, Intestazione, Licenza, senza_vuoti};
use super::elenco::DATASETS;
use super::{Dati, Rinvio, indirizzo};
use crate::input::consegne::scritti;
use crate::site::engine::{DatiFatti, Letture, Site};
use crate::view::{Campo, Tipo, csv};

pub const PACCHETTO: &str = "datapackage.json";
/// The name under which programs that are given a CSV alone look for it.
pub const CSVW: &str = "csv-metadata.json";

pub fn schema_di(id: &str) -> String {
    format!("{id}.schema.json")
}

/// What Frictionless, CSVW and JSON call a type; and of a text, its format in JSON.
fn nelle_norme(tipo: Tipo) -> ([&'static str; 3], Option<&'static str>) {
    match tipo {
        Tipo::Testo | Tipo::Codice => (["string", "string", "string"], None),
        Tipo::Indirizzo => (["string", "anyURI", "string"], Some("uri")),
        Tipo::Intero => (["integer", "integer", "integer"], None),
        Tipo::Importo | Tipo::Numero => (["number", "decimal", "number"], None),
        Tipo::Giorno => (["date", "date", "string"], Some("date")),
        Tipo::Booleano => (["boolean", "boolean", "boolean"], None),
    }
}

/// The whole as a Data Package, in the words that its version 1 and version 2 share.
pub fn pacchetto(site: &Site, fatti: &[&DatiFatti]) -> Vec<u8> {
    let sito = &*site.plan.sito;
    let letture = Letture::new();
    let risorse = DATASETS.iter().zip(fatti).map(|(of, fatti)| {
        let dati = of(site, &letture);
        let Intestazione { id, titolo, descrizione } = dati.testa;
        let file = &fatti.file["csv"];
        json!({
            "profile": "tabular-data-resource",
            "name": id,
            "title": titolo,
            "description": descrizione,
            "path": format!("{id}.csv"),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
            "bytes": file.bytes.len(),
            "hash": format!("sha256:{}", file.sha256),
            "schema": tabella(&dati),
        })
    });
    let licenza = Licenza::di(sito.licenza());
    let editore = json!({
        "title": sito.chi_pubblica(),
        "role": "publisher",
        "path": sito.ats.contatti.sito.as_ref().filter(|_| sito.e_dell_ats()),
        "email": sito.ats.contatti.email.as_ref().filter(|_| sito.e_dell_ats()),
    });
    scritti(&senza_vuoti(json!({
        "profile": "tabular-data-package",
        "name": format!("{}-dati", crate::suggest::slug(&sito.ats.nome)),
        "title": format!("{}: dati aperti", sito.titolo),
        "description": format!("{}. {}", site.plan.frase, csv::REGOLA),
        "homepage": indirizzo(site, "dati/"),
        "version": "1",
        "created": format!("{}T00:00:00Z", sito.aggiornato_al),
        "attribution": site.plan.frase,
        "licenses": [senza_vuoti(json!({ "name": licenza.sigla, "title": licenza.nome, "path": licenza.indirizzo }))],
        "contributors": [senza_vuoti(editore)],
        "sources": [{ "title": sito.di_chi_le_schede() }],
        "resources": risorse.collect::<Vec<_>>(),
    })))
}

fn tabella(dati: &Dati) -> Value {
    let campo = |campo: &Campo| {
        let ([tipo, _, in_json], formato) = nelle_norme(campo.tipo);
        senza_vuoti(json!({
            "name": campo.id,
            "type": tipo,
            // A day is a type of its own here.
            "format": formato.filter(|_| tipo == in_json),
            "description": campo.spiegazione,
            "constraints": obbligatorio(dati, campo).then(|| json!({ "required": true })),
        }))
    };
    let rinvio = |rinvio: &Rinvio| json!({ "fields": rinvio.campi, "reference": { "resource": rinvio.a, "fields": rinvio.chiave } });
    json!({
        "fields": dati.campi.iter().map(campo).collect::<Vec<_>>(),
        "primaryKey": dati.chiave,
        "foreignKeys": dati.rinvii.iter().map(rinvio).collect::<Vec<_>>(),
        "missingValues": [""],
    })
}

fn obbligatorio(dati: &Dati, campo: &Campo) -> bool {
    campo.sempre || dati.chiave.contains(&campo.id)
}

/// All the tables as one group, since keys lead from one to another.
pub fn csvw(site: &Site) -> Vec<u8> {
    let sito = &*site.plan.sito;
    let letture = Letture::new();
    let tabelle = DATASETS.iter().map(|of| {
        let dati = of(site, &letture);
        let colonna = |campo: &Campo| {
            let ([_, tipo, _], _) = nelle_norme(campo.tipo);
            json!({
                "name": campo.id,
                "titles": campo.id,
                "dc:description": campo.spiegazione,
                "datatype": tipo,
                "required": obbligatorio(&dati, campo),
            })
        };
        let rinvio = |rinvio: &Rinvio| {
            json!({
                "columnReference": rinvio.campi,
                "reference": { "resource": format!("{}.csv", rinvio.a), "columnReference": rinvio.chiave },
            })
        };
        // Here an empty cell would lead to a row that is not there.
        let is_whole = |rinvio: &&Rinvio| {
            let is_there = |nome: &&str| dati.campi.iter().any(|campo| campo.id == *nome && obbligatorio(&dati, campo));
            rinvio.campi.iter().all(is_there)
        };
        let testa = dati.testa;
        json!({
            "url": format!("{}.csv", testa.id),
            "dc:title": testa.titolo,
            "dc:description": testa.descrizione,
            "tableSchema": {
                "columns": dati.campi.iter().map(colonna).collect::<Vec<_>>(),
                "primaryKey": dati.chiave,
                "foreignKeys": dati.rinvii.iter().filter(is_whole).map(rinvio).collect::<Vec<_>>(),
            },
        })
    });
    let licenza = Licenza::di(sito.licenza());
    scritti(&json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "it" }],
        "dc:title": format!("{}: dati aperti", sito.titolo),
        "dc:description": csv::REGOLA,
        "dc:publisher": sito.chi_pubblica(),
        "dc:license": licenza.indirizzo.as_deref().unwrap_or(licenza.nome),
        "dc:rights": site.plan.frase,
        "dc:modified": sito.aggiornato_al,
        "dialect": { "encoding": "utf-8", "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "tables": tabelle.collect::<Vec<_>>(),
    }))
}

/// The JSON Schema of a dataset in JSON.
pub fn schema(site: &Site, dati: &Dati) -> Vec<u8> {
    let testa = dati.testa;
    let campo = |campo: &Campo| {
        let ([_, _, tipo], formato) = nelle_norme(campo.tipo);
        let tipo = if obbligatorio(dati, campo) { json!(tipo) } else { json!([tipo, "null"]) };
        let schema = json!({ "type": tipo, "format": formato, "description": campo.spiegazione });
        (campo.id.to_owned(), senza_vuoti(schema))
    };
    let campi: Map<String, Value> = dati.campi.iter().map(campo).collect();
    let nomi: Vec<&str> = dati.campi.iter().map(|campo| campo.id).collect();
    let testo = || json!({ "type": "string" });
    scritti(&senza_vuoti(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": indirizzo(site, &format!("{CARTELLA}{}", schema_di(testa.id))),
        "title": testa.titolo,
        "description": testa.descrizione,
        "type": "object",
        "required": ["aggiornato_al", "ats", "attribuzione", "licenza", "righe", "titolo"],
        "properties": {
            "aggiornato_al": { "type": "string", "format": "date" },
            "ats": testo(),
            "attribuzione": testo(),
            "licenza": testo(),
            "titolo": testo(),
            "righe": { "type": "array", "items": { "type": "object", "required": nomi, "properties": campi } },
        },
    })))
}

/// How who uses a dataset names it.
pub fn citazione(site: &Site, testa: Intestazione) -> String {
    let sito = &*site.plan.sito;
    let dove = indirizzo(site, &format!("dati/{}/", testa.id)).map(|dove| format!(", {dove}")).unwrap_or_default();
    // Who cites a site that is not the agency's does not name the agency for it.
    let del_sito = if sito.e_dell_ats() { format!("{}, ", sito.titolo) } else { String::new() };
    format!(
        "{}, «{}», {del_sito}dati aggiornati {}{dove}. Licenza {}. {}.",
        sito.chi_pubblica(),
        testa.titolo,
        sito.aggiornato_al.con("al"),
        sito.licenza(),
        site.plan.frase.trim_end_matches('.')
    )
}
