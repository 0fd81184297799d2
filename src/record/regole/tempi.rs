//! Kind `tempi`: how long things last, and when they must have happened.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spiegazione, TipoDiRegola, Vincolati, Wrong, vincolati};
use crate::path;
use crate::value::{Data, DataOra};

/// Quanto durano le attività, entro quando finiscono, quando si presentano le domande.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tempi {
    /// Quanti mesi durano progetti e attività, primo e ultimo giorno compresi.
    /// Esempio: 24
    pub mesi: Option<u32>,
    /// Il giorno entro cui tutto finisce.
    /// Esempio: 2019-01-15
    pub ultimo_giorno: Option<Data>,
    /// Quando si presentano le domande.
    pub domande: Option<FinestraDomande>,
    /// Il giorno dell'anno entro cui la Regione trasferisce le risorse.
    pub trasferimenti_entro: Option<GiornoDellAnno>,
}

impl TipoDiRegola for Tempi {
    const SPIEGAZIONE: Spiegazione = Spiegazione {
        che_cosa: "quanto durano progetti e attività, entro quando finiscono, quando si presentano le domande e si trasferisce il denaro",
        perche: "una fine fuori tempo o una domanda tardiva fanno perdere il contributo",
        esempio: "tempi: { mesi: 24 }",
        articolo: "DGR XII/5464, § 4.1",
    };

    fn vincola(&self) -> Vincolati {
        vincolati([
            (
                self.mesi.is_some(),
                &["progetto.durata.dal", "progetto.azioni.durata.dal", "progetto.azioni.durata_mesi"],
            ),
            (self.mesi.is_some() || self.ultimo_giorno.is_some(), &["progetto.durata.al", "progetto.azioni.durata.al"]),
            (self.ultimo_giorno.is_some(), &["risorse.azione_di_sistema.termine"]),
            (self.domande.is_some(), &["progetto.domanda", "avviso.finestra"]),
            (self.trasferimenti_entro.is_some(), &["risorse.trasferimenti"]),
        ])
    }

    fn lint(&self, wrong: &mut Wrong) {
        if self.mesi == Some(0) {
            wrong(path!["mesi"], "una durata di zero mesi non è una durata", "scrivi i mesi");
        }
        if self.trasferimenti_entro.is_some_and(|entro| !entro.is_in_calendar()) {
            wrong(
                path!["trasferimenti_entro"],
                "questo giorno non esiste nel calendario",
                "correggi `giorno` o `mese`",
            );
        }
        if self.domande.as_ref().is_some_and(|finestra| finestra.al.fine() <= finestra.dal.inizio()) {
            wrong(path!["domande", "al"], "la finestra si chiude prima di aprirsi", "correggi `dal` o `al`");
        }
    }
}

/// Quando e per quale via si presentano le domande.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinestraDomande {
    /// # Apertura
    /// Il giorno e l'ora in cui si aprono.
    /// Esempio: 2022-05-04 12:00
    pub dal: DataOra,
    /// # Chiusura
    /// Il giorno e l'ora in cui si chiudono.
    /// Esempio: 2022-06-15 12:00
    pub al: DataOra,
    /// La via per presentarle.
    /// Esempio: Bandi Online
    pub canale: Option<String>,
}

/// Un giorno di ogni anno.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GiornoDellAnno {
    /// Il giorno del mese.
    /// Esempio: 15
    pub giorno: u32,
    /// Il mese, da 1 a 12.
    /// Esempio: 12
    pub mese: u32,
}

impl GiornoDellAnno {
    /// Its day in a year.
    pub fn nel(self, anno: u32) -> Option<Data> {
        let (anno, mese, giorno) =
            (i16::try_from(anno).ok()?, i8::try_from(self.mese).ok()?, i8::try_from(self.giorno).ok()?);
        jiff::civil::Date::new(anno, mese, giorno).ok().map(Data)
    }

    /// In a leap year, so that 29 February is a day.
    fn is_in_calendar(self) -> bool {
        let (mese, giorno) = (i8::try_from(self.mese), i8::try_from(self.giorno));
        matches!((mese, giorno), (Ok(mese), Ok(giorno)) if jiff::civil::Date::new(2028, mese, giorno).is_ok())
    }
}
