//! What a kind of rule says of one record.

use crate::report::Place;

/// Nothing found and something decided is a rule respected; nothing decided is a rule that does not apply.
#[derive(Debug, Default)]
pub struct Giudizio {
    /// How many things were decided from figures, bodies or dates.
    pub casi: usize,
    /// How many are as the norm wants because the author declares them so.
    pub dichiarati: usize,
    /// How many are there, whatever they say.
    pub presenti: usize,
    pub rilievi: Vec<Rilievo>,
    /// The rule is shown here, and judged by nobody or elsewhere.
    pub informa: bool,
}

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
    /// For the office that keeps the records, not for readers: its own delays.
    pub interno: bool,
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
}

impl Natura {
    pub fn is_absent(self) -> bool {
        matches!(self, Natura::Manca | Natura::NonDichiarato)
    }
}

impl Giudizio {
    /// One thing was decided, well or badly.
    pub fn caso(&mut self) {
        self.casi += 1;
    }

    pub fn dichiarato(&mut self) {
        self.dichiarati += 1;
    }

    pub fn presente(&mut self) {
        self.presenti += 1;
    }

    pub fn viola(&mut self, messaggio: impl Into<String>, posto: Place) -> &mut Rilievo {
        self.casi += 1;
        self.add(Natura::Viola, messaggio.into(), posto)
    }

    pub fn dubbio(&mut self, messaggio: impl Into<String>, posto: Place) -> &mut Rilievo {
        self.casi += 1;
        self.add(Natura::Dubbio, messaggio.into(), posto)
    }

    pub fn manca(&mut self, messaggio: impl Into<String>, posto: Place) -> &mut Rilievo {
        self.add(Natura::Manca, messaggio.into(), posto)
    }

    pub fn non_dichiarato(&mut self, messaggio: impl Into<String>, posto: Place) -> &mut Rilievo {
        self.add(Natura::NonDichiarato, messaggio.into(), posto)
    }

    fn add(&mut self, natura: Natura, messaggio: String, posto: Place) -> &mut Rilievo {
        self.rilievi.push(Rilievo {
            natura,
            messaggio,
            posto,
            etichetta: String::new(),
            altrove: Vec::new(),
            aiuto: None,
            interno: false,
        });
        let last = self.rilievi.len() - 1;
        &mut self.rilievi[last]
    }
}

impl Rilievo {
    pub fn internal(&mut self) -> &mut Self {
        self.interno = true;
        self
    }

    pub fn label(&mut self, etichetta: impl Into<String>) -> &mut Self {
        self.etichetta = etichetta.into();
        self
    }

    pub fn related(&mut self, posto: Place, etichetta: impl Into<String>) -> &mut Self {
        self.altrove.push((posto, etichetta.into()));
        self
    }

    pub fn help(&mut self, aiuto: impl Into<String>) -> &mut Self {
        self.aiuto = Some(aiuto.into());
        self
    }
}
