//! The acts: each written once, in `atti.yaml`, and named elsewhere; or written in the place where it is needed.

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Avviso, Passaggi, Piano, Progetto, Risorse};
use crate::value::{Data, Id, Quando, Web};

/// Un atto. Tipo, numero e data insieme lo fanno riconoscere: lo stesso numero torna in anni diversi. Se sta in
/// `atti.yaml`, altrove basta il suo `id`: `atto: det-388-2026`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
#[schemars(extend("type" = ["object", "string"], "x-elenco" = "atti"))]
pub struct Atto {
    /// # Identificativo
    /// Il nome breve con cui altre righe chiamano l'atto: si scrive in `atti.yaml`, dove ogni atto ha il suo.
    /// Esempio: det-388-2026
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// Che atto è, con la parola dell'intestazione.
    /// Esempio: Determina
    pub tipo: String,
    /// Il numero dell'atto, com'è scritto: per una delibera regionale anche la legislatura, `XII/5464`. Manca solo dove
    /// una fonte di anni fa non lo dice.
    /// Esempio: "388"
    pub numero: Option<String>,
    /// Il giorno dell'atto, non quello in cui è stato pubblicato. Di una fonte di anni fa può bastare il mese, `2017-05`,
    /// o l'anno.
    /// Esempio: 2026-02-16
    pub data: Option<Quando>,
    /// Chi lo ha emanato.
    /// Esempio: ATS Bergamo
    pub organo: Option<String>,
    /// L'oggetto dell'atto, con le sue parole.
    /// Esempio: Approvazione della graduatoria
    pub oggetto: Option<String>,
    /// Dove l'atto si legge in rete, se è pubblico.
    /// Esempio: https://www.esempio.it/atto-388.pdf
    pub indirizzo: Option<Web>,
    /// Only its `id` is written here: the rest stands in `atti.yaml`, and in every plan it has been put in its place.
    #[serde(skip)]
    #[schemars(skip)]
    pub citato: bool,
}

impl Atto {
    /// The name of the type under which an act that is only named is written.
    pub const CITATO: &str = "AttoCitato";

    fn citato(id: Id) -> Self {
        Atto {
            id: Some(id),
            tipo: String::new(),
            numero: None,
            data: None,
            organo: None,
            oggetto: None,
            indirizzo: None,
            citato: true,
        }
    }

    pub fn cita(&self) -> String {
        cita(&self.tipo, self.numero.as_deref(), self.data)
    }

    /// Its day, where it is known.
    pub fn giorno(&self) -> Option<Data> {
        self.data.and_then(Quando::giorno)
    }

    /// When it is of, where that is surely later than a day.
    pub fn dopo(&self, giorno: Data) -> Option<Quando> {
        self.data.filter(|data| data.primo() > giorno)
    }

    /// When it is of, where that is surely earlier than a day.
    pub fn prima(&self, giorno: Data) -> Option<Quando> {
        self.data.filter(|data| data.ultimo() < giorno)
    }
}

/// The number of an act without the word for it: `500` of `n. 500`.
pub fn senza_n(numero: &str) -> &str {
    let numero = numero.trim();
    let dopo = |parola: &str| {
        let (inizio, resto) = numero.split_at_checked(parola.len())?;
        let numero = resto.trim_start_matches(['.', ':', ' ']);
        let is_it = numero.len() < resto.len() || numero.starts_with(|c: char| c.is_ascii_digit());
        (inizio.eq_ignore_ascii_case(parola) && is_it && !numero.is_empty()).then_some(numero)
    };
    ["numero", "num", "nr", "n°", "nº", "n"].into_iter().find_map(dopo).unwrap_or(numero)
}

/// Types of which as many letters are the same are one.
const RADICE: usize = 5;

/// Whether two words for a type begin alike: `determina`, `determinazione` and `Det.`.
pub fn tipi_simili(uno: &str, altro: &str) -> bool {
    let lettere = |tipo: &str| tipo.to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(RADICE).collect();
    let (uno, altro): (String, String) = (lettere(uno), lettere(altro));
    uno.len().min(altro.len()) > 2 && (uno.starts_with(&altro) || altro.starts_with(&uno))
}

/// How every message, page and document names an act: `DGR n. XII/5464 del 9 dicembre 2025`.
pub fn cita(tipo: &str, numero: Option<&str>, data: Option<Quando>) -> String {
    let numero = numero.map(|numero| format!("n. {}", senza_n(numero)));
    let parti = [Some(tipo.to_owned()), numero, data.map(|data| data.con("del"))];
    parti.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A record that names acts.
pub trait ConAtti {
    /// All the acts in it, whether they are written there or only named.
    fn atti(&self) -> Vec<&Atto>;

    /// The same, for whoever puts an act in the place of its name.
    fn atti_mut(&mut self) -> Vec<&mut Atto>;
}

impl ConAtti for Piano {
    fn atti(&self) -> Vec<&Atto> {
        let Passaggi { adozione, invio, presa_d_atto, richieste, aggiornamenti } = &self.passaggi;
        let risposte = richieste.iter().filter_map(|richiesta| richiesta.risposta.as_ref());
        let passi = [adozione, invio, presa_d_atto].into_iter().flatten().chain(risposte).chain(aggiornamenti);
        let passi = passi.filter_map(|passaggio| passaggio.atto.as_ref());
        self.atti.iter().chain(passi).chain(self.deroghe.iter().map(|deroga| &deroga.atto)).collect()
    }

    fn atti_mut(&mut self) -> Vec<&mut Atto> {
        let Passaggi { adozione, invio, presa_d_atto, richieste, aggiornamenti } = &mut self.passaggi;
        let risposte = richieste.iter_mut().filter_map(|richiesta| richiesta.risposta.as_mut());
        let passi = [adozione, invio, presa_d_atto].into_iter().flatten().chain(risposte).chain(aggiornamenti);
        let passi = passi.filter_map(|passaggio| passaggio.atto.as_mut());
        self.atti.iter_mut().chain(passi).chain(self.deroghe.iter_mut().map(|deroga| &mut deroga.atto)).collect()
    }
}

impl ConAtti for Avviso {
    fn atti(&self) -> Vec<&Atto> {
        let esito = self.esito.as_ref().and_then(|esito| esito.atto.as_ref());
        let scorrimenti = self.scorrimenti.iter().map(|scorrimento| &scorrimento.atto);
        let deroghe = self.deroghe.iter().map(|deroga| &deroga.atto);
        self.atto.as_ref().into_iter().chain(esito).chain(scorrimenti).chain(deroghe).collect()
    }

    fn atti_mut(&mut self) -> Vec<&mut Atto> {
        let esito = self.esito.as_mut().and_then(|esito| esito.atto.as_mut());
        let scorrimenti = self.scorrimenti.iter_mut().map(|scorrimento| &mut scorrimento.atto);
        let deroghe = self.deroghe.iter_mut().map(|deroga| &mut deroga.atto);
        self.atto.as_mut().into_iter().chain(esito).chain(scorrimenti).chain(deroghe).collect()
    }
}

impl ConAtti for Progetto {
    fn atti(&self) -> Vec<&Atto> {
        let eventi = self.eventi.iter().filter_map(|evento| evento.atto.as_ref());
        let pagamenti = self.pagamenti.iter().filter_map(|pagamento| pagamento.atto.as_ref());
        let deroghe = self.deroghe.iter().map(|deroga| &deroga.atto);
        self.atti.concessione.as_ref().into_iter().chain(eventi).chain(pagamenti).chain(deroghe).collect()
    }

    fn atti_mut(&mut self) -> Vec<&mut Atto> {
        let eventi = self.eventi.iter_mut().filter_map(|evento| evento.atto.as_mut());
        let pagamenti = self.pagamenti.iter_mut().filter_map(|pagamento| pagamento.atto.as_mut());
        let deroghe = self.deroghe.iter_mut().map(|deroga| &mut deroga.atto);
        self.atti.concessione.as_mut().into_iter().chain(eventi).chain(pagamenti).chain(deroghe).collect()
    }
}

impl ConAtti for Risorse {
    fn atti(&self) -> Vec<&Atto> {
        let riparto = self.riparto.as_ref().and_then(|riparto| riparto.atto.as_ref());
        let pagamenti = self.azione_di_sistema.iter().flat_map(|azione| &azione.pagamenti);
        let pagamenti = pagamenti.filter_map(|pagamento| pagamento.atto.as_ref());
        self.residui.iter().filter_map(|residuo| residuo.atto.as_ref()).chain(riparto).chain(pagamenti).collect()
    }

    fn atti_mut(&mut self) -> Vec<&mut Atto> {
        let riparto = self.riparto.as_mut().and_then(|riparto| riparto.atto.as_mut());
        let pagamenti = self.azione_di_sistema.iter_mut().flat_map(|azione| &mut azione.pagamenti);
        let pagamenti = pagamenti.filter_map(|pagamento| pagamento.atto.as_mut());
        self.residui.iter_mut().filter_map(|residuo| residuo.atto.as_mut()).chain(riparto).chain(pagamenti).collect()
    }
}

impl Serialize for Atto {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.id {
            Some(id) if self.citato => serializer.serialize_newtype_struct(Atto::CITATO, id.as_str()),
            _ => Atto::serialize(self, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Atto {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Lettura;

        impl<'de> Visitor<'de> for Lettura {
            type Value = Atto;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("un atto, o il suo `id` in `atti.yaml`")
            }

            fn visit_str<E: Error>(self, id: &str) -> Result<Atto, E> {
                Id::parse(id).map(Atto::citato).map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, campi: A) -> Result<Atto, A::Error> {
                Atto::deserialize(MapAccessDeserializer::new(campi))
            }
        }

        deserializer.deserialize_any(Lettura)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_said_once() {
        for (scritto, detto) in [
            ("500", "500"),
            ("n. 500", "500"),
            ("N.500", "500"),
            ("n° 500/A", "500/A"),
            ("Numero 500", "500"),
            ("XII/5464", "XII/5464"),
            ("n. XII/5464", "XII/5464"),
            ("numerosi", "numerosi"),
            ("N12", "12"),
        ] {
            assert_eq!(senza_n(scritto), detto);
        }
        assert_eq!(cita("determinazione", Some("n. 500"), None), "determinazione n. 500");
    }
}
