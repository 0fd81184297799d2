//! What a page is about, for machines: the words of schema.org for each kind of record.
//!
//! They say nothing that the records do not say.

use serde_json::{Value as Json, json};

use super::engine::{Schema, breve};
use crate::plan::{Alleanza, Avviso, Ente, Periodo, Progetto};
use crate::record::{Atto, Contatti, Natura, Norma, Territorio};
use crate::value::Euro;
use crate::value::telefono::numeri;

impl Schema<'_> {
    /// The agency that publishes the site, in as few words as name it; none where the site is not its own.
    fn editore(&self) -> Option<Json> {
        let sito = &self.site.plan.sito;
        let ats = || json!({ "@type": "GovernmentOrganization", "name": sito.ats.nome, "url": self.indirizzo("") });
        sito.e_dell_ats().then(ats)
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
            "url": sito.e_dell_ats().then(|| self.indirizzo("")),
            "logo": sito.e_dell_ats().then(|| self.indirizzo(self.site.logo_path())),
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
            "disambiguatingDescription": sito.avvertenza,
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
            "publisher": self.editore(),
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

    /// The same of a body on every page.
    fn tipo(&self, ente: &Ente) -> &'static str {
        let pubblico = self.site.plan.categorie_enti[ente.categoria].natura == Natura::Pubblico;
        if pubblico { "GovernmentOrganization" } else { "Organization" }
    }

    /// A body in few words: what it is, and its page.
    fn nominato(&self, ente: &Ente) -> Json {
        let indirizzo = self.indirizzo(&format!("partner/{}/", ente.id));
        json!({ "@type": self.tipo(ente), "name": ente.dati.nome, "url": indirizzo })
    }

    pub fn alleanza(&self, periodo: &Periodo, alleanza: &Alleanza) -> Json {
        let dati = &*alleanza.dati;
        let enti = std::iter::once(&alleanza.capofila).chain(&alleanza.partner);
        let membri = enti.map(|&ente| self.nominato(&self.site.plan.enti[ente]));
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
        let mut nomi = dati.alias.clone();
        nomi.extend(dati.sigla.clone());
        let mut schema = json!({
            "@type": self.tipo(ente),
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
            "provider": promotore.map(|nome| self.promotore(nome)),
            "hoursAvailable": finestra,
            "audience": chi.collect::<Vec<_>>(),
        })
    }

    /// Who makes a call is only named: by its name it may be the agency, or a body of the lists.
    fn promotore(&self, nome: &str) -> Json {
        let plan = &self.site.plan;
        let ats = [plan.sito.ats.nome.as_str(), &plan.sito.ats.nome_esteso].contains(&nome);
        let noto = plan.enti.iter().find(|ente| ente.dati.nome == nome).map(|ente| self.tipo(ente));
        let tipo = if ats { "GovernmentOrganization" } else { noto.unwrap_or("Organization") };
        json!({ "@type": tipo, "name": nome })
    }

    /// The services that answer one need, each of whoever gives it: a cooperative is no office.
    pub fn servizi<'s, 'a: 's>(&self, servizi: impl Iterator<Item = &'s super::offerta::VistaServizio<'a>>) -> Json {
        let voci = servizi.map(|voce| {
            let servizio = voce.servizio;
            let erogatore = voce.erogatore.as_ref().and_then(|ente| self.site.plan.ente(ente.id));
            json!({
                "@type": "Service",
                "name": servizio.nome,
                "serviceType": voce.categoria.nome,
                "description": servizio.descrizione.as_deref().map(breve),
                "url": self.indirizzo(&format!("{}#{}", voce.progetto.indirizzo, voce.ancora)),
                "audience": servizio.per_chi.as_ref().map(|chi| json!({ "@type": "Audience", "audienceType": chi })),
                "areaServed": luoghi(voce.dove_si_usa()),
                "provider": erogatore.map(|ente| self.nominato(ente)),
            })
        });
        Json::Array(voci.collect())
    }

    /// A dataset: its folder of the site, and the forms in which it can be had.
    pub fn dataset(
        &self,
        (titolo, descrizione): (&str, &str),
        licenza: Option<String>,
        campi: &[&str],
        file: &[(String, &str)],
    ) -> Json {
        let sito = &*self.site.plan.sito;
        let forme = file.iter().map(|(path, forma)| {
            json!({ "@type": "DataDownload", "encodingFormat": forma, "contentUrl": self.indirizzo(path) })
        });
        json!({
            "@type": "Dataset",
            "name": titolo,
            "description": descrizione,
            "license": licenza.unwrap_or_else(|| self.indirizzo("dati/#licenza")),
            "isAccessibleForFree": true,
            "inLanguage": "it",
            "dateModified": sito.aggiornato_al,
            "creator": self.editore(),
            "publisher": self.editore(),
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
            "legislationDate": atto.and_then(|atto| atto.data),
            "legislationPassedBy": atto.and_then(|atto| atto.organo.as_ref()),
            "abstract": atto.and_then(|atto| atto.oggetto.as_ref()),
        })
    }
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
        "telephone": contatti.telefono.as_deref().map(|telefono| numeri(telefono).map(|(detto, _)| detto).collect::<Vec<_>>()),
        "email": contatti.email.as_ref().or(contatti.pec.as_ref()),
        "sameAs": contatti.sito,
    })
}

fn add(to: &mut Json, from: Json) {
    if let (Json::Object(to), Json::Object(from)) = (to, from) {
        to.extend(from);
    }
}
