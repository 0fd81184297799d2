//! Kind `campi`: parts of a record that must be there.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati};
use crate::record::TipoAvviso;

/// Quali parti di una scheda devono esserci.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Campi {
    /// Le parti che devono esserci, una per riga.
    pub richiesti: Vec<CampoRichiesto>,
}

impl TipoDiRegola for Campi {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "quali parti di una scheda devono esserci",
        perche: "un Piano senza una sua parte non è quello che l'atto chiede",
        esempio: "campi: { richiesti: [{ campo: progetto_avviso }] }",
        articolo: "DGR XII/5464, § 4.1",
    };

    fn vincola(&self) -> Vincolati {
        // That there are projects is no field of the plan.
        let richiesti = self.richiesti.iter().filter(|richiesto| richiesto.campo != Campo::PianoProgetti);
        richiesti.map(|richiesto| Cow::Borrowed(richiesto.campo.posto())).collect()
    }
}

/// Una parte che deve esserci.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CampoRichiesto {
    /// Quale parte deve esserci.
    pub campo: Campo,
    /// # Numero minimo
    /// Quanto, se è un numero, o quante voci, se è un elenco.
    /// Esempio: 2
    pub almeno: Option<u32>,
    /// I tipi di avviso che vanno bene di sicuro; l'avviso è dell'ATS.
    /// Esempio: [avviso_di_coprogettazione]
    #[serde(default)]
    pub tipi: Vec<TipoAvviso>,
    /// Chi deve aver emanato l'atto.
    /// Esempio: Regione Lombardia
    pub organo: Option<String>,
}

/// Che cosa una norma può chiedere. Il nome dice la scheda: il Piano, ogni progetto, ogni residuo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Campo {
    /// La rete del Piano, con i suoi membri.
    PianoRete,
    /// L'organismo del Piano, con chi ci siede.
    PianoOrganismo,
    /// L'esito dei lavori dell'organismo.
    PianoEsitoOrganismo,
    /// I progetti del Piano.
    PianoProgetti,
    /// # piano priorità
    /// Le priorità del Piano.
    PianoPriorita,
    /// I bisogni del territorio.
    PianoMappaturaBisogni,
    /// I servizi che ci sono già.
    PianoMappaturaServizi,
    /// Il documento di indirizzo della rete.
    PianoDocumentoDiIndirizzo,
    /// Quante volte l'anno la rete si incontra almeno.
    PianoIncontriAnnuiMinimi,
    /// # piano verifica pubblicità
    /// La verifica di frase e logo.
    PianoVerificaPubblicita,
    /// Come ogni avviso dell'ATS sceglie i progetti: i criteri, suoi o del Piano, o come si partecipa.
    AvvisoCriteri,
    /// L'avviso di ogni progetto.
    ProgettoAvviso,
    /// Il cofinanziamento in denaro di ogni progetto.
    ProgettoCofinanziamentoInDenaro,
    /// I residui, o `nessun_residuo: true`.
    RisorseResidui,
    /// L'atto che autorizza ogni residuo.
    ResiduoAutorizzazione,
    /// L'indirizzo della sezione Amministrazione trasparente.
    SitoAmministrazioneTrasparente,
}

impl Campo {
    /// Where it stands, with its kind of record in front.
    fn posto(self) -> &'static str {
        match self {
            Campo::PianoRete | Campo::PianoProgetti => "piano.rete",
            Campo::PianoOrganismo => "piano.organismo",
            Campo::PianoEsitoOrganismo => "piano.organismo.esito",
            Campo::PianoPriorita => "piano.priorita",
            Campo::PianoMappaturaBisogni => "piano.mappatura.bisogni",
            Campo::PianoMappaturaServizi => "piano.mappatura.servizi",
            Campo::PianoDocumentoDiIndirizzo => "piano.documento_di_indirizzo",
            Campo::PianoIncontriAnnuiMinimi => "piano.rete.incontri_annui_minimi",
            Campo::PianoVerificaPubblicita => "piano.verifica_pubblicita",
            Campo::AvvisoCriteri => "avviso.criteri",
            Campo::ProgettoAvviso => "progetto.avviso",
            Campo::ProgettoCofinanziamentoInDenaro => "progetto.finanziamento.cofinanziamento_in_denaro",
            Campo::RisorseResidui => "risorse.residui",
            Campo::ResiduoAutorizzazione => "risorse.residui.atto",
            Campo::SitoAmministrazioneTrasparente => "sito.amministrazione_trasparente",
        }
    }
}
