//! Kind `partenariato`: how many bodies take part, and of which qualifications.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati, Wrong, vincolati};
use crate::path;
use crate::value::{Euro, Id};

/// Quanti enti partecipano, e con quali qualifiche.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Partenariato {
    /// Che cosa si chiede agli enti, una riga per richiesta.
    pub requisiti: Vec<Requisito>,
}

impl TipoDiRegola for Partenariato {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "quanti enti partecipano, e di quali tipi; chi può essere capofila; chi non riceve contributi",
        perche: "i progetti sono di alleanze, e gli atti dicono chi ne può far parte",
        esempio: "partenariato: { requisiti: [{ chi: beneficiari, almeno: 3, con: [ets, cooperativa-sociale, pubblico] }] }",
        articolo: "DGR XII/5464, § 4.2",
    };

    fn vincola(&self) -> Vincolati {
        const DI_UN_PROGETTO: [Chi; 4] = [Chi::Capofila, Chi::Partner, Chi::Beneficiari, Chi::ReteDiSupporto];
        let chi = |chi: &[Chi]| self.requisiti.iter().any(|requisito| chi.contains(&requisito.chi));
        let denaro = self.requisiti.iter().any(|requisito| requisito.contributo_massimo.is_some());
        vincolati([
            (chi(&[Chi::CapofilaDellaRete]), &["piano.rete.capofila"]),
            (chi(&[Chi::Capofila]), &["alleanza.capofila"]),
            (chi(&[Chi::Partner, Chi::Beneficiari]), &["alleanza.partner"]),
            (chi(&[Chi::ReteDiSupporto]), &["alleanza.rete_di_supporto"]),
            (chi(&DI_UN_PROGETTO), &["progetto.partenariato"]),
            (denaro, &["progetto.partenariato.contributo"]),
        ])
    }

    fn lint(&self, wrong: &mut Wrong) {
        for (i, requisito) in self.requisiti.iter().enumerate() {
            let Requisito { almeno, con, ammessi, certi, contributo_massimo, .. } = requisito;
            if almeno.is_some() == con.is_empty() {
                wrong(path!["requisiti", i], "`almeno` e `con` vanno insieme", "scrivi quanti enti, e di quali tipi");
            } else if almeno.is_none() && ammessi.is_empty() && certi.is_empty() && contributo_massimo.is_none() {
                let help = "aggiungi `almeno` e `con`, `ammessi`, `certi` o `contributo_massimo`";
                wrong(path!["requisiti", i], "il requisito non chiede niente", help);
            }
        }
    }
}

/// Una richiesta su chi partecipa.
/// Esempio: { chi: beneficiari, almeno: 3, con: [ets, cooperativa-sociale, pubblico] }
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requisito {
    /// Di quali enti si parla.
    pub chi: Chi,
    /// La richiesta vale solo se il capofila ha una di queste qualifiche.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub se_capofila: Vec<Id>,
    /// # Numero minimo
    /// Quanti enti devono avere una delle qualifiche di `con`.
    /// Esempio: 3
    pub almeno: Option<u32>,
    /// Le qualifiche che si contano.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub con: Vec<Id>,
    /// Ogni ente deve avere una di queste qualifiche.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub ammessi: Vec<Id>,
    /// Un ente che non ha nessuna di queste qualifiche è un dubbio da chiarire, non un errore.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "qualifiche"))]
    pub certi: Vec<Id>,
    /// Il contributo che ciascuno può ricevere al massimo.
    /// Esempio: 0.00
    pub contributo_massimo: Option<Euro>,
}

/// Gli enti di cui una regola parla.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Chi {
    /// Chi guida la rete territoriale.
    CapofilaDellaRete,
    /// Chi guida il progetto.
    Capofila,
    /// I beneficiari, capofila escluso.
    Partner,
    /// Capofila e partner.
    Beneficiari,
    /// Chi aiuta senza ricevere contributo.
    #[serde(alias = "rete_di_sostegno")]
    #[schemars(extend("x-prima" = "rete_di_sostegno"))]
    ReteDiSupporto,
}
