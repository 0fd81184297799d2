//! What a kind of rule says of one record.

use crate::report::Place;

/// What a rule says of one record, look by look: something decided and nothing found is a rule respected; nothing at all
/// is a rule that does not apply.
pub type Giudizio = Vec<Esame>;

/// What one look at a record comes to.
#[derive(Debug)]
pub enum Esame {
    /// As the norm wants: decided from figures, bodies or dates.
    Caso,
    /// As the norm wants, because the author declares it so.
    Dichiarato,
    /// It is there, whatever it says.
    Presente,
    /// The rule is shown here, and judged by nobody or elsewhere.
    Informa,
    /// Nobody tells what the rule is about, and another rule has asked for it.
    Taciuto,
    Trovato(Rilievo),
}

pub use Esame::{Caso, Dichiarato, Informa, Presente, Taciuto};

/// One thing to say.
#[derive(Debug, Clone)]
pub struct Rilievo {
    pub natura: Natura,
    pub messaggio: String,
    pub posto: Place,
    /// The value found and the one required.
    pub etichetta: String,
    pub altrove: Vec<(Place, String)>,
    /// Over the remedy of the rule.
    pub aiuto: Option<String>,
    pub per: Lettori,
}

/// Who is told of what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lettori {
    Tutti,
    /// The office that keeps the records, not readers: its own delays.
    Ufficio,
    /// Who reads the pages: the office has nothing to mend, or has it among its deadlines.
    Pagine,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Natura {
    /// The records break the rule.
    Viola,
    /// The norm does not say clearly whether this is allowed.
    Dubbio,
    /// The records do not say what the rule needs to decide.
    Manca,
    /// Only the author can say, and has not.
    NonDichiarato,
    /// As the norm wants, for a reason that the figures alone do not show.
    Vale,
}

impl Natura {
    pub fn is_absent(self) -> bool {
        matches!(self, Natura::Manca | Natura::NonDichiarato)
    }
}

/// What is found, before it is said where.
pub struct Messaggio {
    natura: Natura,
    testo: String,
}

pub fn viola(testo: impl Into<String>) -> Messaggio {
    Messaggio { natura: Natura::Viola, testo: testo.into() }
}

pub fn dubbio(testo: impl Into<String>) -> Messaggio {
    Messaggio { natura: Natura::Dubbio, testo: testo.into() }
}

pub fn manca(testo: impl Into<String>) -> Messaggio {
    Messaggio { natura: Natura::Manca, testo: testo.into() }
}

pub fn non_dichiarato(testo: impl Into<String>) -> Messaggio {
    Messaggio { natura: Natura::NonDichiarato, testo: testo.into() }
}

pub fn vale(testo: impl Into<String>) -> Messaggio {
    Messaggio { natura: Natura::Vale, testo: testo.into() }
}

impl Messaggio {
    pub fn at(self, posto: Place) -> Esame {
        Esame::Trovato(Rilievo {
            natura: self.natura,
            messaggio: self.testo,
            posto,
            etichetta: String::new(),
            altrove: Vec::new(),
            aiuto: None,
            per: Lettori::Tutti,
        })
    }
}

/// More about a finding; where nothing was found there is nothing more to say.
impl Esame {
    pub fn rilievo(self) -> Option<Rilievo> {
        if let Esame::Trovato(rilievo) = self { Some(rilievo) } else { None }
    }

    fn more(mut self, tell: impl FnOnce(&mut Rilievo)) -> Self {
        if let Esame::Trovato(rilievo) = &mut self {
            tell(rilievo);
        }
        self
    }

    pub fn label(self, etichetta: impl Into<String>) -> Self {
        self.more(|rilievo| rilievo.etichetta = etichetta.into())
    }

    pub fn related(self, posto: Place, etichetta: impl Into<String>) -> Self {
        self.more(|rilievo| rilievo.altrove.push((posto, etichetta.into())))
    }

    pub fn help(self, aiuto: impl Into<String>) -> Self {
        self.more(|rilievo| rilievo.aiuto = Some(aiuto.into()))
    }

    pub fn is_breach(&self) -> bool {
        matches!(self, Esame::Trovato(rilievo) if rilievo.natura == Natura::Viola)
    }

    pub fn internal(self) -> Self {
        self.more(|rilievo| rilievo.per = Lettori::Ufficio)
    }

    pub fn on_pages_alone(self) -> Self {
        self.more(|rilievo| rilievo.per = Lettori::Pagine)
    }
}
