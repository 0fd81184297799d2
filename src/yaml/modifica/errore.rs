//! Why an edit was not made: the file is as it was.

use std::fmt;

use crate::report::Step;

/// What keeps a file from being edited, or would have gone wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errore {
    /// It is not YAML, or not YAML that two parsers read alike.
    Illeggibile,
    /// A page without the two lines of dashes.
    SenzaIntestazione,
    /// Anchors, aliases, tags, merge keys.
    Rimandi,
    /// A way of writing that YAML has and records never need.
    Forma(&'static str),
    NonCe(Vec<Step>),
    NonUnGruppo(Vec<Step>),
    NonUnElenco(Vec<Step>),
    /// The wanted value would not be there.
    NonScritto(Vec<Step>),
    /// Another value would not be the same any more.
    Altro(Vec<Step>),
    /// The text at the end of the file would get the break that its last line lacks.
    SenzaACapo,
    /// A comment would be lost.
    Commento(String),
    /// The file could not be read any more.
    Rotto,
}

impl fmt::Display for Errore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Errore::Illeggibile => f.write_str("non è YAML leggibile: correggilo prima, `concilia check` dice dove"),
            Errore::SenzaIntestazione => f.write_str("manca l'intestazione della pagina, fra due righe `---`"),
            Errore::Rimandi => {
                f.write_str("usa rimandi o etichette di YAML (`&`, `*`, `!`, `<<`): scrivi i valori per esteso")
            }
            Errore::Forma(forma) => write!(f, "contiene {forma}: riscrivilo in modo semplice"),
            Errore::NonCe(passi) => write!(f, "{} non c'è", Via(passi)),
            Errore::NonUnGruppo(passi) => write!(f, "{} non è un gruppo di campi", Via(passi)),
            Errore::NonUnElenco(passi) => write!(f, "{} non è un elenco", Via(passi)),
            Errore::NonScritto(passi) => write!(f, "{} non avrebbe il valore voluto", Via(passi)),
            Errore::Altro(passi) => write!(f, "cambierebbe anche {}", Via(passi)),
            Errore::SenzaACapo => f.write_str("l'ultima riga non finisce con un a capo: aggiungilo in fondo al file"),
            Errore::Commento(testo) => write!(f, "si perderebbe il commento `{testo}`"),
            Errore::Rotto => f.write_str("il file non si leggerebbe più"),
        }
    }
}

impl std::error::Error for Errore {}

/// A way as people read it: `azioni`, voce 3, `titolo`.
struct Via<'a>(&'a [Step]);

impl fmt::Display for Via<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("il contenuto del file");
        }
        for (place, step) in self.0.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { ", " })?;
            match step {
                Step::Key(name) => write!(f, "`{name}`")?,
                Step::Index(index) => write!(f, "voce {}", index + 1)?,
            }
        }
        Ok(())
    }
}
