//! The catalogue of the open data, for the portals that gather them: DCAT-AP_IT (AgID, version 2) in JSON-LD.
//!
//! Its terms are spelt out in the file itself, so that whoever reads it asks nobody else.

use serde_json::{Value, json};

use super::engine::Site;
use crate::value::is_web_address;

pub const PERCORSO: &str = "dati/catalogo.jsonld";

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

/// The whole catalogue; a site without an address has none, since its names are addresses.
pub fn catalogo(site: &Site, base: &str, voci: &[Intestazione]) -> Value {
    let sito = &site.plan.sito;
    let ats = &sito.ats;
    let agente = format!("{base}#ats");
    let nodo = |id: &str| json!({ "@id": id });
    let noto = |id: &str, tipo: &str| json!({ "@id": id, "@type": tipo });
    let contatto = ats.contatti.email.as_ref().map(|email| {
        json!({
            "@id": format!("{base}#contatti"),
            "@type": ["vcard:Kind", "vcard:Organization", "dcatapit:Organization"],
            "vcard:fn": ats.nome_esteso,
            "vcard:hasEmail": nodo(&format!("mailto:{email}")),
        })
    });
    let licenza = sito.licenza_dati.as_ref().map(|licenza| {
        let nome = if is_web_address(licenza) { licenza.clone() } else { format!("{base}dati/#licenza") };
        json!({
            "@id": nome,
            "@type": ["dct:LicenseDocument", "dcatapit:LicenseDocument"],
            "foaf:name": licenza,
        })
    });
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
            "dct:license": rinvio(&licenza),
            "foaf:homepage": nodo(base),
            "dcat:themeTaxonomy": nodo(TEMI),
            "dcat:dataset": voci.iter().map(|voce| nodo(&dataset(base, voce))).collect::<Vec<_>>(),
        })),
        json!({
            "@id": agente,
            "@type": ["foaf:Agent", "foaf:Organization", "dcatapit:Agent"],
            "foaf:name": it(&ats.nome_esteso),
            "dct:identifier": ats.codice_fiscale.as_ref().unwrap_or(&ats.nome),
        }),
        noto(base, "foaf:Document"),
        noto(LINGUA, "dct:LinguisticSystem"),
        noto(FREQUENZA, "dct:Frequency"),
        json!({ "@id": TEMI, "@type": "skos:ConceptScheme", "dct:title": it("Temi dei dati") }),
        json!({ "@id": TEMA, "@type": "skos:Concept", "skos:prefLabel": it("Popolazione e società") }),
    ];
    for (formato, tipo) in FORME {
        grafo.push(noto(&format!("{FORMATI}/{formato}"), "dct:MediaTypeOrExtent"));
        grafo.push(noto(&format!("{TIPI}/{tipo}"), "dct:MediaType"));
    }
    for voce in voci {
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
            "dcat:distribution": FORME.map(|(formato, _)| nodo(&forma(base, voce, formato))),
        })));
        grafo.push(noto(&pagina(base, voce), "foaf:Document"));
        for (formato, tipo) in FORME {
            grafo.push(senza_vuoti(json!({
                "@id": forma(base, voce, formato),
                "@type": ["dcat:Distribution", "dcatapit:Distribution"],
                "dct:title": it(&format!("{} ({formato})", voce.titolo)),
                "dct:format": nodo(&format!("{FORMATI}/{formato}")),
                "dcat:mediaType": nodo(&format!("{TIPI}/{tipo}")),
                "dct:license": rinvio(&licenza),
                "dct:modified": giorno(site),
                "dcat:accessURL": nodo(&pagina(base, voce)),
                "dcat:downloadURL": nodo(&file(base, voce, formato)),
            })));
            grafo.push(noto(&file(base, voce, formato), "rdfs:Resource"));
        }
    }
    grafo.extend(contatto);
    grafo.extend(licenza);
    json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "dcatapit": "http://dati.gov.it/onto/dcatapit#",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@graph": grafo,
    })
}

/// The forms of every dataset: as the European list calls them, and their media types.
const FORME: [(&str, &str); 2] = [("CSV", "text/csv"), ("JSON", "application/json")];

fn pagina(base: &str, voce: &Intestazione) -> String {
    format!("{base}dati/{}/", voce.id)
}

fn dataset(base: &str, voce: &Intestazione) -> String {
    format!("{}#dataset", pagina(base, voce))
}

fn forma(base: &str, voce: &Intestazione, formato: &str) -> String {
    format!("{}#{}", pagina(base, voce), formato.to_lowercase())
}

fn file(base: &str, voce: &Intestazione, formato: &str) -> String {
    format!("{}{}.{}", pagina(base, voce), voce.id, formato.to_lowercase())
}

fn it(testo: &str) -> Value {
    json!({ "@value": testo, "@language": "it" })
}

fn giorno(site: &Site) -> Value {
    json!({ "@value": site.plan.sito.aggiornato_al, "@type": "xsd:date" })
}

fn senza_vuoti(mut nodo: Value) -> Value {
    if let Value::Object(campi) = &mut nodo {
        campi.retain(|_, valore| !valore.is_null());
    }
    nodo
}
