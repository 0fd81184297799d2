//! The catalogue of the open data, for the portals that gather them: DCAT-AP_IT (AgID, version 2) in JSON-LD, and the
//! same nodes in Turtle.
//!
//! Its terms are spelt out in the file itself, so that whoever reads it asks nobody else.

use serde_json::{Map, Value, json};

use super::engine::{DatiFatti, Site};
use crate::value::is_web_address;

pub const JSONLD: &str = "dati/catalogo.jsonld";
pub const TURTLE: &str = "dati/catalogo.ttl";

/// Where the files of the data stand: their addresses are kept.
pub const CARTELLA: &str = "dati/v1/";

/// Lists of the Publications Office of the European Union, which the profile asks for.
const LINGUA: &str = "http://publications.europa.eu/resource/authority/language/ITA";
const FREQUENZA: &str = "http://publications.europa.eu/resource/authority/frequency/IRREG";
const TEMI: &str = "http://publications.europa.eu/resource/authority/data-theme";
const TEMA: &str = "http://publications.europa.eu/resource/authority/data-theme/SOCI";
const FORMATI: &str = "http://publications.europa.eu/resource/authority/file-type";
const TIPI: &str = "https://www.iana.org/assignments/media-types";

/// What a dataset is called.
#[derive(Clone, Copy)]
pub struct Intestazione {
    pub id: &'static str,
    pub titolo: &'static str,
    pub descrizione: &'static str,
}

/// A form in which every dataset is published: its ending, how the European list calls it, its media type.
#[derive(Clone, Copy)]
pub struct Forma {
    pub fine: &'static str,
    pub formato: &'static str,
    pub tipo: &'static str,
}

pub const FORME: [Forma; 3] = [
    Forma { fine: "csv", formato: "CSV", tipo: "text/csv" },
    Forma { fine: "xlsx", formato: "XLSX", tipo: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    Forma { fine: "json", formato: "JSON", tipo: "application/json" },
];

/// A licence as the site names it, and as programs know it.
pub struct Licenza<'a> {
    pub nome: &'a str,
    /// Its name in the list of the Open Definition.
    pub sigla: Option<&'static str>,
    pub indirizzo: Option<String>,
}

const LICENZE: [(&str, &str, &str); 4] = [
    ("ccby40", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ("ccbysa40", "CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    ("cc010", "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("iodl20", "IODL-2.0", "https://www.dati.gov.it/content/italian-open-data-license-v20"),
];

impl<'a> Licenza<'a> {
    pub fn di(nome: &'a str) -> Self {
        let nudo: String = nome.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        let nota = LICENZE.iter().find(|(nota, _, dove)| nudo == *nota || nome == *dove);
        let suo = is_web_address(nome).then(|| nome.to_owned());
        Licenza {
            nome,
            sigla: nota.map(|(_, sigla, _)| *sigla),
            indirizzo: suo.or_else(|| nota.map(|(.., dove)| (*dove).to_owned())),
        }
    }
}

/// The whole catalogue; a site without an address has none, since its names are addresses.
pub fn catalogo(site: &Site, base: &str, fatte: &[(Intestazione, &DatiFatti)]) -> Value {
    let sito = &site.plan.sito;
    let ats = &sito.ats;
    let agente = format!("{base}#{}", if sito.e_dell_ats() { "ats" } else { "sito" });
    let nodo = |id: &str| json!({ "@id": id });
    let noto = |id: &str, tipo: &str| json!({ "@id": id, "@type": tipo });
    let contatto = ats.contatti.email.as_ref().filter(|_| sito.e_dell_ats()).map(|email| {
        json!({
            "@id": format!("{base}#contatti"),
            "@type": ["vcard:Kind", "vcard:Organization", "dcatapit:Organization"],
            "vcard:fn": ats.nome_esteso,
            "vcard:hasEmail": nodo(&format!("mailto:{email}")),
        })
    });
    let detta = Licenza::di(sito.licenza());
    let licenza = json!({
        "@id": detta.indirizzo.unwrap_or_else(|| format!("{base}dati/#licenza")),
        "@type": ["dct:LicenseDocument", "dcatapit:LicenseDocument"],
        "foaf:name": detta.nome,
    });
    let voci = || fatte.iter().map(|(voce, _)| voce);
    let rinvio = |altro: &Option<Value>| altro.as_ref().map(|altro| json!({ "@id": altro["@id"] }));
    let mut grafo = vec![
        senza_vuoti(json!({
            "@id": format!("{base}dati/"),
            "@type": ["dcat:Catalog", "dcatapit:Catalog"],
            "dct:title": it(&format!("{}: dati aperti", sito.titolo)),
            "dct:description": it(sito.descrizione.as_deref().unwrap_or(&sito.titolo)),
            "dct:publisher": nodo(&agente),
            "dct:language": nodo(LINGUA),
            "dct:modified": giorno(site),
            "dct:license": nodo(licenza["@id"].as_str().unwrap_or_default()),
            "foaf:homepage": nodo(base),
            "dcat:themeTaxonomy": nodo(TEMI),
            "dcat:dataset": voci().map(|voce| nodo(&dataset(base, voce))).collect::<Vec<_>>(),
        })),
        json!({
            "@id": agente,
            "@type": ["foaf:Agent", "foaf:Organization", "dcatapit:Agent"],
            "foaf:name": it(&sito.chi_pubblica()),
            "dct:identifier": if sito.e_dell_ats() { ats.codice_fiscale.as_ref().unwrap_or(&ats.nome) } else { base },
        }),
        noto(base, "foaf:Document"),
        noto(LINGUA, "dct:LinguisticSystem"),
        noto(FREQUENZA, "dct:Frequency"),
        json!({ "@id": TEMI, "@type": "skos:ConceptScheme", "dct:title": it("Temi dei dati") }),
        json!({ "@id": TEMA, "@type": "skos:Concept", "skos:prefLabel": it("Popolazione e società") }),
    ];
    for Forma { formato, tipo, .. } in FORME {
        grafo.push(noto(&format!("{FORMATI}/{formato}"), "dct:MediaTypeOrExtent"));
        grafo.push(noto(&format!("{TIPI}/{tipo}"), "dct:MediaType"));
    }
    for (voce, fatti) in fatte {
        let id = dataset(base, voce);
        grafo.push(senza_vuoti(json!({
            "@id": id,
            "@type": ["dcat:Dataset", "dcatapit:Dataset"],
            "dct:identifier": voce.id,
            "dct:title": it(voce.titolo),
            "dct:description": it(voce.descrizione),
            "dct:modified": giorno(site),
            "dct:publisher": nodo(&agente),
            "dct:rightsHolder": nodo(&agente),
            "dct:accrualPeriodicity": nodo(FREQUENZA),
            "dct:language": nodo(LINGUA),
            "dcat:theme": nodo(TEMA),
            "dcat:landingPage": nodo(&pagina(base, voce)),
            "dcat:contactPoint": rinvio(&contatto),
            "dcat:distribution": FORME.map(|forma| nodo(&distribuzione(base, voce, forma))),
        })));
        grafo.push(noto(&pagina(base, voce), "foaf:Document"));
        for forma in FORME {
            let Forma { fine, formato, tipo } = forma;
            let file = file(base, voce, forma);
            grafo.push(json!({
                "@id": distribuzione(base, voce, forma),
                "@type": ["dcat:Distribution", "dcatapit:Distribution"],
                "dct:title": it(&format!("{} ({formato})", voce.titolo)),
                "dct:description": it(&format!("{} In {formato}.", voce.descrizione)),
                "dct:format": nodo(&format!("{FORMATI}/{formato}")),
                "dcat:mediaType": nodo(&format!("{TIPI}/{tipo}")),
                "dct:license": nodo(licenza["@id"].as_str().unwrap_or_default()),
                "dct:modified": giorno(site),
                "dcat:byteSize": { "@value": fatti.file[fine].bytes.len().to_string(), "@type": "xsd:decimal" },
                "dcat:accessURL": nodo(&pagina(base, voce)),
                "dcat:downloadURL": nodo(&file),
            }));
            grafo.push(noto(&file, "rdfs:Resource"));
        }
    }
    grafo.extend(contatto);
    grafo.push(licenza);
    let prefissi: Map<String, Value> = PREFISSI.iter().map(|(nome, dove)| ((*nome).to_owned(), json!(dove))).collect();
    json!({ "@context": prefissi, "@graph": grafo })
}

const PREFISSI: [(&str, &str); 8] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("dcatapit", "http://dati.gov.it/onto/dcatapit#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The same nodes, one after the other: each has a name, types, and terms whose values are names, texts or days.
pub fn turtle(catalogo: &Value) -> Vec<u8> {
    let mut out: String = PREFISSI.iter().map(|(nome, dove)| format!("@prefix {nome}: <{dove}> .\n")).collect();
    for nodo in catalogo["@graph"].as_array().into_iter().flatten() {
        out.push_str(&format!("\n{}", nome(nodo)));
        let termini = nodo.as_object().into_iter().flatten().filter(|(termine, _)| *termine != "@id");
        for (i, (termine, valori)) in termini.enumerate() {
            let is_type = termine == "@type";
            let valori = valori.as_array().map_or(std::slice::from_ref(valori), Vec::as_slice);
            let detti = valori.iter().map(|valore| match valore {
                Value::String(parola) if is_type => parola.clone(),
                valore => detto(valore),
            });
            let termine = if is_type { "a" } else { termine };
            out.push_str(if i == 0 { " " } else { " ;\n    " });
            out.push_str(&format!("{termine} {}", detti.collect::<Vec<_>>().join(", ")));
        }
        out.push_str(" .\n");
    }
    out.into_bytes()
}

/// The name of a node; what no name may hold is written as browsers write it.
fn nome(nodo: &Value) -> String {
    let mut nome = String::from("<");
    for c in nodo["@id"].as_str().unwrap_or_default().chars() {
        match c {
            '\0'..=' ' | '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\' => {
                nome.push_str(&format!("%{:02X}", u32::from(c)));
            }
            _ => nome.push(c),
        }
    }
    nome + ">"
}

fn detto(valore: &Value) -> String {
    // The marks by which JSON escapes a text are those of Turtle.
    let testo = |testo: &Value| testo.to_string();
    match valore {
        Value::Object(campi) if campi.contains_key("@id") => nome(valore),
        Value::Object(campi) => {
            let detto = testo(&campi["@value"]);
            let lingua = campi.get("@language").and_then(Value::as_str).map(|lingua| format!("@{lingua}"));
            let tipo = campi.get("@type").and_then(Value::as_str).map(|tipo| format!("^^{tipo}"));
            detto + &lingua.or(tipo).unwrap_or_default()
        }
        valore => testo(valore),
    }
}

fn pagina(base: &str, voce: &Intestazione) -> String {
    format!("{base}dati/{}/", voce.id)
}

fn dataset(base: &str, voce: &Intestazione) -> String {
    format!("{}#dataset", pagina(base, voce))
}

fn distribuzione(base: &str, voce: &Intestazione, forma: Forma) -> String {
    format!("{}#{}", pagina(base, voce), forma.fine)
}

fn file(base: &str, voce: &Intestazione, forma: Forma) -> String {
    format!("{base}{CARTELLA}{}.{}", voce.id, forma.fine)
}

fn it(testo: &str) -> Value {
    json!({ "@value": testo, "@language": "it" })
}

fn giorno(site: &Site) -> Value {
    json!({ "@value": site.plan.sito.aggiornato_al, "@type": "xsd:date" })
}

pub fn senza_vuoti(mut nodo: Value) -> Value {
    if let Value::Object(campi) = &mut nodo {
        campi.retain(|_, valore| !valore.is_null());
    }
    nodo
}
