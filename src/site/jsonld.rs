//! What a page is about, for machines: schema.org as JSON-LD.
//!
//! It stands in the page as a block of data, which no browser runs, and says nothing that the records do not say.

use serde_json::{Map, Value as Json, json};

use super::engine::{Briciola, Site};
use crate::plan::{Alleanza, Avviso, Ente, Periodo, Progetto};
use crate::record::{Atto, Contatti, Natura, Norma, Territorio};
use crate::value::Euro;

/// The one who describes a page: addresses are public where the site has one, else they lead from the page.
pub struct Schema<'a> {
    site: &'a Site,
    /// What every address begins with.
    base: String,
}

impl<'a> Schema<'a> {
    pub fn of(site: &'a Site, path: &str) -> Self {
        let base = site.plan.indirizzo.clone().unwrap_or_else(|| site.root_of(path));
        Schema { site, base }
    }

    fn indirizzo(&self, address: &str) -> String {
        let whole = format!("{}{address}", self.base);
        if whole.is_empty() { "./".into() } else { whole }
    }

    /// The agency, in as few words as name it.
    fn ats(&self) -> Json {
        json!({ "@type": "GovernmentOrganization", "name": self.site.plan.sito.ats.nome, "url": self.indirizzo("") })
    }

    /// Who pays, where the site names it.
    fn regione(&self) -> Option<Json> {
        let superiore = self.site.plan.sito.ente_superiore.as_ref()?;
        Some(json!({ "@type": "GovernmentOrganization", "name": superiore.nome, "url": superiore.indirizzo }))
    }

    /// The agency with all that the site says of it, and the site.
    pub fn home(&self) -> Json {
        let sito = &*self.site.plan.sito;
        let mut ats = json!({
            "@type": "GovernmentOrganization",
            "name": sito.ats.nome,
            "legalName": sito.ats.nome_esteso,
            "taxID": sito.ats.codice_fiscale,
            "url": self.indirizzo(""),
            "logo": self.indirizzo(self.site.logo_path()),
            "parentOrganization": self.regione(),
        });
        add(&mut ats, contatti(&sito.ats.contatti));
        let cerca = json!({
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": format!("{}?q={{q}}", self.indirizzo("cerca/")) },
            "query-input": "required name=q",
        });
        let web = json!({
            "@type": "WebSite",
            "name": sito.titolo,
            "description": sito.descrizione,
            "url": self.indirizzo(""),
            "inLanguage": "it",
            "dateModified": sito.aggiornato_al,
            "potentialAction": cerca,
        });
        json!([ats, web])
    }

    pub fn piano(&self, periodo: &Periodo) -> Json {
        let dati = &*periodo.dati;
        let durata = &dati.periodo;
        json!({
            "@type": "Report",
            "name": dati.titolo,
            "url": self.indirizzo(&format!("{}/", periodo.id)),
            "abstract": dati.sintesi.as_deref().map(breve),
            "temporalCoverage": format!("{}/{}", durata.dal, durata.al),
            "datePublished": dati.atti.iter().map(|atto| atto.data).max(),
            "publisher": self.ats(),
            "inLanguage": "it",
        })
    }

    /// Few words: a project page has little room, and the rest of it is for people.
    pub fn progetto(&self, periodo: &Periodo, progetto: &Progetto) -> Json {
        let dati = &*progetto.dati;
        json!({
            "@type": ["Grant", "MonetaryGrant"],
            "name": dati.titolo,
            "identifier": dati.atti.cup,
            "amount": dati.finanziamento.contributo_riconosciuto.map(euro),
            "funder": self.regione(),
            "sponsor": { "@type": "GovernmentOrganization", "name": self.site.plan.sito.ats.nome },
            "fundedItem": {
                "@type": "Project",
                "name": dati.acronimo.as_ref().unwrap_or(&dati.titolo),
                "url": self.indirizzo(&super::viste::indirizzo_progetto(periodo, progetto)),
            },
        })
    }

    pub fn alleanza(&self, periodo: &Periodo, alleanza: &Alleanza) -> Json {
        let dati = &*alleanza.dati;
        let enti = std::iter::once(&alleanza.capofila).chain(&alleanza.partner);
        let membri = enti.map(|&ente| {
            let ente = &self.site.plan.enti[ente];
            json!({ "@type": "Organization", "name": ente.dati.nome, "url": self.indirizzo(&format!("partner/{}/", ente.id)) })
        });
        let mut alleanza = json!({
            "@type": "Organization",
            "name": dati.nome,
            "description": dati.descrizione.as_deref().map(breve),
            "url": self.indirizzo(&super::viste::indirizzo_alleanza(periodo, alleanza)),
            "areaServed": luoghi(&dati.territorio),
            "member": membri.collect::<Vec<_>>(),
        });
        add(&mut alleanza, contatti(&dati.contatti));
        alleanza
    }

    pub fn ente(&self, ente: &Ente) -> Json {
        let dati = &*ente.dati;
        let pubblico = self.site.plan.categorie_enti[ente.categoria].natura == Natura::Pubblico;
        let mut nomi = dati.alias.clone();
        nomi.extend(dati.sigla.clone());
        let mut schema = json!({
            "@type": if pubblico { "GovernmentOrganization" } else { "Organization" },
            "name": dati.nome,
            "alternateName": nomi,
            "description": dati.descrizione.as_deref().map(breve),
            "taxID": dati.codice_fiscale,
            "vatID": dati.partita_iva,
            "url": self.indirizzo(&format!("partner/{}/", ente.id)),
        });
        add(&mut schema, contatti(&dati.contatti));
        if let Some(comune) = &dati.comune {
            let mut luogo = json!({
                "@type": "PostalAddress",
                "addressLocality": comune,
                "addressRegion": dati.provincia,
                "addressCountry": "IT",
            });
            if let Some(via) = &dati.contatti.indirizzo {
                luogo["streetAddress"] = json!(via);
            }
            schema["address"] = luogo;
        }
        schema
    }

    pub fn avviso(&self, avviso: &Avviso, indirizzo: &str) -> Json {
        let dati = &*avviso.dati;
        let promotore = dati.promotore.as_ref();
        let finestra = dati.finestra.as_ref().map(|finestra| {
            json!({ "@type": "OpeningHoursSpecification", "validFrom": finestra.dal, "validThrough": finestra.al })
        });
        let chi = dati.beneficiari.iter().map(|voce| json!({ "@type": "Audience", "audienceType": breve(voce) }));
        json!({
            "@type": "GovernmentService",
            "name": dati.titolo,
            "serviceType": super::parole::nome(dati.tipo),
            "description": dati.descrizione.as_deref().map(breve),
            "url": self.indirizzo(indirizzo),
            "provider": promotore.map(|nome| json!({ "@type": "Organization", "name": nome })),
            "hoursAvailable": finestra,
            "audience": chi.collect::<Vec<_>>(),
        })
    }

    /// The services that answer one need.
    pub fn servizi(&self, servizi: &[super::progetti::VistaServizio]) -> Json {
        let voci = servizi.iter().map(|voce| {
            let servizio = voce.servizio;
            let erogatore = voce.erogatore.as_ref();
            json!({
                "@type": "GovernmentService",
                "name": servizio.nome,
                "serviceType": voce.categoria.nome,
                "description": servizio.descrizione.as_deref().map(breve),
                "url": self.indirizzo(&format!("{}#{}", voce.progetto.indirizzo, voce.ancora)),
                "audience": servizio.per_chi.as_ref().map(|chi| json!({ "@type": "Audience", "audienceType": chi })),
                "areaServed": luoghi(voce.territorio),
                "provider": erogatore.map(|ente| {
                    json!({ "@type": "Organization", "name": ente.nome, "url": self.indirizzo(&ente.indirizzo) })
                }),
                "serviceOperator": self.ats(),
            })
        });
        Json::Array(voci.collect())
    }

    /// A dataset: its folder of the site, and the forms in which it can be had.
    pub fn dataset(&self, titolo: &str, descrizione: &str, campi: &[&str], file: &[(String, &str)]) -> Json {
        let sito = &*self.site.plan.sito;
        let forme = file.iter().map(|(path, forma)| {
            json!({ "@type": "DataDownload", "encodingFormat": forma, "contentUrl": self.indirizzo(path) })
        });
        json!({
            "@type": "Dataset",
            "name": titolo,
            "description": descrizione,
            "license": sito.licenza_dati,
            "isAccessibleForFree": true,
            "inLanguage": "it",
            "dateModified": sito.aggiornato_al,
            "creator": self.ats(),
            "publisher": self.ats(),
            "variableMeasured": campi,
            "distribution": forme.collect::<Vec<_>>(),
        })
    }

    pub fn norma(&self, norma: &Norma) -> Json {
        let atto = norma.atto.as_ref();
        json!({
            "@type": "Legislation",
            "name": norma.titolo,
            "legislationIdentifier": atto.map(Atto::cita),
            "legislationType": atto.map(|atto| &atto.tipo),
            "legislationDate": atto.map(|atto| atto.data),
            "legislationPassedBy": atto.and_then(|atto| atto.organo.as_ref()),
            "abstract": atto.and_then(|atto| atto.oggetto.as_ref()),
        })
    }

    fn briciole(&self, briciole: &[Briciola], titolo: &str) -> Json {
        let passo = |n: usize, nome: &str, indirizzo: Option<String>| json!({ "@type": "ListItem", "position": n, "name": nome, "item": indirizzo });
        let home = passo(1, "Home", Some(self.indirizzo("")));
        let mezzo = briciole.iter().enumerate();
        let mezzo = mezzo.map(|(i, voce)| passo(i + 2, &voce.titolo, Some(self.indirizzo(&voce.indirizzo))));
        let qui = passo(briciole.len() + 2, titolo, None);
        json!({
            "@type": "BreadcrumbList",
            "itemListElement": std::iter::once(home).chain(mezzo).chain([qui]).collect::<Vec<_>>(),
        })
    }

    /// The block of a page: what it is about, and the way that leads to it unless it is the first.
    pub fn blocco(&self, about: Option<Json>, way: Option<(&[Briciola], &str)>) -> Option<String> {
        let mut graph = match about {
            None => vec![],
            Some(Json::Array(parts)) => parts,
            Some(part) => vec![part],
        };
        graph.extend(way.map(|(briciole, titolo)| self.briciole(briciole, titolo)));
        graph.iter_mut().for_each(prune);
        let whole = json!({ "@context": "https://schema.org", "@graph": graph });
        (!graph.is_empty()).then(|| inert(&whole.to_string()))
    }
}

/// The beginning of a text, whole words and no mark-up: what a result of a search engine has room for.
pub fn breve(testo: &str) -> String {
    const ROOM: usize = 200;
    // No need to read a long text to its end.
    let start = testo.char_indices().nth(ROOM * 4).map_or(testo, |(end, _)| &testo[..end]);
    let plain = crate::markdown::plain(start);
    let mut breve = String::new();
    for word in plain.split_whitespace() {
        if breve.chars().count() + word.chars().count() > ROOM {
            breve.push('…');
            break;
        }
        if !breve.is_empty() {
            breve.push(' ');
        }
        breve.push_str(word);
    }
    breve
}

fn euro(importo: Euro) -> Json {
    json!({ "@type": "MonetaryAmount", "currency": "EUR", "value": importo })
}

fn luoghi(territorio: &Territorio) -> Vec<String> {
    territorio.ambiti.iter().map(|ambito| format!("Ambito {ambito}")).chain(territorio.comuni.iter().cloned()).collect()
}

fn contatti(contatti: &Contatti) -> Json {
    json!({
        "address": contatti.indirizzo,
        "telephone": contatti.telefono,
        "email": contatti.email.as_ref().or(contatti.pec.as_ref()),
        "sameAs": contatti.sito,
    })
}

fn add(to: &mut Json, from: Json) {
    if let (Json::Object(to), Json::Object(from)) = (to, from) {
        to.extend(from);
    }
}

/// What no record says is not said.
fn prune(value: &mut Json) {
    let says = |value: &Json| match value {
        Json::Null => false,
        Json::Array(parts) => !parts.is_empty(),
        Json::Object(fields) => !fields.is_empty(),
        _ => true,
    };
    match value {
        Json::Array(parts) => parts.iter_mut().for_each(prune),
        Json::Object(fields) => {
            fields.values_mut().for_each(prune);
            *fields = std::mem::take(fields).into_iter().filter(|(_, value)| says(value)).collect::<Map<_, _>>();
        }
        _ => {}
    }
}

/// JSON that can stand inside an element: nothing in it begins or ends one, whatever a record says.
fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 32);
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{breve, inert};

    #[test]
    fn no_text_ends_the_element_that_holds_it() {
        let hostile = "</script><!-- <script> & \u{2028}\u{2029}";
        let json = inert(&serde_json::to_string(hostile).expect("a text"));
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), hostile);
    }

    #[test]
    fn a_description_is_plain_and_ends_at_a_word() {
        assert_eq!(breve("Un **testo**\n\ncon [un link](/x/)."), "Un testo con un link.");
        let long = breve(&"parola ".repeat(2000));
        assert!(long.ends_with("parola…") && long.chars().count() <= 202, "{long}");
    }
}
