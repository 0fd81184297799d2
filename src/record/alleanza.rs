//! `alleanze/*.yaml`: the local alliances.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Contatti, Fonti};
use crate::value::{Id, Indirizzo, Testo};

/// La scheda di un'alleanza locale, nella cartella `alleanze` del suo Piano: il nome del file è il suo identificativo.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alleanza {
    /// Il nome dell'alleanza, com'è nell'accordo o nel Piano.
    /// Esempio: Alleanza locale Valle Seriana
    pub nome: String,
    /// `true` se la fonte non dà un nome all'alleanza e l'ha scelto chi scrive queste schede: la pagina lo dice.
    /// Esempio: true
    #[serde(default)]
    pub nome_redazionale: bool,
    /// L'ente che guida l'alleanza: il suo identificativo, dalla cartella `partner`.
    #[schemars(extend("x-elenco" = "enti"))]
    pub capofila: Id,
    /// `true` se il Piano dice che l'alleanza è nuova in questo periodo, `false` se dice che c'era già. Se non lo dice,
    /// lascia il campo via.
    /// Esempio: true
    pub nuova: Option<bool>,
    /// Gli enti dell'alleanza che la fonte nomina, capofila escluso: i loro identificativi, dalla cartella `partner`.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "enti"))]
    pub partner: Vec<Id>,
    /// Gli enti di cui la fonte dice solo quanti sono.
    #[serde(default)]
    pub altri_partner: Vec<AltriPartner>,
    /// Gli enti che aiutano l'alleanza senza ricevere contributo (DGR XII/5464, § 4.2). Chi sta qui non sta anche in
    /// `partner`.
    #[serde(default, alias = "rete_di_sostegno")]
    #[schemars(extend("x-elenco" = "enti", "x-prima" = "rete_di_sostegno"))]
    pub rete_di_supporto: Vec<Id>,
    /// Il territorio dell'alleanza: gli ambiti e i comuni che la fonte nomina.
    #[serde(default)]
    pub territorio: Territorio,
    /// L'argomento attorno a cui l'alleanza è nata, se la fonte lo dice.
    /// Esempio: Smart working
    pub tema: Option<String>,
    /// # Anno di costituzione
    /// L'anno in cui l'alleanza è nata, se la fonte lo dice.
    /// Esempio: 2014
    pub anno_costituzione: Option<u32>,
    /// Chi è l'alleanza e che cosa fa, in poche frasi.
    /// Esempio: Unisce i comuni della valle e le imprese.
    pub descrizione: Option<Testo>,
    #[serde(default)]
    pub contatti: Contatti,
    #[serde(default)]
    pub indirizzi_precedenti: Vec<Indirizzo>,
    #[serde(default)]
    pub fonte: Fonti,
}

/// Enti che la fonte non nomina.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AltriPartner {
    /// Quanti sono. Se uno di loro passa fra i `partner`, toglilo da questo numero.
    /// Esempio: 27
    pub numero: u32,
    /// Il tipo di questi enti, se la fonte lo dice.
    #[schemars(extend("x-elenco" = "categorie_enti"))]
    pub categoria: Option<Id>,
    /// Che cosa dice la fonte di loro.
    /// Esempio: Il Piano dà solo il numero.
    pub descrizione: Option<String>,
}

/// Un territorio: ambiti e comuni.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Territorio {
    /// I nomi degli ambiti, come sono in `sito.yaml`.
    /// Esempio: [Valle Seriana]
    #[serde(default)]
    #[schemars(extend("x-elenco" = "ambiti"))]
    pub ambiti: Vec<String>,
    /// I nomi dei comuni.
    /// Esempio: [Albino, Nembro]
    #[serde(default)]
    pub comuni: Vec<String>,
    /// Che cosa dice la fonte dei luoghi che non nomina.
    /// Esempio: Anche altri comuni della valle.
    pub nota: Option<String>,
}
