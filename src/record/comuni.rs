//! What several kinds of record share.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Atto, Parola, Visita};
use crate::report::Step;
use crate::value::{Data, Dichiarazione, Id, Posta, Recapito, Telefoni, Web};

/// Da quale documento vengono i dati della scheda: si legge in fondo alla sua pagina. Se sono più d'uno, un elenco.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fonte {
    /// Il titolo del documento, com'è sulla copertina o nell'atto.
    /// Esempio: "Piano Territoriale di Conciliazione 2017-18, ATS Bergamo"
    pub documento: String,
    /// La tabella, il paragrafo o la scheda del documento.
    /// Esempio: Tab. 2; Prg. n. 1
    pub parte: Option<String>,
    /// Il numero di pagina.
    /// Esempio: 14
    pub pagina: Option<u32>,
    /// Dove il documento si legge in rete, se è pubblico.
    /// Esempio: https://www.esempio.it/piano.pdf
    pub indirizzo: Option<Web>,
}

/// Da dove vengono i dati di una scheda: un documento, o più di uno in un elenco.
#[derive(Debug, Clone, Default)]
pub struct Fonti(pub Vec<Fonte>);

impl Deref for Fonti {
    type Target = [Fonte];

    fn deref(&self) -> &[Fonte] {
        &self.0
    }
}

/// One as it is written, several as a list.
impl Serialize for Fonti {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0[..] {
            [] => serializer.serialize_none(),
            [una] => una.serialize(serializer),
            tutte => tutte.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Fonti {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Lettura;

        impl<'de> Visitor<'de> for Lettura {
            type Value = Fonti;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("un documento, o un elenco di documenti")
            }

            fn visit_unit<E>(self) -> Result<Fonti, E> {
                Ok(Fonti::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, campi: A) -> Result<Fonti, A::Error> {
                Fonte::deserialize(MapAccessDeserializer::new(campi)).map(|una| Fonti(vec![una]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, voci: A) -> Result<Fonti, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(voci)).map(Fonti)
            }
        }

        deserializer.deserialize_any(Lettura)
    }
}

impl JsonSchema for Fonti {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Fonti".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let una = generator.subschema_for::<Fonte>();
        let mut fonti = una.clone();
        fonti.insert("type".into(), ["object", "array", "null"].as_slice().into());
        fonti.insert("items".into(), una.into());
        fonti
    }
}

/// I recapiti che l'ente o l'ufficio ha reso pubblici: un indirizzo e-mail o un cellulare che non sta in nessuna scheda
/// ferma la pubblicazione.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contatti {
    /// L'ufficio da cercare, mai una persona.
    /// Esempio: Ufficio Conciliazione
    pub ufficio: Option<String>,
    /// Via, numero, codice postale e comune.
    /// Esempio: Via Roma 1, 24021 Albino (BG)
    pub indirizzo: Option<String>,
    /// # E-mail
    /// L'indirizzo e-mail dell'ufficio, mai quello di una persona.
    /// Esempio: conciliazione@ats-esempio.it
    pub email: Option<Posta>,
    /// # PEC
    /// L'indirizzo di posta certificata.
    /// Esempio: protocollo@pec.ats-esempio.it
    pub pec: Option<Posta>,
    /// Il numero di telefono dell'ufficio, anche con l'interno: `035 123456 int. 12`. Se sono più d'uno, di seguito:
    /// `035 123456 / 800 123456`.
    /// Esempio: 035 123456
    pub telefono: Option<Telefoni>,
    /// L'indirizzo del sito.
    /// Esempio: https://www.ats-esempio.it/
    pub sito: Option<Web>,
    /// Quando l'ufficio risponde o riceve.
    /// Esempio: Dal lunedì al venerdì, dalle 9 alle 12
    pub orari: Option<String>,
    /// # Recapiti di sportello
    /// Altri recapiti che stanno nei testi e sono di uno sportello, ciascuno con il motivo per cui si pubblica.
    #[serde(default)]
    pub sportelli: Vec<Sportello>,
}

/// Un recapito che sembra quello di una persona e non lo è.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sportello {
    /// Un numero di cellulare o un indirizzo e-mail.
    /// Esempio: 340 1234567
    pub recapito: String,
    /// Perché non è di una persona: senza un motivo il recapito non passa.
    /// Esempio: È il telefono dello sportello, che risponde a turno
    pub motivo: String,
}

/// Shows every contact that a record declares public: whatever stands among its `contatti`, since an address may stand
/// among the hours too, and where readers can write. No kind of record and no field is named here.
pub fn recapiti(record: &dyn Visita, mostra: &mut dyn FnMut(&str)) {
    let mut di_sportello = String::new();
    record.visita(&mut |Parola { tipo, gruppo, testo, passi }| match (gruppo, passi.last()) {
        _ if tipo == Some(Web::TIPO) => {}
        _ if tipo == Some(Recapito::TIPO) => mostra(testo),
        ("Contatti", _) => mostra(testo),
        ("Sportello", Some(Step::Key(campo))) if &**campo == "recapito" => testo.clone_into(&mut di_sportello),
        // Its reason follows it; without one it is not let through.
        ("Sportello", _) if !testo.trim().is_empty() => mostra(&di_sportello),
        _ => {}
    });
}

/// Da un giorno a un altro, tutti e due compresi.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Periodo {
    /// # Inizio
    /// Il primo giorno.
    /// Esempio: 2025-01-01
    pub dal: Data,
    /// # Fine
    /// L'ultimo giorno, compreso.
    /// Esempio: 2027-12-31
    pub al: Data,
}

/// Una regola che per questa scheda non vale, perché un atto lo permette: si legge nella pagina di conformità, mai in
/// silenzio.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deroga {
    /// Il codice della regola, quello fra parentesi quadre nel messaggio.
    /// Esempio: P16-02
    #[schemars(extend("x-elenco" = "regole"))]
    pub regola: String,
    /// Perché la regola qui non vale.
    /// Esempio: La Regione ha prorogato il termine
    pub motivo: String,
    /// L'atto che lo permette.
    pub atto: Atto,
}

/// Le risposte alle domande che la norma fa a chi scrive la scheda, perché i dati da soli non le dicono: ogni domanda
/// ha la sua chiave. `concilia explain dichiarazione` dice di più.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("x-elenco" = "domande", "x-chiave" = "Id"))]
pub struct Dichiarazioni(#[serde(deserialize_with = "crate::record::unique_map")] pub BTreeMap<Id, Dichiarazione>);
