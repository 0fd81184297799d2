//! Kind `aiuti`: de minimis aid, and its entry in the national register.

use super::contesto::{Contesto, Giudizi, place_of, whole};
use super::giudizio::{Caso, Dichiarato, Esame, Giudizio, Presente, dubbio, non_dichiarato, viola};
use crate::path;
use crate::plan::Progetto;
use crate::plan::beneficiari::Partecipante;
use crate::record::{Aiuti, Aiuto};
use crate::report::Place;
use crate::value::{Data, Euro, Quando, euro};

pub fn judge(dati: &Aiuti, contesto: &Contesto) -> Giudizi {
    contesto.dei_progetti(|progetto, giudizio| {
        // Nothing is granted yet: nothing is aid.
        if progetto.dati.finanziamento.contributo_riconosciuto.is_some() {
            project(dati, contesto, progetto, giudizio);
        }
    })
}

/// Only where a service may give firms an economic advantage.
fn project(dati: &Aiuti, contesto: &Contesto, progetto: &Progetto, giudizio: &mut Giudizio) {
    match progetto.dati.vantaggio_per_imprese {
        None => giudizio.push(
            non_dichiarato("manca `vantaggio_per_imprese`")
                .at(whole(&progetto.origine))
                .label("un servizio può dare un vantaggio economico a imprese?")
                .help("scrivi `vantaggio_per_imprese: true`, o `false` se non può"),
        ),
        Some(false) => giudizio.push(Dichiarato),
        Some(true) => {
            let beneficiari = contesto.periodo.partecipanti(progetto);
            giudizio.extend(beneficiari.iter().filter_map(|uno| beneficiary(contesto, progetto, uno)));
            for (a, aiuto) in progetto.dati.aiuti.iter().enumerate() {
                let nome = contesto.plan.ente(&aiuto.ente).map_or(aiuto.ente.as_str(), |ente| &ente.dati.nome);
                let aid = Aid { dati, contesto, progetto, a, aiuto, nome };
                giudizio.push(aid.code());
                giudizio.extend(aid.before_the_grant());
                giudizio.extend(aid.sent_in_time());
                giudizio.extend(aid.ceiling());
            }
        }
    }
}

/// Every beneficiary says whether it carries on an economic activity, as co-operatives and ETS may; who does has aid.
/// A firm of the support network may have some too.
fn beneficiary(contesto: &Contesto, progetto: &Progetto, beneficiario: &Partecipante) -> Option<Esame> {
    let ente = contesto.ente(beneficiario.ente);
    let nome = &ente.dati.nome;
    if progetto.dati.aiuti.iter().any(|aiuto| aiuto.ente == ente.id) {
        return None;
    }
    let place = || place_of(contesto, progetto, ente);
    Some(match beneficiario.riga.and_then(|riga| riga.dati.attivita_economica) {
        Some(false) => Dichiarato,
        Some(true) => non_dichiarato(format!("manca in `aiuti` la riga di «{nome}»"))
            .at(place())
            .label("svolge attività economica")
            .help(format!(
                "scrivi `aiuti: [{{ ente: {}, importo: …, cor: …, registrato_il: …, visura: {{ data: …, \
                 gia_concessi: … }} }}]`",
                ente.id
            )),
        None => non_dichiarato(format!("manca `attivita_economica` di «{nome}»")).at(place()).help(
            "scrivi `attivita_economica: true` o `false` nella riga di `partenariato`: anche una cooperativa o un ente \
             del Terzo settore può svolgerla",
        ),
    })
}

/// One aid of a project.
struct Aid<'a> {
    dati: &'a Aiuti,
    contesto: &'a Contesto<'a>,
    progetto: &'a Progetto,
    a: usize,
    aiuto: &'a Aiuto,
    /// Of who receives it.
    nome: &'a str,
}

impl Aid<'_> {
    fn at(&self, key: &'static str) -> Place {
        self.progetto.origine.value(path!["aiuti", self.a, key])
    }

    fn code(&self) -> Esame {
        match self.aiuto.cor.as_deref().map(str::trim) {
            Some(codice) if !codice.is_empty() => Presente,
            _ => non_dichiarato(format!("manca `cor` di «{}»", self.nome))
                .at(self.at("ente"))
                .help("scrivi in `cor` il codice dell'aiuto nel registro nazionale"),
        }
    }

    /// The aid is in the register, and the register was asked for earlier aid, before the act that grants it.
    fn before_the_grant(&self) -> [Esame; 2] {
        let nome = self.nome;
        let concessione = self.progetto.dati.atti.concessione.as_ref().and_then(|atto| atto.data).map(Quando::ultimo);
        let visura = self.aiuto.visura.as_ref().map(|visura| visura.data);
        [
            ("registrato_il", self.aiuto.registrato_il, "l'aiuto è stato registrato"),
            ("visura", visura, "la visura è stata chiesta"),
        ]
        .map(|(key, giorno, detto)| match (giorno, concessione) {
            (None, _) => non_dichiarato(format!("manca `{key}` di «{nome}»")).at(self.at("ente")).help(match key {
                "visura" => "scrivi `visura: { data: …, gia_concessi: … }`, gli aiuti che il registro riporta",
                _ => "scrivi il giorno in cui l'aiuto è entrato nel registro",
            }),
            (Some(giorno), Some(concessa)) if giorno > concessa => {
                viola(format!("{detto} dopo la concessione, per «{nome}»"))
                    .at(self.at(key))
                    .label(format!("il {}, concesso il {}", giorno.breve(), concessa.breve()))
                    .help("correggi la data, o quella della concessione")
            }
            // That the act is not there is for another rule to tell.
            (Some(_), _) => Caso,
        })
    }

    /// The act goes to the register within some days of the registration: the office's own matter.
    fn sent_in_time(&self) -> Option<Esame> {
        let limite = self.aiuto.registrato_il?.fra_giorni(self.dati.giorni_per_la_trasmissione?)?;
        let (key, detto) = match self.aiuto.trasmesso_il {
            Some(giorno) if giorno > limite => {
                ("trasmesso_il", format!("il {}, entro il {}", giorno.breve(), limite.breve()))
            }
            None if limite < self.contesto.plan.sito.aggiornato_al => {
                ("registrato_il", format!("andava fatto entro il {}; manca `trasmesso_il`", limite.breve()))
            }
            _ => return None,
        };
        let found = dubbio(format!("la concessione a «{}» non risulta trasmessa in tempo al registro", self.nome))
            .at(self.at(key))
            .label(detto)
            .help("scrivi `trasmesso_il`, il giorno in cui l'atto è stato trasmesso; un ritardo resta segnalato");
        Some(found.internal())
    }

    /// Linked firms count as one, and so do all the projects of the plan; what came before is in the register.
    fn ceiling(&self) -> Option<Esame> {
        let unica = |aiuto: &Aiuto| {
            let ente = self.contesto.plan.ente(&aiuto.ente);
            ente.and_then(|ente| ente.dati.impresa_unica.clone()).unwrap_or_else(|| aiuto.ente.to_string())
        };
        let live = self.contesto.periodo.progetti.iter().filter(|p| !p.dati.stato().e_caduto());
        let gruppo = unica(self.aiuto);
        let aiuti: Vec<&Aiuto> = live.flat_map(|p| &p.dati.aiuti).filter(|aiuto| unica(aiuto) == gruppo).collect();
        // After each look at the register come the aids of the plan that it could not know yet.
        let after = |giorno: Data| -> Euro {
            let later = aiuti.iter().filter(|aiuto| aiuto.registrato_il.is_none_or(|altro| altro >= giorno));
            later.map(|aiuto| aiuto.importo).sum()
        };
        let looked = aiuti.iter().filter_map(|aiuto| aiuto.visura.as_ref());
        let worst = looked.map(|visura| (visura.gia_concessi, after(visura.data))).max_by_key(|(a, b)| *a + *b);
        let (prima, ora) = worst?;
        if prima + ora <= self.dati.massimale {
            return Some(Caso);
        }
        let label = format!(
            "{} già concessi e {} con il Piano: al massimo {} in {} anni ({})",
            euro(prima),
            euro(ora),
            euro(self.dati.massimale),
            self.dati.anni,
            self.dati.regolamento
        );
        let found = viola(format!("«{}» supera il massimale degli aiuti «de minimis»", self.nome));
        Some(found.at(self.at("importo")).label(label))
    }
}
